"""A text with a cursor: `$0` marks where something is asked for, or two of them a selection."""

from __future__ import annotations

import re
from dataclasses import replace

from adr_lsp.features.actions import Action, code_actions
from adr_lsp.features.place import Location
from adr_lsp.snapshot import Snapshot
from adr_lsp.text import Position, Range, Text, apply_edits, decode
from rules.case import Case, cases, snapshot_of

CURSOR = "$0"


def ask(page: str) -> tuple[Snapshot, str, Range]:
    """The snapshot that fenced files describe, and where the cursor stands in them."""
    (case,) = cases(f"## case\n\n{page}")
    asked = [fence for fence in case.fences if CURSOR in fence.body]
    path, range = asked[0].path, _cursor(asked[0].text)
    clean = tuple(replace(f, body=f.body.replace(CURSOR, "")) for f in case.fences)
    return snapshot_of(Case(case.name, clean)), path, range


def _cursor(body: str) -> Range:
    offsets = [found.start() for found in re.finditer(re.escape(CURSOR), body)]
    places = [offset - 2 * earlier for earlier, offset in enumerate(offsets)]
    text = Text(body.replace(CURSOR, ""))
    return Range(text.position(places[0]), text.position(places[-1]))


def pointed(snapshot: Snapshot, locations: list[Location]) -> str:
    """Each place as `path: text`, in order."""
    return "\n".join(
        f"{at.path}: {_content(snapshot, at.path).between(at.range)}" for at in locations
    )


def _content(snapshot: Snapshot, path: str) -> Text:
    return Text(decode(snapshot.tree.read(path) or b"")[0])


def titles(page: str) -> list[str]:
    return [action.title for action in code_actions(*ask(page))]


def taken(page: str, title: str) -> str:
    """The files that an action changes, as they are after it."""
    snapshot, path, range = ask(page)
    action = next(a for a in code_actions(snapshot, path, range) if a.title.startswith(title))
    return _after(snapshot, action)


def _after(snapshot: Snapshot, action: Action) -> str:
    by_path: dict[str, list] = {}  # type: ignore[type-arg]
    for edit in action.edits:
        by_path.setdefault(edit.path, []).append(edit)
    changed = (
        f"--- {path}\n{apply_edits(_content(snapshot, path).content, edits)}"
        for path, edits in by_path.items()
    )
    return "".join(changed)


def start(page: str) -> tuple[Snapshot, str, Position]:
    snapshot, path, range = ask(page)
    return snapshot, path, range.start
