"""A validated configuration is kept, and a kept one equals a fresh one."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adr_lsp import config
from adr_lsp.workspace.settings import CACHE, settings

RAW = b'records = ["a/*.md"]\nmin-cases = 3\n[run]\npytest = ["x", "y"]\n'
NAME = "adr-lsp.toml"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / ".adr-lsp").mkdir()
    return tmp_path


def test_what_was_kept_equals_what_is_read(root: Path) -> None:
    fresh = config.read(NAME, RAW)
    assert settings(root, NAME, RAW) == fresh
    assert (root / CACHE).is_file()
    assert settings(root, NAME, RAW) == fresh


def test_another_content_is_read_anew(root: Path) -> None:
    settings(root, NAME, RAW)
    assert settings(root, NAME, b"min-cases = 4\n").min_cases == 4
    assert settings(root, NAME, RAW).min_cases == 3


def test_problems_are_not_kept(root: Path) -> None:
    assert settings(root, NAME, b"min-case = 4\n").problems
    assert not (root / CACHE).exists()


def test_nothing_is_made_where_no_evidence_stands(tmp_path: Path) -> None:
    settings(tmp_path, NAME, RAW)
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_written_through_a_link(
    root: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outside = tmp_path_factory.mktemp("outside")
    (root / ".adr-lsp/cache").symlink_to(outside)
    settings(root, NAME, RAW)
    assert list(outside.iterdir()) == []


@given(st.binary(max_size=60) | st.sampled_from([b"null", b"{}", b'{"digest": 1}', b"[" * 9999]))
def test_a_cache_that_cannot_be_used_is_passed_over(raw: bytes) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve()
        (folder / CACHE).parent.mkdir(parents=True)
        (folder / CACHE).write_bytes(raw)
        assert settings(folder, NAME, RAW) == config.read(NAME, RAW)


def test_a_cache_of_the_right_digest_and_wrong_fields_is_passed_over(root: Path) -> None:
    settings(root, NAME, RAW)
    text = (root / CACHE).read_text()
    for wrong in (text.replace('["a/*.md"]', "[1]"), text.replace("3", '"3"'), text[:-5]):
        (root / CACHE).write_text(wrong)
        assert settings(root, NAME, RAW) == config.read(NAME, RAW)


def test_a_second_check_imports_no_validation(root: Path) -> None:
    (root / NAME).write_bytes(RAW)
    (root / "a").mkdir()
    (root / "a/0001-x.md").write_text("# 1. X\n")
    probe = (
        "import sys; from adr_lsp.cli import main; main(['check']); "
        "sys.exit('pydantic' in sys.modules)"
    )
    codes = [
        subprocess.run([sys.executable, "-c", probe], cwd=root, capture_output=True).returncode
        for _ in range(2)
    ]
    assert codes == [1, 0]
