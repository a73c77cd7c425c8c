"""Records `cargo test` and cargo-nextest from outside, by what they print and report."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

from adr_lsp import sources
from adr_lsp.evidence.reports.model import Unreadable
from adr_lsp.run.recording import Recording
from adr_lsp.run.recording.content import read_regular
from adr_lsp.run.tool import Ended, Selected, ToolRun
from adr_lsp.run.tools.cargo import nextest
from adr_lsp.run.tools.cargo.content import content_of, lock_of
from adr_lsp.run.tools.cargo.errors import Fault, faults
from adr_lsp.run.tools.cargo.heard import VERBOSE, Heard, counts, failure
from adr_lsp.run.tools.cargo.layout import Layout
from adr_lsp.run.tools.cargo.libtest import Block, Output
from adr_lsp.run.tools.cargo.manifest import Target
from adr_lsp.run.tools.cargo.regressions import replayed
from adr_lsp.value import dataclass

GENERATED = ("property", "state-machine")
ABORTED = "test abort"
ERRORS = {ABORTED: "crash", "test timeout": "deadline"}
VERSION_SECONDS = 30


@dataclass(frozen=True, slots=True)
class Details:
    """What the plan knows: where the tests stand, and where nextest reports to (None: it is
    `cargo test`)."""

    layout: Layout
    report: Path | None


class Watch:
    """Everything that a run rests on is read before the compiler does."""

    def __init__(self, root: Path, run: ToolRun, details: Details) -> None:
        self.root, self.run, self.details = root, run, details
        self.layout = details.layout
        self.output = Output()
        self._tool = "cargo nextest" if details.report else "cargo test"
        self._too_long = f"{self._tool} had not ended after the time limit (run.time-limit)"
        self.recording = Recording(root, self._tool, run.words, run.project)
        self.recording.rests_on(content_of(root, self.layout.package))
        self._replayed = {path: replayed(root / path) for path in _paths(run.tests)}
        self._answered: set[str] = set()
        self._parameters: dict[str, dict[str, None]] = {}
        self._cases_of: dict[str, frozenset[str]] = {}
        if details.report:
            details.report.parent.mkdir(parents=True, exist_ok=True)
            configuration = nextest.configuration(details.report)
            details.report.with_name("nextest.toml").write_text(configuration, "utf-8")

    def begin(self, process: int) -> None:
        self.recording.process = process

    def line(self, line: str) -> bool:
        if self.details.report:
            self.output.built(line)
            return not line.strip().startswith(("proptest: ", *VERBOSE))
        return self.output.add(line)

    def end(self, ended: Ended) -> None:
        try:
            if not ended.cancelled:
                self._record(ended)
        finally:
            self.recording.close()
            if self.details.report:
                shutil.rmtree(self.details.report.parent, ignore_errors=True)
                with suppress(OSError):  # another run may have its own beside it
                    self.details.report.parent.parent.rmdir()

    def _record(self, ended: Ended) -> None:
        self._identify(ended)
        self.recording.content.add(lock_of(self.root, self.layout.package))  # made by a first run
        blocks = list(self.output.end())
        for block in blocks:
            self._record_block(block)
        self._record_report(ended)
        if not self._answered and not ended.too_long and ended.code:
            self._not_built(faults(self.output.before))
        self._unanswered(blocks, ended)
        self.recording.parameters(self._parameters) if self._parameters else None
        self.recording.end(ended.code)

    # What ran

    def _record_block(self, block: Block) -> None:
        target = self.layout.target_at(block.path) if block.path else None
        for name, outcome in block.outcomes.items():
            heard = block.heard.get(name, Heard())
            if target is not None:
                self._result(target, name, outcome, heard, message=block.reasons.get(name, ""))
            elif block.path is None:
                self._documented(name, outcome, heard)

    def _record_report(self, ended: Ended) -> None:
        raw = nextest.report_in(self.details.report) if self.details.report else None
        cases = nextest.read(raw) if raw else []
        for case in () if isinstance(cases, Unreadable) else cases:
            target = self.layout.target_of(case.binary)
            if target is None or (case.skipped and nextest.IGNORED not in case.skipped):
                continue
            stopped = ended.too_long and case.type == ABORTED
            self._reported(target, case, self._too_long if stopped else "")

    def _reported(self, target: Target, case: nextest.Case, stopped: str) -> None:
        """`stopped` says why we ended it, if we did."""
        said = "#[ignore]" if case.skipped else stopped or case.message or case.type
        more: dict[str, Any] = {"message": said}
        if case.attempts:
            more["attempts"] = case.attempts
        kind = ERRORS.get(case.type) if case.outcome == "failed" else None
        if case.left_early:
            kind, more["message"] = "crash", "its process ended before it did, without a word"
        outcome = "flaky" if case.attempts and case.outcome == "passed" else case.outcome
        if kind:
            outcome, more["error"] = "error", kind
        heard = Heard("\n".join(case.printed).splitlines())
        before = Heard("\n".join(case.flaked).splitlines())
        self._result(
            target, case.name, outcome, heard, before=before, duration=case.seconds, **more
        )

    def _result(
        self,
        target: Target,
        name: str,
        outcome: str,
        heard: Heard,
        *,
        before: Heard | None = None,
        **more: Any,
    ) -> None:
        """`before` is what failed attempts printed, of a test that passed in the end."""
        test = self.layout.test(target, name)
        if test is None:
            return
        path, inside = test[0].split("::", 1)
        found: dict[str, Any] = {"outcome": outcome, "parameter": test[1], **more}
        if outcome == "failed":
            found |= failure(heard, name)
        elif outcome == "flaky" and before:
            found |= failure(before, name) | {"outcome": outcome}
        found["cases"] = heard.cases() or self._none(path, inside, outcome)
        if outcome == "passed" and found["cases"] and self._replayed.get(path):
            found["replayed"] = self._replayed[path]
        self._locate(found)
        self._answered.add(test[0])
        if test[1]:
            self._parameters.setdefault(test[0], {})[test[1]] = None
        self.recording.result(test[0], found.pop("outcome"), **found)

    def _none(self, path: str, name: str, outcome: str) -> dict[str, Any] | None:
        """No case at all, of a property that passed and would have named its cases."""
        if outcome != "passed":
            return None
        if path not in self._cases_of:
            raw = read_regular(self.root / path) or b""
            source = sources.read(path, raw) if b"proptest" in raw and b"fork" not in raw else None
            tests = source.tests if source else ()
            self._cases_of[path] = frozenset(t.name for t in tests if t.method in GENERATED)
        return counts(0) if name in self._cases_of[path] else None

    def _locate(self, found: dict[str, Any]) -> None:
        """The compiler names files from the workspace's folder, we from the root."""
        place = found.pop("location", None)
        path = self._path(place[0]) if place else None
        if place and path:
            found["location"] = [path, place[1]]

    def _path(self, named: str) -> str | None:
        file = (self.layout.package.workspace / named).resolve()
        inside = file.is_relative_to(self.root) and file.is_file()
        return file.relative_to(self.root).as_posix() if inside else None

    def _documented(self, name: str, outcome: str, heard: Heard) -> None:
        """A test in documentation: `src/lib.rs - add (line 5)`."""
        named, _, item = name.partition(" - ")
        path = self._path(named)
        if path and item:
            more = failure(heard, name) if outcome == "failed" else {"outcome": outcome}
            self._locate(more)
            self.recording.result(f"{path}::{item}", more.pop("outcome"), **more)

    # What did not

    def _not_built(self, found: list[Fault]) -> None:
        """Every file that the compiler names, and those of the tests, which it kept from us."""
        if not found:
            return
        said = [f"{f.path}:{f.line}: {f.said}" if f.path else f.said for f in found]
        named = {self._path(f.path): text for f, text in zip(found, said, strict=True) if f.path}
        whole = "\n".join(said)
        for path in sorted({*filter(None, named), *_paths(self.run.tests)}):
            self.recording.collect_error(path, named.get(path, whole))
        self._answered |= {test.id for test in self.run.tests}

    def _unanswered(self, blocks: list[Block], ended: Ended) -> None:
        """Tests of crates that died, or that were stopped, had no chance to end."""
        for test in self.run.tests:
            place = self.layout.located.get(test)
            if test.id in self._answered or place is None or not test.name:
                continue
            said = self._why(place[0], blocks, ended)
            if said:
                self.recording.result(test.id, "error", message=said, error="crash")

    def _why(self, target: Target, blocks: Iterable[Block], ended: Ended) -> str | None:
        if ended.too_long and (self.recording.is_open or self.output.blocks):
            return self._too_long
        block = next((b for b in blocks if b.path == target.path), None)
        if block is None or block.total is not None:
            return None
        return f"the tests of {target.path} ended before this one: {block.died or 'without a word'}"

    def _identify(self, ended: Ended) -> None:
        """What ran it, asked of a tool that works."""
        if ended.code is None or not (self.output.blocks or self.details.report):
            return
        words = self.run.command.arguments
        said = _version((*words, "nextest") if self.details.report else words, self.run.project)
        self.recording.tool_version = said
        locked = read_regular(self.layout.package.workspace / "Cargo.lock") or b""
        digest = hashlib.sha256(said.encode() + b"\n" + locked).hexdigest()[:16]
        self.recording.environment |= {"versions": digest, "implementation": "rust"}


def _paths(tests: Iterable[Selected]) -> list[str]:
    return list(dict.fromkeys(test.path for test in tests))


def _version(words: tuple[str, ...], folder: Path) -> str:
    """`1.95.0` of `cargo 1.95.0 (f2d3ce0bd 2026-03-21)`."""
    try:
        done = subprocess.run(
            [*words, "--version"],
            cwd=folder,
            capture_output=True,
            timeout=VERSION_SECONDS,
            check=False,
            stdin=subprocess.DEVNULL,
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    parts = done.stdout.decode("utf-8", "replace").split()
    return parts[1][:40] if len(parts) > 1 else ""
