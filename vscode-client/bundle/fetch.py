"""The wheels of the bundled packages, each fetched once by pip into the project's `.tools`.

A wheel that any interpreter of a platform can use is shared: pure ones by all platforms, those
for the stable ABI by all interpreters.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from lock import Pin, digest, pins
from packaging.utils import parse_wheel_filename
from platforms import ALL, OLDEST, PYTHONS, Platform

PROJECT = Path(__file__).resolve().parents[2]
TOOLS = Path(os.environ.get("ADR_LSP_TOOLS") or PROJECT / ".tools")
MISSING = re.compile(r"No matching distribution found for (\S+)")


class NoWheel(Exception):
    """A package has no wheel for an interpreter on a platform; it names the package."""


@dataclass(frozen=True, slots=True)
class Wheels:
    """What one platform needs: wheels by the folder of `libs` that they go to, and for each
    interpreter that is left out the package that it lacks."""

    platform: Platform
    folders: dict[str, tuple[Path, ...]]
    without: dict[str, str]


def folder_of(wheel: Path) -> str:
    """`py`, `abi3` or `cp3NN`: who can use a wheel."""
    tags = parse_wheel_filename(wheel.name)[3]
    if all(tag.abi == "none" and tag.platform == "any" for tag in tags):
        return "py"
    stable = [tag for tag in tags if tag.abi == "abi3"]
    if any(int(tag.interpreter.removeprefix("cp3")) <= OLDEST for tag in stable):
        return "abi3"
    [interpreter] = {tag.interpreter for tag in tags}
    return interpreter


def fetch_pure() -> tuple[Path, ...]:
    """The wheels that all platforms share."""
    return tuple(w for w in _fetched(ALL[0], PYTHONS[0], pins()) if folder_of(w) == "py")


def fetch(platform: Platform, pure: Iterable[Path]) -> Wheels:
    """The wheels of one platform; `pure` are those that all have in common."""
    found: dict[str, list[Path]] = {"py": [], "abi3": []}
    without: dict[str, str] = {}
    names = {_name(wheel): wheel for wheel in pure}
    shared: dict[str, Path] = {}
    for python in PYTHONS:
        wanted = [pin for pin in pins() if pin.holds(platform.markers(python))]
        for pin in wanted:
            if pin.name in names:
                shared[pin.name] = names[pin.name]
        try:
            fetched = _fetched(platform, python, [p for p in wanted if p.name not in shared])
        except NoWheel as gone:
            without[python] = str(gone)
            continue
        for wheel in fetched:
            if folder_of(wheel) == "abi3":
                shared[_name(wheel)] = wheel
            else:
                found.setdefault(folder_of(wheel), []).append(wheel)
    for wheel in shared.values():
        found[folder_of(wheel)].append(wheel)
    return Wheels(platform, {name: tuple(sorted(w)) for name, w in found.items()}, without)


def _name(wheel: Path) -> str:
    return parse_wheel_filename(wheel.name)[0]


def kept() -> Path:
    """Where wheels are kept, as long as the same are asked for."""
    return TOOLS / "wheels" / digest()


def _fetched(platform: Platform, python: str, wanted: Iterable[Pin]) -> tuple[Path, ...]:
    """Raises NoWheel. What was fetched whole is not fetched again."""
    place = kept() / platform.name / python
    if not place.is_dir():
        place.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=TOOLS, prefix="partial-") as scratch:
            _download(platform, python, wanted, Path(scratch) / "wheels")
            shutil.rmtree(place, ignore_errors=True)
            (Path(scratch) / "wheels").rename(place)
    return tuple(sorted(place.glob("*.whl")))


def _download(platform: Platform, python: str, wanted: Iterable[Pin], into: Path) -> None:
    into.mkdir()
    asked = into.with_suffix(".txt")
    asked.write_text("\n".join(pin.line for pin in wanted))
    fixed = ("--quiet", "--no-deps", "--only-binary=:all:", "--require-hashes")
    target = ["--implementation", "cp", "--python-version", python]
    for tag in platform.tags:
        target += ["--platform", tag]
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", "download", *fixed]
    done = subprocess.run(
        [*command, *target, "--dest", str(into), "--requirement", str(asked)],
        capture_output=True,
        text=True,
    )
    gone = MISSING.search(done.stderr)
    if gone:
        raise NoWheel(gone[1])
    if done.returncode:
        raise OSError(f"pip download failed for {platform.name}\n{done.stderr[-2000:]}")
