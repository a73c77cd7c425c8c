"""Which code an invariant is about: its `Target:` lines, else code that its text names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from adr_lsp.record import Invariant, Record
from adr_lsp.scaffold.typescript.callee import member_callee
from adr_lsp.scaffold.typescript.code import Code, Found
from adr_lsp.scaffold.typescript.hint import Types
from adr_lsp.scaffold.typescript.module import Definition
from adr_lsp.scaffold.typescript.syntax import SUFFIXES
from adr_lsp.scaffold.wording import words
from adr_lsp.value import dataclass

_TEST = re.compile(
    r"(?:^|/)(?:tests?|__tests__|__mocks__|e2e|docs|examples|dist|build|coverage|node_modules)/"
    r"|\.(?:test|spec|config|stories|d)\.\w+\Z"
)
_SPAN = re.compile(r"`+([^`]+)`+")
_NAME = re.compile(r"[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)?")
_DEFINED = re.compile(
    r"^(?:export\s+)?(?:default\s+)?(?:declare\s+)?(?:(?:async\s+)?function\s*\*?|(?:abstract\s+)?"
    r"class|const|let|var)\s+([A-Za-z_$][\w$]*)|^(?:module\.)?exports\.([A-Za-z_$][\w$]*)\s*=",
    re.MULTILINE,
)
_TYPES = {"interface": "an interface", "alias": "a type", "enum": "an enum", "value": "a value"}


@dataclass(frozen=True, slots=True)
class WrongShape:
    """The target is there, and nothing that could be called."""

    said: str


def resolve(code: Code, text: str, record_path: str) -> Found | WrongShape | str:
    """The code that a `Target:` names, or why it is not known."""
    place, name = _parted(text)
    path = _file(code, place, record_path)
    if path is None:
        return f"there is no module `{place}`"
    if not name:
        whole = _only(code, path)
        if whole is None:
            return f"`{path}` is a module; name a function or a class in it"
        name = whole
    return _in_module(code, path, name)


def _parted(text: str) -> tuple[str, str]:
    """Module and the name in it."""
    text = text.strip().strip("`").removesuffix("()")
    lead = text[:1] if text[:1] in "#@" else ""
    rest = text[len(lead) :]
    found = re.search(r"::|[:#]", rest)
    if found is None:
        return text, ""
    return lead + rest[: found.start()], rest[found.end() :].replace("::", ".").replace("#", ".")


def _file(code: Code, place: str, record_path: str) -> str | None:
    if place.startswith(("#", "@")):
        found = code.resolve(place, record_path)
        if found:
            return found
    plain = re.sub(r"^(?:\.\.?/)+", "", place)
    stem = re.sub(r"\.[cm]?[jt]sx?\Z", "", plain)
    ends = [
        plain,
        *(f"{stem}{each}" for each in SUFFIXES),
        *(f"{plain}/index{s}" for s in SUFFIXES),
    ]
    for end in ends:
        known = [path for path in code.files if path == end or path.endswith(f"/{end}")]
        if known:
            return min(known, key=lambda path: (path != end, path.count("/"), path))
    return code.resolve(place, record_path)


def _only(code: Code, path: str) -> str | None:
    """The name that a module exports, if it is the only one or the default."""
    module = code.module(path)
    names = [name for name in module.exports if name] if module else []
    return "default" if "default" in names else names[0] if len(names) == 1 else None


def _in_module(code: Code, path: str, name: str) -> Found | WrongShape | str:
    first, _, member = name.partition(".")
    found = code.exported(path, first) or code.located(path, first)
    module = code.module(path)
    if module is None or found is None:
        broken = module is None or module.root.has_error
        return f"`{path}` cannot be parsed" if broken else f"`{path}` defines no `{first}`"
    definition, home = found
    at = (path, first) if code.exported(path, first) else code.exporters(home, definition.name)
    if at is None and path == home and first == definition.name:
        at = code.exporters(path, first)
    imported, local = at or (path, first)
    made = Found(definition, imported, local, at is not None, member)
    return _callable(code, made, path)


def _callable(code: Code, found: Found, path: str) -> Found | WrongShape | str:
    definition = found.definition
    if definition.kind in _TYPES:
        kind = _TYPES[definition.kind]
        return WrongShape(f"`{found.full_name}` in `{path}` is {kind}: name what can be called")
    if definition.kind == "object" and not found.member:
        return WrongShape(f"`{found.full_name}` in `{path}` is an object: name a method of it")
    if found.member and definition.kind == "function":
        return WrongShape(f"`{found.name}` in `{path}` is a function and has no `{found.member}`")
    if found.member and not _has_member(code, definition, found.member):
        return f"`{found.name}` in `{path}` has no method `{found.member}`"
    return found


def _has_member(code: Code, holder: Definition, name: str) -> bool:
    if name == "constructor":
        return True
    return member_callee(Types(code), holder, name, "", {}) is not None


def named_in_text(code: Code, record: Record, invariant: Invariant) -> list[Found]:
    """The functions and classes whose names stand in the statement, code spans first.

    A name that several files define tells nothing.
    """
    source = record.text.between(invariant.range)
    spans = [name for span in _SPAN.findall(source) for name in _NAME.findall(span)]
    wanted = dict.fromkeys([*spans, *_plain(invariant.statement)])
    if not wanted:
        return []
    defined = _definers(code, {name.partition(".")[0] for name in wanted})
    found: list[Found] = []
    for name in wanted:
        paths = defined.get(name.partition(".")[0], [])
        meant = _in_module(code, paths[0], name) if len(paths) == 1 else None
        if isinstance(meant, Found) and meant.full_name not in [f.full_name for f in found]:
            found.append(meant)
    return found


def _definers(code: Code, wanted: set[str]) -> dict[str, list[str]]:
    defined: dict[str, list[str]] = {}
    for path in sorted(code.files):
        if not _TEST.search(path):
            names = {match[1] or match[2] for match in _DEFINED.finditer(code.text(path))}
            for name in names & wanted:
                defined.setdefault(name, []).append(path)
    return defined


def _plain(statement: str) -> Iterator[str]:
    """Words of the prose that can be a function's name."""
    content = set(words(statement))
    found = re.findall(r"[A-Za-z_$][\w$]*", statement)
    return (word for word in found if word.lower() in content and len(word) > 2)
