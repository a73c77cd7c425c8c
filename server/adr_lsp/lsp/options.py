"""What a client may set, checked by hand: `initialize` is not to wait for a validator's import."""

from __future__ import annotations

import logging
from dataclasses import fields, replace
from typing import Any

from adr_lsp.value import dataclass

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Options:
    """`initializationOptions`, and the section `adr-lsp` of the client's settings.

    `trusted` is whether the user trusts the workspace: only then does anything run. `display`
    chooses among verdicts only (`quiet`), with lenses (`normal`), and with all of it (`rich`).
    `makesFiles` is whether the editor makes a file that an edit is for, where it does not say so.
    """

    trusted: bool = False
    display: str = "normal"
    run: str = "onType"
    diagnostics: str = "open"
    makesFiles: bool = False


ALLOWED: dict[str, tuple[object, ...]] = {
    "trusted": (True, False),
    "display": ("quiet", "normal", "rich"),
    "run": ("onType", "onSave"),
    "diagnostics": ("open", "workspace"),
    "makesFiles": (True, False),
}


def read_options(raw: Any, before: Options | None = None) -> Options:
    """What can be used of the client's words; a value that is not allowed keeps the one before."""
    given = raw if isinstance(raw, dict) else {}
    known = {name: given[name] for name in (f.name for f in fields(Options)) if name in given}
    for name, value in list(known.items()):
        if not any(type(value) is type(each) and value == each for each in ALLOWED[name]):
            log.warning("option %s: %r is not allowed", name, value)
            del known[name]
    return replace(before or Options(), **known)
