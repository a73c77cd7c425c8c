"""What a path in a run may be: relative to the root, and inside it."""

from __future__ import annotations

import re
from typing import Any

_DRIVE = re.compile(r"[A-Za-z]:")


def inside(path: Any) -> bool:
    """Whether a path that some file gives stays below the root."""
    return (
        isinstance(path, str)
        and bool(path)
        and not path.startswith(("/", "\\"))
        and not _DRIVE.match(path)
        and "\0" not in path
        and ".." not in path.replace("\\", "/").split("/")
    )
