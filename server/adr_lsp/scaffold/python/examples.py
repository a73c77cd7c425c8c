"""Example tests: the named cases of a record as parameters of a test."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import griffe

from adr_lsp.record import Invariant, Record
from adr_lsp.scaffold.examples import Example, examples_of
from adr_lsp.scaffold.python.annotations import UNKNOWN, Hint
from adr_lsp.scaffold.python.callee import Callee, Parameter, constructor
from adr_lsp.scaffold.python.draft import Argument, Draft, snake
from adr_lsp.scaffold.python.values import BLANK, value
from adr_lsp.value import dataclass

EXPECTED, REFUSED = "expected", "refused"
_MOST = 50


@dataclass(frozen=True, slots=True)
class Case:
    """The values of one row, as source, in the order of the columns."""

    name: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cases:
    """One test: its columns, its rows, the call, and whether the call is refused.

    `whole` is False where something is left for the author to say.
    """

    columns: tuple[Argument, ...]
    rows: tuple[Case, ...]
    made: str
    call: str
    refused: bool
    near: bool
    whole: bool


def cases_of(draft: Draft, record: Record, invariant: Invariant) -> tuple[Cases, ...]:
    """What comes out of a call, and what it refuses; one skeleton where there is no example."""
    callee = _callee(draft)
    known = (draft.case,) if draft.case else examples_of(record, invariant)[:_MOST]
    fit = [e for e in known if callee is None or not e.call or _calls(e, callee)]
    given = [e for e in fit if e.refusal is None and (e.values or e.expected)]
    refused = [e for e in fit if e.refusal is not None]
    if not given and not refused:
        names = "".join(f" (the words give: {e.name})" for e in fit[:1])
        draft.note(f"no example with values was found: write cases, each with a name{names}")
    tests = []
    if given or not refused:
        tests.append(_test(draft, callee, given, refused=False))
    if refused:
        draft.names.leave()
        tests.append(_test(draft, callee, refused, refused=True))
    return tuple(tests)


def _callee(draft: Draft) -> Callee | None:
    for found in draft.targets:
        callee = draft.callee(found)
        if callee is not None:
            return callee
    return None


def _calls(example: Example, callee: Callee) -> bool:
    return re.split(r"[.:#]+", example.call)[-1].removeprefix("new ") == callee.name


def _test(
    draft: Draft, callee: Callee | None, examples: Sequence[Example], *, refused: bool
) -> Cases:
    taken = _taken(draft, callee, examples)
    last = REFUSED if refused else EXPECTED
    hint = draft.result(callee) if callee and not refused else UNKNOWN
    annotation = draft.annotation(callee.returns, callee.scope) if callee else None
    if refused:
        annotation = "type[Exception]"
    columns = [_column(draft, name, parameter) for name, parameter in taken]
    columns.append(Argument(draft.names.local(last), "", annotation, hint))
    rows = tuple(_row(draft, callee, e, taken, hint, refused) for e in examples) or (
        Case("say what the case is", (BLANK,) * len(columns)),
    )
    made, call = _call(draft, callee, [c.name for c in columns[:-1]], taken)
    whole = bool(not made.endswith(BLANK) and call) and all(
        v != BLANK for r in rows for v in r.values
    )
    if call and callee and callee.mutates and not refused:
        draft.note(f"`{callee.name}` returns nothing: compare what it leaves behind")
        whole = False
    return Cases(tuple(columns), rows, made, call or BLANK, refused, hint.name == "float", whole)


_Taken = list[tuple[str, Parameter | None]]


def _taken(draft: Draft, callee: Callee | None, examples: Iterable[Example]) -> _Taken:
    """The columns: what the call must be given, and what else any example gives."""
    names = dict.fromkeys(name for example in examples for name in example.values)
    if callee is None:
        spelled = [snake(re.sub(r"\W+", "_", name)).strip("_") for name in names]
        return [(name if name.isidentifier() else f"value_{name}", None) for name in spelled]
    chosen = [p for p in callee.parameters if p.default is None]
    for place, parameter in enumerate(callee.parameters):
        if parameter not in chosen and {_plain(parameter.name), str(place)} & set(
            map(_plain, names)
        ):
            chosen.append(parameter)
    unknown = [n for n in names if not n.isdigit() and _plain(n) not in
               {_plain(p.name) for p in callee.parameters}]  # fmt: skip
    if unknown and len(names) != len(chosen):
        listed = ", ".join(f"`{name}`" for name in unknown)
        draft.note(f"the examples also speak of {listed}, which `{callee.name}` does not take")
    return [(parameter.name, parameter) for parameter in chosen]


def _plain(name: str) -> str:
    return re.sub(r"[\W_]+", "", name).lower()


def _column(draft: Draft, name: str, parameter: Parameter | None) -> Argument:
    if parameter is None:
        return Argument(draft.names.local(name), "", None, UNKNOWN)
    annotation = draft.annotation(parameter.annotation, parameter.scope)
    return Argument(draft.names.local(name), "", annotation, draft.hint(parameter))


def _row(
    draft: Draft, callee: Callee | None, example: Example, taken: _Taken, result: Hint,
    refused: bool,
) -> Case:  # fmt: skip
    scope = callee.scope if callee else None
    given = _by_name(example, taken)
    values = []
    for name, parameter in taken:
        hint = draft.hint(parameter) if parameter else UNKNOWN
        written = given.get(_plain(name))
        if written is None:
            values.append((parameter.default if parameter else None) or BLANK)
        else:
            values.append(value(draft, hint, written, scope))
    last = _refusal(draft, example, scope) if refused else (
        BLANK if example.expected is None else value(draft, result, example.expected, scope)
    )  # fmt: skip
    return Case(example.name, (*values, last))


def _by_name(example: Example, taken: _Taken) -> dict[str, str]:
    """The values by the names of the columns; by place where no name fits and the count does."""
    named = {_plain(name): text for name, text in example.values.items()}
    columns = [_plain(name) for name, _ in taken]
    if len(named) == len(columns) and not set(named) & set(columns):
        return dict(zip(columns, named.values(), strict=True))
    by_place = {columns[int(n)]: text for n, text in example.values.items()
                if n.isdigit() and int(n) < len(columns)}  # fmt: skip
    enough = all(not name.isdigit() for name in named) or bool(example.call)
    return {**(by_place if enough else {}), **named}


def _refusal(draft: Draft, example: Example, scope: griffe.Object | None) -> str:
    name = (example.refusal or "").partition("(")[0].strip("`")
    source = value(draft, UNKNOWN, name, scope) if name else BLANK
    return source if re.fullmatch(r"[A-Za-z_][\w.]*", source) else BLANK


def _call(draft: Draft, callee: Callee | None, names: list[str], taken: _Taken) -> tuple[str, str]:
    """The object of a method, if there is one, and the call."""
    if callee is None:
        return "", ""
    values = {p.name: name for name, (_, p) in zip(names, taken, strict=True) if p}
    if callee.kind != "method" or callee.owner is None:
        return "", callee.call(values)
    subject = draft.names.local(snake(callee.owner.name))
    known = draft.strategies.name_of(callee.owner.path) or callee.owner.name
    if constructor(draft.code, callee.owner, known).required:
        draft.note(f"say how to make the `{known}`")
        return f"{subject} = {BLANK}", callee.call(values, subject)
    return f"{subject} = {known}()", callee.call(values, subject)
