"""What a path in a run may be: relative to the root, and inside it."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

_DRIVE = re.compile(r"[A-Za-z]:")


def inside(path: Any) -> bool:
    """Whether a path that some file gives stays below the root."""
    return isinstance(path, str) and _inside(path)


@lru_cache(maxsize=16_384)  # runs name the same files, again and again
def _inside(path: str) -> bool:
    return (
        bool(path)
        and not path.startswith(("/", "\\"))
        and not _DRIVE.match(path)
        and "\0" not in path
        and ".." not in path.replace("\\", "/").split("/")
    )
