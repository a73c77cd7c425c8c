"""Front matter: read as strings, guarded, and never the end of the rest."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adr_lsp.record.front_matter import blanked, front_matter
from adr_lsp.record.guarded_yaml import guarded_fields
from adr_lsp.record.plain_yaml import plain_fields
from adr_lsp.record.yaml_value import Field, texts
from adr_lsp.text import Position
from record.texts import record


def values(content: str) -> dict[str, list[str]]:
    found = front_matter(content)
    assert found.fault is None
    return {key.text: [one.text for one in texts(value)] for key, value in found.fields}


def test_everything_is_a_string() -> None:
    content = "---\na: no\nb: 012\nc: 2024-13-45\nd: 190:20:30\ne: ~\nf: 1e400\n---\n"
    assert values(content) == {
        "a": ["no"],
        "b": ["012"],
        "c": ["2024-13-45"],
        "d": ["190:20:30"],
        "e": ["~"],
        "f": ["1e400"],
    }


def test_lists_and_maps_are_their_scalars() -> None:
    content = "---\na: [x, 'y, z']\nb:\n- p\n- q: r\nc: { accepted }\nd: |\n  long\n---\n"
    assert values(content) == {
        "a": ["x", "y, z"],
        "b": ["p", "r"],
        "c": ["accepted"],
        "d": ["long\n"],
    }


@pytest.mark.parametrize(
    "content",
    [
        "",
        "# X\n",
        "---",
        "---\nno end\n",
        " ---\na: b\n---\n",
        "----\na: b\n---\n",
        "---\nwords\n---\n",
    ],
)
def test_no_front_matter(content: str) -> None:
    found = front_matter(content)
    assert (found.fields, found.end, found.fault) == ((), 0, None)


@pytest.mark.parametrize(
    "before",
    ["\n", " \t\n\n", "<!-- a -->\n", "\n<!-- a\n---\nb -->\n\n<!-- c -->\n", "\r\n\r\n"],
)
def test_blank_lines_and_comments_may_stand_before_it(before: str) -> None:
    found = record(f"{before}---\nstatus: draft\nnumber: 7\n---\n\n# X\n", "docs/adr/x.md")
    assert (found.status, found.key, found.title, found.problems) == ("draft", "ADR-0007", "X", ())


def test_a_rule_between_paragraphs_opens_none() -> None:
    found = record("\n---\n\na: @b\n\n---\n\n# X\n")
    assert (found.problems, found.title) == ((), "X")


def test_a_suppression_before_it_is_read() -> None:
    found = record("<!-- adr-lsp: ignore-file ADL101 young -->\n---\nstatus: draft\n---\n\n# X\n")
    assert [one.codes for one in found.suppressions] == [("ADL101",)]


@pytest.mark.parametrize(
    ("content", "status"),
    [
        ("status: draft\ndate: 2024-01-02\n---\n\n# X\n", "draft"),
        ("title: X\nstatus: draft\n---\n\n## Context\n", "draft"),
        ("note: a\nmore: b\n---\n\n# X\n", "none"),
        ("status: draft\nand it goes on\n---\n\n# X\n", "draft"),
    ],
)
def test_it_may_lack_its_first_line(content: str, status: str) -> None:
    found = record(content)
    assert (found.status, found.problems) == (status, ())


@pytest.mark.parametrize(
    "content", ["---\n---\n# X\n", "---\n\n---\n# X\n", "---\n# c\n---\n# X\n"]
)
def test_empty_front_matter(content: str) -> None:
    assert front_matter(content).fault is None
    assert record(content).title == "X"


def test_the_rest_keeps_its_place() -> None:
    content = "---\nté: [a\n  , b]\r\n...\n# X\n"
    end = front_matter(content).end
    assert len(blanked(content, end)) == len(content)
    assert blanked(content, end).split("\n")[-2] == "# X"
    assert record(content).title_range.start == Position(4, 2)


@pytest.mark.parametrize(
    ("body", "line", "words"),
    [
        ("a: b\nc: @d", 2, "token"),
        ("a: b: c", 1, "mapping values"),
        ("a: &x b\nc: *x", 1, "anchors"),
        ("a: *x", 1, "anchors"),
        ("a: b\nc: !!python/object/apply:os.system ['x']", 2, "python"),
        ("a: !x b", 1, "!x"),
        ("a: b\na: c", 2, "twice"),
        ('a: "b', 1, "unexpected"),
        ("a: " + "[" * 40 + "]" * 40, 1, "deep"),
        ("a: " + "[" * 100_000, 1, "64 KiB"),
        ("a: " + "[" * 60_000, 1, "deep"),
        ("a:\n" + "- x\n" * 3000, 2001, "many"),
        ("a: " + "x" * 70_000, 1, "64 KiB"),
        ("a: \x07", 1, "not allowed"),
        ("\ta: b", 1, "token"),
        ("a:\n\tb: c", 2, "token"),
        ("a: b\nc: \x1b[31m", 2, "not allowed"),
        ("a: &a [x, x]\n" + "".join(f"b{n}: [*a, *a]\n" for n in range(9)), 1, "anchors"),
        ("a: &a {x: y}\n" + "".join(f"b{n}:\n  <<: [*a, *a]\n" for n in range(9)), 1, "anchors"),
        ("a:\n" + "- x\n" * 100_000, 1, "64 KiB"),
        ("a: " + "{b: " * 10_000, 1, "deep"),
        ("a: !!python/name:os.system x", 1, "python"),
    ],
)
def test_a_fault_is_one_problem_at_its_line(body: str, line: int, words: str) -> None:
    found = record(f"---\n{body}\n---\n\n# X\n\n## Status\n\nAccepted\n")
    (problem,) = found.problems
    assert problem.kind == "invalid-front-matter"
    assert words in problem.message
    assert abs(problem.range.start.line - line) <= (3 if "many" in words else 0)
    assert (found.title, found.status) == ("X", "accepted")


@pytest.mark.parametrize(
    "body",
    [
        "date: 2024-13-45",
        "date: 2024-02-30",
        "version: " + "9" * 50_000,
        "time: 190:20:30",
        "on: no",
        'escaped: "\\e[31m"',
        'bytes: "\\x00"',
        "<<: merged",
    ],
)
def test_what_is_only_odd_is_no_fault(body: str) -> None:
    found = record(f"---\n{body}\nstatus: draft\n---\n\n# X\n")
    assert (found.problems, found.status, found.date) == ((), "draft", None)


@pytest.mark.parametrize(
    "body",
    ["status: draft\nowner: @someone", "owner: @someone\nstatus: draft", "a: [\nstatus: draft"],
)
def test_fields_around_a_fault_are_kept(body: str) -> None:
    found = record(f"---\n{body}\n---\n\n# X\n")
    assert found.status == "draft"
    assert len(found.problems) == 1


_words = st.text(st.sampled_from(" aé1-_.,:#'\"[]{}()&*!|>%@`?~\\/\t"), max_size=12)
_keys = st.sampled_from(["status", "date", "a-b", "K_1", "x y", "é", "- s", "#", ""])
_lines = st.one_of(
    st.tuples(_keys, st.sampled_from([":", ": ", ":  ", " : "]), _words).map("".join),
    st.tuples(st.sampled_from(["- ", "  - ", "-", "# ", "  "]), _words).map("".join),
    _words,
)
_bodies = st.lists(_lines, max_size=6).map(lambda lines: "\n".join(lines) + "\n")


@given(_bodies)
def test_the_short_way_reads_what_the_parser_reads(body: str) -> None:
    short = plain_fields(body, 4)
    if short is not None:
        found = guarded_fields(body, 4)
        assert found.message == ""
        assert _said(short) == _said(found.fields)


def test_the_short_way_reads_what_is_common() -> None:
    body = (
        "# about\nstatus: superseded by [ADR-5](5.md)\ndate: 2024-01-02\nlink: https://e.org/a?b=c\n"
        "title: 'A: b'\nother: \"c d\"\ntags: [a, b c]\nwho:\n  - A B\n  - C (d)\n\nempty:\n"
    )
    short = plain_fields(body, 0)
    assert short is not None
    assert _said(short) == _said(guarded_fields(body, 0).fields)


def _said(fields: tuple[Field, ...] | None) -> list[object]:
    """Keys and scalars with their places; where nothing is said the place does not matter."""
    return [
        (key.text, key.start, [(v.text, v.start, v.end) if v.text else "" for v in texts(value)])
        for key, value in fields or ()
    ]
