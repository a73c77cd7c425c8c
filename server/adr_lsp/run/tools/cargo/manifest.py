"""A package of Rust as its `Cargo.toml` has it: targets with tests, packages beside it."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from adr_lsp.run.recording.content import read_regular
from adr_lsp.value import dataclass

MANIFEST = "Cargo.toml"
DEPENDENCIES = ("dependencies", "dev-dependencies", "build-dependencies")


@dataclass(frozen=True, slots=True)
class Target:
    """One crate with tests: its `kind` (`lib`, `bin`, `test`, `example`), and its root file,
    relative to the package."""

    kind: str
    name: str
    path: str


@dataclass(frozen=True, slots=True)
class Package:
    """`workspace` is the folder from which the compiler names files. `beside` are the folders of
    the packages that this one depends on by path."""

    folder: Path
    name: str
    workspace: Path
    targets: tuple[Target, ...]
    beside: tuple[Path, ...]


def package_in(folder: Path) -> Package | None:
    """The package whose manifest stands in a folder; None if there is none, or it is broken."""
    manifest = _manifest(folder)
    package = manifest.get("package")
    if not isinstance(package, dict) or not isinstance(package.get("name"), str):
        return None
    name = package["name"]
    return Package(
        folder=folder,
        name=name,
        workspace=_workspace(folder),
        targets=tuple(dict.fromkeys(_targets(folder, name, manifest))),
        beside=tuple(dict.fromkeys(_beside(folder, manifest))),
    )


def has_package(folder: Path) -> bool:
    return isinstance(_manifest(folder).get("package"), dict)


def _manifest(folder: Path) -> dict[str, Any]:
    raw = read_regular(folder / MANIFEST)
    try:
        return tomllib.loads((raw or b"").decode("utf-8"))
    except (ValueError, RecursionError):
        return {}


def _workspace(folder: Path) -> Path:
    """The nearest folder above that is a workspace, else the package's own."""
    folders = (folder, *folder.parents)
    return next((each for each in folders if "workspace" in _manifest(each)), folder)


def _targets(folder: Path, name: str, manifest: dict[str, Any]) -> Iterator[Target]:
    """Those that the manifest names, then those that stand where cargo looks for them."""
    own = name.replace("-", "_")
    library = manifest.get("lib")
    written = library if isinstance(library, dict) else {}
    path = str(written.get("path", "src/lib.rs"))
    if (folder / path).is_file():
        yield Target("lib", str(written.get("name", own)), path)
    if (folder / "src/main.rs").is_file():
        yield Target("bin", name, "src/main.rs")
    places = (("bin", "src/bin"), ("test", "tests"), ("example", "examples"))
    for kind, place in places:
        tables = manifest.get(kind)
        for table in tables if isinstance(tables, list) else ():
            if isinstance(table, dict) and isinstance(table.get("name"), str):
                default = f"{place}/{table['name']}.rs"
                yield Target(kind, table["name"], str(table.get("path", default)))
        yield from _found(folder, kind, place)


def _found(folder: Path, kind: str, place: str) -> Iterator[Target]:
    for file in sorted((folder / place).glob("*.rs")):
        yield Target(kind, file.stem, f"{place}/{file.name}")
    for file in sorted((folder / place).glob("*/main.rs")):
        yield Target(kind, file.parent.name, f"{place}/{file.parent.name}/main.rs")


def _beside(folder: Path, manifest: dict[str, Any]) -> Iterator[Path]:
    target = manifest.get("target")
    tables = [manifest, *(target.values() if isinstance(target, dict) else ())]
    for table in (t for t in tables if isinstance(t, dict)):
        for kind in DEPENDENCIES:
            listed = table.get(kind)
            yield from _paths(folder, listed if isinstance(listed, dict) else {})


def _paths(folder: Path, dependencies: dict[str, Any]) -> Iterator[Path]:
    for name, given in dependencies.items():
        if isinstance(given, dict) and isinstance(given.get("path"), str):
            yield (folder / given["path"]).resolve()
        elif isinstance(given, dict) and given.get("workspace") is True:
            yield from _inherited(folder, name)


def _inherited(folder: Path, name: str) -> Iterator[Path]:
    """The path that the workspace gives a dependency."""
    workspace = _workspace(folder)
    table = _manifest(workspace).get("workspace")
    listed = table.get("dependencies") if isinstance(table, dict) else None
    given = listed.get(name) if isinstance(listed, dict) else None
    if isinstance(given, dict) and isinstance(given.get("path"), str):
        yield (workspace / given["path"]).resolve()
