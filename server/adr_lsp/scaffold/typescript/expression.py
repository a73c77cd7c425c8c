"""Source of arbitraries as a tree, so that what is too long for a line stands on several."""

from __future__ import annotations

from adr_lsp.value import dataclass

WIDTH = 100


@dataclass(frozen=True, slots=True)
class Call:
    """`fc.array(fc.integer())`."""

    function: str
    arguments: tuple[Expression, ...] = ()


@dataclass(frozen=True, slots=True)
class Members:
    """`{ price: fc.integer() }`; each part has a name, which may be empty in a list."""

    parts: tuple[tuple[str, Expression], ...]
    brackets: str = "{}"


@dataclass(frozen=True, slots=True)
class Then:
    """An expression with what is called on it: `.map((items) => new Set(items))`."""

    subject: Expression
    method: str


Expression = str | Call | Members | Then


def one_line(expression: Expression) -> str:
    match expression:
        case Call(function, arguments):
            return f"{function}({', '.join(map(one_line, arguments))})"
        case Members(parts, brackets):
            inside = ", ".join(f"{f'{n}: ' if n else ''}{one_line(part)}" for n, part in parts)
            space = " " if brackets == "{}" and inside else ""
            return f"{brackets[0]}{space}{inside}{space}{brackets[1]}"
        case Then(subject, method):
            return one_line(subject) + method
    return expression


def layout(expression: Expression, indent: int = 0, before: int = 0, after: int = 1) -> str:
    """The source where it starts `before` characters behind `indent` and `after` follow."""
    flat = one_line(expression)
    if indent + before + len(flat) + after <= WIDTH:
        return flat
    match expression:
        case Call(function, arguments) if arguments:
            hugged = arguments[0] if isinstance(arguments[0], Members) else None
            if hugged and sum(len(one_line(a)) for a in arguments[1:]) < 40:
                inner = layout(hugged, indent, before + len(function) + 1, 1)
                return f"{function}({', '.join((inner, *map(one_line, arguments[1:])))})"
            return _stacked(f"{function}(", tuple(("", a) for a in arguments), ")", indent)
        case Members(parts, brackets) if parts:
            return _stacked(brackets[0], parts, brackets[1], indent)
        case Then(subject, method):
            return layout(subject, indent, before, after + len(method)) + method
    return flat


def _stacked(
    opening: str, parts: tuple[tuple[str, Expression], ...], closing: str, indent: int
) -> str:
    pad = " " * (indent + 2)
    lines = []
    for name, part in parts:
        lead = f"{name}: " if name else ""
        lines.append(f"{pad}{lead}{layout(part, indent + 2, len(lead), 1)},\n")
    return f"{opening}\n{''.join(lines)}{' ' * indent}{closing}"
