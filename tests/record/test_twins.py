"""What a record says of itself does not hang on line ends, a mark, or a last newline."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from adr_lsp.record import Record, parse
from adr_lsp.record.mdx import without_components
from record.texts import elements

_VALUES = st.sampled_from(
    [
        *("accepted", "~~Proposed~~ Accepted", "✅ Accepté", "2024-01-02: Draft", "", "{a|b}"),
        *("superseded by [ADR-0005](5.md)", "Superseded by", "Partially superseded by 7 and 9"),
        *("3 May 2024", "12026-08-13", "`x` *y* **z**", "[x] Accepted", "Supersedes ADR-3 §2"),
        *("é", "대체됨", "a | Date: 2024-01-02", "https://e.org/a", "PR#305"),
    ]
)
_LABELS = st.sampled_from(
    ["Status", "Date", "**Status**", "Superseded by", "Supersedes", "Last Modified", "Statut "]
)
_LINES = st.one_of(
    st.builds("{}: {}".format, _LABELS, _VALUES),
    st.builds("* {}: {}".format, _LABELS, _VALUES),
    st.builds("> {}: {}".format, _LABELS, _VALUES),
    st.builds("| {} | {} |".format, _LABELS, _VALUES),
    st.builds("## {}: {}".format, _LABELS, _VALUES),
    st.builds("- {}".format, _VALUES),
    _VALUES,
    st.sampled_from(
        ["", "|---|---|", "# 12. X", "## Status", "## Links", "## Supersedes", "```", "<!--", "-->"]
    ),
    st.sampled_from(["---", "status: draft", "import X from 'x'", "{`", "# no heading", "`}"]),
)
_texts = st.lists(_LINES, max_size=12).map(lambda lines: "".join(f"{line}\n" for line in lines))
documents = st.builds("{}{}".format, st.sampled_from(["", "---\n", "# X\n\n", "\n"]), _texts)
paths = st.sampled_from(["docs/adr/0012-x.md", "docs/adr/use-x.mdx", "docs/adr/2024-01-02-x.md"])


def read(path: str, content: str, before: bytes = b"") -> Record:
    return parse(path, before + content.encode(), log="docs/adr")


def said(record: Record) -> dict[str, Any]:
    """All that a record holds, but offsets and the text itself."""
    names = {field.name for field in fields(record)} - {"text", "sections", "links"}
    found = {name: getattr(record, name) for name in names - {"invariant_sections"}}
    found["sections"] = [(s.title, s.level, s.heading) for s in record.sections]
    found["links"] = [(link.text, link.target, link.range) for link in record.links]
    return found


@settings(max_examples=300)
@given(paths, documents)
def test_line_ends_a_mark_and_a_last_newline_make_no_difference(path: str, content: str) -> None:
    plain = said(read(path, content))
    assert said(read(path, content.replace("\n", "\r\n"))) == plain
    assert said(read(path, content, b"\xef\xbb\xbf")) == plain
    short = content.removesuffix("\n")
    if short and not short.endswith("\n") and not short.endswith(("---", "```", "-->")):
        assert said(read(path, short)) == plain


@settings(max_examples=200)
@given(paths, documents)
def test_every_place_is_in_the_text(path: str, content: str) -> None:
    found = read(path, content)
    last = found.text.line_count - 1
    for name, place in (*elements(found), ("date", found.date_range)):
        assert place.start <= place.end, name
        assert place.end.line <= last, name
        assert place.end.column <= len(found.text.line(place.end.line)), name


_TOKENS = ["import ", "export ", "{`", "`}", "`", "\\", "\n", "\r\n", "\n\n", " ", "# x", "é"]


@given(st.lists(st.sampled_from(_TOKENS)).map("".join))
def test_blanked_components_leave_every_other_place_as_it_is(content: str) -> None:
    blanked = without_components(content)
    assert len(blanked) == len(content)
    assert all(
        a == b or (b == " " and not a.isspace()) for a, b in zip(content, blanked, strict=True)
    )


def test_components_say_nothing_of_a_record() -> None:
    content = (
        "import A from 'a'\nexport const b = 1\n\n<A body={`\n# No heading\n\n## Status\n\n"
        "Draft\n`} />\n\n# X\n\nOne {`code`} stays.\n\n## Status\n\nAccepted\n"
    )
    found = read("docs/adr/use-x.mdx", content)
    assert (found.title, found.status) == ("X", "accepted")
    assert [section.title for section in found.sections] == ["X", "Status"]
    assert without_components("a {`code`} b") == "a {`code`} b"
