"""Which files of the project a TypeScript or JavaScript file loads."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from adr_lsp.sources.code import walk
from adr_lsp.sources.definitions.project import Project
from adr_lsp.sources.typescript.importing_settings import (
    Package,
    aliases,
    package_around,
    packages,
)
from adr_lsp.sources.typescript.normal import is_erased, key_text
from adr_lsp.sources.typescript.reach import root_of

if TYPE_CHECKING:
    from tree_sitter import Node

SUFFIXES = (".ts", ".tsx", ".mts", ".cts", ".js", ".jsx", ".mjs", ".cjs")
_ENDINGS = (*SUFFIXES, ".json", ".vue", ".svelte")
_WRITTEN = {".js": (".ts", ".tsx"), ".jsx": (".tsx",), ".mjs": (".mts",), ".cjs": (".cts",)}
_WORD = re.compile(rb"\b(?:from|import|require|importActual|importOriginal|mock|URL)\b")
_LOADING = ("require", "importActual", "mock", "doMock", "requireActual", "resolve", "URL")
_CONFIG = re.compile(r"(?:^|/)(?:vitest|vite|jest)\.(?:config|workspace|setup)\.[cm]?[jt]s$")


def loads(project: Project, path: str) -> Iterator[str]:
    """Every file that an import, a re-export, `require` or `import()` of a plain text leads to;
    of a tool's configuration, every file that a text in it names."""
    raw = project.contents[path]
    if not path.endswith(SUFFIXES):
        return
    said = _texts(path, raw) if _CONFIG.search(path) else specifiers(path, raw)
    for each in said:
        yield from resolve(project, path, each)


def specifiers(path: str, raw: bytes) -> tuple[str, ...]:
    """What a file imports, as it is written; types are not imported."""
    return _specifiers(path.rpartition(".")[2], raw) if _WORD.search(raw) else ()


@lru_cache(maxsize=1024)
def _specifiers(suffix: str, raw: bytes) -> tuple[str, ...]:
    root = root_of(f"a.{suffix}", raw)
    if root is None:
        return ()
    data = root.text or b""
    found: dict[str, None] = {}
    for word in _WORD.finditer(data):
        node = root.descendant_for_byte_range(word.start(), word.end())
        if node is not None and (said := _specifier(node)):
            found[said] = None
    return tuple(found)


def _specifier(word: Node) -> str | None:
    """The text behind the word `from`, `import` or `require`."""
    node = word.parent
    while node is not None and node.type in ("member_expression", "import"):
        node = node.parent
    if node is None:
        return None
    if node.type in ("import_statement", "export_statement"):
        source = node.child_by_field_name("source")
        return None if source is None or is_erased(node) else key_text(source)
    if node.type == "import_require_clause":
        source = node.child_by_field_name("source")
        return key_text(source) if source is not None else None
    return _handed(node) if node.type in ("call_expression", "new_expression") else None


def _handed(call: Node) -> str | None:
    """The plain text that a call has for its first argument."""
    listed = call.child_by_field_name("arguments")
    first = listed.named_children[0] if listed is not None and listed.named_children else None
    if first is not None and first.type == "call_expression":
        return _handed(first)  # `vi.mock(import("./x"))`
    if first is None or first.type not in ("string", "template_string"):
        return None
    return key_text(first) if first.type == "string" else (first.text or b"").decode()[1:-1]


def _texts(path: str, raw: bytes) -> tuple[str, ...]:
    root = root_of(path, raw)
    nodes = walk(root) if root is not None else ()
    return tuple(dict.fromkeys(key_text(node) for node in nodes if node.type == "string"))


def resolve(project: Project, path: str, said: str) -> tuple[str, ...]:
    """The files of the project that an import may mean, all of them where several could be."""
    folder = posixpath.dirname(path)
    return project.remember(("resolve", folder, said), lambda: _resolved(project, path, said))


def _resolved(project: Project, path: str, said: str) -> tuple[str, ...]:
    said = said.partition("?")[0]
    if not said:
        return ()
    if said[0] in "./" or said == "..":
        base = posixpath.normpath(posixpath.join(posixpath.dirname(path), said.lstrip("/")))
        return _at(project, base) or (_at(project, said[1:]) if said[0] == "/" else ())
    found = [file for base in aliases(project, path, said) for file in _at(project, base)]
    if said[0] == "#":
        package = package_around(project, path)
        found += _inside(project, package, package.imports(said)) if package else ()
    found += _of_workspace(project, said)
    return tuple(dict.fromkeys(found)) or _by_end(project, said)


def _at(project: Project, base: str) -> tuple[str, ...]:
    """The files that a path without or with its suffix, or a folder, leads to."""
    base = posixpath.normpath(base)
    names = [base, *(base + ending for ending in _ENDINGS)]
    stem, suffix = posixpath.splitext(base)
    names += [stem + other for other in _WRITTEN.get(suffix, ())]
    names += [posixpath.join(base, "index" + ending) for ending in _ENDINGS]
    return tuple(name for name in names if name in project.contents)


def _of_workspace(project: Project, said: str) -> tuple[str, ...]:
    """A package of the workspace, by the name that it has."""
    for package in packages(project):
        if package.name and (said == package.name or said.startswith(f"{package.name}/")):
            rest = said[len(package.name) + 1 :]
            return tuple(_inside(project, package, package.exports(rest)))
    return ()


def _inside(project: Project, package: Package, targets: tuple[str, ...]) -> list[str]:
    """Files that a package names; if what it names is only built from sources, all of these."""
    found = [f for t in targets for f in _at(project, posixpath.join(package.folder, t))]
    if found:
        return found
    start = f"{package.folder}/" if package.folder else ""
    return [f for f in project.contents if f.startswith(start) and f.endswith(SUFFIXES)]


def _by_end(project: Project, said: str) -> tuple[str, ...]:
    """An alias that no settings told: files whose path ends as the import does."""
    first, _, rest = said.partition("/")
    ends = {said, rest if first[:1] in ("@", "~", "#", "$") else said} - {""}
    if "/" not in said:
        return ()
    known = project.remember("ends", lambda: _ends(project))
    return tuple(dict.fromkeys(path for end in sorted(ends) for path in known.get(_stem(end), ())))


def _ends(project: Project) -> dict[str, tuple[str, ...]]:
    """Files by every end of their path, without suffix and without `index`."""
    found: dict[str, list[str]] = {}
    for path in project.contents:
        if path.endswith(SUFFIXES):
            parts = _stem(path).split("/")
            for start in range(len(parts)):
                found.setdefault("/".join(parts[start:]), []).append(path)
    return {end: tuple(paths) for end, paths in found.items()}


def _stem(path: str) -> str:
    stem, suffix = posixpath.splitext(path)
    stem = stem if suffix in _ENDINGS else path
    return stem.removesuffix("/index")
