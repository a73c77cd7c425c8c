"""Files of code as texts in which lines of carets say what each reference is, and where.

A line of carets stands below the line it is about:

```
// Verifies: ADR-0012/INV-1
             ^^^^^^^^^^^^^^ adds
```

Each names, behind its carets, the tests that are linked: `adds; Cart::sums`,
`-` for none, `all` for every test of the file, `mention` for a weak link. A line `⇒ name method` at
the end lists a test.
"""

from __future__ import annotations

import re
import textwrap

from adr_lsp.sources import read
from adr_lsp.sources.model import Source
from adr_lsp.text import Text

_CARETS = re.compile(r"^(?P<before>\s*)(?P<carets>\^+) (?P<said>.+)$")


def check(path: str, marked: str, *, breaks: str = "\n", mark: str = "") -> Source:
    """The references of a text without its lines of carets are those that these say; so are the
    tests, where any is listed. `breaks` end the lines of the file, `mark` begins it."""
    lines, said, tests = taken_apart(marked)
    raw = mark.encode() + breaks.join(lines).encode()
    source = read(path, raw)
    assert source is not None
    every = "; ".join(test.name for test in source.tests)
    assert described(source) == [re.sub(r" all\Z", lambda _: f" {every}", line) for line in said]
    if tests:
        assert [f"{test.name} {test.method}" for test in source.tests] == tests
    places_are_right(source)
    return source


def taken_apart(marked: str) -> tuple[list[str], list[str], list[str]]:
    lines: list[str] = []
    said: list[str] = []
    tests: list[str] = []
    for line in textwrap.dedent(marked).strip("\n").split("\n"):
        carets = _CARETS.match(line)
        if line.startswith("⇒ "):
            tests.append(line[2:])
        elif carets:
            start, end = carets.span("carets")
            said.append(f"{len(lines) - 1}:{start}-{end} {carets['said']}")
        else:
            lines.append(line)
    return lines, said, tests


def described(source: Source) -> list[str]:
    """Line, columns and tests of each reference."""
    return [
        f"{r.range.start.line}:{r.range.start.column}-{r.range.end.column} "
        + ("mention" if r.form == "mention" else "; ".join(r.tests) or "-")
        for r in source.references
    ]


def places_are_right(source: Source) -> None:
    """What a place covers is what it is a place of."""
    text = Text(source.text)
    for reference in source.references:
        shown = text.between(reference.range)
        written = shown.upper().replace("_", "-") if reference.form == "identifier" else shown
        wanted = reference.id or reference.key
        assert written.endswith(wanted.upper() if reference.form == "identifier" else wanted)
        assert all(source.test(name) for name in reference.tests)
    for test in source.tests:
        named = text.between(test.name_range)
        assert test.name.endswith(named.removeprefix("r#")) or named[:1] in "\"'`" or not test.name
        assert test.range.start <= test.name_range.start <= test.name_range.end <= test.range.end
