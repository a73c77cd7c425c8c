"""Markdown that nobody wrote: lines that open, continue and break blocks in every order."""

from hypothesis import strategies as st

_WORDS = st.sampled_from(
    [
        "word",
        "two words",
        "é accent 한국어 😀",
        "INV-1",
        "**bold** end",
        "*em* end",
        "`code`",
        "``a ` b``",
        "[text](target.md)",
        "[a `b`](<x y.md> 'title')",
        "<https://example.org/a>",
        "[ref]",
        "![alt](i.png)",
        "a | b",
        "1 \\* 2",
        "&amp; &copy;",
        "<b>tag</b>",
        "<!-- note -->",
        "~~gone~~",
        "**INV-1** *(bounds)*: A holds",
        "Status: accepted",
    ]
)
_LEADS = st.sampled_from(
    [
        "",
        "",
        "",
        "# ",
        "## ",
        "###### ",
        "- ",
        "* ",
        "+ ",
        "1. ",
        "2) ",
        "> ",
        "  - ",
        "    ",
        "   ",
        "\t",
        "- - ",
        "> - ",
        "- [ ] ",
    ]
)
_WHOLE = st.sampled_from(
    [
        "",
        "",
        "",
        "---",
        "===",
        "```",
        "~~~",
        "| a | b |",
        "|---|---|",
        "| 1 | 2 |",
        "***",
        "[ref]: r.md",
    ]
)
_LINES = st.one_of(_WHOLE, st.tuples(_LEADS, _WORDS).map("".join))

texts = st.lists(_LINES, min_size=1, max_size=14).map(lambda lines: "\n".join(lines) + "\n")
line_ends = st.sampled_from(["\n", "\r\n", "\r"])
