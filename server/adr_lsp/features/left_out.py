"""Markdown files that count as no record, each with the reason why."""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Iterator

from adr_lsp.config import Config
from adr_lsp.record.discovery import has_key
from adr_lsp.record.globs import matches
from adr_lsp.record.key import stem_of
from adr_lsp.record.pages import is_about_the_log
from adr_lsp.snapshot import Snapshot


def left_out(snapshot: Snapshot) -> list[str]:
    """Those that stand in a log, by path, with the reason that their name gives."""
    logs = {record.log for record in snapshot.log}
    return [
        f"{path}: {_reason(snapshot.config, path)}"
        for path in _pages(snapshot)
        if path not in snapshot.log.records
        and any(not log or path.startswith(f"{log}/") for log in logs)
    ]


def could_be_records(snapshot: Snapshot) -> list[str]:
    """Folders whose files have keys, the fullest first, with the setting that would read them."""
    keyed = (path for path in _pages(snapshot) if has_key(stem_of(path)))
    folders = Counter(map(posixpath.dirname, keyed)).most_common()
    return [
        f"{folder or '.'}: {count} with a number or date in their names; "
        f'`records = ["{posixpath.join(folder, "*.md")}"]` would read them'
        for folder, count in folders
    ]


def _pages(snapshot: Snapshot) -> Iterator[str]:
    return (
        path for path in sorted(snapshot.tree.paths()) if path.lower().endswith((".md", ".mdx"))
    )


def _reason(config: Config, path: str) -> str:
    if matches(path, config.exclude):
        return "excluded by the configuration"
    if config.records and not matches(path, config.records):
        return "`records` of the configuration does not name it"
    if is_about_the_log(path):
        return "about the log"
    if not has_key(stem_of(path)):
        name = posixpath.basename(path).lower()
        about = any(word in name for word in ("readme", "index", "template", "summary", "toc"))
        return "about the log" if about else "no number or date in its name"
    return "about the log, or a template, by its name or text"
