"""A shape as the text of a test."""

from __future__ import annotations

import re
import textwrap
import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from adr_lsp.scaffold.rust.draft import Argument, Draft, Shape, moved
from adr_lsp.scaffold.rust.expression import WIDTH, bound, boxed, layout, one_line
from adr_lsp.scaffold.rust.strategies import Made
from adr_lsp.scaffold.templates import templates


def render(draft: Draft, shape: Shape, name: str, reference: str) -> str:
    """The test's text, with LF line ends and no indent."""
    made = draft.strategies.made
    text = (
        templates("rust")
        .get_template(shape.template)
        .render(
            shape.values,
            name=name,
            beside=[*(function(each) for each in made), *draft.helpers],
            opening="proptest!",
            comment=comment(draft.statement, reference),
            quoted=quoted(reference),
            notes=[note(text) for text in draft.strategies.notes],
            signature=signature(draft.arguments, len(name)),
            bound=bound,
        )
    )
    return tidy(text, [argument.name for argument in draft.arguments])


def tidy(text: str, names: Sequence[str] = ()) -> str:
    """No space at line ends, one blank line where there are several, no needless copies."""
    text = re.sub(r"[ \t]+$", "", text, flags=re.MULTILINE).strip("\n") + "\n"
    text = re.sub(r"\n{3,}", "\n\n", text)
    head, opening, body = text.rpartition(") {\n") if names else (text, "", "")
    plain = re.sub(r"^\s*//.*$", "", body, flags=re.MULTILINE)
    lines = [broken(moved(line, names, plain)) for line in body.split("\n")]
    return head + opening + "\n".join(lines)


def broken(line: str) -> str:
    """A call too long for a line, one argument a line."""
    found = re.match(r"( *)((?:let (?:mut )?\w+ = )?[\w:.]+!?)\((.*)\);\Z", line)
    if len(line) <= WIDTH or not found:
        return line
    pad = found[1] + "    "
    return f"{found[1]}{found[2]}(\n" + "".join(f"{pad}{p},\n" for p in sides(found[3])) + (
        f"{found[1]});")  # fmt: skip


def sides(source: str) -> list[str]:
    """Arguments at their commas, those of brackets aside."""
    parts, depth, quote, current = [], 0, False, ""
    for place, character in enumerate(source):
        if character == '"' and source[place - 1 : place] != "\\":
            quote = not quote
        if not quote:
            depth += (character in "([{") - (character in ")]}")
        bars = source[:place].count("|") % 2
        if character == "," and depth == 0 and not quote and not bars:
            parts.append(current.strip())
            current = ""
        else:
            current += character
    return [*parts, current.strip()]


def function(made: Made) -> str:
    lead = "".join(f"    {line}\n" for line in made.lead)
    return f"fn {made.name}() -> {made.returns} {{\n{lead}    {layout(made.body, 4)}\n}}\n"


def signature(arguments: Sequence[Argument], name: int) -> str:
    """What is drawn, one a line where it does not fit."""
    strategies = boxed([argument.strategy for argument in arguments])
    pairs = zip(arguments, strategies, strict=True)
    arguments = [replace(argument, strategy=strategy) for argument, strategy in pairs]
    parts = [f"{a.pattern} in {one_line(a.strategy)}" for a in arguments]
    flat = ", ".join(parts)
    if len(flat) + name + 12 <= WIDTH and "\n" not in flat:
        return flat
    lines = []
    for argument in arguments:
        lead = f"{argument.pattern} in "
        lines.append(f"        {lead}{layout(argument.strategy, 8, len(lead), 1)},\n")
    return "\n" + "".join(lines) + "    "


def comment(statement: str, reference: str, width: int = WIDTH - 8) -> str:
    """The statement, and the line that names the invariant."""
    text = plain(statement) or "The invariant has no statement yet."
    lines = textwrap.wrap(text, width - 3, break_long_words=False, break_on_hyphens=False)
    return "\n".join(f"// {line}" for line in [*lines]) + f"\n//\n// Verifies: {reference}"


def note(text: str) -> str:
    """A note as `// TODO:` lines."""
    lines = textwrap.wrap(plain(text), WIDTH - 18, break_long_words=False, break_on_hyphens=False)
    return "// TODO: " + "\n//   ".join(lines)


def plain(text: str) -> str:
    """Text that can pass for no line of ours and turns no direction of writing."""
    hidden = ("Cc", "Cf", "Cs", "Zl", "Zp", "Co", "Cn")
    shown = "".join("?" if unicodedata.category(c) in hidden else c for c in text)
    return re.sub(r"(?i)(adr-lsp|verifies)\s*:", r"\1", shown).strip()


def quoted(text: str) -> str:
    return plain(text).replace("\\", "\\\\").replace('"', '\\"')
