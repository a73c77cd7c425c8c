"""`.adr-lsp/` below a root, for writing: `evidence/` holds the runs, `objects/` bytes by digest."""

from __future__ import annotations

import hashlib
import os
import secrets
import time
import zlib
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

FOLDER = ".adr-lsp"


def folder(root: Path, name: str = "") -> Path:
    """A folder of the store, made where it is missing. Raises OSError if it is not below the
    root."""
    found = root
    for part in (FOLDER, *filter(None, name.split("/"))):
        found = found / part
        if not found.resolve().is_relative_to(root.resolve()):
            raise OSError(f"{found} leads out of {root}")
        found.mkdir(exist_ok=True)
        if part == FOLDER:
            with suppress(FileExistsError), (found / ".gitignore").open("xb") as file:
                file.write(b"*\n")
    return found


def put(root: Path, content: bytes) -> str:
    """Keep bytes, once; returns their SHA-256."""
    digest = hashlib.sha256(content).hexdigest()
    path = folder(root, f"objects/{digest[:2]}") / digest[2:]
    if path.exists():
        with suppress(OSError):
            os.utime(path)  # a fold that runs meanwhile keeps what is young
        return digest
    replace(path, zlib.compress(content))
    return digest


def replace(path: Path, content: bytes) -> None:
    """Put whole bytes in place; whoever reads sees the old or the new."""
    part = path.with_name(f"{path.name}.{secrets.token_hex(4)}.part")
    try:
        with part.open("xb") as file:
            file.write(content)
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def new_run(root: Path, started: float) -> BinaryIO:
    """A file that nobody else writes; one system call per line, so that lines are whole."""
    stamp = time.strftime("%Y%m%dT%H%M%SZ", time.gmtime(started))
    path = folder(root, "evidence") / f"{stamp}-{secrets.token_hex(8)}.jsonl"
    return path.open("xb", buffering=0)


def run_files(root: Path) -> frozenset[str]:
    """The names of the evidence files that are there."""
    with suppress(OSError):
        found = os.scandir(root / FOLDER / "evidence")
        return frozenset(e.name for e in found if e.name.endswith(".jsonl"))
    return frozenset()
