"""Every key of the configuration changes something that a user sees."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from cli.command import adr_lsp

RECORD = "# 1. Wrap\n\n## Invariants\n\n- **{}-1** *(bounds)*: A wrapped number is below ten.\n"
TESTS = """from hypothesis import given, strategies as st


# Verifies: ADR-0001/INV-1
@given(st.sampled_from(range(5000)))
def test_wraps(n):
    assert n % 10 < 10
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    write(tmp_path, "docs/adr/0001-wrap.md", RECORD.format("INV"))
    return tmp_path


def write(root: Path, path: str, content: str) -> None:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text(content)


def configured(root: Path, content: str) -> Path:
    write(root, "pyproject.toml", f"[tool.adr-lsp]\n{content}\n")
    return root


def said(root: Path) -> Any:
    return adr_lsp(root, "--check", "-f", "json").json


def codes(root: Path) -> list[str]:
    return sorted(each["code"] for each in said(root)["findings"])


def test_records(root: Path) -> None:
    write(root, "design/a.md", "# A\n\n## Invariants\n\n- **INV-1**: It holds.\n")
    assert [r["path"] for r in said(configured(root, ""))["records"]] == ["docs/adr/0001-wrap.md"]
    globbed = configured(root, 'records = ["design/**/*.md"]')
    assert [r["path"] for r in said(globbed)["records"]] == ["design/a.md"]


def test_prefixes(root: Path) -> None:
    write(root, "docs/adr/0001-wrap.md", RECORD.format("SAFE"))
    assert [i["id"] for i in said(configured(root, ""))["invariants"]] == [None]
    more = configured(root, 'prefixes = ["INV", "SAFE"]')
    assert [i["id"] for i in said(more)["invariants"]] == ["SAFE-1"]


def test_min_cases(root: Path) -> None:
    write(root, "tests/test_wrap.py", TESTS)
    assert adr_lsp(configured(root, ""), "run").code == 0
    assert said(root)["invariants"][0]["verdict"] == "passed"
    strict = configured(root, "min-cases = 1000")
    assert said(strict)["invariants"][0]["verdict"] == "vacuous"


def test_scaffold_path(root: Path) -> None:
    configured(root, 'scaffold-path = "checks/{slug}_test.py"')
    assert adr_lsp(root, "scaffold", "ADR-0001/INV-1").code == 0
    assert (root / "checks/wrap_test.py").is_file()


def test_required_sections(root: Path) -> None:
    assert codes(configured(root, "")) == ["ADL301"]
    assert codes(configured(root, 'required-sections = ["Context"]')) == ["ADL301", "ADL511"]


def test_evidence(root: Path) -> None:
    write(root, "tests/test_wrap.py", TESTS)
    assert adr_lsp(configured(root, ""), "run").code == 0
    (root / ".adr-lsp").rename(root / "artifacts")
    assert said(configured(root, ""))["invariants"][0]["verdict"] == "not-run"
    named = configured(root, 'evidence = ["artifacts/evidence/*.jsonl"]')
    assert said(named)["invariants"][0]["verdict"] == "passed"
    write(root, "tests/test_wrap.py", TESTS.replace("# Verifies", "# As decided.\n# Verifies"))
    assert said(named)["invariants"][0]["verdict"] == "passed"
    gone = configured(root, 'evidence = ["gone/*.jsonl"]')
    assert "ADL409" in codes(gone)
    assert adr_lsp(gone, "--check").code == 1


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("records = 'docs'", "pyproject.toml:2: `records`"),
        ("prefixes = ['inv']", "pyproject.toml:2: `prefixes`"),
        ("scaffold-path = '/etc/x.py'", "pyproject.toml:2: `scaffold-path`"),
        ("scaffold-path = '../x.py'", "pyproject.toml:2: `scaffold-path`"),
        ("run = 'pytest'", "pyproject.toml:2: `run`"),
        ("[tool.adr-lsp.run]\npytest = 'pytest -q'", "pyproject.toml:3: `run.pytest`"),
        ("x = ", "pyproject.toml:2: invalid TOML"),
    ],
)
def test_what_is_not_allowed_is_said_at_its_line(root: Path, content: str, message: str) -> None:
    done = adr_lsp(configured(root, content), "--check")
    assert done.code == 2
    assert message in done.err, done.err
