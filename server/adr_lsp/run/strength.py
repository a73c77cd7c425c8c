"""Runs an invariant's tests against a stub and small faults, in one process of their own tool.

Nothing of the project is written: what was seen goes to a file outside, which is read and gone.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from adr_lsp.config import Config
from adr_lsp.features.strength import INCONCLUSIVE, Job, Strength, read
from adr_lsp.run.process import run_process
from adr_lsp.run.tool import Asked, Ended, Missing, Selected, ToolRun
from adr_lsp.run.tools.pytest import PYTEST
from adr_lsp.value import dataclass

PLUGINS = Path(__file__).parent.parent / "recorders" / "strength"
SECONDS = 60.0
START_SECONDS = 20.0
PLUGIN = ("-p", "adr_lsp_strength", "-p", "no:adr_lsp_pytest", "-p", "no:cacheprovider")


@dataclass(frozen=True, slots=True)
class Unable:
    """Why nothing could be run."""

    reason: str


def measure(
    root: Path,
    config: Config,
    job: Job,
    *,
    seconds: float = SECONDS,
    on_line: Callable[[str], None] = lambda _: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Strength | Unable:
    """How strong the tests are. Raises CannotStart."""
    run = _planned(root, config, job)
    if isinstance(run, Unable):
        return run
    with tempfile.TemporaryDirectory(prefix="adr-lsp-") as folder:
        said = Path(folder) / "said.jsonl"
        asked = {"root": str(root), "targets": job.targets, "seconds": seconds, "said": str(said)}
        _with_tables(run.project, Path(folder))
        (Path(folder) / "job.json").write_text(json.dumps(asked), encoding="utf-8")
        ended = run_process(
            (*run.command.arguments, *PLUGIN, *run.arguments),
            cwd=run.project,
            environment=_environment(Path(folder)),
            seconds=seconds + START_SECONDS,
            on_line=on_line,
            cancelled=cancelled,
        )
        found = read(said.read_bytes() if said.exists() else b"", job)
    return _as_ended(found, ended)


def _as_ended(found: Strength, ended: Ended) -> Strength | Unable:
    if ended.cancelled:
        return Unable("it was cancelled")
    if found.verdict == INCONCLUSIVE and not found.whole and ended.code is not None:
        return Unable(f"pytest ended with exit code {ended.code} before it ran the tests")
    return found


def _planned(root: Path, config: Config, job: Job) -> ToolRun | Unable:
    tests = tuple(Selected(test.path, test.name) for test in job.tests)
    projects = {PYTEST.project_of(root, config, test.path, None) or root for test in tests}
    if len(projects) > 1:
        return Unable("its tests stand in several projects")
    planned = PYTEST.plan(Asked(root, config, projects.pop(), tests, False))
    return Unable(planned.reason) if isinstance(planned, Missing) else planned


def _with_tables(project: Path, folder: Path) -> None:
    """Hypothesis computes its tables of characters for seconds where it finds none."""
    tables = project / ".hypothesis" / "unicode_data"
    with suppress(OSError, shutil.Error):
        shutil.copytree(tables, folder / "hypothesis" / "unicode_data")


def _environment(folder: Path) -> dict[str, str]:
    """The caller's; what tools would leave behind goes to a folder that is gone afterwards."""
    kept = dict(os.environ)
    paths = [str(PLUGINS), *filter(None, [kept.get("PYTHONPATH")])]
    kept["PYTHONPATH"] = os.pathsep.join(paths)
    kept["ADR_LSP_STRENGTH"] = str(folder / "job.json")
    kept["PYTHONDONTWRITEBYTECODE"] = "1"
    kept["HYPOTHESIS_STORAGE_DIRECTORY"] = str(folder / "hypothesis")
    kept["COVERAGE_FILE"] = str(folder / "coverage")
    return kept
