"""All cases as one cargo workspace per stage, started once; what cargo says of each test."""

from __future__ import annotations

import fcntl
import json
import os
import re
import subprocess
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

import provision
from scaffold.memory import Files

HOME = provision.RUST / "scaffolds"
_RUN = os.environ.get("PYTEST_XDIST_TESTRUNUID") or f"{os.getpid()}"
_TEST = re.compile(r"^test (\S+) \.\.\. (ok|FAILED|ignored)(?:, (.*))?$", re.MULTILINE)
_OUTPUT = re.compile(r"^---- (\S+) stdout ----\n(.*?)(?=^---- |^failures:$)", re.M | re.S)
_WORKSPACE = """\
[workspace]
resolver = "2"
members = [{members}]

[workspace.dependencies]
proptest = "1"

[profile.dev]
debug = 0
codegen-units = {units}

[profile.dev.package."*"]
debug = 2
codegen-units = 256
"""
_UNITS = {"scaffolded": 2, "filled-in": 3, "differs": 4}
"""Cargo tells crates of one name and one place in their workspace apart by their profile alone."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """`kind` is ok, FAILED or ignored."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Said:
    """Every test by its name, and what the compiler printed."""

    tests: dict[str, Outcome]
    compiler: str


def run(stage: str, projects: dict[str, Files]) -> Said:
    """What cargo says; of several workers of one test run, the first one asks."""
    folder = HOME / stage.replace(" ", "-")
    folder.mkdir(parents=True, exist_ok=True)
    with (HOME / f"{folder.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        known = HOME / f"{folder.name}.json"
        if known.is_file():
            kept = json.loads(known.read_text())
            if kept["run"] == _RUN:
                tests = {name: Outcome(**outcome) for name, outcome in kept["tests"].items()}
                return Said(tests, kept["compiler"])
        _write(folder, projects)
        said = _start(folder)
        tests_ = {name: asdict(outcome) for name, outcome in said.tests.items()}
        known.write_text(json.dumps({"run": _RUN, "tests": tests_, "compiler": said.compiler}))
        return said


def _start(folder: Path) -> Said:
    command = [provision.cargo() or "cargo", "test", "--workspace", "--no-fail-fast"]
    env = provision.cargo_environment() | {
        "PROPTEST_RNG_SEED": "20261123", "RUST_BACKTRACE": "0", "CARGO_TERM_COLOR": "never",
    }  # fmt: skip
    done = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True,
                          timeout=540, check=False)  # fmt: skip
    texts = dict(_OUTPUT.findall(done.stdout))
    tests = {name: Outcome(kind, reason or texts.get(name, ""))
             for name, kind, reason in _TEST.findall(done.stdout)}  # fmt: skip
    assert tests, done.stderr[-6000:]
    return Said(tests, done.stderr)


def _write(folder: Path, projects: dict[str, Files]) -> None:
    """Only what differs is touched, so that cargo compiles nothing twice."""
    files: Files = {}
    for name, project in projects.items():
        files |= {f"{name}/{path}": text for path, text in _members(project).items()}
    members = sorted(p.removesuffix("/Cargo.toml") for p in files if p.endswith("/Cargo.toml"))
    listed = ", ".join(f'"{member}"' for member in members)
    files["Cargo.toml"] = _WORKSPACE.format(members=listed, units=_UNITS[folder.name])
    for path, text in files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        if not file.is_file() or file.read_text(encoding="utf-8") != text:
            file.write_text(text, encoding="utf-8")
    for stale in _stale(folder, files):
        stale.unlink()


def _members(project: Files) -> Files:
    """The packages of a case; a library has no test of its own but where one stands in it."""
    kept = {}
    for path, text in project.items():
        if path.endswith("Cargo.toml") and "[package]" not in text:
            continue
        if path.endswith("Cargo.toml"):
            folder = path.removesuffix("Cargo.toml")
            library = project.get(f"{folder}src/lib.rs")
            inside = any("#[test]" in t for p, t in project.items()
                         if p.startswith(f"{folder}src/"))  # fmt: skip
            if library is not None and "[lib]" not in text:
                text += f"\n[lib]\ndoctest = false\ntest = {str(inside).lower()}\n"
        kept[path] = text
    return kept


def _stale(folder: Path, files: Iterable[str]) -> list[Path]:
    wanted = {folder / path for path in files}
    kinds = ("*.rs", "Cargo.toml", "*.proptest-regressions")
    return [p for kind in kinds for p in folder.rglob(kind) if p not in wanted]
