"""Behind `Target:` the code that an invariant could be about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from adr_lsp.features.completion.model import Completion, Kind, Spot, like
from adr_lsp.record import Record
from adr_lsp.scaffold.place import project_of
from adr_lsp.text import decode

_TARGET = re.compile(
    r"\s*[-*+]\s+[*_]{0,2}targets?[*_]{0,2}\s*:"
    r"(?:\s*`[^`]*`\s*,)*\s*(?P<typed>`?[^`]*)\Z",
    re.IGNORECASE,
)
_CODE = re.compile(r"\.(?:py|ts|tsx|mts|js|mjs|jsx|rs)\Z")
_NO_TARGET = re.compile(
    r"(?:^|/)(?:tests?|testing|docs|examples|node_modules|__tests__|e2e|benches)/"
    r"|(?:^|/)(?:test_[^/]*|[^/]*_test|conftest|setup|noxfile)\.py\Z"
    r"|[._](?:test|spec|config)\.\w+\Z|\.d\.ts\Z|(?:^|/)\."
)
_PYTHON = re.compile(r"^(?:async +)?def +([A-Za-z]\w*)|^class +([A-Za-z]\w*)", re.MULTILINE)
_SCRIPT = re.compile(
    r"^export +(?:default +)?(?:abstract +)?(?:async +)?"
    r"(?:function\*? *|class +|const +|let +)([A-Za-z_$][\w$]*)",
    re.MULTILINE,
)
_RUST = re.compile(r"^\s*pub(?:\([^)\n]*\))? +(?:const +|async +|unsafe +)*"
                   r"(?:fn|struct|enum) +([A-Za-z_]\w*)", re.MULTILINE)  # fmt: skip


def targets(spot: Spot, _: Record) -> Iterable[Completion] | None:
    """Modules and files; behind the colon what they define."""
    found = _TARGET.match(spot.before)
    return _offered(spot, found["typed"]) if found else None


def _offered(spot: Spot, typed: str) -> Iterator[Completion]:
    words = typed.removeprefix("`")
    opening = "" if typed.startswith("`") else "`"
    place, colon, _ = words.partition(":")
    for name, path in _places(spot):
        if colon and name == place:
            yield from _names(spot, name, path, words, opening)
        elif not colon and like(words, name):
            closing = "`" if opening else ""
            text = f"{spot.gap}{opening}{name}{closing}"
            yield Completion(name, text, spot.typed(words), Kind.FILE, path, fits=name)


def _names(spot: Spot, place: str, path: str, words: str, opening: str) -> Iterator[Completion]:
    raw = spot.snapshot.tree.read(path)
    content = decode(raw)[0] if raw else ""
    pattern = _PYTHON if path.endswith(".py") else _RUST if path.endswith(".rs") else _SCRIPT
    for found in pattern.finditer(content):
        whole = f"{place}:{next(name for name in found.groups() if name)}"
        if like(words, whole):
            closing = "`" if opening else ""
            text = f"{opening}{whole}{closing}"
            yield Completion(whole, text, spot.typed(words), Kind.NAME, path, fits=whole)


def _places(spot: Spot) -> list[tuple[str, str]]:
    """What can be named, with the file that it stands for."""
    key, snapshot = "targets to name", spot.snapshot
    if key not in snapshot.memo:
        paths = snapshot.tree.paths()
        found = (p for p in paths if _CODE.search(p) and not _NO_TARGET.search(p))
        snapshot.memo[key] = sorted((_name(path, paths), path) for path in found)
    known: list[tuple[str, str]] = snapshot.memo[key]
    return known


def _name(path: str, paths: frozenset[str]) -> str:
    """A module of Python as it is imported; of other languages the file."""
    if not path.endswith(".py"):
        return path
    parts = path.removesuffix(".py").removesuffix("/__init__").split("/")
    start = len(parts) - 1
    while start > 0 and "/".join([*parts[:start], "__init__.py"]) in paths:
        start -= 1
    if start == len(parts) - 1:
        project = project_of(path, paths)
        start = len(project.split("/")) if project else 0
        start += parts[start : start + 1] in (["src"], ["lib"]) and start < len(parts) - 1
    return ".".join(parts[start:])
