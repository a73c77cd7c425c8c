"""The configuration of a root, validated once for each content of its file.

What was validated is kept in `.adr-lsp/cache/` where `.adr-lsp/` stands, so that a later check
imports no validation. A cache that cannot be used is passed over.
"""

from __future__ import annotations

import hashlib
import json
import os
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

from adr_lsp import __version__, config
from adr_lsp.config import Config

CACHE = ".adr-lsp/cache/configuration.json"


def settings(root: Path, name: str, raw: bytes) -> Config:
    """The settings in the bytes of the configuration file `name`."""
    digest = hashlib.sha256(f"{__version__} {name}\n".encode() + raw).hexdigest()
    kept = _kept(root, digest)
    if kept is not None:
        return kept
    found = config.read(name, raw)
    if not found.problems:
        with suppress(OSError):
            _keep(root, digest, found)
    return found


def _kept(root: Path, digest: str) -> Config | None:
    try:
        document = json.loads((root / CACHE).read_bytes())
        return _of(document["config"]) if document["digest"] == digest else None
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None


def _of(fields: dict[str, Any]) -> Config:
    """Raises TypeError or KeyError where the fields are not those of a configuration."""
    texts = {name: fields[name] for name in ("records", "prefixes", "pytest")}
    for values in texts.values():
        if not all(isinstance(value, str) for value in values):
            raise TypeError("not a list of texts")
    path, cases, scaffold = fields["path"], fields["min_cases"], fields["scaffold_path"]
    if not (isinstance(path, str) and isinstance(cases, int) and isinstance(scaffold, str)):
        raise TypeError("not a configuration")
    lists = {name: tuple(values) for name, values in texts.items()}
    return Config(path=path, min_cases=cases, scaffold_path=scaffold, **lists)


def _keep(root: Path, digest: str, found: Config) -> None:
    folder = root / ".adr-lsp"
    if not folder.is_dir() or not folder.resolve().is_relative_to(root):
        return
    target = root / CACHE
    target.parent.mkdir(exist_ok=True)
    if target.parent.is_symlink():
        return
    fields = {k: v for k, v in asdict(found).items() if k != "problems"}
    partial = target.with_name(f"{target.name}.{os.getpid()}")
    partial.write_text(json.dumps({"digest": digest, "config": fields}), encoding="utf-8")
    partial.replace(target)
