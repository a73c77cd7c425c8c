"""What a folder may hold besides files: links, pipes, sockets, shut folders, very many files."""

from __future__ import annotations

import os
import socket
import sys
import threading
from pathlib import Path

from hostile.limits import adopted, check, is_quiet, write

RECORD = "# {0}. Wrap\n\n## Invariants\n\n- **INV-1**: A wrapped number is below ten.\n"


def paths(root: Path) -> list[str]:
    checked = check(root)
    assert is_quiet(checked), checked.err
    return [record["path"] for record in checked.json["records"]]


def test_links_pipes_sockets_and_devices(tmp_path: Path) -> None:
    root, outside = tmp_path / "root", tmp_path / "outside"
    write(adopted(root), "docs/adr/0001-a.md", RECORD.format(1))
    write(outside, "0099-secret.md", RECORD.format(99))
    adr = root / "docs/adr"
    (adr / "loop").symlink_to(root / "docs", target_is_directory=True)
    (adr / "0002-self.md").symlink_to(adr / "0002-self.md")
    (adr / "0003-out.md").symlink_to(outside / "0099-secret.md")
    (adr / "0004-gone.md").symlink_to(adr / "nowhere.md")
    (adr / "0005-in.md").symlink_to(adr / "0001-a.md")
    (adr / "0006-device.md").symlink_to("/dev/zero")
    (adr / "away").symlink_to(outside, target_is_directory=True)
    os.mkfifo(adr / "0007-pipe.md")
    with socket.socket(socket.AF_UNIX) as listening:
        here = Path.cwd()
        os.chdir(adr)  # the path of a socket is short
        try:
            listening.bind("0008-socket.md")
        finally:
            os.chdir(here)
        assert paths(root) == ["docs/adr/0001-a.md", "docs/adr/0005-in.md"]


def test_files_that_come_and_go_while_they_are_read(tmp_path: Path) -> None:
    for number in range(1, 60):
        write(adopted(tmp_path), f"docs/adr/{number:04}-a.md", RECORD.format(number))
    over = threading.Event()

    def churn() -> None:
        turn = 0
        while not over.is_set():
            turn += 1
            file = tmp_path / f"docs/adr/{turn % 59 + 1:04}-a.md"
            file.unlink(missing_ok=True)
            file.symlink_to(tmp_path / "gone") if turn % 3 else file.write_text(RECORD.format(1))
            if turn % 3:
                file.unlink()

    churning = threading.Thread(target=churn)
    churning.start()
    try:
        for _ in range(8):
            assert is_quiet(check(tmp_path))
    finally:
        over.set()
        churning.join()


def test_a_link_put_in_the_place_of_a_file_leads_nowhere(tmp_path: Path) -> None:
    """Between listing and reading a file is swapped for a link out of the root, again and again."""
    root = adopted(tmp_path / "root")
    write(root, "docs/adr/0001-a.md", RECORD.format(1))
    secret = tmp_path / "secret.md"
    secret.write_text("# 1. Stolen words\n")
    real, target = root / "docs/adr/0001-a.md", root / "docs/adr/swap"
    over = threading.Event()

    def swap() -> None:
        while not over.is_set():
            target.symlink_to(secret)
            target.replace(real)
            target.write_text(RECORD.format(1))
            target.replace(real)

    swapping = threading.Thread(target=swap)
    swapping.start()
    try:
        for _ in range(25):
            assert b"Stolen" not in check(root).out
    finally:
        over.set()
        swapping.join()


def test_fifty_thousand_files(tmp_path: Path) -> None:
    adopted(tmp_path)
    for folder in range(100):
        place = tmp_path / f"src/part{folder:03}"
        place.mkdir(parents=True)
        for number in range(450):
            os.close(os.open(place / f"f{number}.txt", os.O_CREAT | os.O_WRONLY))
        for number in range(50):
            (place / f"notes{number}.md").write_text("# Notes\n")
    write(tmp_path, "docs/adr/0001-a.md", RECORD.format(1))
    assert paths(tmp_path) == ["docs/adr/0001-a.md"]


def test_names_that_no_locale_can_print(tmp_path: Path) -> None:
    adopted(tmp_path)
    (tmp_path / "docs/adr").mkdir(parents=True)
    for name in (b"0001-caf\xe9.md", "0002-\u202eevil.md".encode(), b"0003-\x1b[31m\nx.md"):
        if sys.platform == "linux":
            Path(os.fsdecode(bytes(tmp_path) + b"/docs/adr/" + name)).write_text("# 1. A\n")
    for locale in ("C", "C.UTF-8"):
        for arguments in ((), ("-f", "text"), ("-f", "sarif")):
            checked = check(tmp_path, *arguments, more={"LC_ALL": locale, "PYTHONUTF8": "0"})
            assert is_quiet(checked), checked.err
            checked.out.decode("utf-8")
