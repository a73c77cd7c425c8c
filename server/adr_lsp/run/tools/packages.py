"""What stands around a file of JavaScript: its package, and the tools installed for it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from adr_lsp.run.tool import nearest

SUFFIXES = (".ts", ".tsx", ".mts", ".cts", ".js", ".jsx", ".mjs", ".cjs")
RECORDERS = Path(__file__).parent.parent.parent / "recorders" / "javascript"

_DEPENDENCIES = ("dependencies", "devDependencies", "peerDependencies", "optionalDependencies")


def is_code(path: str) -> bool:
    return path.endswith(SUFFIXES) and "/node_modules/" not in f"/{path}"


def imports(text: str, module: str) -> bool:
    """Whether a file takes something from a module by its bare name."""
    name = re.escape(module)
    return bool(re.search(rf"""\b(?:from|import|require\s*\()\s*(["'`]){name}\1""", text))


def package_of(root: Path, path: str) -> Path:
    """The folder of the nearest package, else the root."""
    return nearest(root, path, lambda folder: (folder / "package.json").is_file()) or root


def depends_on(folder: Path, name: str) -> bool:
    """Whether the package in a folder names another one."""
    manifest = _json(folder / "package.json")
    listed = (manifest.get(group) for group in _DEPENDENCIES)
    return any(isinstance(each, dict) and name in each for each in listed)


def installed(folder: Path, name: str) -> Path | None:
    """The folder of a package as node finds it from a folder: in the nearest `node_modules`."""
    for each in _upwards(folder):
        found = each / "node_modules" / name
        if (found / "package.json").is_file():
            return found
    return None


def program(folder: Path, name: str) -> Path | None:
    """What `node_modules/.bin` starts by this name, in the nearest folder that has it."""
    for each in _upwards(folder):
        found = each / "node_modules" / ".bin" / name
        if found.is_file():
            return found.resolve()
    return None


def version(package: Path) -> tuple[str, tuple[int, ...]]:
    """A package's version, and its first two numbers; none where nothing tells it."""
    told = _json(package / "package.json").get("version")
    found = re.match(r"(\d+)\.(\d+)", told) if isinstance(told, str) else None
    return (told, (int(found[1]), int(found[2]))) if isinstance(told, str) and found else ("", ())


def _upwards(folder: Path) -> Iterator[Path]:
    yield folder
    yield from folder.parents


def _json(file: Path) -> dict[str, Any]:
    try:
        found = json.loads(file.read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
