"""Makes text of other people's files safe to print: nothing steers, reorders or hides."""

from __future__ import annotations

import re

_STEERING = "\x7f-\x9f"
_INVISIBLE = (
    "\u00ad\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0"
    "\ufff9-\ufffb\U000e0000-\U000e0fff"
)
_LONE = "\ud800-\udfff"
# Joiners make emoji and several scripts; beside anything else they only hide.
_JOINED = "[^\x00-\x7f\u200c\u200d]"
_JOINER = f"(?<!{_JOINED})[\u200c\u200d]|[\u200c\u200d](?!{_JOINED})"
_UNSAFE = f"[\x00-\x08\x0a-\x1f{_STEERING}{_INVISIBLE}{_LONE}]|{_JOINER}"
_UNSAFE_IN_JSON = f"[{_STEERING}{_INVISIBLE}{_LONE}]"
_COMMAND = re.compile(r"^([^\S\n]*)::|##(?=\[)", re.MULTILINE)


def safe(content: str) -> str:
    """One printable line: what could steer a terminal, reorder text or hide is named instead."""
    if content.isascii() and content.isprintable():
        return content  # as nearly everything is, and compiling takes longer than a small check
    return re.sub(_UNSAFE, lambda found: _named(found.group()), content)


def safe_json(document: str) -> str:
    """A JSON text that means the same, but whose strings steer nothing that prints it.

    Lone surrogates, which no JSON text may hold, become U+FFFD.
    """
    document = document.replace("##[", "#\\u0023[")  # an old command of build services
    return re.sub(_UNSAFE_IN_JSON, lambda found: _escaped(found.group()), document)


def inert(content: str) -> str:
    """Lines of which no build service reads one as a command (`::error`, `##[error]`)."""
    return _COMMAND.sub(lambda found: f"{found[1] or ''}⟨{found.group().strip()}⟩", content)


def _named(character: str) -> str:
    if character < "\x20":
        return chr(0x2400 + ord(character))
    return f"⟨U+{ord(character):04X}⟩"


def _escaped(character: str) -> str:
    if "\ud800" <= character <= "\udfff":
        return "\ufffd"
    units = character.encode("utf-16-be").hex()
    return "".join(f"\\u{units[at : at + 4]}" for at in range(0, len(units), 4))
