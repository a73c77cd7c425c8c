"""A change of files is carried out as a whole, or not at all, and on no other file."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adr_lsp.cli.change import carry_out
from adr_lsp.cli.exit import Stop
from adr_lsp.cli.writing import NotWritten, write_all
from adr_lsp.text import NOWHERE, Change, Edit, Move, Position, Range
from adr_lsp.workspace import Workspace

ONE, TWO = "docs/adr/0001-a.md", "docs/adr/0002-b.md"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "docs/adr").mkdir(parents=True)
    (tmp_path / ONE).write_text("# 1. A\n")
    (tmp_path / TWO).write_text("# 2. B\n")
    return tmp_path


def begin(path: str, words: str = "X") -> Edit:
    return Edit(path, NOWHERE, words)


def carried_out(root: Path, *changes: Edit | Move) -> None:
    workspace = Workspace(root)
    workspace.refresh()
    edits = tuple(change for change in changes if isinstance(change, Edit))
    carry_out(workspace, Change(edits, tuple(c for c in changes if isinstance(c, Move))))


def tree(root: Path) -> dict[str, str]:
    """Every file and folder, also those that begin with a dot, with what is in it."""
    return {
        path.relative_to(root).as_posix(): path.read_text() if path.is_file() else ""
        for path in root.rglob("*")
    }


def check_refused(root: Path, reason: str, *changes: Edit | Move) -> None:
    before = tree(root)
    with pytest.raises(Stop, match=reason) as stopped:
        carried_out(root, *changes)
    assert str(stopped.value).endswith("; nothing was written")
    assert tree(root) == before


def test_a_link_stays_a_link_and_a_mode_a_mode(root: Path) -> None:
    (root / "real.md").write_text("# 3. C\n")
    (root / "real.md").chmod(0o640)
    (root / "docs/adr/0003-c.md").symlink_to("../../real.md")
    carried_out(root, begin("docs/adr/0003-c.md"))
    assert (root / "docs/adr/0003-c.md").is_symlink()
    assert (root / "real.md").read_text() == "X# 3. C\n"
    assert (root / "real.md").stat().st_mode & 0o777 == 0o640


def test_files_change_names_among_themselves(root: Path) -> None:
    carried_out(root, begin(ONE), Move(ONE, TWO), Move(TWO, ONE))
    assert (root / TWO).read_text() == "X# 1. A\n"
    assert (root / ONE).read_text() == "# 2. B\n"
    assert len(list((root / "docs/adr").iterdir())) == 2


def test_a_folder_that_lost_its_last_file_goes(root: Path) -> None:
    carried_out(root, Move(ONE, "a/0001-a.md"), Move(TWO, "a/0002-b.md"))
    assert set(tree(root)) >= {"a/0001-a.md", "a/0002-b.md"}
    assert not (root / "docs/adr").exists()


@pytest.mark.parametrize(
    ("reason", "changes"),
    [
        ("Is a directory", (begin(ONE), begin("docs"))),
        ("Is a directory", (begin("new/folder/x.md"), begin("docs"))),
        ("No such file", (begin(TWO), Move("docs/adr/0009-x.md", "docs/adr/0010-x.md"))),
        ("Not a directory", (begin(TWO), Move(ONE, f"{TWO}/x.md"))),
        ("exists already", (begin(ONE), Move(ONE, TWO))),
        ("two files would be called c.md", (Move(ONE, "c.md"), Move(TWO, "c.md"))),
        ("leads out of the root", (begin(ONE), begin("../x.md"))),
        ("leads out of the root", (begin(ONE), Move(TWO, "../x.md"))),
        (
            "two edits want one place",
            (
                Edit(ONE, Range(Position(0, 0), Position(0, 4)), "a"),
                Edit(ONE, Range(Position(0, 3), Position(0, 5)), "b"),
            ),
        ),
    ],
)
def test_what_cannot_be_done_is_not_begun(
    root: Path, reason: str, changes: tuple[Edit | Move, ...]
) -> None:
    check_refused(root, reason, *changes)


def test_two_links_to_one_file_are_not_written_over_one_another(root: Path) -> None:
    (root / "docs/adr/0003-c.md").symlink_to("0001-a.md")
    check_refused(root, "are one file", begin(ONE), begin("docs/adr/0003-c.md"))


def test_a_file_that_changed_since_it_was_read_is_left(root: Path) -> None:
    workspace = Workspace(root)
    workspace.refresh()
    (root / ONE).write_text("Another's words\n")
    with pytest.raises(Stop, match="changed meanwhile"):
        carry_out(workspace, Change((begin(TWO), begin(ONE))))
    assert (root / TWO).read_text() == "# 2. B\n"


NOBODY = 65_534


@pytest.fixture
def read_only() -> Iterator[Path]:
    """A root with one file that may not be written, not even where the tests run as root."""
    with tempfile.TemporaryDirectory() as name:
        folder, user = Path(name).resolve(), os.geteuid()
        (folder / "docs/adr").mkdir(parents=True)
        (folder / ONE).write_text("# 1. A\n")
        (folder / TWO).write_text("# 2. B\n")
        (folder / ONE).chmod(0o444)
        if user == 0:
            for path in (folder, *folder.rglob("*")):
                os.chown(path, NOBODY, NOBODY)
            os.setresuid(NOBODY, NOBODY, 0)
        yield folder
        if user == 0:
            os.setresuid(0, 0, 0)


def test_a_file_that_may_not_be_written_is_left(read_only: Path) -> None:
    check_refused(read_only, "Permission denied", begin(TWO), begin(ONE))
    assert (read_only / TWO).read_text() == "# 2. B\n"


def test_nothing_is_written_through_a_link_that_waits_beside_a_file(root: Path) -> None:
    outside = root.parent / f"{root.name}-outside"
    (root / f"docs/adr/.{Path(ONE).name}.adr-lsp").symlink_to(outside)
    carried_out(root, begin(ONE))
    assert not outside.exists()
    assert not (root / ONE).is_symlink()


def test_a_name_may_be_as_long_as_names_can_be(root: Path) -> None:
    path = f"docs/adr/0003-{'a' * 245}.md"
    (root / path).write_text("# 3. C\n")
    carried_out(root, begin(path))
    assert (root / path).read_text() == "X# 3. C\n"


NAMES = st.sampled_from(["a", "b", "c", "d", "a/x", "d/x", "e/f"])


@given(st.dictionaries(NAMES, st.binary(max_size=3)), st.dictionaries(NAMES, NAMES))
def test_all_or_nothing(
    tmp_path_factory: pytest.TempPathFactory, after: dict[str, bytes], moved: dict[str, str]
) -> None:
    root = tmp_path_factory.mktemp("root")
    for name in ("a", "b", "c"):
        (root / name).write_text(name)
    before = tree(root)
    try:
        write_all(root, after, moved)
    except NotWritten:
        assert tree(root) == before
    else:
        files = {path for path in root.rglob("*") if path.is_file()}
        assert len(files) == len({"a", "b", "c"} | set(after))
        for path, content in after.items():
            assert (root / moved.get(path, path)).read_bytes() == content
