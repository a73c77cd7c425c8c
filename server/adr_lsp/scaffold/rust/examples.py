"""Example tests: the named cases of a record as the rows of a table."""

from __future__ import annotations

import re
from collections.abc import Sequence

from adr_lsp.record import Invariant, Record
from adr_lsp.scaffold.examples import Example, examples_of
from adr_lsp.scaffold.rust.building import makers
from adr_lsp.scaffold.rust.callee import Callee, Parameter, result_of
from adr_lsp.scaffold.rust.draft import Draft, Shape
from adr_lsp.scaffold.rust.passing import owned
from adr_lsp.scaffold.rust.render import quoted, sides
from adr_lsp.scaffold.rust.types import FLOATS, UNIT, Type
from adr_lsp.scaffold.rust.values import value
from adr_lsp.scaffold.rust.wording import snake
from adr_lsp.scaffold.rust.written import named
from adr_lsp.value import dataclass

_MOST = 50
_TEXTS = ("String", "str")


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of one kind, what is done with each, and the names that its columns have."""

    name: str
    columns: str
    rows: str
    steps: tuple[str, ...]


def example(draft: Draft, record: Record, invariant: Invariant) -> Shape:
    """What comes out of a call, and what it refuses; one skeleton where there is no example."""
    draft.draws = False
    callee = next(draft.callees(), None)
    known = (draft.case,) if draft.case else examples_of(record, invariant)[:_MOST]
    fit = [e for e in known if callee is None or not e.call or _calls(e, callee)]
    given = [e for e in fit if e.refusal is None and (e.values or e.expected)]
    refused = [e for e in fit if e.refusal is not None]
    tables = []
    if not given and not refused:
        said = "".join(f" (the words give: {e.name})" for e in fit[:1])
        draft.note(f"no example with values was found: write cases, each with a name{said}")
    if callee is None:
        return Shape("example.rs.j2", {"tables": [_without_target(given or refused)]})
    if given or not refused:
        tables.append(_expected(draft, callee, given))
    if refused:
        tables.append(_refused(draft, callee, refused, "refused" if tables else "cases"))
    return Shape("example.rs.j2", {"tables": tables})


def _calls(example: Example, callee: Callee) -> bool:
    return re.split(r"[.:#]+", example.call)[-1].removeprefix("new ") == callee.name


def _without_target(examples: Sequence[Example]) -> Table:
    rows = [
        [_text(e.name), _text(", ".join(f"{n} {v}" for n, v in e.values.items())),
         _text(e.expected or e.refusal or "")]
        for e in examples
    ]  # fmt: skip
    blank = [[_text(text) for text in ("say what the case is", "given", "expected")]]
    step = 'panic!("not implemented: {case}: {given} gives {expected}");'
    return Table("cases", "case, given, expected", _array(rows or blank), (step,))


def _array(rows: list[list[str]]) -> str:
    """Rows as formatters have them: those that are long with one value a line."""
    one = _rowed(rows[0], 4)
    if len(rows) == 1 and (len(one) <= 60 or "\n" in one):
        return f"[{one}]"
    return "[\n" + "".join(f"        {_rowed(row, 8)},\n" for row in rows) + "    ]"


def _rowed(row: list[str], indent: int) -> str:
    flat = ", ".join(row)
    if len(flat) <= 60:
        return f"({flat})"
    pad = " " * (indent + 4)
    return "(\n" + "".join(f"{pad}{part},\n" for part in row) + " " * indent + ")"


def _expected(draft: Draft, callee: Callee, examples: Sequence[Example]) -> Table:
    kind, inner = result_of(callee.returns)
    optional = kind == "Result"
    type_ = owned(inner) if optional else owned(callee.returns)
    changes = callee.returns == UNIT
    rows = []
    for each in examples:
        values = _row(draft, callee, each)
        made = None
        if each.expected is not None and not changes:
            wanted = _unwrapped(each.expected) if optional else each.expected
            made = value(draft, type_, wanted, kept=optional or type_.name != "String")
        elif each.expected is not None:
            made = _text(each.expected)
        last = made or draft.blank(f"what comes out: {each.expected or 'nothing says it'}")
        rows.append([_text(each.name), *values, last])
    if not rows:
        blanks = [draft.blank("a value", owned(p.type)) for p in callee.parameters]
        last = draft.blank("what comes out", None if changes else type_)
        rows.append([_text("say what the case is"), *blanks, last])
    names, lead, call = _called(draft, callee)
    steps = [*lead]
    if changes:
        draft.note(f"`{callee.name}` returns nothing: compare what it leaves behind")
        steps += [f"{call};", 'panic!("not implemented: {case}: compare with {expected:?}");']
    elif type_.name in FLOATS and not kind:
        steps.append(f'assert!(({call} - expected).abs() < 1e-9, "{{case}}");')
    else:
        draft.doubt_equality(type_)
        shown = (f"{call}.ok()", "Some(expected)") if optional else (call, "expected")
        steps.append(f'assert_eq!({shown[0]}, {shown[1]}, "{{case}}");')
    columns = ", ".join(("case", *names, "expected"))
    return Table("cases", columns, _array(rows), tuple(map(_broken, steps)))


def _broken(line: str) -> str:
    """An assertion too long for its line, one argument a line."""
    found = re.match(r"(assert\w*!)\((.*)\);\Z", line, re.DOTALL)
    if found is None or len(found[2]) <= 60:
        return line
    return f"{found[1]}(\n    " + ",\n    ".join(sides(found[2])) + "\n);"


def _unwrapped(text: str) -> str:
    found = re.match(r"Ok\((.*)\)\Z", text.strip(), re.DOTALL)
    return found[1] if found else text


def _refused(draft: Draft, callee: Callee, examples: Sequence[Example], name: str) -> Table:
    rows = [[_text(e.name), *_row(draft, callee, e)] for e in examples]
    names, lead, call = _called(draft, callee)
    kind, _ = result_of(callee.returns)
    told = next((e.refusal for e in examples if e.refusal), None)
    if kind == "Result":
        done = f"{call}.is_err()"
        if told:
            draft.note(f"say which error it is: {told}")
    elif kind == "Option":
        done = f"{call}.is_none()"
    else:
        catch = draft.names.use("std::panic::catch_unwind")
        guard = draft.names.use("std::panic::AssertUnwindSafe")
        done = f"{catch}({guard}(|| {call})).is_err()"
    steps = (*lead, f'assert!({done}, "{{case}}");')
    return Table(name, ", ".join(("case", *names)), _array(rows), tuple(map(_broken, steps)))


def _text(text: str) -> str:
    return f'"{quoted(text)}"'


def _row(draft: Draft, callee: Callee, example: Example) -> list[str]:
    given = _by_name(example, callee.parameters)
    values = []
    for parameter in callee.parameters:
        type_ = owned(parameter.type)
        text = given.get(_plain(parameter.name))
        made = value(draft, type_, text, kept=type_.name != "String") if text is not None else None
        values.append(made or draft.blank(f"`{parameter.name}`: {text or 'a value'}"))
    return values


def _plain(name: str) -> str:
    return re.sub(r"[\W_]+", "", name).lower()


def _by_name(example: Example, parameters: Sequence[Parameter]) -> dict[str, str]:
    """The values by the names of parameters; by place where no name fits and the count does."""
    named_ = {_plain(name): text for name, text in example.values.items()}
    columns = [_plain(p.name) for p in parameters]
    if len(named_) == len(columns) and not set(named_) & set(columns):
        return dict(zip(columns, named_.values(), strict=True))
    placed = {columns[int(n)]: text for n, text in example.values.items()
              if n.isdigit() and int(n) < len(columns)}  # fmt: skip
    return {**(placed if example.call else {}), **named_}


def _called(draft: Draft, callee: Callee) -> tuple[list[str], list[str], str]:
    """The names of the values, what makes the object, and the call."""
    names = [draft.names.local(p.name) for p in callee.parameters]
    given = {}
    for parameter, name in zip(callee.parameters, names, strict=True):
        given[parameter.name] = _passed(draft, parameter, name)
    lead, receiver = [], ""
    if callee.is_method and callee.owner is not None:
        receiver, line = _object(draft, callee.owner, callee.receiver == "&mut")
        lead.append(line)
    changed = [n for p, n in zip(callee.parameters, names, strict=True) if p.type.name == "&mut"]
    lead = [*(f"let mut {name} = {name};" for name in changed), *lead]
    call = draft.call(callee, given, receiver)
    draft.names.leave()
    return names, lead, call.replace(f"{receiver}.clone()", receiver) if receiver else call


def _passed(draft: Draft, parameter: Parameter, name: str) -> str:
    """Text stands in the table as `&str`."""
    type_ = parameter.type
    if owned(type_).name == "String":
        if type_.name == "String":
            return f"{name}.to_owned()"
        return f"&mut {name}.to_owned()" if type_.name == "&mut" else name
    return draft.given(parameter, name).replace(f"{name}.clone()", name)


def _object(draft: Draft, owner: Type, changed: bool) -> tuple[str, str]:
    """A fresh object; a blank where its making needs values."""
    assert owner.item is not None
    subject = draft.names.local(snake(owner.item.name))
    name = named(draft.names, owner)
    fresh = [m for m in makers(draft.strategies, owner) if not m.parameters]
    bare = bool(fresh) and not result_of(fresh[0].returns)[0]
    if bare:
        source = f"{name}::{fresh[0].name}()"
    elif "Default" in draft.traits(owner):
        source = f"{name}::default()"
    else:
        draft.note(f"say how to make the `{owner.item.name}`")
        source = draft.blank(f"how to make the `{owner.item.name}`", owner)
    return subject, f"let {'mut ' if changed else ''}{subject} = {source};"
