"""Which files of YAML are rules of ast-grep."""

from __future__ import annotations

import re

METHOD = "static"
_ID = re.compile(rb"^id:\s*(\S.*)$", re.MULTILINE)


def is_ast_grep_rule(path: str, raw: bytes) -> bool:
    """A rule has an id, a language and what it looks for, each at the head of a line."""
    if not path.endswith((".yml", ".yaml")):
        return False
    return all(re.search(rb"^" + key + rb":", raw, re.M) for key in (b"id", b"language", b"rule"))


def rule_ids(raw: bytes) -> tuple[str, ...]:
    """The ids of the rules in a file."""
    found = (match[1].decode("utf-8", "replace").strip() for match in _ID.finditer(raw))
    return tuple(each.strip("\"'") for each in found)
