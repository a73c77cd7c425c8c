"""The lines that a test can run."""

from __future__ import annotations

import ast
from pathlib import Path

import coverage
import pytest

from adr_lsp.features.executable import executable
from adr_lsp.sources import code

OWN = Path(code.__file__).parents[1]


def test_headers_imports_docstrings_and_comments_are_none() -> None:
    text = '''"""Ledger."""
import os

LIMIT = 3


class Ledger:
    """Entries."""

    size = 0

    @property
    def total(self):
        """Their sum."""
        # all of them
        if (
            self.size
        ):
            return sum(
                self.entries
            )
        return lambda: (
            0
        )
'''
    lines = text.splitlines()
    found = {lines[line - 1].strip() for line in executable("a.py", text.encode())}
    assert found == {"if (", "return sum(", "return lambda: ("}


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        (
            "a.ts",
            "import x from 'y';\nexport const f = (a: number) => {\n  // no\n  return a;\n};\n",
            {4},
        ),
        ("a.ts", "it('is', async () => {\n  expect(\n    f(1),\n  ).toBe(2);\n});\n", {2, 3, 4}),
        (
            "a.rs",
            "struct A;\nimpl A {\n    fn b(&self) -> u8 {\n        let c = 1;\n        c\n    }\n}",
            {4, 5},
        ),
        (
            "a.go",
            "package a\n\nfunc B() int {\n\tif c {\n\t\treturn 1\n\t}\n\treturn 2\n}\n",
            {4, 5, 7},
        ),
        ("a.rb", "def b\n  1\nend\n", set()),
    ],
)
def test_in_the_other_languages_code_that_is_more_than_a_sign(
    path: str, text: str, expected: set[int]
) -> None:
    assert executable(path, text.encode()) == expected


@pytest.mark.parametrize("path", sorted(OWN.glob("record/*.py")), ids=lambda path: path.name)
def test_a_tracer_calls_the_same_lines_statements(path: Path) -> None:
    """As coverage.py, of which those inside of functions count."""
    _, statements, _, _ = coverage.Coverage(data_file=None, config_file=False).analysis(str(path))
    inside = {
        line
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef)
        for line in range(node.body[0].lineno, (node.end_lineno or 0) + 1)
    }
    assert executable(path.name, path.read_bytes()) == inside & set(statements)
