"""Where a test goes and what runs it: as the project has its tests."""

from __future__ import annotations

import posixpath
import re
from collections import Counter

from adr_lsp.record import Record
from adr_lsp.scaffold.place import project_of
from adr_lsp.scaffold.typescript.code import Code
from adr_lsp.scaffold.typescript.settings import Settings
from adr_lsp.scaffold.typescript.syntax import SUFFIXES, TYPED
from adr_lsp.scaffold.wording import slug
from adr_lsp.value import dataclass

_TEST = re.compile(r"\.(test|spec)\.[cm]?[jt]sx?\Z")
_FOLDER = re.compile(r"(?:^|/)(tests?|specs?)(?=/)")
_BROWSER = re.compile(r"(?:^|/)(?:e2e|playwright|cypress)/")
_SYNTAX = re.compile(r"^\s*(?:import\b(?!\s*\()|export\b)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Place:
    """`runner` is vitest or node. `typed`: the test is TypeScript. `commonjs`: it calls
    `require`."""

    path: str
    runner: str
    typed: bool
    commonjs: bool
    settings: Settings


def place_of(code: Code, record: Record, target: str | None, configured: str) -> Place | str:
    """Where the test of a record goes; a text that says why it cannot go there."""
    near = target or record.path
    folder = project_of(near, code.paths, "package.json")
    settings = code.settings(posixpath.join(folder, "package.json"))
    typed = _typed(code, settings, target)
    runner = _runner(code, settings, folder)
    suffix = _suffix(code, settings, target, typed, runner)
    name = slug(record.stem).replace("_", "-")
    if configured:
        inside = configured.replace("{slug}", name)
        path = posixpath.normpath(posixpath.join(folder, inside))
        if path.startswith(("../", "/")) or not path.endswith(SUFFIXES):
            return f"`{configured}` is no file of TypeScript or JavaScript below the root"
        suffix = posixpath.splitext(path)[1]
    else:
        path = posixpath.join(*_habit(code, folder, target, name, suffix))
    commonjs = suffix == ".cjs" or (
        suffix == ".js" and not settings.is_module and _is_commonjs(code, target)
    )
    return Place(path, runner, path.endswith(TYPED), commonjs, settings)


def _typed(code: Code, settings: Settings, target: str | None) -> bool:
    if target is not None:
        return target.endswith(TYPED)
    below = f"{settings.folder}/" if settings.folder else ""
    inside = [path for path in code.files if path.startswith(below)]
    return settings.has_compiler or sum(p.endswith(TYPED) for p in inside) * 2 > len(inside)


def _runner(code: Code, settings: Settings, folder: str) -> str:
    configured = any(
        posixpath.join(above, f"vitest.config{suffix}") in code.paths
        for above in {folder, ""}
        for suffix in SUFFIXES
    )
    return "vitest" if "vitest" in settings.packages or configured else "node"


def _suffix(
    code: Code, settings: Settings, target: str | None, typed: bool, runner: str
) -> str:  # fmt: skip
    if target and target.endswith((".mts", ".cts", ".mjs", ".cjs")):
        return posixpath.splitext(target)[1]
    if typed:
        return ".ts"
    by_node = runner == "node" and not settings.is_module
    return ".mjs" if by_node and not _is_commonjs(code, target) else ".js"


def _is_commonjs(code: Code, target: str | None) -> bool:
    """By what the target's file has; a project without one is what Node takes it for."""
    if target is None:
        return True
    if _SYNTAX.search(code.text(target)):
        return False
    module = code.module(target)
    return module is not None and (module.is_commonjs or not target.endswith(".mjs"))


def _habit(
    code: Code, folder: str, target: str | None, name: str, suffix: str
) -> tuple[str, str]:  # fmt: skip
    """The folder and the file's name, as most tests of the project have them."""
    below = f"{folder}/" if folder else ""
    inside = (path for path in code.files if path.startswith(below) and _TEST.search(path))
    tests = [path for path in inside if not _BROWSER.search(path)]
    words = Counter(found[1] for path in tests if (found := _TEST.search(path)))
    word = words.most_common(1)[0][0] if words else "test"
    file = f"{name}.{word}{suffix}"
    ways = Counter(_way(path.removeprefix(below)) for path in tests)
    way = ways.most_common(1)[0][0] if ways else ""
    beside = posixpath.dirname(target) if target else folder
    if way == "beside" and target:
        return beside, file
    if way == "__tests__":
        return posixpath.join(beside if target else folder, "__tests__"), file
    if way and way != "beside":
        return posixpath.join(folder, way), file
    return posixpath.join(folder, "tests"), file


def _way(path: str) -> str:
    """`beside`, `__tests__`, or the folder that holds the tests."""
    if "/__tests__/" in f"/{path}":
        return "__tests__"
    found = _FOLDER.search(path)
    return path[: found.end()] if found else "beside"
