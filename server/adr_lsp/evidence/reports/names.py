"""The forms in which tools write the place and the name of a test."""

from __future__ import annotations

SCRIPTS = (".ts", ".tsx", ".mts", ".cts", ".js", ".jsx", ".mjs", ".cjs")


def is_script(name: str) -> bool:
    """Whether a name is the path of a file of JavaScript or TypeScript."""
    return name.endswith(SCRIPTS)
