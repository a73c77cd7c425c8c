"""Small projects written as one text: `--- path` begins a file, `# ran` ends a covered line."""

from __future__ import annotations

import re
import textwrap

from adr_lsp.sources import what_changed

_FILE = re.compile(r"^--- (\S+)\n", re.MULTILINE)


def files_of(text: str) -> dict[str, str]:
    parts = _FILE.split(textwrap.dedent(text).lstrip("\n"))
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def ran(files: dict[str, str]) -> dict[str, list[int]]:
    """The lines, from 1, that `# ran` marks."""
    lines = {
        path: [n for n, line in enumerate(text.split("\n"), 1) if line.endswith("# ran")]
        for path, text in files.items()
    }
    return {path: numbers for path, numbers in lines.items() if numbers}


def edited(files: dict[str, str], *edits: tuple[str, str]) -> dict[str, str]:
    """The files after each (old, new); the old text must stand in exactly one place."""
    files = dict(files)
    for old, new in edits:
        [path] = [path for path, text in files.items() if text.count(old) == 1]
        files[path] = files[path].replace(old, new)
    return files


def changes(
    test: str, old: dict[str, str], new: dict[str, str], *, measured: bool = True
) -> list[str]:
    """What differs, one line each: the kind and what a user reads."""
    path, _, name = test.partition("::")
    found = what_changed(
        path,
        name,
        lambda p: old[p].encode() if p in old else None,
        lambda p: new[p].encode() if p in new else None,
        frozenset(old),
        ran(old) if measured else None,
    )
    return [f"{change.kind}: {change}" for change in found]


def check(
    test: str,
    files: dict[str, str],
    *cases: tuple[str, str, str | None],
    measured: bool = True,
) -> None:
    """Each case: a text, what it becomes, and one thing that is then stale (None: nothing)."""
    for old, new, expected in cases:
        found = changes(test, files, edited(files, (old, new)), measured=measured)
        assert expected in found if expected else not found, (old, new, found)
