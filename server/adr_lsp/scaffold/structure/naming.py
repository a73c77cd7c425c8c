"""What a name in a statement means in the project: a module of Python, a folder or file."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Set

from adr_lsp.scaffold.wording import words

_TESTS = re.compile(r"(?:^|/)(?:tests?|__tests__|node_modules|docs|examples)/")
SCRIPTS = (".js", ".mjs", ".cjs", ".jsx", ".ts", ".tsx", ".mts", ".cts")


def module(name: str, paths: Set[str], project: str) -> str | None:
    """The full name of a module of the project; None for what is not its own."""
    dotted = name.removesuffix(".py").removeprefix("./").replace("/", ".")
    known = modules(paths, project)
    for candidate in (dotted, dotted.removeprefix("src.")):
        if candidate in known:
            return candidate
    ending = sorted(m for m in known if m.endswith(f".{dotted}"))
    return ending[0] if len(ending) == 1 else None


def modules(paths: Set[str], project: str) -> set[str]:
    """The modules and packages below a project's folder, or below its `src`."""
    lead = f"{project}/" if project else ""
    found = set()
    for path in paths:
        if path.endswith(".py") and path.startswith(lead) and not _TESTS.search(path):
            stem = path[len(lead) :].removeprefix("src/").removesuffix(".py")
            parts = stem.removesuffix("/__init__").split("/")
            found |= {".".join(parts[:n]) for n in range(1, len(parts) + 1)}
    return found


def packages(paths: Set[str], project: str) -> list[str]:
    """The folders of the project that are packages at the top."""
    lead = f"{project}/" if project else ""
    own = (p[len(lead) :].removeprefix("src/") for p in paths if p.startswith(lead))
    return sorted(
        {p.split("/")[0] for p in own if p.endswith("/__init__.py") and p.count("/") == 1}
    )


def script_path(name: str, paths: Set[str], project: str) -> str | None:
    """A pattern of the paths that a folder or file of the project has; None if it has none."""
    lead = f"{project}/" if project else ""
    plain = name.removeprefix("./").rstrip("/")
    own = [p[len(lead) :] for p in paths if p.startswith(lead) and p.endswith(SCRIPTS)]
    for place in (plain, f"src/{plain}", f"lib/{plain}", f"packages/{plain}"):
        if any(p.startswith(f"{place}/") for p in own):
            return f"^{re.escape(place)}/"
        file = next((p for p in own if posixpath.splitext(p)[0] == place or p == place), None)
        if file:
            return f"^{re.escape(file)}$"
    return None


def slug(statement: str) -> str:
    """Six content words, as ids and files are named."""
    plain = (re.sub(r"[^a-z0-9]+", "-", word).strip("-") for word in words(statement))
    return "-".join([word for word in plain if word][:6]) or "rule"


def title(statement: str) -> str:
    """The statement in one line, without what stands around names."""
    plain = " ".join("".join(c if c.isprintable() else " " for c in statement).split())
    return plain.replace("`", "").rstrip(".") or "rule"
