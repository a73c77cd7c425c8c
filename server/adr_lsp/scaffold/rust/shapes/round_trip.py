"""Round-trip: what is written can be read back."""

from __future__ import annotations

from collections.abc import Iterator

from adr_lsp.scaffold.rust.callee import Callee, methods, of_trait, result_of
from adr_lsp.scaffold.rust.draft import Draft, Shape
from adr_lsp.scaffold.rust.passing import fitted, owned
from adr_lsp.scaffold.rust.target import Found, of_item
from adr_lsp.scaffold.rust.written import written

_PAIRS = (
    ("encode", "decode"), ("dumps", "loads"), ("dump", "load"), ("serialize", "deserialize"),
    ("serialise", "deserialise"), ("marshal", "unmarshal"), ("pack", "unpack"),
    ("compress", "decompress"), ("encrypt", "decrypt"), ("escape", "unescape"),
    ("quote", "unquote"), ("freeze", "thaw"), ("wrap", "unwrap"), ("write", "read"),
    ("save", "load"), ("export", "import"), ("serialize", "parse"), ("serialise", "parse"),
    ("format", "parse"), ("render", "parse"), ("dump", "parse"), ("encode", "parse"),
    ("print", "parse"), ("unparse", "parse"), ("to", "from"), ("as", "from"), ("into", "from"),
    ("to", "parse"), ("join", "split"), ("flatten", "unflatten"), ("disassemble", "assemble"),
    ("to", "try_from"),
)  # fmt: skip


def round_trip(draft: Draft) -> Shape | None:
    pair = _pair(draft)
    if pair is None:
        return _by_traits(draft)
    forward, back = pair
    receiver = draft.receiver(forward)
    given = draft.draw_all(forward.parameters)
    value = receiver or next((a.name for a in draft.arguments), "")
    if not value:
        return None
    there, gives = draft.accepted(forward, draft.call(forward, given, receiver))
    if back.is_method and not back.parameters:
        call = draft.call(back, {}, there)
    elif back.is_method or not back.parameters:
        return None
    else:
        first, *rest = back.parameters
        sources = {first.name: fitted(first.type, gives, there)}
        for parameter in rest:
            sources[parameter.name] = given.get(parameter.name) or draft.given(
                parameter, draft.draw(parameter))  # fmt: skip
            if parameter.name not in given:
                draft.note(f"`{back.name}` also takes `{parameter.name}`: say which one fits")
        call = draft.call(back, sources)
    read, _ = draft.plain(back, call)
    kind = result_of(back.returns)[0]
    whole = result_of(back.returns)[1]
    shown = f"&{value}" if whole.name == "&" else value
    expected = f"Some({shown})" if kind else shown
    return Shape("round_trip.rs.j2", {"read": read, "expected": expected})


def _by_traits(draft: Draft) -> Shape | None:
    """`Display` and `FromStr`."""
    owner = draft.owner()
    if owner is None or owner.item is None:
        return None
    if next(of_trait(draft.code, owner, "FromStr"), None) is None:
        return None
    value = draft.draw_object(owner)
    draft.doubt_equality(owner)
    read = f"{value}.to_string().parse::<{written(draft.names, owner)}>().ok()"
    return Shape("round_trip.rs.j2", {"read": read, "expected": f"Some({value})"})


def _pair(draft: Draft) -> tuple[Callee, Callee] | None:
    callees = list(draft.callees())
    if len(callees) >= 2:
        first, second = callees[:2]
        turned = [n for n, forward in _partners(first.name) if forward]
        known = [n for n, _ in _partners(first.name)]
        swapped = second.name in known and second.name not in turned
        if swapped or (second.name not in known and _feeds(second, first)):
            first, second = second, first
        return first, second
    if callees:
        return _with_partner(draft, callees[0])
    for found in draft.targets:
        for callee in methods(draft.code, found.type) if found.type else ():
            pair = _with_partner(draft, callee)
            if pair is not None and (callee.visibility == "pub" or draft.names.inside):
                return pair
    return None


def _feeds(one: Callee, other: Callee) -> bool:
    """Only in this order does the result of one fit the other."""
    if not (one.parameters and other.parameters):
        return False
    gives, takes = owned(result_of(one.returns)[1]), owned(other.parameters[0].type)
    back, needs = owned(result_of(other.returns)[1]), owned(one.parameters[0].type)
    return gives == takes and back != needs


def _with_partner(draft: Draft, known: Callee) -> tuple[Callee, Callee] | None:
    """The other half, of the same type or in the same module."""
    for name, forward in _partners(known.name):
        for other in _beside(draft, known):
            if other.name == name:
                pair = (known, other) if forward else (other, known)
                if not pair[1].is_method or not pair[1].parameters:
                    return pair
    return None


def _beside(draft: Draft, known: Callee) -> Iterator[Callee]:
    if known.owner is not None:
        yield from methods(draft.code, known.owner)
    for item in known.module.items.values():
        found: Found | None = of_item(draft.code, item) if item.kind == "function" else None
        if found is not None and found.callee is not None:
            yield found.callee


def _partners(name: str) -> Iterator[tuple[str, bool]]:
    """Names of the other half, and whether `name` is the half that writes."""
    tokens = name.split("_")
    for wrote, read in _PAIRS:
        for old, new, forward in ((wrote, read, True), (read, wrote, False)):
            if old in tokens:
                yield "_".join(new if token == old else token for token in tokens), forward
    for wrote, read in _PAIRS:
        if tokens[0] == wrote:
            yield read, True
        elif tokens[0] == read:
            yield wrote, False
