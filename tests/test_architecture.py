"""The layers hold, and what is promised about imports."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


def test_imports_keep_to_the_layers() -> None:
    """Verifies: ADR-0004/INV-1, INV-2, INV-3"""
    lint = Path(sys.executable).with_name("lint-imports")
    kept = subprocess.run(
        [lint, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert kept.returncode == 0, kept.stdout + kept.stderr


@pytest.mark.parametrize(
    "heavy",
    ["pygls", "lsprotocol", "jinja2", "griffe", "markdown_it", "asyncio", "hypothesis", "pydantic"],
)
def test_a_check_without_configuration_imports_nothing_heavy(heavy: str, tmp_path: Path) -> None:
    (tmp_path / "docs/adr").mkdir(parents=True)
    (tmp_path / "docs/adr/0001-a.md").write_text("# 1. A\n\n## Status\n\nAccepted\n")
    (tmp_path / ".git").mkdir()
    probe = (
        "import sys; from adr_lsp.cli import main; main(['check']); "
        f"sys.exit(any(name.split('.')[0] == {heavy!r} for name in sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", probe], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
