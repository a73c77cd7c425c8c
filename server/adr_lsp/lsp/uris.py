"""Files as the client names them."""

from __future__ import annotations

import os
import re
from pathlib import Path
from urllib.parse import unquote_to_bytes, urlsplit
from urllib.request import url2pathname

_SCHEME = re.compile(r"file:", re.IGNORECASE)


def path_of(uri: str) -> Path | None:
    """The absolute path of a `file:` URI; None for anything else (`untitled:`, a remote host)."""
    if not _SCHEME.match(uri):
        return None
    try:
        parts = urlsplit(uri, allow_fragments=False)
        named = parts.path + (f"?{parts.query}" if parts.query else "")
        path = Path(_native(named, parts.netloc))
        os.fsencode(path)
    except ValueError:
        return None
    return path if path.is_absolute() and "\0" not in str(path) else None


def _native(named: str, host: str) -> str:
    if os.name == "nt":
        return url2pathname(f"//{host}{named}" if host else named)
    return os.fsdecode(unquote_to_bytes(named)) if host in ("", "localhost") else ""
