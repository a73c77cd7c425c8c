"""Round-trip: what is written can be read back."""

from __future__ import annotations

import re
from collections.abc import Iterator

from adr_lsp.scaffold.typescript.callee import Callee, methods, static_makers
from adr_lsp.scaffold.typescript.code import Found
from adr_lsp.scaffold.typescript.draft import Draft, Shape
from adr_lsp.scaffold.typescript.hint import Hint

_PAIRS = (
    ("encode", "decode"), ("stringify", "parse"), ("serialize", "deserialize"),
    ("serialise", "deserialise"), ("marshal", "unmarshal"), ("pack", "unpack"),
    ("compress", "decompress"), ("encrypt", "decrypt"), ("escape", "unescape"),
    ("quote", "unquote"), ("freeze", "thaw"), ("wrap", "unwrap"), ("write", "read"),
    ("save", "load"), ("dump", "load"), ("dumps", "loads"), ("export", "import"),
    ("serialize", "parse"), ("serialise", "parse"), ("format", "parse"), ("render", "parse"),
    ("dump", "parse"), ("encode", "parse"), ("print", "parse"), ("to", "from"), ("as", "from"),
    ("to", "parse"), ("join", "split"), ("flatten", "unflatten"), ("dehydrate", "hydrate"),
    ("store", "restore"), ("sign", "verify"), ("deflate", "inflate"),
)  # fmt: skip
_MOST = ("toString", "toJSON")


def round_trip(draft: Draft) -> Shape | None:
    pair = _pair(draft)
    if pair is None:
        return None
    forward, back = pair
    receiver = draft.receiver(forward)
    values = draft.draw_all(forward)
    value = receiver or next(iter(values.values()), "")
    if not value:
        return None
    written = forward.call(values, receiver)
    if forward.is_async and back.kind == "method":
        written = f"({written})"
    read = _read(draft, back, written, values)
    taken = Hint(forward.owner.key) if receiver and forward.owner else forward.required[0].hint
    return Shape("property", draft.alike(taken, read, value))


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
    plain = [f for f in draft.targets if f.definition.kind == "function" or f.member]
    callees = [(found, callee) for found in plain if (callee := draft.callee(found))]
    if len(callees) >= 2:
        (_, first), (_, second) = callees[:2]
        forward = {name for name, writes in _partners(first.name) if writes}
        known = {name for name, _ in _partners(first.name)}
        turned = second.name in known and second.name not in forward
        if turned or (second.name not in known and _feeds(draft, second, first)):
            first, second = second, first
        return first, second
    for found, callee in callees:
        return _with_partner(draft, found, callee)
    return _in_class(draft)


def _feeds(draft: Draft, one: Callee, other: Callee) -> bool:
    """Only in this order does the result of one fit the other."""
    if not (one.required and other.required):
        return False
    fits = draft.same(one.returns, other.required[0].hint)
    return fits and not draft.same(other.returns, one.required[0].hint)


def _with_partner(draft: Draft, found: Found, known: Callee) -> tuple[Callee, Callee] | None:
    """The other half, in the same module, class or object."""
    for name, forward in _partners(known.name):
        other = draft.sibling(found, name)
        if other is not None and (other.required or other.parameters or other.kind == "method"):
            draft.is_async |= other.is_async
            return (known, other) if forward else (other, known)
    return None


def _in_class(draft: Draft) -> tuple[Callee, Callee] | None:
    """A method that writes, and a static one that makes an object again."""
    cls = draft.cls()
    if cls is None:
        return None
    draft.arbitraries.use(cls)
    able = [m for m in methods(draft.types, cls, {}) if not m.required]
    makers = [m for m in static_makers(draft.types, cls) if len(m.required) == 1]
    for writes in able:
        for reads in makers:
            wanted = {name for name, _ in _partners(writes.name)}
            if reads.name in wanted or draft.same(writes.returns, reads.required[0].hint):
                return writes, reads
    return None


def _partners(name: str) -> Iterator[tuple[str, bool]]:
    """Names of the other half, and whether `name` is the half that writes."""
    tokens = [t for t in re.split(r"(?<=[a-z0-9])(?=[A-Z])|_", name) if t]
    lowered = [token.lower() for token in tokens]
    for written, read in _PAIRS:
        for old, new, forward in ((written, read, True), (read, written, False)):
            if old in lowered:
                parts = [_cased(new, t) if t.lower() == old else t for t in tokens]
                yield ("_" if "_" in name else "").join(parts), forward
    if name.lower() in ("parse", "fromstring", "fromjson"):
        yield from ((each, False) for each in _MOST)


def _cased(word: str, like: str) -> str:
    return word[:1].upper() + word[1:] if like[:1].isupper() else word
