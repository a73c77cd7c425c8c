"""Rules of dependency-cruiser, in its JSON, or in one that extends a configuration in code."""

from __future__ import annotations

import json
import posixpath
import re
from itertools import combinations

from adr_lsp.scaffold.model import Refusal
from adr_lsp.scaffold.structure.edits import inserted, text_at
from adr_lsp.scaffold.structure.import_linter import Written
from adr_lsp.scaffold.structure.naming import script_path, slug
from adr_lsp.scaffold.structure.wording import Wanted
from adr_lsp.snapshot import Snapshot
from adr_lsp.text import START, Edit, Range

OWN, BESIDE = ".dependency-cruiser.json", ".dependency-cruiser.adr.json"
IN_CODE = (".dependency-cruiser.cjs", ".dependency-cruiser.js", ".dependency-cruiser.mjs")
_NOTE = "adr-lsp: scaffold (read the rule, then delete this note)"
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|//[^\n]*|/\*[\s\S]*?\*/|[{}\[\],:]')
Rule = dict[str, object]


def rules(
    snapshot: Snapshot, project: str, rule: Wanted, statement: str, reference: str
) -> Written | Refusal:
    paths = snapshot.tree.paths()
    known = {name: script_path(name, paths, project) for name in (*rule.left, *rule.right)}
    missing = [name for name in rule.left if known[name] is None]
    if rule.kind == "only":
        missing += [name for name in rule.right if known[name] is None]
    if missing:
        return Refusal(f"there is no folder or file `{missing[0]}` in the project")
    made = [_named(each, reference) for each in _rules(rule, known, slug(statement))]
    name = str(made[0]["name"])
    path, content, extends = _file(snapshot, project)
    if content is not None and f'"{name}"' in content:
        return Refusal(f"a rule of that name already stands in {path}")
    edit = _new(path, made, extends) if content is None else _added(path, content, made)
    if edit is None:
        return Refusal(f"`{path}` cannot be read, so nothing is added to it")
    return Written(path, name, (edit,))


def _rules(rule: Wanted, known: dict[str, str | None], name: str) -> list[Rule]:
    left = [known[each] or "" for each in rule.left]
    right = [known[each] or rf"(^|/)node_modules/{re.escape(each)}(/|$)" for each in rule.right]
    if rule.kind == "never":
        return [{"name": name, "from": {"path": _one(left)}, "to": {"path": _one(right)}}]
    if rule.kind == "only":
        allowed = {"pathNot": _one([*left, *right])}
        return [{"name": name, "from": allowed, "to": {"path": _one(right)}}]
    if rule.kind == "cycles":
        within: Rule = {"path": _one(left)} if left else {}
        return [{"name": name, "from": within, "to": {"circular": True}}]
    pairs = list(combinations(left, 2))
    return [
        {"name": name if number == 0 else f"{name}-{number + 1}",
         "from": {"path": lower}, "to": {"path": upper}}
        for number, (upper, lower) in enumerate(pairs)
    ]  # fmt: skip


def _one(patterns: list[str]) -> object:
    return patterns[0] if len(patterns) == 1 else patterns


def _named(rule: Rule, reference: str) -> Rule:
    comment = f"Verifies: {reference}; {_NOTE}"
    return {"name": rule["name"], "comment": comment, "severity": "error",
            "from": rule["from"], "to": rule["to"]}  # fmt: skip


def _file(snapshot: Snapshot, project: str) -> tuple[str, str | None, str]:
    """Where rules go, what stands there, and what a new file extends."""
    paths = snapshot.tree.paths()
    own, beside = posixpath.join(project, OWN), posixpath.join(project, BESIDE)
    code = next((name for name in IN_CODE if posixpath.join(project, name) in paths), "")
    path = beside if (code and own not in paths) or beside in paths else own
    return path, text_at(snapshot, path), f"./{code}" if code else ""


def _new(path: str, made: list[Rule], extends: str) -> Edit:
    head: Rule = {"extends": extends} if extends else {}
    tail: Rule = {} if extends else {"options": {"doNotFollow": {"path": "node_modules"}}}
    text = json.dumps({**head, "forbidden": made, **tail}, indent=2, ensure_ascii=False)
    return Edit(path, Range(START, START), text + "\n")


def _added(path: str, content: str, made: list[Rule]) -> Edit | None:
    """At the end of the list of what is forbidden; the list is made where there is none."""
    place = _end_of_list(content)
    if place is None:
        return None
    offset, filled, inside = place
    shown = [json.dumps(each, indent=2, ensure_ascii=False) for each in made]
    if inside:
        pad = " " * 4
        text = (",\n" + pad).join(each.replace("\n", "\n" + pad) for each in shown)
        return inserted(path, content, offset, f"{',' if filled else ''}\n{pad}{text}\n  "[:None])
    listed = json.dumps(made, indent=2, ensure_ascii=False).replace("\n", "\n  ")
    return inserted(path, content, offset, f'{"," if filled else ""}\n  "forbidden": {listed}\n')


def _end_of_list(content: str) -> tuple[int, bool, bool] | None:
    """Behind the last thing in `forbidden`, else in the whole; whether there is one before it, and
    whether it is in the list. None where the brackets do not match."""
    stack: list[str] = []
    key = previous = ""
    last = 0
    in_list = False
    for token in _TOKEN.finditer(content):
        sign = token.group()
        if sign.startswith(("//", "/*")):
            continue
        if sign in "{[":
            in_list = in_list or (sign == "[" and len(stack) == 1 and key == '"forbidden"')
            stack.append(sign)
        elif sign in "}]":
            if not stack or {"{": "}", "[": "]"}[stack.pop()] != sign:
                return None
            if (in_list and len(stack) == 1) or not stack:
                return last, previous not in "{[", in_list
        elif sign == ":" and len(stack) == 1:
            key = previous
        previous, last = sign, token.end()
    return None
