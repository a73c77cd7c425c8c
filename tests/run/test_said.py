"""Which line of what a tool printed tells why it recorded nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adr_lsp.run.said import LONGEST_LINE, Said

PRINTED = {
    "vitest, a configuration that throws": (
        "failed to load config from /x/vitest.config.ts\n\n"
        "⎯⎯⎯⎯⎯⎯⎯ Startup Error ⎯⎯⎯⎯⎯⎯⎯⎯\n\x1b[31mError\x1b[39m: my own\n"
        "    at file:///x/vitest.config.ts:2:7 {\n  errors: [Getter/Setter]\n}\n\n",
        "Error: my own",
    ),
    "node": ("node: bad option: --nope\n", "node: bad option: --nope"),
    "pytest, an option": (
        "ERROR: usage: python -m pytest [options]\npython -m pytest: error: unrecognized "
        "arguments: --nope\n  inifile: /x/pytest.ini\n  rootdir: /x\n",
        "python -m pytest: error: unrecognized arguments: --nope",
    ),
    "pytest, a conftest": (
        "ImportError while loading conftest '/x/conftest.py'.\nconftest.py:1: in <module>\n"
        "    import nope\nE   ModuleNotFoundError: No module named 'nope'\n",
        "E   ModuleNotFoundError: No module named 'nope'",
    ),
    "cargo": (
        "warning: no edition set\nerror: failed to get `nope` as a dependency\n\nCaused by:\n"
        "  No such file or directory (os error 2)\n",
        "error: failed to get `nope` as a dependency",
    ),
    "rustc": ("   Compiling x\nerror[E0425]: cannot find `y`\n", "error[E0425]: cannot find `y`"),
    "npm": ("sh: 1: vitest: not found\n\nbye\n", "sh: 1: vitest: not found"),
    "nothing that names an error": ("No tests\n done \n\n", "done"),
    "nothing": (" \n\n", ""),
}


@pytest.mark.parametrize("name", PRINTED)
def test_the_line_that_names_an_error_is_shown(name: str) -> None:
    printed, line = PRINTED[name]
    assert said(printed).first() == line


def test_what_ends_a_tool_stands_behind_what_its_tests_printed() -> None:
    printed = said("Error: of a test\nFatal: it broke\nRangeError: out of memory\n  at x\n}\n")
    assert printed.last() == "RangeError: out of memory"


@given(st.text(max_size=3 * LONGEST_LINE))
def test_whatever_is_printed_one_line_is_shown(printed: str) -> None:
    for shown in (said(printed).first(), said(printed).last()):
        assert len(shown) <= LONGEST_LINE
        assert "\n" not in shown


def said(printed: str) -> Said:
    found = Said()
    for line in printed.split("\n"):
        found.add(line)
    return found
