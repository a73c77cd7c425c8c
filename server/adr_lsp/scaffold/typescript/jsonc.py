"""JSON as configurations of the toolchain have it: comments and trailing commas are nothing."""

from __future__ import annotations

import json
import re
from typing import Any

_TOKEN = re.compile(r'"(?:[^"\\\n]|\\.)*"|//[^\n]*|/\*.*?(?:\*/|\Z)|,(?=\s*[}\]])', re.DOTALL)


def read(raw: bytes | None) -> dict[str, Any]:
    """The object that stands in the file; empty for anything else."""
    if raw is None or len(raw) > 1_000_000:
        return {}
    text = raw.decode("utf-8-sig", "replace")
    without = _TOKEN.sub(lambda found: found[0] if found[0][0] == '"' else " ", text)
    plain = re.sub(r'("(?:[^"\\\n]|\\.)*")|,(?=\s*[}\]])', lambda m: m[1] or "", without)
    try:
        value = json.loads(plain)
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def mapping(value: object) -> dict[str, Any]:
    """The value if it is an object."""
    return value if isinstance(value, dict) else {}
