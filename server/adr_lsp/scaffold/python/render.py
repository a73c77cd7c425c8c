"""A shape as the text of a test."""

from __future__ import annotations

import ast
import json
import re
import textwrap
import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from adr_lsp.scaffold.python.draft import Argument, Draft, Shape, plural, snake
from adr_lsp.scaffold.python.examples import Cases
from adr_lsp.scaffold.python.expression import (
    WIDTH,
    Call,
    Either,
    Expression,
    Many,
    layout,
    one_line,
)
from adr_lsp.scaffold.templates import templates

_LONG = 60
_STATEFUL = frozenset({"rule", "invariant", "initialize", "Bundle", "RuleBasedStateMachine"})


def render(draft: Draft, shape: Shape, name: str, machine: str, reference: str) -> str:
    """The test's text, with LF line ends; the imports that it needs are in `draft.names`."""
    names = draft.names
    pytest = names.use("pytest")
    if not machine or draft.arguments:
        names.use("hypothesis", "given")
    names.use("hypothesis", "strategies", "st")

    shared, arguments = _shared(draft, tuple(draft.arguments))

    def imported(what: str) -> str:
        if what in _STATEFUL:
            return names.use("hypothesis.stateful", what)
        return names.use({"given": "hypothesis", "suppress": "contextlib"}[what], what)

    def decorated(
        what: str, arguments: Sequence[Argument], indent: int = 0, target: str = ""
    ) -> str:
        drawn = tuple((a.name, a.strategy) for a in arguments)
        aimed = (("target", target),) if target else ()
        return layout(Call(imported(what), (), (*aimed, *drawn)), indent, 1)

    text = (
        templates("python")
        .get_template(shape.template)
        .render(
            shape.values,
            reference=reference,
            name=name,
            machine=machine,
            base=imported("RuleBasedStateMachine") if machine else "",
            pytest=pytest,
            docstring=docstring(draft.statement),
            notes=[comment(note) for note in draft.strategies.notes],
            arguments=shape.values.get("arguments", arguments),
            shared=shared,
            imported=imported,
            decorated=decorated,
            given=lambda arguments: decorated("given", arguments),
            signature=signature,
            types=lambda arguments: ", ".join(a.annotation or "object" for a in arguments) or "()",
        )
    )
    return _tidy(text)


def render_examples(draft: Draft, tests: Sequence[Cases], name: str, reference: str) -> str:
    """The text of one test for what comes out and one for what is refused."""
    pytest = draft.names.use("pytest")
    text = (
        templates("python")
        .get_template("example.py.j2")
        .render(
            tests=tests,
            reference=reference,
            name=name,
            pytest=pytest,
            docstring=docstring(draft.statement),
            notes=[comment(note) for note in draft.strategies.notes],
            parametrized=lambda cases: _parametrized(pytest, cases),
            signature=signature,
        )
    )
    return _tidy(text)


def _parametrized(pytest: str, cases: Cases) -> str:
    """The decorator: the names of the columns, and a row for each case."""
    columns = Many("(", tuple(("", f'"{column.name}"') for column in cases.columns))
    first: Expression = columns if len(cases.columns) > 1 else f'"{cases.columns[0].name}"'
    rows = tuple(
        ("", Call(f"{pytest}.param", row.values, (("id", _id(row.name)),))) for row in cases.rows
    )
    lines = "".join(f"        {layout(row, 8, 0, 1)},\n" for _, row in rows)
    return f"{pytest}.mark.parametrize(\n    {layout(first, 4, 0, 1)},\n    [\n{lines}    ],\n)"


def _id(name: str) -> str:
    """A name of a case as source: what cannot be printed is left out."""
    plain = " ".join("".join(c if c.isprintable() else " " for c in name).split())
    single = '"' in plain and not set("'\\") & set(plain)
    return f"'{plain}'" if single else json.dumps(plain, ensure_ascii=False)


def _shared(
    draft: Draft, arguments: tuple[Argument, ...]
) -> tuple[list[str], tuple[Argument, ...]]:
    """A long strategy that several arguments have, as a name that stands before the test."""
    sources = [one_line(argument.strategy) for argument in arguments]
    found: dict[str, str] = {}
    lines = []
    for argument, source in zip(arguments, sources, strict=True):
        if sources.count(source) > 1 and len(source) > _LONG and source not in found:
            name = found[source] = draft.names.top_level(_plural(argument))
            lines.append(f"{name} = {_whole(argument.strategy, len(name) + 3)}")
    return lines, tuple(
        replace(argument, strategy=found.get(source, argument.strategy))
        for argument, source in zip(arguments, sources, strict=True)
    )


def _whole(strategy: Expression, before: int) -> str:
    """A strategy as a statement's right side: several branches stand in brackets."""
    text = layout(strategy, 0, before)
    if isinstance(strategy, Either) and "\n" in text:
        return f"(\n    {layout(strategy, 4)}\n)"
    return text


def _plural(argument: Argument) -> str:
    """A name for many values of a type."""
    word = re.match(r"[A-Za-z]\w*\Z", argument.annotation or "")
    return plural(snake(word.group())) if word else f"values_of_{argument.name}"


def _tidy(text: str) -> str:
    text = re.sub(r"[ \t]+$", "", text, flags=re.MULTILINE).strip("\n") + "\n"
    ast.parse(text)
    return text


def signature(arguments: Sequence[Argument], self: bool = False, indent: int = 0) -> str:
    """The parameters of a test or of a rule, one a line where they do not fit."""
    parts = ["self"] if self else []
    parts += [f"{a.name}: {a.annotation or 'object'}" for a in arguments]
    flat = ", ".join(parts)
    if indent + len(flat) <= WIDTH - 40:
        return flat
    pad = " " * (indent + 4)
    return "\n" + "".join(f"{pad}{part},\n" for part in parts) + " " * indent


def docstring(statement: str, indent: int = 4) -> str:
    """The statement in quotes; it can end neither the string nor pass for one of our lines."""
    text = "".join(map(_plain, statement)) or "The invariant has no statement yet."
    text = re.sub(r"(?i)(adr-lsp|verifies)(\s*):", r"\1\2\\x3a", text)
    if indent + len(text) + 6 <= WIDTH:
        return f'"""{text} """' if text.endswith('"') else f'"""{text}"""'
    lines = textwrap.wrap(text, WIDTH - indent, break_long_words=False, break_on_hyphens=False)
    first = textwrap.wrap(text, WIDTH - indent - 3, break_long_words=False, break_on_hyphens=False)
    if lines:
        rest = text[len(first[0]) :].lstrip()
        lines = [first[0], *textwrap.wrap(rest, WIDTH - indent, break_long_words=False,
                                          break_on_hyphens=False)]  # fmt: skip
    return '"""' + "\n".join(lines) + '\n"""'


def _plain(character: str) -> str:
    if character == "\\":
        return "\\\\"
    if unicodedata.category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp", "Co", "Cn"):
        code = ord(character)
        return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
    return '\\"' if character == '"' else character


def comment(note: str) -> str:
    """A note as `# TODO:` lines."""
    text = "".join(c if c.isprintable() else "?" for c in note)
    text = re.sub(r"(?i)(adr-lsp|verifies)\s*:", r"\1", text)
    lines = textwrap.wrap(text, WIDTH - 16, break_long_words=False, break_on_hyphens=False)
    return "# TODO: " + "\n#   ".join(lines)
