"""What stands in a file goes on verifying what it verified when a scaffold is added to it."""

from __future__ import annotations

import ast
from itertools import product

import pytest

from adr_lsp.sources import read
from scaffold.memory import Files, refused, written

RECORD = "docs/adr/0012-money.md"
VITEST = '{ "type": "module", "devDependencies": { "vitest": "^5", "fast-check": "^4" } }'
CARGO = '[package]\nname = "shop"\nversion = "0.1.0"\nedition = "2021"\n'
INVARIANT = "- **INV-1** *(bounds)*: An amount has at most 20 digits.\n  - Target: `{}`"
STANDING = "Verifies: ADR-0001/INV-1"


def project(target: str, files: Files) -> Files:
    invariant = INVARIANT.format(target)
    return {**files, RECORD: f"# 12. Money\n\n## Invariants\n\n{invariant}\n"}


PYTHON = project("money:encode", {"money.py": "def encode(n: int) -> str: ...\n"})
TYPESCRIPT = project(
    "src/money.ts:encode",
    {
        "package.json": VITEST,
        "src/money.ts": "export function encode(n: number): string {\n  return String(n);\n}\n",
    },
)
JAVASCRIPT = project(
    "src/money.cjs:encode",
    {
        "package.json": "{}",
        "src/money.cjs": "function encode(n) {\n  return n;\n}\nmodule.exports = { encode };\n",
    },
)
ENCODE = "fn encode(n: i64) -> String {\n    n.to_string()\n}\n"
RUST = project("crate::encode", {"Cargo.toml": CARGO, "src/lib.rs": f"pub {ENCODE}"})
INSIDE = project("crate::encode", {"Cargo.toml": CARGO})


def verified(path: str, content: str) -> list[tuple[str, str | None, tuple[str, ...]]]:
    source = read(path, content.encode())
    assert source is not None
    return [(r.key, r.id, r.tests) for r in source.references if r.key != "ADR-0012"]


def new_path(files: Files) -> str:
    """The file that a scaffold makes in a project without tests."""
    return next(path for path in written(files) if path not in files)


def after(files: Files, path: str, content: str) -> str:
    """The file with the scaffold; what it said before, it says of the same tests."""
    new = written({**files, path: content})[path]
    assert new != content
    kept = verified(path, content)
    assert kept
    source = read(path, content.encode())
    assert source is not None
    own = {test.name for test in source.tests}
    told = [(k, i, tuple(t for t in tests if t in own)) for k, i, tests in verified(path, new)]
    assert told == kept, new
    lines = iter(new.splitlines())
    standing = [line for line in content.splitlines() if line.strip() and "import" not in line]
    assert all(line in lines for line in standing if "use " not in line), new
    return new


PYTHON_HEADS = (
    "",
    "# Licence\n\n",
    "#!/usr/bin/env python\n",
    "#!/usr/bin/env python\n# -*- coding: utf-8 -*-\n",
    "# ruff: noqa\n",
    '"""What fees are."""\n',
    '# Licence\n"""What fees are."""\n\n',
    '"""What fees are."""\n\nfrom __future__ import annotations\n\n\n',
    '"""What\nfees are."""; LIMIT = (\n    3\n)\n',
    "import os\n",
    "import os  # why\n\n\n",
    "import zlib\nfrom hypothesis import given\n# about what follows\n\n",
    "# Verifies: ADR-0001/INV-2\n\n",
)
PYTHON_ABOVE = ("# {}\n", "# {}\n# and more\n", "# why\n# {},\n#   INV-3\n", "# ADR-0001\n# {}\n")
PYTHON_TESTS = (
    "def test_fee():\n    assert True\n",
    "@mark\ndef test_fee(): ...\n\n\n# Verifies: ADR-0001/INV-4\ndef test_other(): ...",
    "class TestFee:\n    def test_a(self): ...\n\n    # Verifies: ADR-0001/INV-5\n"
    "    def test_b(self): ...\n\n\nimport sys\n# Verifies: ADR-0001/INV-6\n",
)


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
@pytest.mark.parametrize("head", PYTHON_HEADS)
def test_python(head: str, line_end: str) -> None:
    path = new_path(PYTHON)
    for above, test in product(PYTHON_ABOVE, PYTHON_TESTS):
        content = head + above.format(STANDING) + test
        new = after(PYTHON, path, content.replace("\n", line_end))
        ast.parse(new)
        assert new.startswith(head.split("\n")[0])


TYPESCRIPT_HEADS = (
    "",
    "// Licence\n\n",
    "\n/* Licence\n */\n\n",
    "#!/usr/bin/env node\n",
    '"use strict";\n',
    '#!/usr/bin/env node\n"use strict"; // always\n',
    '"use strict"; test("one", () => {\n  check();\n});\n',
    "// @ts-check\n",
    "/* eslint-disable no-console */\n",
    "/** @vitest-environment jsdom */\n",
    '/// <reference types="node" />\n',
    'import { expect } from "vitest";\n',
    'import fc from "fast-check"; // why\n\n',
    'const fs = require("node:fs");\n',
    "// Verifies: ADR-0001/INV-2\n\n",
)
TYPESCRIPT_ABOVE = (
    "// {}\n",
    "// why\n// {}\n",
    "// {}\n// eslint-disable-next-line no-console\n",
    "/** {} */\n",
    "/**\n * Why.\n * {}\n */\n",
    "/* {} */ ",
    "// eslint-disable-next-line\n// {},\n//   INV-3\n",
)
TYPESCRIPT_TESTS = (
    'test("fee", () => {\n  check();\n});\n',
    'describe("fees", () => {\n  // Verifies: ADR-0001/INV-4\n  it("fee", () => {\n'
    "    check();\n  });\n});\n\n// Verifies: ADR-0001/INV-5",
)


@pytest.mark.parametrize("files", [TYPESCRIPT, JAVASCRIPT], ids=["typescript", "javascript"])
@pytest.mark.parametrize("head", TYPESCRIPT_HEADS)
def test_typescript(head: str, files: Files) -> None:
    path = new_path(files)
    for above, test in product(TYPESCRIPT_ABOVE, TYPESCRIPT_TESTS):
        content = head + above.format(STANDING) + test
        new = after(files, path, content)
        if "import" not in head:
            assert new.lstrip().startswith(head.strip().split("\n")[0])


RUST_HEADS = (
    "",
    "// Licence\n\n",
    "#!/usr/bin/env run\n",
    "//! What fees are.\n",
    "#![allow(dead_code)]\n",
    "//! What fees are.\n\n#![allow(dead_code)] // why\n\n",
    "// Licence\n\n/*! What fees are. */\n",
    "use std::fmt;\n",
    "use std::fmt; // why\n",
    "use proptest::prelude::*;\n\n",
    "// Verifies: ADR-0001/INV-2\n\n",
)
RUST_ABOVE = (
    "// {}\n",
    "// why\n// {}\n",
    "/// Why.\n///\n/// {}\n",
    "/** {} */\n",
    "#[allow(unused)]\n// {}\n",
    "// {},\n//   INV-3\n#[allow(unused)]\n",
)
RUST_TESTS = (
    "#[test]\nfn fee() {\n    assert!(true);\n}\n",
    "#[test]\nfn fee() {}\n\n// Verifies: ADR-0001/INV-4\n#[test]\nfn other() {}\n",
)


@pytest.mark.parametrize("head", RUST_HEADS)
def test_rust(head: str) -> None:
    path = new_path(RUST)
    for above, test in product(RUST_ABOVE, RUST_TESTS):
        new = after(RUST, path, head + above.format(STANDING) + test)
        if "use " not in head:
            assert new.startswith(head.split("\n")[0])


@pytest.mark.parametrize("head", [head for head in RUST_HEADS if head[:2] != "#!" or "[" in head])
@pytest.mark.parametrize("brace", ["{\n", "{ // Verifies: ADR-0001/INV-6\n", "{ "])
def test_rust_beside_the_code(head: str, brace: str) -> None:
    for above, test in product(RUST_ABOVE, RUST_TESTS):
        body = head + above.format(STANDING) + test
        content = f"{ENCODE}\n#[cfg(test)]\nmod tests {brace}{body}}}\n"
        after(INSIDE, "src/lib.rs", content)


def test_the_usual_blank_lines_stand_around_the_imports() -> None:
    path = new_path(PYTHON)
    test = f"# {STANDING}\ndef test_fee():\n    assert True\n"
    for head in ("", '"""Fees."""\n', '"""Fees."""\n\n', "# Licence\n\n\n", "#!python\n"):
        lines = after(PYTHON, path, head + test).partition(f"\n\n\n# {STANDING}\ndef test_fee")
        assert lines[0].endswith("from money import encode")
        assert lines[0].startswith(f"{head.strip()}\n\nimport" if head else "import")
    path = new_path(TYPESCRIPT)
    test = f'// {STANDING}\ntest("fee", () => {{}});\n'
    for head in ("", '"use strict";\n', "// Licence\n\n"):
        lines = after(TYPESCRIPT, path, head + test).partition(f";\n\n// {STANDING}\ntest(")
        assert lines[1]
        assert lines[0].startswith(f"{head.strip()}\n\nimport" if head else "import")
    path = new_path(RUST)
    test = f"// {STANDING}\n#[test]\nfn fee() {{}}\n"
    for head in ("", "#![allow(dead_code)]\n", "// Licence\n\n", "//! Fees.\n\n"):
        lines = after(RUST, path, head + test).partition(f";\n\n// {STANDING}\n#[test]")
        assert lines[1]
        assert lines[0].startswith(f"{head.strip()}\n\nuse" if head else "use")


@pytest.mark.parametrize("files", [PYTHON, TYPESCRIPT, RUST], ids=["python", "typescript", "rust"])
@pytest.mark.parametrize("method", ["property", "example", "state-machine", "static"])
def test_what_says_nothing_is_not_tested(files: Files, method: str) -> None:
    record = "# 12. Money\n\n## Invariants\n\n- **INV-1**: \n"
    assert refused({**files, RECORD: record}, method=method) == "write what must stay true first"
