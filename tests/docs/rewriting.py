"""Writes into a page what its commands print now (`--update`); what varies becomes `…`."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from docs.pages import text
from provision import PROJECT

if TYPE_CHECKING:
    from pathlib import Path

    from docs.commands import Command

VARIES = (
    (r"(?s)(^adr-lsp: [\w:-]+, \d+ tests?\b[^\n]*\n).*?(^adr-lsp: kept)", r"\1…\n\2"),
    (r"[^ (]*/(\.venv|\.cargo|\.tools)/[^ ]*/", "…/"),
    (r"\d{8}T\d{6}Z-[0-9a-f]{16}", "…"),
    (r"\b\d+\.\d+ ?s\b", "… s"),
    (r"\b(pytest|Python|hypothesis|vitest|Node|cargo|rustc) v?\d+\.\d+\.\d+", r"\1 …"),
)


def rewrite(page: str, otherwise: list[tuple[Command, str]], folder: Path) -> None:
    lines = text(page).splitlines()
    for command, printed in reversed(otherwise):
        first = command.fence.line + command.line + 1
        shown = _without_what_varies(printed, folder).rstrip().splitlines()
        indented = [f"{command.fence.indent}{line}".rstrip() for line in shown]
        lines[first : first + len((command.output or "").splitlines())] = indented
    (PROJECT / page).write_text("\n".join(lines) + "\n", encoding="utf-8")


def _without_what_varies(printed: str, folder: Path) -> str:
    for varies in (str(folder), date.today().isoformat()):
        printed = printed.replace(varies, "…")
    for pattern, instead in VARIES:
        printed = re.sub(pattern, instead, printed, flags=re.M)
    return printed
