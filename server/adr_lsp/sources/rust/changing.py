"""What a Rust test's result rests on, and which of it differs.

By definitions: the test's function with its attributes and its macro's configuration, what it
reaches by name in its file; bodies that ran in its crate and in those that it names (all bodies
where nobody measured), and every type, constant, signature, macro and implementation of these.
What is compiled for tests alone counts in another file only where the test names it.

`Cargo.toml` and `Cargo.lock` count where the run kept them: dependencies by name, editions,
features, profiles; not versions of the package itself, nor what only describes it. So do the choice
of a compiler and `build.rs`. A choice that came since counts if the run kept some manifest. What
proptest keeps of failures does not count: a failing run writes it itself.
"""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Iterable, Mapping

from adr_lsp.sources.change import Change, Read
from adr_lsp.sources.definitions import changing
from adr_lsp.sources.definitions.changing import Dialect
from adr_lsp.sources.definitions.passage import Whole, digest
from adr_lsp.sources.definitions.shape import Shape, whole
from adr_lsp.sources.rust.changing_settings import CHOICES, configured
from adr_lsp.sources.rust.importing import loads
from adr_lsp.sources.rust.importing_settings import above
from adr_lsp.sources.rust.reach import around as around_test
from adr_lsp.sources.rust.reach import own_definition, shape_of

_SETTINGS = ("Cargo.toml", "Cargo.lock")


def what_changed(
    path: str,
    name: str,
    old: Read,
    new: Read,
    files: Collection[str],
    covered: Mapping[str, Collection[int]] | None,
) -> tuple[Change, ...]:
    """Every definition and statement that the test's result rests on and that differs."""
    return changing.what_changed(_DIALECT, (path, name), old, new, files, covered)


def definition_digest(_path: str, raw: bytes, name: str) -> str | None:
    """A digest of the test's own function, equal wherever it stands; None if there is none."""
    said = own_definition(raw, name)
    return digest(said) if said is not None else None


def around(path: str) -> Iterable[str]:
    """The choices of a compiler that would act on the test."""
    return [posixpath.join(folder, choice) for folder in above(path) for choice in CHOICES]


def _keeps(path: str) -> bool:
    return not f"/{path}".startswith("/target/") and "proptest-regressions" not in path


def _shape(path: str, raw: bytes) -> Shape:
    """Code by definitions; any other file that code names as a whole."""
    return shape_of(raw) if path.endswith(".rs") else whole(Whole(raw), broken=False)


def _settings(paths: Collection[str]) -> Collection[str]:
    """Where manifests may stand for the files of a project."""
    folders = {folder for path in paths for folder in above(path)}
    return {posixpath.join(folder, name) for folder in folders for name in _SETTINGS}


_DIALECT = Dialect(
    keeps=_keeps,
    shape=_shape,
    around=around_test,
    loads=loads,
    settings=_settings,
    acting=around,
    configured=configured,
    called_back=True,
)
