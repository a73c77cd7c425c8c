"""Runs the real vitest and node in a folder, and reads what the recorders wrote there."""

from __future__ import annotations

import fcntl
import json
import os
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import provision
from recorders.recorded import Recorded, evidence_files, write

if TYPE_CHECKING:
    from collections.abc import Callable

RECORDER = Path(__file__).parents[3] / "server/adr_lsp/recorders/javascript"
OURS = ("ADR_LSP", "NODE_", "VITEST", "CI", "FORCE_COLOR", "NO_COLOR")
VITEST = ("node_modules/vitest/vitest.mjs", "run", "--reporter=default")
NODE_TEST = (
    f"--import={(RECORDER / 'node-test-hook.mjs').as_uri()}",
    "--test",
    "--test-reporter=spec",
    "--test-reporter-destination=stdout",
    f"--test-reporter={(RECORDER / 'node-test.mjs').as_uri()}",
    "--test-reporter-destination=stderr",
)


def project(folder: Path, files: dict[str, str]) -> None:
    """A root of ours in which the packages of the tests are installed."""
    provision.need("node", "javascript")
    write(folder, {"adr-lsp.toml": "", "package.json": '{"type": "module"}', **files})
    (folder / "node_modules").symlink_to(provision.JAVASCRIPT / "node_modules")


def environment(**env: str) -> dict[str, str]:
    kept = provision.environment().items()
    return {name: value for name, value in kept if not name.startswith(OURS)} | env


def vitest(folder: Path, *arguments: str, recorder: bool = True, **env: str) -> Recorded:
    ours = (f"--reporter={RECORDER / 'vitest.mjs'}",) if recorder else ()
    return _run(folder, (*VITEST, *ours, *arguments), env)


def node_test(folder: Path, *files: str, **env: str) -> Recorded:
    return _run(folder, (*NODE_TEST, *files), env)


def _run(folder: Path, arguments: tuple[str, ...], env: dict[str, str]) -> Recorded:
    before = evidence_files(folder)
    done = subprocess.run(
        [str(provision.NODE), *arguments],
        cwd=folder,
        env=environment(**env),
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        timeout=120,
        check=False,
    )
    new = [path for path in evidence_files(folder) if path not in before]
    assert len(new) <= 1, "one run, one file"
    lines = new[0].read_bytes().split(b"\n")[:-1] if new else []
    return Recorded(done.returncode, done.stdout + done.stderr, tuple(map(json.loads, lines)))


def once(place: Path, make: Callable[[Path], Recorded]) -> Recorded:
    """What `make` returns, made by the first of all workers that asks."""
    place.mkdir(parents=True, exist_ok=True)
    kept = place / "recorded.json"
    with (place / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not kept.exists():
            made = make(place / "project")
            kept.write_text(json.dumps([made.exit, made.output, made.lines]), encoding="utf-8")
        exit_code, output, lines = json.loads(kept.read_text(encoding="utf-8"))
    return Recorded(exit_code, output, tuple(lines))


def shared(base: Path, name: str) -> Path:
    """A folder that all workers of this session have in common."""
    return (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / name


def by_file(recorded: Recorded, path: str) -> dict[str, str]:
    """The outcomes of one file's tests; of several results of one test, all."""
    found: dict[str, str] = {}
    for line in recorded.of("result"):
        file, _, name = line["test"].partition("::")
        if file == path:
            key = name + (line["parameter"] or "")
            found[key] = f"{found[key]}, {line['outcome']}" if key in found else line["outcome"]
    return found
