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
            if len(arguments) == 1 and isinstance(arguments[0], Members):
                inner = layout(arguments[0], indent, before + len(function) + 1, WIDTH)
                return f"{function}({inner})"
            return _stacked(f"{function}(", tuple(("", a) for a in arguments), ")", indent)
        case Members(parts, brackets) if parts:
            return _stacked(brackets[0], parts, brackets[1], indent)
        case Then(subject, method):
            flat_subject = one_line(subject)
            opening = len(method.partition(" => ")[0]) + 3
            whole = layout(subject, indent, before, opening)
            fits = indent + before + len(flat_subject) + opening <= WIDTH
            return _then(flat_subject if fits else whole, method, indent, before, after)
    return flat


def _then(subject: str, method: str, indent: int, before: int, after: int) -> str:
    """What is called stands behind the closing bracket, its body below where it is too long."""
    first, newline, last = subject.rpartition("\n")
    start = len(last) if newline else indent + before + len(last)
    head, arrow, body = method.partition(" => ")
    if start + len(method) + after <= WIDTH or not arrow:
        return f"{first}{newline}{last}{method}"
    pad = " " * indent
    return f"{first}{newline}{last}{head} =>\n{pad}  {body[:-1]},\n{pad})"


def _stacked(
    opening: str, parts: tuple[tuple[str, Expression], ...], closing: str, indent: int
) -> str:
    pad = " " * (indent + 2)
    lines = []
    for name, part in parts:
        lead = f"{name}: " if name else ""
        lines.append(f"{pad}{lead}{layout(part, indent + 2, len(lead), 1)},\n")
    return f"{opening}\n{''.join(lines)}{' ' * indent}{closing}"
