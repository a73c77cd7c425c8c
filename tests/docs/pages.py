"""The project's own pages, and the fences in them."""

from __future__ import annotations

import re
import subprocess
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt

from provision import PROJECT

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markdown_it.token import Token

# What tests are made of, and pages that are written and run by `tests/rules`.
NOT_OURS = ("tests/", "docs/rules/ADL")
NAMES_A_FILE = re.compile(r"`([\w./-]+\.\w+)`:$")


@dataclass(frozen=True, slots=True)
class Fence:
    """A fenced block: where its body stands, and the file that the sentence before it names."""

    page: str
    line: int  # of the body's first line, from 0
    language: str
    body: str
    file: str | None
    indent: str

    def __str__(self) -> str:
        return f"{self.page}:{self.line}"


@cache
def pages() -> tuple[str, ...]:
    """Every page that is written for people, by its path."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "*.md"]
    told = subprocess.run(command, cwd=PROJECT, check=True, capture_output=True, text=True)
    there = (page for page in sorted(told.stdout.splitlines()) if (PROJECT / page).is_file())
    return tuple(page for page in there if not page.startswith(NOT_OURS))


@cache
def text(page: str) -> str:
    return (PROJECT / page).read_text(encoding="utf-8")


@cache
def tokens(page: str) -> Sequence[Token]:
    return MarkdownIt("commonmark").enable("table").parse(text(page))


@cache
def fences(page: str) -> tuple[Fence, ...]:
    return tuple(_fences(page))


def _fences(page: str) -> Iterator[Fence]:
    lines = text(page).splitlines()
    before = ""
    for token in tokens(page):
        if token.type == "fence" and token.map:
            opening = lines[token.map[0]]
            indent = opening[: len(opening) - len(opening.lstrip())]
            named = NAMES_A_FILE.search(before)
            file = named[1] if named else None
            yield Fence(page, token.map[0] + 1, token.info.strip(), token.content, file, indent)
        if token.type not in ("paragraph_close", "paragraph_open"):
            before = token.content if token.type == "inline" else ""


def all_fences(*languages: str) -> list[Fence]:
    """Those of every page; of these languages only, where some are named."""
    every = [fence for page in pages() for fence in fences(page)]
    return [fence for fence in every if not languages or fence.language in languages]


def inline_code(page: str) -> list[str]:
    """What stands between backticks within a sentence."""
    children = [child for token in tokens(page) for child in token.children or ()]
    return [child.content for child in children if child.type == "code_inline"]
