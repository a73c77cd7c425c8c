"""Which folders hold records: by their names, by most of their files, or by a tool's settings."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable
from dataclasses import field

from adr_lsp.record.key import has_key, stem_of
from adr_lsp.record.pages import is_about_the_log
from adr_lsp.value import dataclass

_LOGS = frozenset(
    {
        "adr",
        "adrs",
        "decisions",
        "architecture-decisions",
        "decision-records",
        "architecture-decision-record",
        "architecture-decision-records",
    }
)
_PROPOSALS = frozenset(
    {
        *("proposals", "rfcs", "rfc", "keps", "enhancements", "oteps", "ceps", "text"),
        *("decision", "decision-record", "decision-log", "decision-logs", "design-decisions"),
        *("architecture-decision", "architectural-decisions", "architectural-decision-records"),
        *("technical-decisions", "tech-decisions", "adl", "adls"),
    }
)


@dataclass(slots=True)
class Logs:
    """Answers for folders, which have many files each."""

    declared: frozenset[str]
    numbered: frozenset[str]
    _of: dict[str, str | None] = field(default_factory=dict)
    _proposals: dict[str, str | None] = field(default_factory=dict)

    def of(self, folder: str) -> str | None:
        """The log that a folder lies in or is; the nearest."""
        if folder not in self._of:
            parts = folder.split("/")
            above = (
                ("/".join(parts[:depth]), parts[depth - 1]) for depth in range(len(parts), 0, -1)
            )
            self._of[folder] = next((f for f, name in above if self._is_log(f, name, folder)), None)
        return self._of[folder]

    def proposals(self, folder: str) -> str | None:
        """The outermost folder of proposals that a folder lies in or is."""
        if folder not in self._proposals:
            parts = folder.split("/")
            named = (depth for depth, part in enumerate(parts, 1) if _is_of_proposals(part))
            depth = next(named, None)
            self._proposals[folder] = "/".join(parts[:depth]) if depth else None
        return self._proposals[folder]

    def _is_log(self, folder: str, name: str, asked: str) -> bool:
        """`docs/architecture` is one for the files in it, not for those below."""
        own = folder in self.numbered and folder == asked
        return own or folder in self.declared or is_log(name)


def logs_of(named: Iterable[str], declared: frozenset[str]) -> Logs:
    """The logs among Markdown files; `declared` are folders that a tool's settings name."""
    return Logs(declared, _numbered_architecture(named))


def is_log(folder_name: str) -> bool:
    return _plain(folder_name) in _LOGS


def _is_of_proposals(folder_name: str) -> bool:
    name = _plain(folder_name)
    return name in _PROPOSALS or name.endswith(("-adr", "-adrs"))


def _plain(name: str) -> str:
    return name.lower().replace("_", "-").replace(" ", "-")


def _numbered_architecture(paths: Iterable[str]) -> frozenset[str]:
    """The folders `docs/architecture` where most files have a key."""
    keyed: dict[str, list[bool]] = {}
    for path in paths:
        folder = posixpath.dirname(path)
        named = folder == "docs/architecture" or folder.endswith("/docs/architecture")
        if named and not is_about_the_log(path):
            keyed.setdefault(folder, []).append(has_key(stem_of(path)))
    return frozenset(f for f, keys in keyed.items() if sum(keys) * 2 > len(keys))
