"""The words with which records say that one takes the place of another, in several languages.

Parts of patterns; every one is to be matched without regard to case.
"""

from __future__ import annotations

import re

SOME = (
    r"partially|partly|in part|partiellement|en partie|parcialmente|en parte|em parte"
    r"|parzialmente|in parte|teilweise|gedeeltelijk|częściowo|частично"
)
REPLACED = (
    r"super[sc]e+ded|replaced|obsoleted|remplacée?s?|(?:reemplazad|sustituid|substituíd)[oa]s?"
    r"|ersetzt|abgelöst|(?:sostituit|rimpiazzat)[oa]|vervangen|zastąpion[aey]|замен[её]н[ао]?"
)
BY = r"by|with|par|por|pel[ao]|durch|von|da(?:l(?:l[ao])?)?|door|przez|на"
REPLACED_BY = r"замен[её]н[ао]?(?=[ ]ADR)"
"""Where no word for `by` stands between."""
REPLACES = (
    r"supersedes|supercedes|replaces|obsoletes|superseding|remplace|reemplaza|sustituye|substitui"
    r"|ersetzt|sostituisce|vervangt|zastępuje|заменяет"
)
BETWEEN = r"被[ ]*(?=[^。；;\n]{1,120}?(?:取代|替代|代替|替换|替換))"
"""The target stands behind this, and before the word it looks for."""
BEFORE = (
    r"(?<![\w-])(?=ADR[-_ #]?\d[^。\n]{0,120}?"
    r"(?:[にへで][^。\n]{0,12}?(?:置き?換|代替|差し替)|(?:로|에 의해)[ ](?:\w{2,3}[ ])?대체))"
)
"""The target stands here, and the words behind it: nothing of the text is taken."""
_MAY_RELATE = re.compile(  # parts of every word above: most lines have none
    r"per[sc]e|pla[czç]|bsolet|stitu|setzt|löst|mpiazz|vervang|zast[ęą]p|замен|被|置|代|替|대체",
    re.IGNORECASE,
)


def may_relate(words: str) -> bool:
    """Whether any of these words could stand there."""
    return _MAY_RELATE.search(words) is not None
