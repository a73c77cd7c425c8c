"""How Cargo's files act on a test: what of `Cargo.toml`, `Cargo.lock` or the choice of a compiler
differs, where that can change what runs."""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Iterator
from typing import Any

from adr_lsp.sources.change import Change
from adr_lsp.sources.definitions.passage import words
from adr_lsp.sources.definitions.project import Project
from adr_lsp.sources.rust.importing_settings import above, package_folder, table_in

CHOICES = ("rust-toolchain", "rust-toolchain.toml", ".cargo/config.toml", ".cargo/config")
_INERT = words(
    "version authors description documentation readme homepage repository license license-file"
    " keywords categories publish exclude include metadata default-run rust-version badges lints"
)
_LISTS = ("dependencies", "dev-dependencies", "build-dependencies")


def configured(
    before: Project, after: Project, path: str, _name: str, differing: Collection[str]
) -> Iterator[Change]:
    """Settings around the test that differ, each by its path or the name in it."""
    package = package_folder(before, path)
    near = set(above(path))
    for file in sorted(differing):
        folder, base = posixpath.split(file)
        old, new = before.contents.get(file), after.contents.get(file)
        if base == "Cargo.toml" and folder in near:
            yield from _manifest(file, table_in(old), table_in(new))
        elif base == "Cargo.lock" and folder in near:
            manifest = posixpath.join(package or "", "Cargo.toml")
            name = table_in(before.contents.get(manifest)).get("package", {}).get("name")
            yield from _locked(file, table_in(old), table_in(new), name)
        elif any(file == posixpath.join(each, choice) for each in near for choice in CHOICES):
            yield Change("module", file, "")


def _manifest(file: str, old: dict[str, Any], new: dict[str, Any]) -> Iterator[Change]:
    """Dependencies by their names; any other table of the manifest by its own."""
    one, other = _flat(old), _flat(new)
    for key in sorted(key for key in {*one, *other} if one.get(key) != other.get(key)):
        table, _, name = key.rpartition("\0")
        shown = name if table.rpartition("\0")[2] in _LISTS else key.replace("\0", ".")
        yield Change("module", file, shown, function=False)


def _flat(table: dict[str, Any]) -> dict[str, Any]:
    """The entries of a manifest that can change what runs."""
    found: dict[str, Any] = {}
    pending: list[tuple[str, Any, int]] = [("", table, 0)]
    while pending:
        key, value, depth = pending.pop()
        listing = key.rpartition("\0")[2] in _LISTS
        if isinstance(value, dict) and (depth < 2 or listing or "target" in key[:6]) and depth < 6:
            for name, inner in value.items():
                if name not in _INERT or listing:
                    pending.append((f"{key}\0{name}" if key else name, inner, depth + 1))
        else:
            found[key] = value
    return found


def _locked(
    file: str, old: dict[str, Any], new: dict[str, Any], package: str | None
) -> Iterator[Change]:
    """The packages below this one that are others now."""
    one, other = _packages(old), _packages(new)
    below = _below(one, package) | _below(other, package)
    for name in sorted(below):
        if _facts(one.get(name, [])) != _facts(other.get(name, [])):
            yield Change("module", file, name, function=False)


def _packages(lock: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    listed = lock.get("package")
    for each in listed if isinstance(listed, list) else ():
        if isinstance(each, dict):
            found.setdefault(str(each.get("name")), []).append(each)
    return found


def _facts(several: list[dict[str, Any]]) -> list[str]:
    """What is locked of the packages of a name; those of the workspace lock nothing."""
    keys = ("version", "source", "checksum")
    return sorted(repr([one.get(key) for key in keys]) for one in several if one.get("source"))


def _below(packages: dict[str, list[dict[str, Any]]], package: str | None) -> set[str]:
    """The names of what a package depends on, through others; of all where it is not known."""
    if package not in packages:
        return set(packages)
    found: set[str] = set()
    pending = [str(package)]
    while pending:
        name = pending.pop()
        if name not in found:
            found.add(name)
            for one in packages.get(name, ()):
                listed = one.get("dependencies")
                pending += [str(d).split(" ")[0] for d in listed or ()]
    return found
