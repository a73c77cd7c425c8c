"""What a glob of the configuration means."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adr_lsp.record.globs import matches


@pytest.mark.parametrize(
    ("glob", "means", "not_"),
    [
        ("docs/*.md", ["docs/a.md", "docs/.md"], ["docs/a/b.md", "a.md", "docs/a.mdx"]),
        ("docs/**/*.md", ["docs/a.md", "docs/a/b/c.md"], ["docsa.md", "docs/a.txt"]),
        ("**/adr/*.md", ["adr/a.md", "x/y/adr/a.md"], ["xadr/a.md", "adr/b/a.md"]),
        ("docs/**", ["docs/a", "docs/a/b"], ["docs", "doc/a"]),
        ("**", ["a", "a/b"], []),
        ("a/**/b/**/c", ["a/b/c", "a/x/b/y/z/c", "a/b/b/c"], ["a/c", "a/b", "a/bb/c"]),
        ("./a?.md", ["ab.md"], ["a.md", "abc.md", "a/.md"]),
        ("{a,b}/*.{md,mdx}", ["a/x.md", "b/x.mdx"], ["c/x.md", "a/x.txt"]),
        ("a{b", ["a{b"], ["ab"]),
        ("[ab].md", ["[ab].md"], ["a.md"]),
        ("*a*b*c", ["abc", "xaybzc", "abcabc"], ["acb", "abcd"]),
    ],
)
def test_what_a_glob_means(glob: str, means: list[str], not_: list[str]) -> None:
    assert [path for path in means + not_ if matches(path, (glob,))] == means


def told(path: str, glob: str) -> bool:
    """The meaning, spelled out: slow, and plain."""
    if not glob:
        return not path
    if glob.startswith("**/"):
        rest = path
        while True:
            if told(rest, glob[3:]):
                return True
            _, slash, rest = rest.partition("/")
            if not slash:
                return False
    if glob[0] == "*":
        return told(path, glob[1:]) or (path[:1] not in ("", "/") and told(path[1:], glob))
    if glob[0] == "?":
        return path[:1] not in ("", "/") and told(path[1:], glob[1:])
    return path[:1] == glob[0] and told(path[1:], glob[1:])


NAMES = st.lists(st.sampled_from(["a", "b", "*", "?"]), min_size=1, max_size=5).map("".join)
GLOBS = st.lists(st.one_of(NAMES.filter(lambda n: "**" not in n), st.just("**")), min_size=1)


@given(
    GLOBS.filter(lambda parts: parts[-1] != "**").map("/".join),
    st.lists(st.text("ab", min_size=1, max_size=5), min_size=1, max_size=6).map("/".join),
)
def test_never_giving_back_misses_nothing(glob: str, path: str) -> None:
    """Verifies: ADR-0015/INV-4"""
    assert matches(path, (glob,)) == told(path, glob)


@pytest.mark.parametrize(
    "glob", ["*" * 60 + "b", "a*" * 60 + "b", "**/" * 60 + "b", "{a,}" * 60 + "b", "?" * 300]
)
def test_a_hostile_glob_is_soon_done(glob: str) -> None:
    assert not matches("a" * 5_000 + "/a" * 500, (glob,))
