"""A counterexample of fast-check as one of the `examples` that its property tries first."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from adr_lsp.evidence.model import Counterexample
from adr_lsp.scaffold.model import PINNED, STEPS, Refusal
from adr_lsp.scaffold.typescript.literal import is_literal
from adr_lsp.scaffold.typescript.style import style_of, styled
from adr_lsp.scaffold.typescript.syntax import field, named, said, unwrapped
from adr_lsp.snapshot import Snapshot
from adr_lsp.sources import read
from adr_lsp.sources.code import Code, text_of, walk
from adr_lsp.sources.typescript.names import FAST_CHECK, meanings
from adr_lsp.sources.typescript.syntax import arguments, chain, function_in, grammar_of
from adr_lsp.text import Edit, Range, decode
from adr_lsp.value import dataclass

if TYPE_CHECKING:
    from tree_sitter import Node

_REPLAY_PATH = re.compile(r'replayPath="[^"]*"')
_RUNS = frozenset({"assert", "check"})
_PROPERTIES = frozenset({"property", "asyncProperty"})
_WHOLE = frozenset({"string"})
_BINDING = frozenset({"import_statement", "variable_declarator"})


@dataclass(frozen=True, slots=True)
class _Checked:
    """The call that runs a property: its arguments, the parameters of fast-check at `place`.

    `takes` are the names that the property gives its arguments, None where they are not told.
    """

    call: Node
    given: list[Node]
    place: int
    takes: tuple[str, ...] | None


def pinned(
    snapshot: Snapshot, path: str, name: str, counterexample: Counterexample
) -> tuple[Edit, ...] | Refusal:
    raw = snapshot.tree.read(path)
    if raw is None or decode(raw)[1] is not None:
        return Refusal(f"`{path}` cannot be read")
    code = Code(raw, grammar_of(path))
    if code.root.has_error:
        return Refusal(f"`{path}` cannot be parsed, so nothing is added to it")
    source = read(path, raw)
    test = source.test(name) if source else None
    if test is None:
        return Refusal(f"there is no test `{name}`")
    row = _row(counterexample)
    if isinstance(row, Refusal):
        return row
    checked = _checked(code, test.range, name, tuple(counterexample.values or ()))
    if isinstance(checked, Refusal):
        return checked
    return _edits(path, code, checked, row)


def _row(counterexample: Counterexample) -> str | Refusal:
    """The arguments as a list, as `examples` has them."""
    values = list((counterexample.values or {}).values())
    replay = _replay(counterexample)
    if not values:
        steps = _REPLAY_PATH.search(counterexample.text)
        told = STEPS if steps else "the counterexample is not told argument by argument"
        return Refusal(f"{told}{replay}")
    for text in values:
        if not is_literal(text):
            return Refusal(f"`{text}` cannot be written as source text{replay}")
    return f"[{', '.join(text.strip() for text in values)}]"


def _replay(counterexample: Counterexample) -> str:
    """How to run it again by hand. As a parameter that stays, it would keep out all other cases."""
    if counterexample.seed is None or not counterexample.path:
        return ""
    told = f'seed: {counterexample.seed}, path: "{counterexample.path}", endOnFailure: true'
    commands = _REPLAY_PATH.search(counterexample.text)
    beside = f" and `fc.commands(…, {{ {commands[0].replace('=', ': ')} }})`" if commands else ""
    return f"; run it again with `{{ {told} }}`{beside}"


def _checked(code: Code, within: Range, name: str, names: tuple[str, ...]) -> _Checked | Refusal:
    nodes = list(walk(code.root))
    meant = meanings([node for node in nodes if node.type in _BINDING])
    calls = [node for node in nodes if node.type == "call_expression"]
    inside = (call for call in calls if _is_within(code.range_of(call), within))
    found = [one for call in inside for one in _runs(code, call, meant)]
    if not found:
        return Refusal(f"no property is checked in `{name}` itself: `examples` has no place there")
    fitting = [one for one in found if one.takes is None or one.takes == names]
    if len(fitting) == 1:
        return fitting[0]
    reason = "takes these arguments" if not fitting else "alone takes these arguments"
    return Refusal(f"none of the properties in `{name}` {reason}")


def _is_within(inner: Range, outer: Range) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _runs(code: Code, call: Node, meant: Mapping[str, str]) -> Iterator[_Checked]:
    """`fc.assert(property, parameters)`, `test.prop(arbitraries, parameters)(title, function)`."""
    found = chain(call)
    given = arguments(call)
    if found is None or not given:
        return
    names, called = found
    if not called and _is_fast_check(names, meant, _RUNS):
        yield _Checked(call, given, 1, _taken(code, given[0], meant))
    inner = field(call, "function")
    if called and names[-1] in ("prop", "testProp", "itProp") and inner is not None:
        arbitraries = arguments(inner)
        if inner.type == "call_expression" and arbitraries and arbitraries[0].type == "array":
            yield _Checked(inner, arbitraries, 1, _parameters(function_in(given)))


def _is_fast_check(names: list[str], meant: Mapping[str, str], wanted: frozenset[str]) -> bool:
    root = meant.get(names[0], FAST_CHECK if names[0] == "fc" else names[0])
    whole = ".".join([root, *names[1:]])
    return whole.partition(".")[0] == FAST_CHECK and whole.partition(".")[2] in wanted


def _taken(code: Code, checked: Node, meant: Mapping[str, str]) -> tuple[str, ...] | None:
    """The names of a property's arguments, where it stands here or is bound in the file."""
    made = unwrapped(checked)
    if made is not None and made.type == "identifier":
        made = unwrapped(_bound(code, said(made)))
    while made is not None and made.type == "call_expression":
        found = chain(made)
        if found and _is_fast_check(found[0], meant, _PROPERTIES):
            return _parameters(function_in(arguments(made)))
        made = field(field(made, "function"), "object")  # `fc.property(…).beforeEach(…)`
    return None


def _parameters(function: Node | None) -> tuple[str, ...] | None:
    alone = field(function, "parameter")
    listed = [alone] if alone is not None else list(named(field(function, "parameters")))
    names = [field(one, "pattern") or one for one in listed]
    plain = function is not None and all(each.type == "identifier" for each in names)
    return tuple(map(said, names)) if plain else None


def _bound(code: Code, name: str) -> Node | None:
    """The value of the only declaration of a name in the file."""
    found = [
        node
        for node in walk(code.root)
        if node.type == "variable_declarator" and said(field(node, "name")) == name
    ]
    return field(found[0], "value") if len(found) == 1 else None


def _edits(path: str, code: Code, checked: _Checked, row: str) -> tuple[Edit, ...] | Refusal:
    written = styled(row, style_of(code.content))
    if len(checked.given) <= checked.place:
        at, new = _behind(code, checked.given[-1], f"{{ examples: [{written}] }}")
        return (_edit(path, code, at, at, new),)
    parameters = checked.given[checked.place]
    held = unwrapped(parameters)
    if held is not None and held.type == "identifier":
        declared = unwrapped(_bound(code, said(held)))
        has = declared is not None and _examples(declared) is not None
        kept = f"...{said(held)}.examples, " if has else ""
        new = f"{{ ...{said(held)}, examples: [{kept}{written}] }}"
        return (_edit(path, code, parameters.start_byte, parameters.end_byte, new),)
    if held is None or held.type != "object":
        return Refusal(f"the parameters `{said(parameters)}` are computed: add {row} to `examples`")
    return _in_object(path, code, held, row, written)


def _in_object(
    path: str, code: Code, held: Node, row: str, written: str
) -> tuple[Edit, ...] | Refusal:
    examples = _examples(held)
    if examples is None:
        return (_key(path, code, held, f"examples: [{written}]"),)
    listed = unwrapped(examples)
    if listed is not None and listed.type == "identifier":
        listed = unwrapped(_bound(code, said(listed)))
    if listed is None or listed.type != "array":
        return Refusal(f"the examples `{said(examples)}` are computed: add {row} to them")
    rows = list(named(listed))
    if any(_plain(each) == _plain_text(row) for each in rows):
        return Refusal(PINNED)
    if not rows:
        return (_edit(path, code, listed.start_byte, listed.end_byte, f"[{written}]"),)
    at, new = _behind(code, rows[-1], written)
    return (_edit(path, code, at, at, new),)


def _key(path: str, code: Code, held: Node, pair: str) -> Edit:
    """One more key of an object."""
    last = list(named(held))[-1:]
    if not last:
        return _edit(path, code, held.start_byte, held.end_byte, f"{{ {pair} }}")
    at, new = _behind(code, last[0], pair)
    return _edit(path, code, at, at, new)


def _examples(held: Node) -> Node | None:
    """The value of the key `examples`."""
    for part in named(held):
        if part.type == "pair" and said(field(part, "key")).strip("'\"") == "examples":
            return field(part, "value")
        if part.type == "shorthand_property_identifier" and said(part) == "examples":
            return part
    return None


def _behind(code: Code, last: Node, new: str) -> tuple[int, str]:
    """One more behind the last of a list: on a line of its own where the last begins its line."""
    before = code.data[: last.start_byte].rpartition(b"\n")[2]
    if before.strip():
        return last.end_byte, f", {new}"
    return last.end_byte, f",{code.text.line_end}{before.decode()}{new}"


def _edit(path: str, code: Code, start: int, end: int, new: str) -> Edit:
    return Edit(path, code.range(start, end), new)


def _plain(node: Node) -> str:
    return _plain_text(text_of(node))


def _plain_text(text: str) -> str:
    """Equal for rows that differ in layout and quotes alone."""
    root = Code(text.encode("utf-8", "replace"), "typescript").root
    leaves = (node for node in walk(root, _WHOLE) if node.type in _WHOLE or not node.children)
    words = (said(n)[1:-1] if n.type in _WHOLE else said(n) for n in leaves if n.type not in ",;")
    return " ".join(words)
