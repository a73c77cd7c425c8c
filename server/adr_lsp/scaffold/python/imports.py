"""Imports: as the head of a new file, and merged into those of a file that stands."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Sequence

from adr_lsp.scaffold.python.expression import WIDTH
from adr_lsp.scaffold.python.names import Import
from adr_lsp.scaffold.python.testfile import Imported, TestFile
from adr_lsp.text import Text
from adr_lsp.value import dataclass

_DEFINES = re.compile(r"@|(?:async\s+)?def\b|class\b")
_THIRD = frozenset({"pytest", "hypothesis"})


@dataclass(frozen=True, slots=True, order=True)
class Rank:
    """Where sorters put a statement: by group, `import` before `from`, by module."""

    group: int
    is_from: bool
    module: str


@dataclass(frozen=True, slots=True, order=True)
class Statement:
    rank: Rank
    text: str


def head(imports: Iterable[Import], own: frozenset[str]) -> str:
    """The import statements of a new file, in the usual three groups."""
    groups: dict[int, list[str]] = {}
    for made in _statements(imports, own):
        groups.setdefault(made.rank.group, []).append(made.text)
    return "\n\n".join("\n".join(groups[group]) for group in sorted(groups))


def _statements(imports: Iterable[Import], own: frozenset[str]) -> list[Statement]:
    by_module: dict[tuple[str, bool], list[Import]] = {}
    for item in imports:
        apart = bool(item.alias) or not item.name
        by_module.setdefault((item.module, apart), []).append(item)
    made: list[Statement] = []
    for (module, apart), items in by_module.items():
        rank = Rank(group_of(module, own), bool(items[0].name), module)
        if apart:
            made.extend(Statement(rank, str(item)) for item in items)
        else:
            made.append(Statement(rank, statement(module, [item.name for item in items])))
    return sorted(made)


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
    edits.extend(_inserted(file, _statements(fresh, own), own))
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
    file: TestFile, statements: list[Statement], own: frozenset[str]
) -> list[tuple[int, int, str]]:
    """New statements where a sorted head would have them."""
    leading = [(_rank(item, own), item) for item in _leading(file)]
    places: dict[int, list[Statement]] = {}
    for made in statements:
        places.setdefault(_place(file, made.rank, leading), []).append(made)
    return [(place, place, _block(file, place, leading, items)) for place, items in places.items()]


def _block(
    file: TestFile, place: int, leading: list[tuple[Rank, Imported]], items: list[Statement]
) -> str:
    """The lines that go in at one place, with blank lines between the groups."""
    end = file.text.line_end
    above = next((rank.group for rank, item in reversed(leading) if item.end <= place), None)
    below = next((rank.group for rank, item in leading if item.start == place), None)
    lines: list[str] = []
    for made in items:
        if above is not None and above != made.rank.group and (lines or below != made.rank.group):
            lines.append("")
        lines.append(made.text.replace("\n", end))
        above = made.rank.group
    if below is not None and below != above:
        lines.append("")
    content = file.text.content
    unended = end if place and content[place - 1] not in "\r\n" else ""
    text = unended + end.join([*lines, ""])
    if leading:
        return text
    return (end if place else "") + text + end * _missing(content[place:])


def _missing(below: str) -> int:
    """How many blank lines are to be added above what stands below the imports: there are two
    above a definition, else one."""
    first = re.search(r"^(?!\s*(?:#|$)).*", below, re.MULTILINE)
    if not below.strip():
        return 0
    wanted = 2 if first and _DEFINES.match(first[0]) else 1
    blank = below[: len(below) - len(below.lstrip())]
    return max(0, wanted - (Text(blank).line_count - 1))


def _line_after(file: TestFile, offset: int) -> int:
    line = file.text.position(offset).line
    starts = file.text.starts
    return starts[line + 1] if line + 1 < len(starts) else len(file.text.content)


def _place(file: TestFile, made: Rank, leading: list[tuple[Rank, Imported]]) -> int:
    """Behind what sorts before it in its group, else at the group's head, else a new group."""
    group = [(rank, item) for rank, item in leading if rank.group == made.group]
    before = [item for rank, item in group if rank <= made]
    earlier = [item for rank, item in leading if rank.group < made.group]
    if before or (earlier and not group):
        return _line_after(file, (before or earlier)[-1].end)
    if not leading:
        return file.opening
    first = (group or leading)[0][1]
    return file.text.starts[file.text.position(first.start).line]


def _rank(item: Imported, own: frozenset[str]) -> Rank:
    first = item.imports[0] if item.imports else None
    module = first.module if first else ""
    return Rank(group_of(module, own), not first or bool(first.name), module)


def _leading(file: TestFile) -> list[Imported]:
    """The imports at the file's head: those that no other statement stands before."""
    found: list[Imported] = []
    for item in file.imports:
        start = found[-1].end if found else file.opening
        between = file.text.content[start : item.start] if item.start >= start else ""
        code = [line for line in between.splitlines() if line.strip() and line.strip()[0] != "#"]
        if code:
            break
        found.append(item)
    return found
