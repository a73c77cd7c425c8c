"""A contract of import-linter, in the file where the project has its contracts."""

from __future__ import annotations

import json
import posixpath
import re

from adr_lsp.scaffold.model import Refusal
from adr_lsp.scaffold.structure.edits import appended, inserted, text_at
from adr_lsp.scaffold.structure.naming import module, packages, slug, title
from adr_lsp.scaffold.structure.wording import Wanted
from adr_lsp.snapshot import Snapshot
from adr_lsp.text import Edit
from adr_lsp.value import dataclass

_TABLE = re.compile(r"^\[tool\.importlinter\][^\n]*\n?", re.MULTILINE)
_EXTERNAL = re.compile(r"^\s*include_external_packages\s*=\s*[Tt]rue", re.MULTILINE)
_SECTION = re.compile(r"^\[importlinter\][^\n]*\n?", re.MULTILINE)
Fields = list[tuple[str, str | list[str]]]


@dataclass(frozen=True, slots=True)
class Written:
    path: str
    name: str
    edits: tuple[Edit, ...]


def contract(
    snapshot: Snapshot, project: str, rule: Wanted, statement: str, reference: str
) -> Written | Refusal:
    paths = snapshot.tree.paths()
    made = _fields(rule, {n: module(n, paths, project) for n in (*rule.left, *rule.right)},
                   packages(paths, project))  # fmt: skip
    if isinstance(made, Refusal):
        return made
    fields, roots, external = made
    name = title(statement)
    pyproject = posixpath.join(project, "pyproject.toml")
    ini = posixpath.join(project, ".importlinter")
    path = ini if ini in paths or pyproject not in paths else pyproject
    content = text_at(snapshot, path)
    if content is None and path in paths:
        return Refusal(f"`{path}` is not a file that can be read")
    if content and (name in content or f'"{slug(statement)}"' in content):
        return Refusal(f"a contract of that name already stands in {path}")
    write = _toml if path == pyproject else _ini
    edits = write(path, content or "", slug(statement), name, reference, fields, roots, external)
    return Written(path, name, edits)


def _fields(
    rule: Wanted, known: dict[str, str | None], tops: list[str]
) -> tuple[Fields, list[str], bool] | Refusal:
    """The contract's own fields, the packages at the top, whether others' packages are named."""
    left = [known[name] for name in rule.left]
    if rule.kind == "cycles" and not left and len(tops) == 1:
        left = [tops[0]]
    missing = [name for name in rule.left if known[name] is None]
    if rule.kind != "never":
        missing += [name for name in rule.right if known[name] is None]
    if missing:
        return Refusal(f"there is no one module `{missing[0]}` in the project")
    own = [name for name in left if name]
    if not own:
        return Refusal("the words name no module of the project")
    right = [known[name] or name.partition(".")[0] for name in rule.right]
    external = any(known[name] is None for name in rule.right)
    roots = sorted({name.partition(".")[0] for name in own})
    inner = [name for name in rule.right if known[name]]
    roots = sorted({*roots, *((known[name] or "").partition(".")[0] for name in inner)})
    fields: dict[str, Fields] = {
        "never": [("type", "forbidden"), ("source_modules", own), ("forbidden_modules", right)],
        "only": [("type", "protected"), ("protected_modules", right), ("allowed_importers", own)],
        "layers": [("type", "layers"), ("layers", own)],
        "cycles": [("type", "acyclic_siblings"), ("ancestors", own)],
    }
    return fields[rule.kind], roots, external


def _toml(
    path: str, content: str, id: str, name: str, reference: str, fields: Fields, roots: list[str],
    external: bool,
) -> tuple[Edit, ...]:  # fmt: skip
    table = _TABLE.search(content)
    lines = []
    edits: list[Edit] = []
    if table is None:
        lines += ["[tool.importlinter]", f"root_packages = {json.dumps(roots)}"]
        lines += ["include_external_packages = true"] * external + [""]
    elif external and not _EXTERNAL.search(content):
        edits.append(inserted(path, content, table.end(), "include_external_packages = true\n"))
    lines += [
        f"# Verifies: {reference}",
        "# adr-lsp: scaffold (read the contract, then delete this line)",
        "[[tool.importlinter.contracts]]",
        f'id = "{id}"',
        f"name = {json.dumps(name, ensure_ascii=False)}",
        *(f"{key} = {json.dumps(value)}" for key, value in fields),
    ]
    return (*edits, appended(path, content, "\n".join(lines) + "\n"))


def _ini(
    path: str, content: str, id: str, name: str, reference: str, fields: Fields, roots: list[str],
    external: bool,
) -> tuple[Edit, ...]:  # fmt: skip
    section = _SECTION.search(content)
    lines = []
    edits: list[Edit] = []
    if section is None:
        lines += ["[importlinter]", "root_packages =", *(f"    {root}" for root in roots)]
        lines += ["include_external_packages = True"] * external + [""]
    elif external and not _EXTERNAL.search(content):
        edits.append(inserted(path, content, section.end(), "include_external_packages = True\n"))
    lines += [
        f"# Verifies: {reference}",
        "# adr-lsp: scaffold (read the contract, then delete this line)",
        f"[importlinter:contract:{id}]",
        f"name = {name}",
    ]
    for key, value in fields:
        several = isinstance(value, list)
        lines += (
            [f"{key} =", *(f"    {each}" for each in value)] if several else [f"{key} = {value}"]
        )
    return (*edits, appended(path, content, "\n".join(lines) + "\n"))
