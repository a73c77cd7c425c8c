"""What is wrong with a value of the configuration, and what one that is right looks like."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from adr_lsp.config.schema import MethodSettings, RunSettings, Settings

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pydantic import BaseModel
    from pydantic.fields import FieldInfo
    from pydantic_core import ErrorDetails

LONGEST = 40
_EXPECTED = {
    "string_type": "a text in quotation marks is expected",
    "list_type": "a list is expected",
    "dict_type": "a table is expected",
    "model_type": "a table is expected",
    "int_type": "a whole number is expected",
    "greater_than_equal": "a number from {ge} on is expected",
    "literal_error": "{expected} is expected",
    "string_pattern_mismatch": "another form is expected",
    "string_too_short": "something is expected in it",
    "too_short": "something is expected in it",
}
_BARE = re.compile(r"[A-Za-z0-9_-]+")


def wrong(error: ErrorDetails) -> str:
    """`since` is `2024`: a text in quotation marks is expected, such as `since = "2026-01-01"`."""
    keys = keys_of(error)
    place, example = f"`{'.'.join(keys)}`", _example(keys)
    if error["type"] == "missing":
        return f"{place} is missing; one is expected{example}"
    items = [part for part in error["loc"] if isinstance(part, int)]
    place += f", item {items[-1] + 1}," if items else ""
    expected = _EXPECTED.get(error["type"], error["msg"])
    expected = expected.format(**error.get("ctx", {})).replace("'", '"')
    return f"{place} is `{_shown(error['input'])}`: {expected}{example}"


def keys_of(error: ErrorDetails) -> list[str]:
    """The names that lead to a value; `[key]` stands for the last of them."""
    return [str(part) for part in error["loc"] if not isinstance(part, int) and part != "[key]"]


def _example(keys: Sequence[str]) -> str:
    """Of the key, else of the table that it stands in, as the end of a sentence."""
    found = ""
    for place, field in enumerate(_fields(keys)):
        if field is not None and field.examples:
            written = ".".join(map(_key, keys[: place + 1]))
            found = f", such as `{written} = {_toml(field.examples[0])}`"
    return found


def _fields(keys: Sequence[str]) -> Iterator[FieldInfo | None]:
    """What each of the keys means, from the outermost on."""
    known = _named(Settings)
    for place, key in enumerate(keys):
        yield known.get(key)
        if list(keys[:place]) == ["run", "methods"]:
            known = _named(MethodSettings)
        else:
            known = _named(RunSettings) if keys[: place + 1] == ["run"] else {}


def _named(model: type[BaseModel]) -> dict[str, FieldInfo]:
    return {field.alias or name: field for name, field in model.model_fields.items()}


def _toml(value: Any) -> str:
    if isinstance(value, dict):
        return f"{{{', '.join(f'{_key(key)} = {_toml(each)}' for key, each in value.items())}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(_toml, value))}]"
    return json.dumps(value, ensure_ascii=False)


def _key(name: str) -> str:
    return name if _BARE.fullmatch(name) else json.dumps(name, ensure_ascii=False)


def _shown(value: Any) -> str:
    plain = _toml(value) if isinstance(value, str | int | float | list | dict) else str(value)
    shown = " ".join(plain.replace("`", "").split())
    return shown if len(shown) <= LONGEST else f"{shown[: LONGEST - 1]}…"
