"""Round-trip: what is written can be read back."""

from __future__ import annotations

from collections.abc import Iterator

import griffe

from adr_lsp.scaffold.python.callee import Callee
from adr_lsp.scaffold.python.code import Found
from adr_lsp.scaffold.python.draft import Draft, Shape

_PAIRS = (
    ("encode", "decode"), ("dumps", "loads"), ("dump", "load"), ("serialize", "deserialize"),
    ("serialise", "deserialise"), ("marshal", "unmarshal"), ("pack", "unpack"),
    ("compress", "decompress"), ("encrypt", "decrypt"), ("escape", "unescape"),
    ("quote", "unquote"), ("freeze", "thaw"), ("wrap", "unwrap"), ("write", "read"),
    ("save", "load"), ("export", "import"), ("serialize", "parse"), ("serialise", "parse"),
    ("format", "parse"), ("render", "parse"), ("dump", "parse"), ("encode", "parse"),
    ("print", "parse"), ("unparse", "parse"), ("to", "from"), ("as", "from"), ("to", "parse"),
    ("join", "split"), ("flatten", "unflatten"), ("disassemble", "assemble"),
)  # fmt: skip
_READERS = ("parse", "from_str", "from_string", "from_text", "decode")


def round_trip(draft: Draft) -> Shape | None:
    pair = _pair(draft)
    if pair is None:
        return None
    forward, back = pair
    receiver = draft.receiver(forward)
    values = draft.draw_all(forward.required)
    value = receiver or next(iter(values.values()), "")
    if not value:
        return None
    written = forward.call(values, receiver)
    read = _read(draft, back, written, values)
    draft.doubt_equality(draft.arguments[0].hint)
    return Shape("round_trip.py.j2", {"read": read, "value": value})


def _read(draft: Draft, back: Callee, written: str, values: dict[str, str]) -> str:
    """The call that reads; what both sides take, such as a key, is the same for both."""
    if back.kind == "method" and not back.required:
        return back.call({}, written)
    receiver = draft.receiver(back)
    first, *rest = back.required or back.parameters[:1]
    given = {first.name: written}
    for parameter in rest:
        given[parameter.name] = values.get(parameter.name) or draft.draw(parameter)
        if parameter.name not in values:
            draft.note(f"`{back.name}` also takes `{parameter.name}`: say which one fits")
    return back.call(given, receiver)


def _pair(draft: Draft) -> tuple[Callee, Callee] | None:
    functions = [f for f in draft.targets if isinstance(f.object, griffe.Function)]
    if len(functions) >= 2:
        first, second = functions[:2]
        turned = second.object.name in [n for n, forward in _partners(first.object.name) if forward]
        known = second.object.name in [n for n, _ in _partners(first.object.name)]
        if (known and not turned) or (not known and _feeds(draft, second, first)):
            first, second = second, first
        return _both(draft, first, second)
    if functions:
        return _with_partner(draft, functions[0])
    return next((pair for cls in draft.targets if (pair := _in_class(draft, cls))), None)


def _feeds(draft: Draft, one: Found, other: Found) -> bool:
    """Only in this order does the result of one fit the other."""
    first, second = draft.callee(one), draft.callee(other)
    return bool(
        first and second and first.required and second.required
        and draft.result(first) == draft.hint(second.required[0])
        and draft.result(second) != draft.hint(first.required[0])
    )  # fmt: skip


def _both(draft: Draft, first: Found, second: Found) -> tuple[Callee, Callee] | None:
    forward, back = draft.callee(first), draft.callee(second)
    return (forward, back) if forward and back else None


def _with_partner(draft: Draft, known: Found) -> tuple[Callee, Callee] | None:
    """The other half, in the same class or module."""
    above = known.name.rpartition(".")[0]
    for name, forward in _partners(known.object.name):
        full = f"{above}.{name}" if above else name
        thing = draft.code.definition(f"{known.module}.{full}")
        if isinstance(thing, griffe.Function):
            other = Found(thing, known.module, full, known.path)
            return _both(draft, *((known, other) if forward else (other, known)))
    return None


def _in_class(draft: Draft, cls: Found) -> tuple[Callee, Callee] | None:
    if not isinstance(cls.object, griffe.Class):
        return None
    for name, member in cls.object.members.items():
        if isinstance(member, griffe.Function) and not name.startswith("_"):
            found = Found(member, cls.module, f"{cls.name}.{name}", cls.path)
            if pair := _with_partner(draft, found):
                return pair
    return None


def _partners(name: str) -> Iterator[tuple[str, bool]]:
    """Names of the other half, and whether `name` is the half that writes."""
    tokens = name.split("_")
    for written, read in _PAIRS:
        for old, new, forward in ((written, read, True), (read, written, False)):
            if old in tokens:
                renamed = [new if token == old else token for token in tokens]
                yield "_".join(renamed), forward
    if name in _READERS:
        yield "__str__", False
        yield "__bytes__", False
