"""What a TypeScript or JavaScript test's result rests on, and which of it differs.

By definitions: the test's call, the scopes around it with their hooks, what it reaches by name in
its file; bodies that ran in the files that it loads (all bodies where nobody measured) and what
runs as these are loaded.

Settings count where the run kept them: `package.json` (not its scripts and descriptions),
`tsconfig.json` with what it extends (not what only checks types), lock files, and configurations
of vitest, vite, jest and babel in a folder around the test, with every file of the project that a
text in them names (`setupFiles`, aliases). Such a file that came since counts only if the run kept
some settings, for else nobody knows whether it was there. Kept snapshots count for a test that
compares with one; one that came since does not, for the run itself may have written it.

In a test of types (`*.test-d.ts`) types are all that runs: any change to any code counts.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Iterable, Mapping

from adr_lsp.sources.change import Change, Read
from adr_lsp.sources.definitions import changing
from adr_lsp.sources.definitions.changing import Dialect
from adr_lsp.sources.definitions.passage import LARGEST, Whole, digest
from adr_lsp.sources.definitions.shape import Shape, whole
from adr_lsp.sources.typescript.changing_settings import NAMES, configured
from adr_lsp.sources.typescript.importing import SUFFIXES, loads
from adr_lsp.sources.typescript.importing_settings import above, folders
from adr_lsp.sources.typescript.reach import around as around_test
from adr_lsp.sources.typescript.reach import own_definition, root_of, shape_of

_OF_TYPES = re.compile(r"[.-](?:test|spec)-d\.[cm]?tsx?$")
_TOOL_FILES = tuple(
    f"{tool}.config.{end}"
    for tool in ("vitest", "vite", "jest")
    for end in ("ts", "mts", "js", "mjs", "cjs")
)


def what_changed(
    path: str,
    name: str,
    old: Read,
    new: Read,
    files: Collection[str],
    covered: Mapping[str, Collection[int]] | None,
) -> tuple[Change, ...]:
    """Every definition and statement that the test's result rests on and that differs."""
    if _OF_TYPES.search(path):
        code = sorted(each for each in {*files, path} if each.endswith(SUFFIXES))
        return tuple(Change("module", each, "") for each in code if old(each) != new(each))
    return changing.what_changed(_DIALECT, (path, name), old, new, files, covered)


def definition_digest(path: str, raw: bytes, name: str) -> str | None:
    """A digest of the test's own call, equal wherever it stands; None if there is none."""
    root = root_of(path, raw)
    words = own_definition(root, name) if root is not None else None
    return digest(words) if words is not None else None


def around(path: str) -> Iterable[str]:
    """The configurations of tools that would act on the test from its folder or one around it."""
    return [posixpath.join(folder, file) for folder in above(path) for file in _TOOL_FILES]


def _keeps(path: str) -> bool:
    return "/node_modules/" not in f"/{path}"


def _shape(path: str, raw: bytes) -> Shape:
    """Code by definitions; any other file that code loads as a whole."""
    if path.endswith(SUFFIXES) and len(raw) <= LARGEST:
        return shape_of(path, raw)
    return whole(Whole(raw), broken=False)


def _settings(paths: Collection[str]) -> Collection[str]:
    """Where settings may stand for the files of a project."""
    return {posixpath.join(folder, name) for folder in folders(paths) for name in NAMES}


_DIALECT = Dialect(
    keeps=_keeps,
    shape=_shape,
    around=around_test,
    loads=loads,
    settings=_settings,
    acting=around,
    configured=configured,
)
