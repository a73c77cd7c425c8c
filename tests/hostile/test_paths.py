"""Paths that someone else wrote lead nowhere outside the root, whatever they look like."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from adr_lsp.workspace import Workspace
from adr_lsp.workspace.reading import read_file
from cli.command import adr_lsp
from hostile.limits import adopted, check, is_quiet, write

SECRET = "nobody may read this"
RECORD = "# 1. A\n\n## Invariants\n\n- **INV-1**: A holds.\n  - Verified by: `{0}`\n"
PARTS = st.sampled_from(
    ["..", ".", "", "a", "secret", "root", "docs", "~", "C:", "\\", "//", "/", "\x00", "con",
     "%2e%2e", "file:", "a:b", "\u202e", "..\\..", "link", "\udcff"]
)  # fmt: skip


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("paths")
    (place / "secret").write_text(SECRET)
    root = place / "root"
    write(adopted(root), "docs/adr/0001-a.md", RECORD.format("tests/a.py"))
    (root / "link").symlink_to(place)
    return root


@settings(max_examples=1_000, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(parts=st.lists(PARTS, max_size=8), absolute=st.booleans())
def test_nothing_outside_is_read(root: Path, parts: list[str], absolute: bool) -> None:
    """Verifies: ADR-0015/INV-3"""
    path = "/".join(parts)
    for wanted in (path, f"{root.parent}/{path}" if absolute else f"../{path}", f"link/{path}"):
        raw = read_file(root.resolve(), wanted)
        assert raw is None or SECRET.encode() not in raw
        workspace = Workspace(root)
        assert SECRET.encode() not in (workspace.snapshot().tree.read(wanted) or b"")


@pytest.mark.parametrize(
    "path",
    ["../../../secret", "/etc/passwd", "../../link/secret", "tests/../../../secret", "C:/x", "a:b"],
)
def test_verifiers_and_links_outside_are_looked_at_by_no_rule(tmp_path: Path, path: str) -> None:
    (tmp_path / "secret").write_text("# Verifies: ADR-0001/INV-1\ndef test_x():\n    assert y\n")
    root = adopted(tmp_path / "root")
    write(root, "docs/adr/0001-a.md", RECORD.format(path) + f"\n[b]({path})\n")
    checked = check(root)
    assert is_quiet(checked), checked.err
    assert checked.json["invariants"][0]["tests"] == []


@pytest.mark.parametrize(
    "settings",
    [
        'template = "../secret"',
        'template = "/etc/passwd"',
        'template = "link/secret"',
    ],
)
def test_a_template_outside_is_not_read(tmp_path: Path, settings: str) -> None:
    root = tmp_path / "root"
    write(root, "docs/adr/0001-a.md", "# 1. A\n")
    write(root, "adr-lsp.toml", settings)
    (tmp_path / "secret").write_text(SECRET)
    (root / "link").symlink_to(tmp_path)
    done = adr_lsp(root, "new", "B", "--diff")
    assert done.code == 2
    assert SECRET not in done.out


@pytest.mark.parametrize("where", ["../out.json", "/etc/adr-lsp.json", "link/out.json"])
def test_a_baseline_outside_is_neither_read_nor_written(tmp_path: Path, where: str) -> None:
    root = tmp_path / "root"
    write(root, "docs/adr/0001-a.md", "# 1. A\n")
    write(root, "adr-lsp.toml", f'baseline = "{where}"')
    (root / "link").symlink_to(tmp_path)
    before = sorted(tmp_path.iterdir())
    assert adr_lsp(root, "baseline", "write").code == 2
    assert sorted(tmp_path.iterdir()) == before
    assert is_quiet(check(root))


def test_evidence_globs_find_nothing_outside(tmp_path: Path) -> None:
    root = tmp_path / "root"
    write(root, "docs/adr/0001-a.md", "# 1. A\n")
    (tmp_path / "run.jsonl").write_text(SECRET)
    (root / "link").symlink_to(tmp_path)
    for glob in ("../*.jsonl", "/**/*.jsonl", "link/*.jsonl", "**/**/**/**/**/**/**/**/*.jsonl"):
        write(root, "adr-lsp.toml", f'evidence = ["{glob}"]')
        checked = check(root)
        assert is_quiet(checked), checked.err
        assert checked.json["summary"]["evidence"]["runs"] == 0


@pytest.mark.parametrize("link", ["docs", "docs/adr", "docs/adr/0002-b.md"])
def test_nothing_is_written_through_a_link(tmp_path: Path, link: str) -> None:
    root, outside = tmp_path / "root", tmp_path / "outside"
    outside.mkdir()
    write(root, "notes/adr/0001-a.md", "# 1. A\n")
    (root / link).parent.mkdir(parents=True, exist_ok=True)
    (root / link).symlink_to(outside / "x" if link.endswith(".md") else outside)
    done = adr_lsp(root, "new", "B", "--log", "docs/adr")
    assert done.code in (0, 2)
    assert not any(outside.rglob("*"))


GLOBS = [
    "**/" * 30 + "*.md",
    "*" * 60 + ".md",
    "{" * 50 + "a,b" + "}" * 50 + ".md",
    "{a,}" * 40 + "b",
    "?" * 200,
    "a*" * 40 + "b",
    "[" * 500,
]


@pytest.mark.parametrize("glob", GLOBS)
@pytest.mark.parametrize("key", ["records", "exclude", "per-file-ignores", "evidence"])
def test_no_glob_takes_for_ever(tmp_path: Path, glob: str, key: str) -> None:
    write(tmp_path, "docs/adr/0001-a.md", "# 1. A\n")
    write(tmp_path, "docs/adr/" + "a" * 200 + ".md", "# 2. B\n")
    write(tmp_path, "/".join(["a"] * 60) + "/a.md", "# 3. C\n")
    value = f'{{ "{glob}" = ["ADL101"] }}' if key == "per-file-ignores" else f'["{glob}"]'
    write(tmp_path, "adr-lsp.toml", f"{key} = {value}\n")
    assert is_quiet(check(tmp_path))
