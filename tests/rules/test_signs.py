"""Rules about words look closer only where a sign stands: it must stand wherever they find one."""

import re
import sys
from collections.abc import Callable, Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adr_lsp.rules import RULES
from adr_lsp.rules.compound_statement import may_promise_twice, second_promise
from adr_lsp.rules.prose import words_of
from adr_lsp.rules.unfalsifiable import SIGNS as SOFT
from adr_lsp.rules.unfalsifiable import unbreakable
from adr_lsp.rules.unquantified_limit import SIGNS as LIMITS
from adr_lsp.rules.unquantified_limit import vague_limits
from adr_lsp.rules.weak_wording import SIGNS as WEAK
from adr_lsp.rules.weak_wording import weak_words

Holds = Callable[[str, list[str]], bool]
RULES_OF_WORDS: dict[str, Holds] = {
    "ADL103": lambda said, words: not list(weak_words(said)) or not WEAK.isdisjoint(words),
    "ADL104": lambda said, words: not list(vague_limits(said)) or not LIMITS.isdisjoint(words),
    "ADL105": lambda said, words: not second_promise(said) or may_promise_twice(said, words),
    "ADL106": lambda said, words: not unbreakable(said) or not SOFT.isdisjoint(words),
}
BETWEEN = [" ", ". ", ", ", "; ", " and ", " but ", " is ", ", and ", "-", "`", "http://x"]


def phrases(code: str) -> st.SearchStrategy[str]:
    """What the patterns of a rule match, each of their alternatives as often."""
    check = next(rule.check for rule in RULES if rule.code == code)
    given = vars(sys.modules[check.__module__]).items()
    patterns = (text for name, text in given if name[1:].isupper() and isinstance(text, str))
    alternatives = [one for text in patterns for one in _alternatives(text)]
    return st.sampled_from(alternatives).flatmap(lambda one: st.from_regex(one, fullmatch=True))


def _alternatives(pattern: str) -> Iterator[re.Pattern[str]]:
    for one in re.split(r"\s\|\s|\n", pattern):
        try:
            yield re.compile(one.strip(" |"), re.VERBOSE)
        except re.error:  # a group that is cut
            yield re.compile(pattern, re.VERBOSE)


@pytest.mark.parametrize("code", RULES_OF_WORDS)
def test_a_sign_stands_wherever_a_rule_finds_something(code: str) -> None:
    phrase = st.tuples(phrases(code), st.sampled_from(BETWEEN)).map("".join)

    many = 4 if code == "ADL105" else 1  # one sign beside another would stand in for it

    @settings(max_examples=100)
    @given(st.lists(phrase, min_size=1, max_size=many).map("".join))
    def holds(said: str) -> None:
        assert RULES_OF_WORDS[code](said, words_of(said))

    holds()
