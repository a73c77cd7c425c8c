"""Example tests: one case for each example that the record gives."""

from __future__ import annotations

import re

from adr_lsp.record import Invariant, Record
from adr_lsp.scaffold.examples import Example, examples_of
from adr_lsp.scaffold.typescript.callee import Callee, Parameter
from adr_lsp.scaffold.typescript.draft import Draft, Shape
from adr_lsp.scaffold.typescript.expression import Members, layout
from adr_lsp.scaffold.typescript.hint import UNKNOWN, Hint
from adr_lsp.scaffold.typescript.literal import is_literal
from adr_lsp.scaffold.typescript.names import camel
from adr_lsp.scaffold.typescript.render import plain
from adr_lsp.scaffold.typescript.syntax import named, tree
from adr_lsp.sources.code import walk
from adr_lsp.value import dataclass

_SAME = {"true": "true", "false": "false", "none": "null", "nil": "null", "null": "null",
         "undefined": "undefined"}  # fmt: skip
_LITERAL = frozenset({"number", "string", "array", "object", "true", "false", "null", "undefined",
                      "unary_expression", "new_expression", "template_string"})  # fmt: skip
_BLANKS = {"number": "0", "bigint": "0n", "string": '""', "boolean": "false", "array": "[]",
           "Map": "new Map()", "Set": "new Set()", "Date": "new Date(0)",
           "null": "null"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Case:
    """A row: its name, the source of each argument, of what is expected, and what is thrown."""

    name: str
    values: dict[str, str]
    expected: str | None
    refusal: str | None


def example_shape(draft: Draft, record: Record, invariant: Invariant) -> Shape:
    """A table of cases, or one blank case where the record gives none."""
    found = (draft.case,) if draft.case else examples_of(record, invariant)
    callee = _called(draft, found)
    found = tuple(example for example in found if _is_about(example, callee))
    receiver = _receiver(draft, callee)
    cases = [_case(draft, example, callee) for example in found]
    if not cases:
        draft.note("the record gives no example that can be read: write the cases")
        cases = [_blank(draft, callee)]
    return _shape(draft, cases, callee, receiver)


def _called(draft: Draft, found: tuple[Example, ...]) -> Callee | None:
    """The target, unless all examples call another function beside it."""
    for target in draft.targets:
        callee = draft.callee(target)
        if callee is None:
            continue
        names = [_last(example.call) for example in found]
        if any(names) and callee.name not in names and "" not in names:
            other = next((o for n in names if (o := draft.sibling(target, n))), None)
            if other is not None:
                draft.is_async = other.is_async
                return other
        return callee
    return None


def _last(call: str) -> str:
    return re.split(r"[.:#]", call)[-1].removeprefix("new ").strip()


def _is_about(example: Example, callee: Callee | None) -> bool:
    return not example.call or callee is None or _last(example.call) == callee.name


def _receiver(draft: Draft, callee: Callee | None) -> str:
    """The object that a method is called on, with blanks for what makes it."""
    if callee is None or callee.kind != "method" or callee.owner is None:
        return ""
    maker = draft.arbitraries.maker(callee.owner)
    name = camel(callee.owner.name)
    if maker is None:
        draft.note(f"say how to make a `{callee.owner.name}`")
        source = "undefined as never" if draft.typed else "undefined"
    else:
        values = {p.name: _blank_of(draft, p.hint) for p in maker.required}
        if values:
            draft.note(f"say what the `{callee.owner.name}` of the examples is made of")
        source = maker.call(values)
    return draft.hold(name, source)


def _case(draft: Draft, example: Example, callee: Callee | None) -> Case:
    parameters = callee.parameters if callee else ()
    values = {}
    written = dict(example.values)
    for place, parameter in enumerate(parameters):
        text = _taken(written, parameter, place, parameters)
        if text is not None:
            values[parameter.name] = _source(draft, text, parameter.hint)
        elif parameter.required:
            values[parameter.name] = _blank_of(draft, parameter.hint)
            draft.note(f"no example says which `{parameter.name}`")
    if callee is None:
        values = {camel(k) if not k.isdigit() else f"value{k}": _source(draft, v, UNKNOWN)
                  for k, v in written.items()}  # fmt: skip
    expected = example.expected
    returns = callee.returns if callee else UNKNOWN
    result = _source(draft, expected, returns) if expected is not None else None
    return Case(plain(example.name), values, result, example.refusal)


def _taken(
    written: dict[str, str], parameter: Parameter, place: int, parameters: tuple[Parameter, ...]
) -> str | None:
    """What a row says of a parameter: by its name, else by its place."""
    for name, text in written.items():
        if _same_name(name, parameter.name):
            return text
    if str(place) in written:
        return written[str(place)]
    known = any(_same_name(name, p.name) for name in written for p in parameters)
    in_turn = list(written.values())
    return in_turn[place] if not known and place < len(in_turn) else None


def _same_name(one: str, other: str) -> bool:
    return re.sub(r"\W|_", "", one).lower() == re.sub(r"\W|_", "", other).lower()


def _source(draft: Draft, text: str, hint: Hint) -> str:
    """A value as TypeScript has it: what is no literal is a text."""
    if draft.case and is_literal(text):
        return text
    expanded = draft.types.expanded(hint)
    kinds = [expanded, *expanded.arguments] if expanded.name == "|" else [expanded]
    lower = text.strip().lower()
    if lower in _SAME and text[:1] not in "\"'":
        return _SAME[lower]
    is_text = any(kind.name in ("string", "template") for kind in kinds)
    if text[:1] in "\"'" and _is_literal(text):
        return _quoted(text[1:-1]) + _exact(draft, hint)
    number = re.fullmatch(r"[-−]?\d[\d_,]*(?:\.\d+)?", text)
    if number and not is_text:
        digits = re.sub(r"[,_](?=\d)", "", text).replace("−", "-")
        big = any(kind.name == "bigint" for kind in kinds)
        return (
            f"{digits}n" if big and "." not in digits else re.sub(r"^(-?)0+(?=\d)", r"\1", digits)
        )
    if not is_text and _is_literal(text):
        return text + _exact(draft, hint)
    return _quoted(text) + _exact(draft, hint)


def _exact(draft: Draft, hint: Hint) -> str:
    """A cast where the type is narrower than what its source is taken for."""
    expanded = draft.types.expanded(hint)
    narrow = expanded.name in ("|", "literal", "tuple") or hint.is_own
    element = draft.element(hint)
    narrow = narrow or (element is not None and element.is_own)
    return draft.arbitraries.cast(hint) if narrow and draft.typed else ""


def _quoted(text: str) -> str:
    safe = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{safe}"'


def _is_literal(text: str) -> bool:
    root = tree("value.ts", f"({text})")
    if root.has_error:
        return False
    statement = next(named(root), None)
    inside = next(named(next(named(statement), None)), None)
    if inside is None or inside.type not in _LITERAL:
        return False
    return not any(node.type in ("identifier", "arrow_function") for node in walk(inside))


def _blank_of(draft: Draft, hint: Hint) -> str:
    expanded = draft.types.expanded(hint)
    first = next(iter(expanded.arguments), expanded) if expanded.name == "|" else expanded
    if first.name == "literal":
        return first.literal + _exact(draft, hint)
    if first.name in _BLANKS:
        return _BLANKS[first.name] + (_exact(draft, hint) if hint.is_own else "")
    return "undefined as never" if draft.typed else "undefined"


def _blank(draft: Draft, callee: Callee | None) -> Case:
    values = {p.name: _blank_of(draft, p.hint) for p in (callee.required if callee else ())}
    return Case("a case", values, None, None)


def _shape(draft: Draft, cases: list[Case], callee: Callee | None, receiver: str) -> Shape:
    keys = list(dict.fromkeys(name for case in cases for name in case.values))
    label = "name" if "name" not in keys else "example"
    result = "expected" if "expected" not in keys else "result"
    refuses = any(case.refusal is not None for case in cases)
    rows = [_row(case, label, result, refuses=refuses) for case in cases]
    lines = _lines(draft, callee, receiver, keys, result, refuses=refuses)
    complete = all(case.expected is not None or case.refusal is not None for case in cases)
    if not complete or callee is None:
        draft.note("say what is to come out")
        lines = (*lines[:1], f'throw new Error("not implemented: {draft.reference}");')
        lines = lines if callee else lines[-1:]
    used = "\n".join(lines)
    taken = [key for key in (*keys, result, "refuses") if re.search(rf"\b{key}\b", used)]
    runner = draft.asserting.runner
    return Shape("example", (), {
        "rows": [layout(row, 2 if runner == "vitest" else 6) for row in rows],
        "label": label, "taken": ", ".join(taken), "by_node": runner == "node",
        "body": "\n".join((*draft.setup, *lines)),
    })  # fmt: skip


def _row(case: Case, label: str, result: str, *, refuses: bool) -> Members:
    parts = [(label, _quoted(case.name)), *case.values.items()]
    parts.append((result, case.expected if case.expected is not None else "undefined"))
    if refuses:
        parts.append(("refuses", "true" if case.refusal is not None else "false"))
    return Members(tuple(parts))


def _lines(
    draft: Draft, callee: Callee | None, receiver: str, keys: list[str], result: str, *,
    refuses: bool,
) -> tuple[str, ...]:  # fmt: skip
    if callee is None:
        return ()
    values = {p.name: p.name for p in callee.parameters if p.name in keys}
    call = callee.call(values, receiver)
    changed = next((name for name in keys if name in callee.mutates), "")
    asserting = draft.asserting
    stated: tuple[str, ...] = (asserting.equal(call, result),)
    if draft.changes(callee) and (changed or receiver):
        stated = (f"{call};", asserting.equal(changed or receiver, result))
    if not refuses:
        return stated
    inside = (f"  {line}" for text in stated for line in text.split("\n"))
    thrown = asserting.throws(call, is_async=callee.is_async)
    return ("if (refuses) {", f"  {thrown}", "} else {", *inside, "}")
