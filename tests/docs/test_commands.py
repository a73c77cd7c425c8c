"""Every command in the docs is run, in the order of its page, and prints what the page shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from docs.commands import Command, as_told, commands
from docs.exceptions import NOT_RUN
from docs.pages import Fence, all_fences, fences, pages
from docs.rewriting import rewrite
from docs.scratch import Scratch, start
from provision import need

if TYPE_CHECKING:
    from pathlib import Path

SHELL = ("sh", "console", "bash")
NEEDED = {"package.json": ("node", "javascript"), "Cargo.toml": ("cargo",)}


def tools(page: str) -> tuple[str, ...]:
    """What the projects are run with that a page has its reader write."""
    files = {str(fence.file).rpartition("/")[2] for fence in fences(page)}
    return tuple(tool for name in NEEDED if name in files for tool in NEEDED[name])


def run_page(page: str, folder: Path) -> list[tuple[Command, str]]:
    """Writes what the page tells to write and runs what it tells to run; what printed otherwise."""
    scratch = start(page, folder)
    otherwise: list[tuple[Command, str]] = []
    for fence in fences(page):
        if fence.file and fence.language == "diff":
            scratch.change(fence.file, fence.body)
        elif fence.file:
            scratch.write(fence.file, fence.body)
        elif fence.language in SHELL:
            otherwise += _run(fence, scratch)
    return otherwise


def _run(fence: Fence, scratch: Scratch) -> list[tuple[Command, str]]:
    otherwise = []
    for command in commands(fence):
        if (fence.page, command.bare) in NOT_RUN:
            continue
        ran = scratch.run(command.given)
        assert ran.code in command.ends, f"{fence}: {command.given}\n{ran.code}\n{ran.printed}"
        if command.output is not None and not as_told(command.output, ran.printed):
            otherwise.append((command, ran.printed))
    return otherwise


@pytest.mark.parametrize(
    "page", [page for page in pages() if any(f.language in SHELL for f in fences(page))]
)
def test_what_the_page_shows_is_what_is_printed(page: str, tmp_path: Path, update: bool) -> None:
    need("git", *tools(page))
    otherwise = run_page(page, tmp_path)
    if update:
        rewrite(page, otherwise, tmp_path)
        return
    for command, printed in otherwise:
        pytest.fail(f"{command.fence}: $ {command.given}\n{printed}", pytrace=False)


def test_what_is_not_run_stands_in_the_docs() -> None:
    told = {(f.page, command.bare) for f in all_fences(*SHELL) for command in commands(f)}
    assert set(NOT_RUN) - told == set()
