"""Where lines that ran stand in the present file."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from adr_lsp.snapshot.covered import shifted

lines = st.lists(st.sampled_from([b"a", b"b", b"c", b""]), max_size=12)


def check(old: str, new: str, expected: set[int]) -> None:
    """Lines of `old` that end in `*` ran; the star is no part of the file."""
    marked = old.encode().split(b"|")
    ran = {number for number, line in enumerate(marked, 1) if line.endswith(b"*")}
    plain = b"\n".join(line.removesuffix(b"*") for line in marked)
    assert set(shifted(plain, new.replace("|", "\n").encode(), ran)) == expected


def test_lines_move_with_what_stands_above_them() -> None:
    check("def f:|  x*|  y*", "# note|def f:|  x|  y", {3, 4})
    check("import a|def f:|  x*", "def f:|  x", {2})


def test_a_line_that_changed_did_not_run() -> None:
    check("def f:|  x*|  y*", "def f:|  z|  y", {3})


def test_lines_between_two_changes() -> None:
    check("a|b*|c*|d|e*", "A|b|c|D|e", {2, 3, 5})


def test_an_added_line_did_not_run() -> None:
    check("a*|c*", "a|b|c", {1, 3})


@given(lines, lines, st.sets(st.integers(1, 12)))
def test_a_line_keeps_its_text(old: list[bytes], new: list[bytes], ran: set[int]) -> None:
    found = shifted(b"\n".join(old), b"\n".join(new), ran)
    texts = [line for number, line in enumerate(old, 1) if number in ran]
    assert len(found) <= len(texts)
    assert all(1 <= number <= len(new) and new[number - 1] in texts for number in found)


@given(lines, st.sets(st.integers(1, 12)))
def test_nothing_moves_in_the_same_file(same: list[bytes], ran: set[int]) -> None:
    raw = b"\n".join(same)
    assert set(shifted(raw, raw, ran)) == {n for n in ran if n <= len(raw.splitlines())}
