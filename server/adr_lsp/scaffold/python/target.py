"""Which code an invariant is about: its `Target:` lines, else a function that its text names."""

from __future__ import annotations

import re
from collections.abc import Iterator

import griffe

from adr_lsp.record import Invariant, Record
from adr_lsp.scaffold.place import project_of
from adr_lsp.scaffold.python.code import Code, Found
from adr_lsp.scaffold.wording import words

_DEFINITION = re.compile(r"^(?:async +)?def +([A-Za-z]\w*)|^class +([A-Za-z]\w*)", re.MULTILINE)
_TEST_FILE = re.compile(r"(?:^|/)(?:tests?|testing|docs|examples|node_modules)/|(?:^|/)"
                        r"(?:test_[^/]*|[^/]*_test|conftest|setup|noxfile)\.py\Z")  # fmt: skip
_SPAN = re.compile(r"`+([^`]+)`+")
_NAME = re.compile(r"[A-Za-z_]\w*")


def resolve(code: Code, text: str) -> Found | str:
    """The code that a `Target:` names, or why it is not known."""
    place, name = _parted(text)
    if place.endswith(".py") or "/" in place:
        path = _file(code, place)
        if path is None:
            return f"there is no file `{place}`"
        module = module_name(code, path)
    else:
        module = _importable(code, place)
    return _in_module(code, module, name)


def _parted(text: str) -> tuple[str, str]:
    """Module or path, and the name in it."""
    text = text.strip().strip("`").removesuffix("()")
    for separator in ("::", ":", "#"):
        if separator in text:
            place, _, name = text.partition(separator)
            return place, name.replace("::", ".")
    if "/" in text or text.endswith(".py"):
        return text, ""
    return text, ""


def _file(code: Code, place: str) -> str | None:
    place = place if place.endswith(".py") else f"{place}.py"
    place = re.sub(r"^(?:\.\.?/)+", "", place)
    found = [path for path in code.files if path == place or path.endswith(f"/{place}")]
    return min(found, key=lambda path: (path.count("/"), path), default=None)


def module_name(code: Code, path: str) -> str:
    """The name under which a file is imported: from above its topmost package, else from the
    project's folder or its `src`."""
    parts = path.removesuffix(".py").removesuffix("/__init__").split("/")
    start = len(parts) - 1
    while start > 0 and "/".join([*parts[:start], "__init__.py"]) in code.files:
        start -= 1
    if start == len(parts) - 1:
        project = project_of(path, code.paths)
        start = len(project.split("/")) if project else 0
        start += parts[start] in ("src", "lib") and start < len(parts) - 1
    return ".".join(parts[start:])


def _importable(code: Code, dotted: str) -> str:
    """`src.ledger.money` is imported as `ledger.money`."""
    first, _, rest = dotted.partition(".")
    path = code.path_of(dotted)
    if first in ("src", "lib") and rest and path and f"{first}/__init__.py" not in code.files:
        return rest
    return dotted


def _in_module(code: Code, module: str, name: str) -> Found | str:
    path = code.path_of(module)
    if path is None and not name and "." in module:
        return _last_part_is_name(code, module)
    if path is None:
        return f"there is no module `{module}`"
    if code.module(module) is None:
        return f"`{path}` cannot be parsed"
    if not name:
        return f"`{module}` is a module; name a function or a class in it"
    thing = code.definition(f"{module}.{name}")
    if thing is None or isinstance(thing, griffe.Module):
        return f"`{path}` defines no `{name}`"
    if not isinstance(thing, griffe.Function | griffe.Class):
        return f"`{name}` in `{path}` is neither a function nor a class"
    return Found(thing, module, name, path)


def _last_part_is_name(code: Code, dotted: str) -> Found | str:
    """`ledger.money.encode`, without the colon."""
    parts = dotted.split(".")
    for length in range(len(parts) - 1, 0, -1):
        module = ".".join(parts[:length])
        if code.path_of(module):
            return _in_module(code, module, ".".join(parts[length:]))
    return f"there is no module `{dotted}`"


def named_in_text(code: Code, record: Record, invariant: Invariant) -> list[Found]:
    """The functions and classes whose names stand in the statement, code spans first.

    A name that several files define tells nothing.
    """
    source = record.text.between(invariant.range)
    spans = [name for span in _SPAN.findall(source) for name in _NAME.findall(span)]
    wanted = dict.fromkeys([*spans, *_plain(invariant.statement)])
    if not wanted:
        return []
    defined: dict[str, list[str]] = {}
    for path in sorted(code.files):
        if not _TEST_FILE.search(path):
            for name in _defined(code.text(path), wanted):
                defined.setdefault(name, []).append(path)
    unique = [(name, defined[name][0]) for name in wanted if len(defined.get(name, ())) == 1]
    found = (_in_module(code, module_name(code, path), name) for name, path in unique)
    return [definition for definition in found if isinstance(definition, Found)]


def _plain(statement: str) -> Iterator[str]:
    """Words of the prose that can be a function's name: as they stand, in lower case."""
    content = set(words(statement))
    return (word for word in _NAME.findall(statement) if word.lower() in content and len(word) > 2)


def _defined(text: str, wanted: dict[str, None]) -> set[str]:
    found = (match[1] or match[2] for match in _DEFINITION.finditer(text))
    return {name for name in found if name in wanted}
