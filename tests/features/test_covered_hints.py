"""Which passages of code are told apart, by nothing but their looks."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from adr_lsp.features.covered_hints import passages

PYTHON = """\
import os

@cache
def one(
    a: int,
) -> int:
    if a:

        return 1
    return 2

class Two(Base):
    def three(self):
        return 3

    def four(self): return 4
"""
RUST = """\
pub fn one(a: u8) -> u8 {
    if a > 0 {
        1
    }
    else { 2 }
}

impl Two {
    pub(crate) fn three(&self) {
        3
    }
}
"""


def starts(code: str) -> list[str]:
    lines = code.split("\n")
    return [lines[start].strip() for start, _ in passages(lines, 0, len(lines))]


def test_a_function_is_one_passage_and_a_class_has_several() -> None:
    assert starts(PYTHON) == [
        "import os",
        "@cache",
        "def one(",
        "def three(self):",
        "def four(self): return 4",
    ]
    assert starts(RUST) == ["pub fn one(a: u8) -> u8 {", "pub(crate) fn three(&self) {"]


@given(st.lists(st.text("ab \t{})classimpl:", max_size=12), max_size=30))
def test_passages_follow_each_other(lines: list[str]) -> None:
    found = list(passages(lines, 0, len(lines)))
    assert all(0 <= start < end <= len(lines) for start, end in found)
    assert all(one[1] <= other[0] for one, other in pairwise(found))
