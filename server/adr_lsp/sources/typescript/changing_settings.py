"""How settings act on a test: what of `package.json`, `tsconfig.json`, a lock file, a tool's
configuration or a kept snapshot differs, where that can change what runs."""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Collection, Iterator
from typing import Any

from adr_lsp.sources.change import Change
from adr_lsp.sources.definitions.project import Project
from adr_lsp.sources.definitions.reach import reached
from adr_lsp.sources.definitions.shape import Shape
from adr_lsp.sources.typescript.importing_settings import CONFIGS, above, extended, object_in
from adr_lsp.sources.typescript.reach import around, shape_of

TOOLS = re.compile(
    r"(?:vitest|vite|jest)\.(?:config|workspace)\.(?:[cm]?[jt]s|json)|babel\.config\.[cm]?js(?:on)?|\.swcrc|\.babelrc"
)
LOCKS = ("package-lock.json", "npm-shrinkwrap.json", "pnpm-lock.yaml", "yarn.lock", "bun.lock")
NAMES = ("package.json", *CONFIGS)
_INERT = frozenset(
    [
        "description",
        "version",
        "keywords",
        "author",
        "contributors",
        "maintainers",
        "license",
        "homepage",
        "bugs",
        "funding",
        "repository",
        "scripts",
        "files",
        "private",
        "publishConfig",
        "eslintConfig",
        "prettier",
        "lint-staged",
        "husky",
        "commitlint",
        "size-limit",
        "man",
        "directories",
        "bin",
    ]
)
_CHECKING = re.compile(
    r"strict|noUnused|noImplicit|noUnchecked|noFallthrough|noProperty|exactOptional|skip|declaration"
    r"|sourceMap|inlineSource|outDir|outFile|rootDir|noEmit|incremental|tsBuildInfo|composite"
    r"|forceConsistent|allowUn|checkJs|pretty|lib$|types$|typeRoots|maxNode|listF|explain|diagnostics"
)
_ENTRY = re.compile(r"^exports\[`((?:\\.|[^`\\])*)`\] = `((?:\\.|[^`\\])*)`;", re.MULTILINE)
_KEEPING = frozenset(
    [
        "toMatchSnapshot",
        "toThrowErrorMatchingSnapshot",
        "toMatchFileSnapshot",
        "toHaveScreenshot",
        "snapshot",
        "fileSnapshot",
    ]
)


def configured(
    before: Project, after: Project, path: str, name: str, differing: Collection[str]
) -> Iterator[Change]:
    """Settings around the test that differ, each by its path or the name in it."""
    near = set(above(path))
    followed = {
        file
        for folder in near
        for config in CONFIGS
        for file in extended(before, posixpath.join(folder, config))
    }
    for file in sorted(differing):
        folder, base = posixpath.split(file)
        old, new = before.contents.get(file), after.contents.get(file)
        if folder in near or file in followed:
            if base == "package.json":
                yield from _packaged(file, object_in(old), object_in(new))
            elif base in CONFIGS or file in followed:
                if _compiled(object_in(old)) != _compiled(object_in(new)):
                    yield Change("module", file, "")
            elif (base in LOCKS or TOOLS.fullmatch(base)) and not _same_code(file, old, new):
                yield Change("module", file, "")
        if file in snapshots(path) and old is not None:
            yield from _snapshot(before, path, name, file, old, new or b"")


def snapshots(path: str) -> tuple[str, ...]:
    """Where vitest and jest keep the snapshots of a test's file."""
    folder, base = posixpath.split(path)
    return (posixpath.join(folder, "__snapshots__", f"{base}.snap"), f"{path}.snapshot")


def _packaged(file: str, old: dict[str, Any], new: dict[str, Any]) -> Iterator[Change]:
    """What differs in `package.json`, without what says nothing of how code runs."""
    for key in sorted({*old, *new} - _INERT):
        if old.get(key) == new.get(key):
            continue
        one, other = old.get(key), new.get(key)
        if "ependencies" in key and isinstance(one or {}, dict) and isinstance(other or {}, dict):
            listed, now = dict(one or {}), dict(other or {})
            for name in sorted(n for n in {*listed, *now} if listed.get(n) != now.get(n)):
                yield Change("module", file, name, function=False)
        else:
            yield Change("module", file, f"{key} of {file}", function=False)


def _compiled(said: dict[str, Any]) -> dict[str, Any]:
    """The settings of a compiler that change what runs; not what it only checks."""
    options = said.get("compilerOptions")
    options = options if isinstance(options, dict) else {}
    kept = {key: value for key, value in options.items() if not _CHECKING.match(key)}
    return {"options": kept, "extends": said.get("extends")}


def _same_code(file: str, old: bytes | None, new: bytes | None) -> bool:
    if old is None or new is None:
        return old == new
    if file.endswith((".json", ".swcrc", ".babelrc")):
        return bool(_json(old) == _json(new))
    if not file.endswith(("js", "ts")):
        return old == new
    one, other = shape_of(file, old), shape_of(file, new)
    return _said(one) == _said(other)


def _said(shape: Shape) -> list[str]:
    parts = [p for part in shape.parts.values() for p in (*part.header, *part.body)]
    return [said.digest for said in (*parts, *(s.said for s in shape.statements))]


def _json(raw: bytes) -> Any:
    try:
        return json.loads(raw)
    except (ValueError, RecursionError):
        return raw


def _snapshot(
    before: Project, path: str, name: str, file: str, old: bytes, new: bytes
) -> Iterator[Change]:
    """The snapshots of this test, if it compares itself with any."""
    found = around(path, before.contents.get(path, b""), name)
    said = (said for one in reached(found).values() for said in one.said) if found else ()
    if all(_KEEPING.isdisjoint(one.names) for one in said):
        return
    one, other = _entries(old, name), _entries(new, name)
    if one != other or not (one or other):
        yield Change("module", file, "")


def _entries(raw: bytes, name: str) -> dict[str, str]:
    """The texts kept for a test, by their keys (`describe > test 1`)."""
    parts = name.split("::")
    starts = (" > ".join(parts), " ".join(parts))
    text = raw.decode(errors="replace")
    return {key: said for key, said in _ENTRY.findall(text) if key.startswith(starts)}
