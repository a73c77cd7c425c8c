"""The words of prose and of code, cut down so that both can be compared."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from math import log

from adr_lsp.value import dataclass

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9]*|\d+")
_PART = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
_ENDINGS = re.compile(
    r"(?:ativity|ations?|ative|ences?|ents?|ions?|ings?|edly|ments?|ness|ies|ied|ed|es|ly|s|e|y)\Z"
)
_SHORTEST = 3
_PLAIN = frozenset(
    re.findall(
        r"\w+",
        "a all an and any are as assert at be been both but by can class def do does each every "
        "for from given had has have if import in int into is it its len list may must no none not "
        "of on one only or self shall should so some st str such test tests than that the their "
        "then there these they this those to true false two value values was we were when where "
        "which while will with return strategies pytest hypothesis",
    )
)


def stems(text: str) -> list[str]:
    """The words that say something, in order: identifiers apart, in lower case, without ending."""
    return list(spelled(text))


def spelled(text: str) -> dict[str, str]:
    """Each stem with the word that it is cut from."""
    found: dict[str, str] = {}
    for name in _NAME.findall(text):
        for part in _PART.findall(name):
            word = part.lower()
            if word not in _PLAIN and len(word) > 1:
                found.setdefault(_stem(word), word)
    return found


def _stem(word: str) -> str:
    short = _ENDINGS.sub("", word)
    return short if len(short) >= _SHORTEST else word


@dataclass(frozen=True, slots=True)
class Rarity:
    """How much a word tells: more, the fewer of the tests have it."""

    tests: int
    having: Mapping[str, int]

    def of(self, word: str) -> float:
        return log((self.tests + 1) / (max(self.having.get(word, 0), 1) + 0.2) + 0.2)


def rarity(of_tests: Iterable[Iterable[str]]) -> Rarity:
    each = [set(words) for words in of_tests]
    return Rarity(len(each), Counter(word for words in each for word in words))
