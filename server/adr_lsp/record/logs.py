"""Which folders hold records: by their names, by most of their files, or by a tool's settings."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable
from dataclasses import dataclass, field

from adr_lsp.record.key import has_key, stem_of
from adr_lsp.record.pages import is_about_the_log

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
        *("technical-decisions", "tech-decisions"),
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
            self._of[folder] = self._nearest(folder)
        return self._of[folder]

    def proposals(self, folder: str) -> str | None:
        """The outermost folder of proposals that a folder lies in or is."""
        if folder not in self._proposals:
            above = posixpath.dirname(folder)
            outer = self.proposals(above) if folder else None
            own = _plain(posixpath.basename(folder))
            named = own in _PROPOSALS or own.endswith(("-adr", "-adrs"))
            self._proposals[folder] = outer or (folder if named and folder else None)
        return self._proposals[folder]

    def _nearest(self, folder: str) -> str | None:
        if folder in self.declared or folder in self.numbered:
            return folder
        if not folder:
            return None
        if is_log(posixpath.basename(folder)):
            return folder
        above = self.of(posixpath.dirname(folder))
        return None if above in self.numbered and above not in self.declared else above


def logs_of(named: Iterable[str], declared: frozenset[str]) -> Logs:
    """The logs among Markdown files; `declared` are folders that a tool's settings name."""
    return Logs(declared, _numbered_architecture(named))


def is_log(folder_name: str) -> bool:
    return _plain(folder_name) in _LOGS


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
