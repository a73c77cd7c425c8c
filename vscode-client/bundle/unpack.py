"""Takes out of a wheel what a server needs when it runs, and what its licence asks for."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from email.parser import HeaderParser
from pathlib import Path

NOT_RUN = (".pyi", ".pth", ".c", ".h", ".pyx", ".pxd", ".scm", "/py.typed")
NOT_RUN_FOLDERS = frozenset(("__pycache__", "tests", "test", "htmlfiles"))
KEPT_METADATA = ("WHEEL", "METADATA", "entry_points.txt")
LICENCES = ("licence", "license", "notice", "copying", "authors")


@dataclass(frozen=True, slots=True)
class Notice:
    """What a package says of its licence: the headers, and the texts by their names."""

    name: str
    version: str
    licence: str
    texts: tuple[tuple[str, str], ...]


def unpack(wheel: Path, into: Path) -> Notice:
    with zipfile.ZipFile(wheel) as archive:
        names = [name for name in archive.namelist() if not name.endswith("/")]
        for name in names:
            kept = _kept(name, archive)
            if kept is not None:
                _write(into / _place(name), kept)
        return _notice(archive, names)


def _kept(name: str, archive: zipfile.ZipFile) -> bytes | None:
    """What stays of a file. None: it is left out."""
    folder, _, rest = name.partition("/")
    if folder.endswith(".dist-info"):
        if rest not in KEPT_METADATA:
            return None
        raw = archive.read(name)
        return raw if rest != "METADATA" else _headers(raw)
    scheme = rest.partition("/")[0] if folder.endswith(".data") else "purelib"
    parts = frozenset(name.split("/")[:-1])
    if scheme not in ("purelib", "platlib") or name.endswith(NOT_RUN) or parts & NOT_RUN_FOLDERS:
        return None
    return archive.read(name)


def _place(name: str) -> str:
    folder, _, rest = name.partition("/")
    return rest.partition("/")[2] if folder.endswith(".data") else name


def _headers(metadata: bytes) -> bytes:
    """A package's metadata without its description."""
    return metadata.replace(b"\r\n", b"\n").partition(b"\n\n")[0] + b"\n"


def _write(file: Path, raw: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(raw)


def _notice(archive: zipfile.ZipFile, names: list[str]) -> Notice:
    [metadata] = [name for name in names if name.endswith(".dist-info/METADATA")]
    info = metadata.removesuffix("METADATA")
    headers = HeaderParser().parsestr(archive.read(metadata).decode())
    classified = [each for each in headers.get_all("Classifier", []) if "License" in each]
    first = headers["License-Expression"] or (headers["License"] or "").splitlines()[:1]
    licence = first if isinstance(first, str) else " ".join(first)
    named = licence or "; ".join(each.rpartition(" :: ")[2] for each in classified)
    texts = [
        (name.removeprefix(info), archive.read(name).decode("utf-8", "replace"))
        for name in names
        if name.startswith(info) and name.rpartition("/")[2].lower().startswith(LICENCES)
    ]
    return Notice(headers["Name"], headers["Version"], named, tuple(texts))
