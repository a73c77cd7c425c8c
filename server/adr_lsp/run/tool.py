"""What adr-lsp asks of a test tool; each tool answers in a module of `run/tools/`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import field
from pathlib import Path
from typing import Protocol

from adr_lsp.config import Config
from adr_lsp.sources.model import Source
from adr_lsp.value import dataclass


@dataclass(frozen=True, slots=True)
class Command:
    """`arguments` start the tool; `origin` says in words why these."""

    arguments: tuple[str, ...]
    origin: str


@dataclass(frozen=True, slots=True, order=True)
class Selected:
    """A test that is to run: its file, relative to the root, and its name (`TestA::test_sum`).

    The name is empty where all of a file is meant. `aliases` are other names that the tool may
    print for the same test.
    """

    path: str
    name: str
    aliases: tuple[str, ...] = field(default=(), compare=False)

    @property
    def id(self) -> str:
        return f"{self.path}::{self.name}" if self.name else self.path


@dataclass(frozen=True, slots=True)
class Missing:
    """Tests that no tool can run here, and why: `reason` stands after `tool: `."""

    tool: str
    reason: str
    tests: tuple[Selected, ...]


@dataclass(frozen=True, slots=True)
class Ended:
    """How a start ended: by itself with `code`, or because it was `cancelled` or ran `too_long`."""

    code: int | None
    cancelled: bool = False
    too_long: bool = False


class Watch(Protocol):
    """Records a tool from outside, by what it prints and writes."""

    def begin(self, process: int) -> None:
        """Called when the tool has started, with the number of its process."""

    def line(self, line: str) -> bool:
        """Called with each line that the tool prints, from another thread; whether it tells a
        reader anything."""

    def end(self, ended: Ended) -> None:
        """Called once, when no process of the tool is left."""


@dataclass(frozen=True, slots=True)
class ToolRun:
    """One start of one tool: where, with what, for which tests.

    `project` is the folder in which it starts. `environment` is added to the caller's, and counts
    before it; where our evidence goes is added to every start. `watch` begins to record it from
    outside, right before it starts; None for a tool that has a recorder of its own inside.
    `absent` is how the line ends with which it says that it is not installed, and what is to be
    said of that; empty where `plan` knows it before.
    """

    tool: str
    project: Path
    command: Command
    arguments: tuple[str, ...]
    tests: tuple[Selected, ...]
    environment: tuple[tuple[str, str], ...] = ()
    watch: Callable[[ToolRun], Watch] | None = None
    absent: tuple[str, str] = ("", "")

    @property
    def words(self) -> tuple[str, ...]:
        """The whole command line."""
        return (*self.command.arguments, *self.arguments)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a tool is asked to run: these tests of one project, measuring coverage or not, under a
    debugger or not."""

    root: Path
    config: Config
    project: Path
    tests: tuple[Selected, ...]
    coverage: bool
    debugged: bool = False


@dataclass(frozen=True, slots=True)
class Tool:
    """One tool as a value: its name, and the functions that know it.

    `project_of` takes the root, the configuration, a test's file and that file as code (None
    where we cannot read its language) and answers the folder in which the tool starts; None if it
    does not run that file. Tools are asked in their order; the first that answers has the test.
    `plan` says how it starts. `debugger` is the kind of program that a debugger then has before
    it: `python`, `node` or `native`; empty where we know of none.
    """

    name: str
    project_of: Callable[[Path, Config, str, Source | None], Path | None]
    plan: Callable[[Asked], ToolRun | Missing]
    debugger: str = ""


def nearest(root: Path, path: str, is_project: Callable[[Path], bool]) -> Path | None:
    """The nearest folder above a file, up to the root, that is a project."""
    folder = (root / path).parent
    while folder == root or root in folder.parents:
        if is_project(folder):
            return folder
        folder = folder.parent
    return None
