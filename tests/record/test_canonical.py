"""The short way through canonical sections says what reading their blocks says."""

from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st

from adr_lsp.markdown import read
from adr_lsp.record.assembly import Reading
from adr_lsp.record.canonical import canonical
from adr_lsp.record.outline import parts
from adr_lsp.text import Text
from record.texts import record

_pieces = st.sampled_from(
    [
        "For every ",
        "é 한 ",
        "a  b",
        "`merge(a, b)`",
        "`a_b`",
        "` x`",
        "``",
        "`",
        "snake_case",
        "*em*",
        "[x](y)",
        "a <= b",
        "<b>",
        "&amp;",
        "\\*",
        "~~",
        "(in parts)",
        ": then",
        "http://e.org",
        "!",
        "#",
        " ",
        "\u2028",
        "\u00a0",
        ".",
        ":",
    ]
)
_words = st.lists(_pieces, min_size=1, max_size=4).map("".join)
_ids = st.sampled_from(["INV-1", "INV-2a", "INV-NO-LOSS", "INV-1-", "INV-x", "REQ-1"])
_patterns = st.sampled_from(
    [
        "",
        "",
        " *(bounds)*",
        " *(bounds, needs: property|model)*",
        " *(needs: model)*",
        " *(A b)*",
        " (x)",
    ]
)
_items = st.builds("{} **{}**{}: {}".format, st.sampled_from("-*+"), _ids, _patterns, _words)
_named = st.sampled_from(
    [
        "[`t`](../t_a.py)",
        "[t_b](t.py)",
        "[_t](t.py)",
        "[t.py::a](t.py)",
        "`a.py::b`",
        "`f.tla!Sum`",
        "[`A!Sum`](f.tla)",
        "`x y`",
        "a.py",
        "[t](a%20b.py)",
        "[t](https://e.org)",
    ]
)
_sub_items = st.builds(
    "{}{}: {}".format,
    st.sampled_from(["  - ", "  * ", "    - ", "- ", "\t- "]),
    st.sampled_from(["Verified by", "Tested by", "Target", "Waived until 2027-01-01", "Note"]),
    st.one_of(st.lists(_named, max_size=3).map(", ".join), _words),
)
_sections = st.lists(st.one_of(_items, _items, _sub_items, st.just(""), _words), max_size=6)


def short(lines: list[str], line_end: str) -> str:
    """A record whose section is all that stands below its heading."""
    return line_end.join(["# X", "", "## Invariants", "", *lines, ""])


def long(lines: list[str], line_end: str) -> str:
    """The same with a heading inside the section, for which its blocks are read."""
    return short([*lines, "", "### More"], line_end)


@settings(max_examples=400)
@example(["- **INV-1**: A", "  - Verified by: [`t`](t.py), `a.py::b`"], "\n")
@example(["- **INV-1** *(bounds)*: `a` <= `b`.", "", "- **INV-2a**: B", ""], "\r\n")
@given(_sections, st.sampled_from(["\n", "\r\n", "\r"]))
def test_both_ways_say_the_same(lines: list[str], line_end: str) -> None:
    by_lines, by_blocks = record(short(lines, line_end)), record(long(lines, line_end))
    assert by_lines.invariants == by_blocks.invariants


def test_the_short_way_is_taken() -> None:
    lines = [
        "- **INV-1** *(bounds, needs: model)*: `a` <= (b) always.",
        "  - Verified by: [`t`](../t.py), `a.py::b`",
        "  - Target: `m:f`",
        "",
        "* **INV-2**: B",
    ]
    for content, taken in ((short(lines, "\n"), True), (long(lines, "\n"), False)):
        document = read(content)
        reading = Reading(document, Text(content), "0001-x.md", ("INV",))
        section = parts(document)[2:]
        assert (len(section) == 1 and canonical(reading, section[0]) is not None) == taken
