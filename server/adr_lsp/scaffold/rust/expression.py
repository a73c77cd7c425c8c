"""Rust expressions that are laid out on one line, else one part a line."""

from __future__ import annotations

import re
from collections.abc import Sequence

from adr_lsp.value import dataclass

WIDTH = 100
LITERAL = 18
_CALL = 60
_MANY = 8
_CLOSURE = re.compile(r"(\w+\()(\|[^|]*\|) (.*)\)\Z", re.DOTALL)
_CLOSING = {"(": ")", "[": "]"}


@dataclass(frozen=True, slots=True)
class Call:
    """`function(arguments)`; a tuple has no function, a macro such as `prop_oneof!` brackets."""

    function: str
    arguments: tuple[Expression, ...] = ()
    opening: str = "("


@dataclass(frozen=True, slots=True)
class Then:
    """`subject.method`."""

    subject: Expression
    method: str


Expression = str | Call | Then


def one_of(*branches: Expression) -> Expression:
    """A strategy of several branches; one branch stands for itself."""
    return branches[0] if len(branches) == 1 else Call("prop_oneof!", branches, "[")


def boxed(parts: Sequence[Expression]) -> tuple[Expression, ...]:
    """Many strategies in one tuple are too large for the stack: they stand on the heap."""
    if len(parts) <= _MANY:
        return tuple(parts)
    small = ("any::", "Just(", "0..", "1..")
    return tuple(
        p if isinstance(p, str) and p.startswith(small) else Then(p, "boxed()") for p in parts
    )


def one_line(expression: Expression) -> str:
    if isinstance(expression, str):
        return expression
    if isinstance(expression, Then):
        return f"{_subject(expression)}.{expression.method}"
    inside = ", ".join(map(one_line, expression.arguments))
    return f"{expression.function}{expression.opening}{inside}{_CLOSING[expression.opening]}"


def _subject(then: Then) -> str:
    """What the method is called on: a range stands in brackets, or only its end would be meant."""
    subject = one_line(then.subject)
    return f"({subject})" if ".." in subject and not subject.endswith((")", "]")) else subject


def _wide(expression: Expression) -> bool:
    """Formatters break a call whose arguments are long, though its line would hold them."""
    if isinstance(expression, Then):
        return _wide(expression.subject)
    if isinstance(expression, str):
        return False
    return len(one_line(expression)) - len(expression.function) - 2 > _CALL


def chained(source: str, indent: int) -> str:
    """A chain of calls, one a line where it is long."""
    if len(source) <= _CALL:
        return source
    parts, depth = [""], 0
    for character in source:
        depth += (character in "([{") - (character in ")]}")
        if character == "." and depth == 0:
            parts.append("")
        parts[-1] += character
    return f"\n{' ' * (indent + 4)}".join(parts)


def layout(expression: Expression, indent: int, before: int = 0, after: int = 0) -> str:
    """The expression at `indent`, where `before` and `after` columns of its line are taken."""
    flat = one_line(expression)
    short = indent + before + len(flat) + after <= WIDTH and "\n" not in flat
    if (short and not _wide(expression)) or isinstance(expression, str):
        return flat
    pad = " " * (indent + 4)
    if isinstance(expression, Then):
        subject, first = _subject(expression), expression.method.partition("\n")[0]
        opened = indent + before + len(subject) + len(first) + 1 <= WIDTH and "\n" not in subject
        if opened and first != expression.method:
            inner = expression.method.replace("\n", f"\n{' ' * indent}")
            return f"{subject}.{inner}"
        closure = _CLOSURE.match(expression.method)
        taken = indent + 4 + len(expression.method) + 1 + after
        if closure and "\n" not in subject and taken > WIDTH:
            body = f"\n{pad}{closure[3]}\n{' ' * indent}"
            return f"{subject}.{closure[1]}{closure[2]} {{{body}}})"
        method = expression.method.replace("\n", f"\n{pad}")
        whole = isinstance(expression.subject, str)
        shown = subject if whole else layout(expression.subject, indent, before)
        return f"{shown}\n{pad}.{method}"
    if not expression.arguments:
        return flat
    lines = [f"{pad}{layout(part, indent + 4, 0, 1)},\n" for part in expression.arguments]
    closing = _CLOSING[expression.opening]
    return f"{expression.function}{expression.opening}\n{''.join(lines)}{' ' * indent}{closing}"


def bound(expression: Expression, indent: int, before: int) -> str:
    """What follows `=`: a chain that would be broken stands whole on the next line if it fits."""
    laid, flat = layout(expression, indent, before, 1), one_line(expression)
    broken = laid.partition("\n")[2].lstrip().startswith(".")
    fits = indent + 4 + len(flat) + 1 <= WIDTH and "\n" not in flat and not _wide(expression)
    return f"\n{' ' * (indent + 4)}{flat}" if broken and fits else f" {laid}"
