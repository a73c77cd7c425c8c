"""Python expressions that are laid out as formatters do: on one line, else one part a line."""

from __future__ import annotations

from adr_lsp.value import dataclass

WIDTH = 88


@dataclass(frozen=True, slots=True)
class Call:
    """`function(arguments, name=keyword)`."""

    function: str
    arguments: tuple[Expression, ...] = ()
    keywords: tuple[tuple[str, Expression], ...] = ()


@dataclass(frozen=True, slots=True)
class Either:
    """`first | second`: a strategy tries the first branch first."""

    branches: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Many:
    """`[first, second]` or, in braces, `{"name": first}`."""

    opening: str
    parts: tuple[tuple[str, Expression], ...]

    @property
    def closing(self) -> str:
        return {"[": "]", "{": "}", "(": ")"}[self.opening]


@dataclass(frozen=True, slots=True)
class Then:
    """`subject.method(argument)`."""

    subject: Expression
    method: str


Expression = str | Call | Either | Many | Then


def one_line(expression: Expression) -> str:
    match expression:
        case str():
            return expression
        case Either(branches):
            return " | ".join(one_line(branch) for branch in branches)
        case Then(subject, method):
            inner = one_line(subject)
            return f"({inner}){method}" if isinstance(subject, Either) else f"{inner}{method}"
        case Many():
            inside = ", ".join(lead + one_line(part) for lead, part in expression.parts)
            return f"{expression.opening}{inside}{expression.closing}"
        case Call(function):
            inside = ", ".join(lead + one_line(part) for lead, part in _parts(expression))
            return f"{function}({inside})"


def layout(expression: Expression, indent: int, before: int = 0, after: int = 0) -> str:
    """The expression at `indent`, where `before` and `after` columns of its line are taken."""
    flat = one_line(expression)
    if indent + before + len(flat) + after <= WIDTH:
        return flat
    match expression:
        case Either(branches):
            return f"\n{' ' * indent}| ".join(layout(b, indent, 2, after) for b in branches)
        case Then(subject, method):
            inner = layout(subject, indent, before, after + len(method))
            return f"({inner}){method}" if isinstance(subject, Either) else f"{inner}{method}"
        case Many(opening, parts) if parts:
            return _stacked(opening, parts, expression.closing, indent)
        case Call(function) if _parts(expression):
            return _stacked(f"{function}(", _parts(expression), ")", indent)
    return flat


def _parts(call: Call) -> tuple[tuple[str, Expression], ...]:
    named = tuple((f"{name}=", value) for name, value in call.keywords)
    return (*(("", argument) for argument in call.arguments), *named)


def _stacked(
    opening: str, parts: tuple[tuple[str, Expression], ...], closing: str, indent: int
) -> str:
    pad = " " * (indent + 4)
    lines = [f"{pad}{lead}{layout(part, indent + 4, len(lead), 1)},\n" for lead, part in parts]
    return f"{opening}\n{''.join(lines)}{' ' * indent}{closing}"
