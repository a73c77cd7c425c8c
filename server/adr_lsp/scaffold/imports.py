"""Imports: as the head of a new file, and merged into those of a file that stands."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence

from adr_lsp.scaffold.expression import WIDTH
from adr_lsp.scaffold.names import Import
from adr_lsp.scaffold.testfile import Imported, TestFile

_THIRD = frozenset({"pytest", "hypothesis"})


def head(imports: Iterable[Import], own: frozenset[str]) -> str:
    """The import statements of a new file, in the usual three groups."""
    groups: dict[int, list[str]] = {}
    for group, statement in sorted(_statements(imports, own)):
        groups.setdefault(group, []).append(statement)
    return "\n\n".join("\n".join(groups[group]) for group in sorted(groups))


def _statements(imports: Iterable[Import], own: frozenset[str]) -> list[tuple[int, str]]:
    by_module: dict[tuple[str, bool], list[Import]] = {}
    for item in imports:
        apart = bool(item.alias) or not item.name
        by_module.setdefault((item.module, apart), []).append(item)
    made: list[tuple[int, str]] = []
    for (module, apart), items in sorted(by_module.items()):
        group = group_of(module, own)
        if apart:
            made.extend((group, str(item)) for item in sorted(items))
        else:
            made.append((group, statement(module, [item.name for item in items])))
    return made


def statement(module: str, names: Iterable[str]) -> str:
    """`from module import names`, in brackets where the line would be long."""
    ordered = sorted(set(names), key=_order)
    flat = f"from {module} import {', '.join(ordered)}"
    if len(flat) <= WIDTH:
        return flat
    return f"from {module} import (\n" + "".join(f"    {name},\n" for name in ordered) + ")"


def _order(name: str) -> tuple[int, str]:
    """Constants, then classes, then the rest, as import sorters have it."""
    plain = name.partition(" ")[0]
    kind = 0 if plain.isupper() and len(plain) > 1 else 1 if plain[:1].isupper() else 2
    return kind, name


def group_of(module: str, own: frozenset[str]) -> int:
    """0 the future, 1 the standard library, 2 others' packages, 3 the project's own."""
    first = module.partition(".")[0]
    if first == "__future__":
        return 0
    if first in sys.stdlib_module_names:
        return 1
    return 3 if (first in own and first not in _THIRD) or not first else 2


def merged(
    file: TestFile, imports: Sequence[Import], own: frozenset[str]
) -> list[tuple[int, int, str]]:
    """Replacements (start, end, text) that add imports to a file and leave the rest as it is."""
    edits: list[tuple[int, int, str]] = []
    fresh: list[Import] = []
    by_statement: dict[Imported, list[str]] = {}
    for item in imports:
        host = _host(file, item)
        if host is None:
            fresh.append(item)
        else:
            by_statement.setdefault(host, []).append(item.name)
    for host, names in by_statement.items():
        edits.append(_extended(file, host, names))
    edits.extend(_inserted(file, sorted(_statements(fresh, own)), own))
    return edits


def _host(file: TestFile, item: Import) -> Imported | None:
    """A statement that imports from the same module, and can take one name more."""
    if not item.name or item.alias:
        return None
    for candidate in file.imports:
        if candidate.imports and not candidate.starred:
            first = candidate.imports[0]
            if (
                first.name
                and first.module == item.module
                and not all(i.alias for i in candidate.imports)
            ):
                return candidate
    return None


def _extended(file: TestFile, host: Imported, names: list[str]) -> tuple[int, int, str]:
    """A statement with more names: written anew if it is plain, else with them at its end."""
    source = file.text.content[host.start : host.end]
    written = [f"{i.name} as {i.alias}" if i.alias else i.name for i in host.imports]
    plain = statement(host.imports[0].module, written)
    if source == plain or source == f"from {host.imports[0].module} import {', '.join(written)}":
        ordered = statement(host.imports[0].module, [*written, *names])
        return host.start, host.end, ordered.replace("\n", file.text.line_end)
    last = (
        host.start
        + source.rindex(written[-1].rpartition(" ")[2])
        + len(written[-1].rpartition(" ")[2])
    )
    lead = file.text.content[: last - len(written[-1])].rpartition("\n")[2]
    own_line = "(" in source and lead.strip() == ""
    between = f",{file.text.line_end}{lead}" if own_line else ", "
    return last, last, "".join(f"{between}{name}" for name in names)


def _inserted(
    file: TestFile, statements: list[tuple[int, str]], own: frozenset[str]
) -> list[tuple[int, int, str]]:
    """New statements behind the last one of their group, or of a group before it."""
    if not statements:
        return []
    end = file.text.line_end
    places: dict[int, list[tuple[int, str]]] = {}
    for group, text in statements:
        places.setdefault(_place(file, group, own), []).append((group, text.replace("\n", end)))
    edits = []
    for place, items in places.items():
        before, after = _neighbours(file, place, own)
        lines: list[str] = []
        for group, text in items:
            if before is not None and before != group:
                lines.append("")
            lines.append(text)
            before = group
        if after is not None and after != before:
            lines.append("")
        whole = end.join(lines) + end
        if place and file.text.content[place - 1] not in "\r\n":
            whole = end + whole
        edits.append((place, place, whole))
    return edits


def _line_after(file: TestFile, offset: int) -> int:
    line = file.text.position(offset).line
    starts = file.text.starts
    return starts[line + 1] if line + 1 < len(starts) else len(file.text.content)


def _group(statement: Imported, own: frozenset[str]) -> int:
    return group_of(statement.imports[0].module if statement.imports else "", own)


def _leading(file: TestFile) -> list[Imported]:
    """The imports at the file's head: those that no definition stands before."""
    found: list[Imported] = []
    for item in file.imports:
        start = found[-1].end if found else file.opening
        between = file.text.content[start : item.start] if item.start >= start else ""
        code = [line for line in between.splitlines() if line.strip() and line.strip()[0] != "#"]
        if code and found:
            break
        found.append(item)
    return found


def _place(file: TestFile, group: int, own: frozenset[str]) -> int:
    leading = _leading(file)
    before = [item for item in leading if _group(item, own) <= group]
    if before:
        return _line_after(file, before[-1].end)
    return _line_start(file, leading[0].start) if leading else file.opening


def _line_start(file: TestFile, offset: int) -> int:
    return file.text.starts[file.text.position(offset).line]


def _neighbours(file: TestFile, place: int, own: frozenset[str]) -> tuple[int | None, int | None]:
    """The groups of the imports that stand right before and right behind a place."""
    leading = _leading(file)
    before = [item for item in leading if item.end <= place]
    after = [item for item in leading if item.start >= place]
    behind = _group(after[0], own) if after and after[0].start == place else None
    if not leading:
        return (None if place == 0 else -1), None
    return (_group(before[-1], own) if before else None), behind
