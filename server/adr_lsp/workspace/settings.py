"""The configuration of a root, validated once for each content of its file.

What was validated is kept in `.adr-lsp/cache/` where `.adr-lsp/` stands, so that a later check
imports no validation. A cache that cannot be used is passed over.
"""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

from adr_lsp import __version__, config
from adr_lsp.config import Config
from adr_lsp.workspace import cache

NAME = "configuration.json"
CACHE = f"{cache.FOLDER}/{NAME}"


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
        document = json.loads(cache.read(str(root), NAME) or b"")
        return _of(document["config"]) if document["digest"] == digest else None
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None


def _of(kept: dict[str, Any]) -> Config:
    """Raises TypeError or KeyError where these are not the fields of a configuration."""
    default = Config()
    given = {}
    for field in fields(Config):
        if field.name != "problems":
            given[field.name] = _frozen(kept[field.name])
            _refuse_other(given[field.name], getattr(default, field.name))
    return Config(**given)


def _frozen(value: Any) -> Any:
    return tuple(map(_frozen, value)) if isinstance(value, list) else value


def _refuse_other(value: Any, default: Any) -> None:
    """Raises TypeError where a value is of another kind than the default; None is a text."""
    wanted = (str, type(None)) if default is None or isinstance(default, str) else type(default)
    if not isinstance(value, wanted) or (isinstance(value, tuple) and not _of_texts(value)):
        raise TypeError("not a configuration")


def _of_texts(value: Any) -> bool:
    return isinstance(value, str) or (isinstance(value, tuple) and all(map(_of_texts, value)))


def _keep(root: Path, digest: str, found: Config) -> None:
    kept = {k: v for k, v in asdict(found).items() if k != "problems"}
    cache.write(str(root), NAME, json.dumps({"digest": digest, "config": kept}).encode())
