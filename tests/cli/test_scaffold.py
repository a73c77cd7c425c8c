"""`adr-lsp scaffold`, `show` and `rule`."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.command import adr_lsp

RECORD = """# 1. Clamp

## Invariants

- **INV-1** *(bounds)*: A clamped number lies between zero and ten.
  - Target: `clamp:clamp`
- **INV-2** *(idempotence)*: Clamping twice changes nothing.
  - Target: `nowhere:nothing`
"""
TEST = "tests/test_clamp.py"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "docs/adr").mkdir(parents=True)
    (tmp_path / ".git").mkdir()
    (tmp_path / "docs/adr/0001-clamp.md").write_text(RECORD)
    (tmp_path / "clamp.py").write_text("def clamp(n: int) -> int:\n    return max(0, min(n, 10))\n")
    return tmp_path


def test_it_writes_the_test_and_the_link(root: Path) -> None:
    done = adr_lsp(root, "scaffold", "ADR-0001/INV-1")
    assert done.code == 0, done.err
    assert TEST in done.out
    compile((root / TEST).read_text(), TEST, "exec")
    assert "- Verified by: [`" in (root / "docs/adr/0001-clamp.md").read_text()


def test_the_method_is_the_one_that_is_needed(root: Path) -> None:
    record = root / "docs/adr/0001-clamp.md"
    record.write_text(RECORD.replace("(bounds)", "(bounds, needs: model|example)"))
    assert adr_lsp(root, "scaffold", "ADR-0001/INV-1").code == 0
    assert "@given" not in (root / TEST).read_text()


def test_a_need_that_has_no_scaffold_is_said(root: Path) -> None:
    record = root / "docs/adr/0001-clamp.md"
    record.write_text(RECORD.replace("(bounds)", "(bounds, needs: model|proof)"))
    refused = adr_lsp(root, "scaffold", "ADR-0001/INV-1")
    assert refused.code == 2
    assert "needs `model` or `proof`, of which there are no scaffolds yet" in refused.err
    assert not (root / TEST).exists()
    assert adr_lsp(root, "scaffold", "ADR-0001/INV-1", "--method", "property").code == 0


def test_a_method_is_asked_for(root: Path) -> None:
    assert adr_lsp(root, "scaffold", "ADR-0001/INV-1", "--method", "example").code == 0
    assert "@given" not in (root / TEST).read_text()
    refused = adr_lsp(root, "scaffold", "ADR-0001/INV-1", "--method", "telepathy")
    assert refused.code == 2


def test_a_language_is_asked_for(root: Path) -> None:
    (root / "package.json").write_text("{}")
    done = adr_lsp(root, "scaffold", "ADR-0001/INV-2", "--language", "typescript")
    assert done.code == 0, done.err
    assert "tests/clamp.test.js" in done.out


def test_a_diff_writes_nothing(root: Path) -> None:
    done = adr_lsp(root, "scaffold", "ADR-0001/INV-1", "--diff")
    assert done.code == 0
    assert f"+++ b/{TEST}" in done.out
    assert not (root / TEST).exists()


def test_a_second_invariant_is_appended_and_a_second_time_refused(root: Path) -> None:
    assert adr_lsp(root, "scaffold", "ADR-0001/INV-1").code == 0
    first = (root / TEST).read_text()
    assert adr_lsp(root, "scaffold", "ADR-0001/INV-2").code == 0
    both = (root / TEST).read_text()
    assert both.count("def test_") == 2
    assert all(line in both for line in first.splitlines())
    again = adr_lsp(root, "scaffold", "ADR-0001/INV-2")
    assert again.code == 2
    assert (root / TEST).read_text() == both


def test_a_target_that_is_nowhere_is_said_in_its_place(root: Path) -> None:
    assert adr_lsp(root, "scaffold", "ADR-0001/INV-2").code == 0
    written = (root / TEST).read_text()
    assert "nowhere:nothing" in written
    compile(written, TEST, "exec")


def test_it_writes_through_no_link_out_of_the_root(root: Path, tmp_path_factory) -> None:  # type: ignore[no-untyped-def]
    outside = tmp_path_factory.mktemp("outside")
    (root / "tests").symlink_to(outside)
    assert adr_lsp(root, "scaffold", "ADR-0001/INV-1").code == 2
    assert list(outside.iterdir()) == []


def test_unknown_and_ambiguous_names_are_usage(root: Path) -> None:
    assert adr_lsp(root, "scaffold", "ADR-0009/INV-1").code == 2
    assert adr_lsp(root, "scaffold", "ADR-0001").code == 2
    (root / "docs/adr/0001-other.md").write_text(RECORD)
    done = adr_lsp(root, "scaffold", "ADR-0001/INV-1")
    assert done.code == 2
    assert "ambiguous: 0001-clamp, 0001-other" in done.err


def test_show_says_what_is_known(root: Path) -> None:
    done = adr_lsp(root, "show", "ADR-0001")
    assert done.code == 0
    assert done.out.count("unverified") == 2
    assert adr_lsp(root, "show", "ADR-0001/INV-1", "-f", "json").json[0]["verdict"] == "unverified"


def test_rule_prints_the_page(root: Path) -> None:
    page = Path(__file__).parents[2] / "docs/rules/ADL301-unverified.md"
    assert adr_lsp(root, "rule", "ADL301").out == page.read_text()
    assert adr_lsp(root, "rule", "unverified").out == page.read_text()
    assert "ADL301  unverified" in adr_lsp(root, "rule").out
    assert adr_lsp(root, "rule", "ADL999").code == 2
