"""Names in Rust's manner."""

from __future__ import annotations

import re
from collections.abc import Sequence

from adr_lsp.scaffold.rust.names import KEYWORDS
from adr_lsp.scaffold.wording import test_name


def function_name(statement: str, others: Sequence[str] = ()) -> str:
    """The statement's first content words, as a test's name."""
    name = test_name(statement, others).removeprefix("test_")
    if name in KEYWORDS or not name.isidentifier():
        return f"invariant_{name}"
    return name


def plural(name: str) -> str:
    """A name for many: `entries`, `batches`, `shifts`."""
    if re.search(r"[^aeiou]y\Z", name):
        return f"{name[:-1]}ies"
    return f"{name}es" if re.search(r"(?:s|x|z|ch|sh)\Z", name) else f"{name}s"


def values_of(name: str) -> str:
    """The name of a function that gives values of a type: `ledgers`, `some_tags`."""
    word = snake(name)
    ends = word.endswith("s") and not word.endswith(("ss", "us", "is"))
    return f"some_{word}" if ends else plural(word)


def snake(name: str) -> str:
    """`CaptureRequest` as the name of a variable."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", name).lower().strip("_")
