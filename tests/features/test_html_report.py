"""The HTML report holds what the evidence says, and of other people's texts nothing but text."""

from __future__ import annotations

import re
from collections import Counter
from html.parser import HTMLParser
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings

from adr_lsp.features.html_report.drawing import FEW, drawings
from adr_lsp.features.html_report.graph import dot, graph, mermaid
from adr_lsp.features.html_report.page import badge, page
from adr_lsp.features.html_report.prose import prose
from adr_lsp.features.html_report.view import Moment, chapters
from adr_lsp.features.report import Report
from evidence.writing import run
from features.hostile import reports
from rules.case import MemoryTree, snapshot

VOID = {"meta", "br", "hr", "rect", "path", "circle"}
ALLOWED = set(
    re.findall(
        r"\w+",
        "html head meta title style body header nav main footer section article h1 h2 h3 h4 h5 h6 "
        "p ul ol li a span div strong em code pre blockquote details summary table thead tbody "
        "tr th td hr br svg defs marker path rect circle text",
    )
)


class Seen(HTMLParser):
    """The tags of a page, whether they are closed in order, and every attribute."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: Counter[str] = Counter()
        self.attributes: list[tuple[str, str | None]] = []
        self.open: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1
        self.attributes += attrs
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1
        self.attributes += attrs

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def seen(content: str) -> Seen:
    parser = Seen()
    parser.feed(content)
    parser.close()
    assert parser.open == []
    return parser


@given(reports())
@settings(max_examples=60, deadline=None)
def test_no_text_of_a_file_becomes_markup(report: Report) -> None:
    found = seen(page(report.snapshot, report.records[0].title if report.records else "x"))
    assert found.tags.keys() <= ALLOWED
    assert not [name for name, _ in found.attributes if name.startswith("on")]
    targets = [value or "" for name, value in found.attributes if name in ("href", "src")]
    assert all(target.startswith(("#", "http://", "https://")) for target in targets)
    ElementTree.fromstring(badge(report.snapshot))


@given(reports())
@settings(max_examples=30, deadline=None)
def test_a_graph_keeps_one_line_for_each_node(report: Report) -> None:
    every = chapters(report.snapshot)
    drawn = graph(report.snapshot, every)
    nodes = sum(1 + len(chapter.rows) for chapter in every)
    assert len(mermaid(drawn).splitlines()) == 1 + nodes + (nodes - len(every)) + 4
    assert dot(drawn).count("label=") == nodes


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("<b>x</b>", "<p>&lt;b&gt;x&lt;/b&gt;</p>\n"),
        ("![a<b](http://x/y.png)", "<p>[a&lt;b]</p>\n"),
        ("[x](javascript:y)", "<p>[x](javascript:y)</p>\n"),
        ("[x](file:///etc/passwd)", "<p>[x](file:///etc/passwd)</p>\n"),
        (
            "[x](https://example.org/)",
            '<p><a href="https://example.org/" rel="noreferrer noopener nofollow">x</a></p>\n',
        ),
        ("# One\n\nUnder\n-----", "<h4>One</h4>\n<h5>Under</h5>\n"),
        ("---\nstatus: <i>\n---\nx", "<pre>---\nstatus: &lt;i&gt;\n---</pre>\n<p>x</p>\n"),
    ],
)
def test_prose_leads_nowhere_that_it_should_not(written: str, shown: str) -> None:
    assert prose(written) == shown


RECORD = """\
# 1. Keep money whole

## Status

Superseded by [2](0002-b.md)

## Invariants

- **INV-1** *(bounds)*: An amount is whole.
"""
NEW = """\
# 2. Keep money in a type

## Status

Accepted

## Invariants

- **INV-1** *(bounds)*: An amount is at least zero.
- **INV-2**: An amount has a currency.
  - By construction: the type has no other constructor.
"""


def test_letters_methods_and_successions_are_there() -> None:
    tree = {"docs/adr/0001-a.md": RECORD.encode(), "docs/adr/0002-b.md": NEW.encode()}
    now = snapshot(MemoryTree(tree), set(tree), ())
    found = seen(page(now, "The bank"))
    assert "2 records, 3 invariants, 0 runs read" in found.text
    assert "Keep money in a type" in found.text
    drawn = graph(now, chapters(now))
    assert drawn.successions == (("r0", "r1"),)
    assert "r0 -->|superseded by| r1" in mermaid(drawn)
    assert "0 of 2 passed" in badge(now)


def test_of_many_records_those_that_succeed_each_other_are_drawn() -> None:
    alone = {f"docs/adr/{n:04}-c.md": NEW.replace("2.", f"{n}.") for n in range(3, 4 + FEW)}
    tree = {"docs/adr/0001-a.md": RECORD, "docs/adr/0002-b.md": NEW} | alone
    files = {path: content.encode() for path, content in tree.items()}
    now = snapshot(MemoryTree(files), set(files), ())
    (family,) = drawings(graph(now, chapters(now)))
    assert [box.anchor for box in family.boxes] == ["r0", "r1"]
    assert family.boxes[0].text == "ADR-0001 Keep money whole (superseded)"
    assert f"{len(alone)} records without one are left out" in seen(page(now, "The bank")).text


def test_a_record_with_many_invariants_stays_as_wide_as_a_page() -> None:
    every = "".join(f"- **INV-{n}**: Amount {n} is whole.\n" for n in range(3, 80))
    tree = {"docs/adr/0002-b.md": f"{NEW}{every}".encode()}
    now = snapshot(MemoryTree(tree), set(tree), ())
    (drawn,) = drawings(graph(now, chapters(now)))
    leaves = drawn.boxes[0].leaves
    assert (len(leaves), len({(leaf.x, leaf.y) for leaf in leaves})) == (79, 79)
    assert all(0 < leaf.x < drawn.width <= 1100 and leaf.y < drawn.height for leaf in leaves)


def test_what_did_not_pass_in_a_run_is_named() -> None:
    outcomes = (("test_a", "passed"), ("test_b[1]", "failed"), ("test_b[2]", "passed"))
    one = run()
    assert Moment(one.started, one, outcomes).said == "2 passed, 1 failed: test_b[1]"
