"""Types as arbitraries: every field named, nothing last, boundaries included."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import field as with_default

from adr_lsp.scaffold.typescript.callee import (
    Callee,
    Parameter,
    constructor,
    is_hidden,
    lineage,
    static_makers,
)
from adr_lsp.scaffold.typescript.code import Code
from adr_lsp.scaffold.typescript.expression import Call, Expression, Members, Then, one_line
from adr_lsp.scaffold.typescript.hint import Field, Hint, Types
from adr_lsp.scaffold.typescript.module import Definition
from adr_lsp.scaffold.typescript.names import Names
from adr_lsp.scaffold.typescript.specifier import Specifiers
from adr_lsp.scaffold.typescript.syntax import field, named, said
from adr_lsp.value import dataclass

_DEEPEST = 6
_MANY = 12
_FRACTION = re.compile(
    r"(?:.*_)?(?:rate|ratio|fraction|factor|weight|probability|lat|latitude|lng|lon|longitude|"
    r"temperature|celsius|alpha|angle|radians|degrees|distance|speed|float|double|decimal)s?\Z",
    re.IGNORECASE,
)
_SIMPLE: dict[str, Expression] = {
    "string": "fc.string()",
    "boolean": "fc.boolean()",
    "bigint": "fc.oneof(fc.bigInt(), fc.constantFrom(-1n, 0n, 1n))",
    "null": "fc.constant(null)",
    "undefined": "fc.constant(undefined)",
    "void": "fc.constant(undefined)",
    "any": "fc.anything()",
    "unknown": "fc.anything()",
    "{}": "fc.object()",
    "symbol": "fc.string().map((name) => Symbol(name))",
    "Date": "fc.date({ noInvalidDate: true })",
    "URL": "fc.webUrl().map((url) => new URL(url))",
    "Error": "fc.string().map((message) => new Error(message))",
    "RegExp": "fc.constantFrom(/a/, /^$/)",
    "Buffer": "fc.uint8Array().map((bytes) => Buffer.from(bytes))",
    "ArrayBuffer": "fc.uint8Array().map((bytes) => bytes.buffer)",
}
_TYPED_ARRAY = re.compile(r"(?:Uint8Clamped|(?:Big)?(?:Int|Uint|Float)(?:8|16|32|64))Array")
_PLAIN = Members((("noNullPrototype", "true"),))


@dataclass(slots=True)
class Arbitraries:
    """Makes the arbitraries of one test; `notes` is what its author should know of them.

    `numbers` are boundaries besides -1, 0 and 1. `chosen` holds arbitraries of single fields and
    parameters by name.
    """

    types: Types
    names: Names
    specifiers: Specifiers
    numbers: tuple[int, ...] = ()
    typed: bool = True
    chosen: dict[str, Expression] = with_default(default_factory=dict)
    notes: list[str] = with_default(default_factory=list)

    @property
    def code(self) -> Code:
        return self.types.code

    def note(self, text: str) -> None:
        if text not in self.notes:
            self.notes.append(text)

    def of_parameter(self, parameter: Parameter) -> Expression:
        if parameter.hint.name == "?":
            said_of_it = f"`{parameter.name}` has no type that can be read"
            self.note(f"{said_of_it}: say which values it takes")
        return self.of(parameter.hint, parameter.name)

    def of(self, hint: Hint, name: str = "", above: tuple[str, ...] = ()) -> Expression:
        """The arbitrary of a type; `above` are the types of the project that it stands in."""
        if name in self.chosen and hint.name in ("string", "number", "bigint"):
            return self.chosen[name]
        if len(above) > _DEEPEST:
            self.note(f"`{hint.short}` holds itself: say what stands at the end")
            return "fc.anything()"
        if hint.is_own:
            return self._own(hint, name, above)
        if hint.name == "number":
            return self.number(name)
        if hint.name == "bigint":
            return self._bigints()
        if hint.name in _SIMPLE:
            return _SIMPLE[hint.name]
        if _TYPED_ARRAY.fullmatch(hint.name):
            return f"fc.{hint.name[:1].lower()}{hint.name[1:]}()"
        return self._composed(hint, name, above)

    def _composed(self, hint: Hint, name: str, above: tuple[str, ...]) -> Expression:
        inner = hint.arguments
        match hint.name:
            case "literal":
                return Call("fc.constant", (hint.literal,))
            case "array":
                return self._array(inner[0] if inner else Hint("unknown"), name, above)
            case "tuple":
                return self._tuple(hint, above)
            case "|":
                return self._union(hint, name, above)
            case "object" | "&" | "Record" | "Partial" | "Required" | "Readonly" | "Pick" | "Omit":
                return self._record(self.types.expanded(hint), above)
            case "NonNullable" | "Exclude" | "Extract" | "Awaited" | "NoInfer":
                expanded = self.types.expanded(hint)
                return self.of(expanded, name, above) if expanded != hint else "fc.anything()"
            case "Map" | "Set" if inner:
                return self._collected(hint, above)
            case "function":
                return Call(
                    "fc.func", (self.of(inner[0] if inner else Hint("unknown"), "", above),)
                )
            case "Promise":
                resolved = self.of(inner[0], name, above) if inner else "fc.anything()"
                return Then(resolved, ".map((value) => Promise.resolve(value))")
            case "template":
                return self._template(hint)
        if hint.name != "?":
            self.note(f"say which values of `{hint.short or hint.name}` there are")
        return "fc.anything()"

    def number(self, name: str = "") -> Expression:
        """Whole numbers, where the name does not say a fraction; boundaries of the statement."""
        edges = sorted({-1, 0, 1, *(n + d for n in self.numbers[:3] for d in (-1, 0, 1))})
        if _FRACTION.fullmatch(re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name)):
            base: Expression = "fc.double({ noNaN: true, noDefaultInfinity: true })"
        else:
            base = "fc.integer()"
        return Call("fc.oneof", (base, Call("fc.constantFrom", tuple(map(str, edges)))))

    def _bigints(self) -> Expression:
        edges = sorted({-1, 0, 1, *(n + d for n in self.numbers[:3] for d in (-1, 0, 1))})
        listed = Call("fc.constantFrom", tuple(f"{edge}n" for edge in edges))
        return Call("fc.oneof", ("fc.bigInt()", listed))

    def _array(self, element: Hint, name: str, above: tuple[str, ...]) -> Expression:
        if element.name in above:
            return "fc.constant<never[]>([])" if self.typed else "fc.constant([])"
        return Call("fc.array", (self.of(element, _singular(name), above),))

    def _tuple(self, hint: Hint, above: tuple[str, ...]) -> Expression:
        plain = [part for part in hint.arguments if part.name not in ("rest", "optional")]
        rest = next((part for part in hint.arguments if part.name == "rest"), None)
        parts = tuple(self.of(part, "", above) for part in plain)
        if rest is None:
            return Call("fc.tuple", parts)
        element = rest.arguments[0].arguments[:1] or (Hint("unknown"),)
        if len(plain) == 1 and plain[0] == element[0]:
            listed: Expression = Call("fc.array", (parts[0], "{ minLength: 1 }"))
            return Then(listed, f".map((items) => items{self.cast(hint)})")
        many = Call("fc.array", (self.of(element[0], "", above),))
        firsts = ", ".join(f"part{n}" for n in range(len(plain)))
        lead = f"{firsts}, " if firsts else ""
        spread = f".map(([{lead}rest]) => [{lead}...rest]{self.cast(hint)})"
        return Then(Call("fc.tuple", (*parts, many)), spread)

    def _union(self, hint: Hint, name: str, above: tuple[str, ...]) -> Expression:
        """Literals together, then the other types; nothing comes last."""
        literals = [part.literal for part in hint.arguments if part.name == "literal"]
        nothing = [part.name for part in hint.arguments if part.name in ("null", "undefined")]
        others = [
            part for part in hint.arguments
            if part.name not in ("literal", "null", "undefined", "void") and part.name not in above
        ]  # fmt: skip
        found: list[Expression] = []
        kinds = dict.fromkeys(_kind(literal) for literal in literals)
        for kind in kinds:  # a mixed list would lose what its values are
            alike = tuple(literal for literal in literals if _kind(literal) == kind)
            found.append(Call("fc.constantFrom" if len(alike) > 1 else "fc.constant", alike))
        for part in others:
            made = self.of(part, name, above)
            found += (
                made.arguments if isinstance(made, Call) and made.function == "fc.oneof" else [made]
            )
        found = list(dict.fromkeys(found))
        if not found:
            return Call("fc.constantFrom", tuple(nothing)) if nothing else "fc.anything()"
        whole = Call("fc.oneof", tuple(found)) if len(found) > 1 else found[0]
        for missing in nothing:
            whole = Call("fc.option", (whole, Members((("nil", missing),))))
        return whole

    def _record(self, hint: Hint, above: tuple[str, ...]) -> Expression:
        if hint.name == "Record" or (hint.arguments and not hint.fields):
            key, value = (*hint.arguments, Hint("string"), Hint("unknown"))[:2]
            keys = self._keys(self.types.expanded(key), above)
            return Call("fc.dictionary", (keys, self.of(value, "", above), _PLAIN))
        if hint.name != "object":
            return self.of(hint, "", above) if hint.name in ("literal", "string", "number") else (
                "fc.anything()"
            )  # fmt: skip
        if not hint.fields:
            return "fc.object()"
        parts = tuple(self._fields(hint.fields, above))
        optional = {each.name for each in hint.fields if each.optional}
        options: tuple[tuple[str, Expression], ...] = _PLAIN.parts
        if any(name in optional for name, _ in parts):
            needed = tuple(("", f'"{name}"') for name, _ in parts if name not in optional)
            options = (("requiredKeys", Members(needed, "[]")), *options)
        written = tuple((_key(name), part) for name, part in parts)
        return Call("fc.record", (Members(written), Members(options)))

    def _keys(self, key: Hint, above: tuple[str, ...]) -> Expression:
        if "key" in self.chosen and key.name == "string":
            return self.chosen["key"]
        if key.name == "number":
            return Then("fc.nat()", ".map(String)")
        return self.of(key, "", above) if key.name == "|" else "fc.string()"

    def _fields(
        self, fields: tuple[Field, ...], above: tuple[str, ...]
    ) -> Iterator[tuple[str, Expression]]:
        for each in fields:
            parts = each.hint.arguments if each.hint.name == "|" else (each.hint,)
            holds_itself = any(part.name in above for part in parts)
            if not (holds_itself and each.optional):
                yield each.name, self.of(each.hint, each.name, above)

    def _collected(self, hint: Hint, above: tuple[str, ...]) -> Expression:
        parts = [self.of(part, "", above) for part in hint.arguments]
        if hint.name == "Set":
            return Then(Call("fc.array", (parts[0],)), ".map((items) => new Set(items))")
        entries = Call("fc.array", (Call("fc.tuple", tuple(parts[:2])),))
        return Then(entries, ".map((entries) => new Map(entries))")

    def _template(self, hint: Hint) -> Expression:
        if len(hint.arguments) != 1 or hint.literal.count("${") != 1:
            self.note(f"say which texts {hint.literal} there are")
            return "fc.string()"
        inner = one_line(self.of(hint.arguments[0]))
        written = re.sub(r"\$\{[^}]*\}", "${part}", hint.literal)
        cast = " as const" if self.typed else ""
        return Then(inner, f".map((part) => {written}{cast})")

    def _own(self, hint: Hint, name: str, above: tuple[str, ...]) -> Expression:
        """A type of the project."""
        definition = self.types.definition(hint)
        if definition is None or hint.name in above:
            self.note(f"`{hint.short}` holds itself: say what stands at the end")
            return "fc.anything()"
        if definition.kind == "enum":
            return self._enum(definition)
        if definition.kind == "class":
            return self._class(hint, definition, above)
        expanded = self.types.expanded(hint)
        if expanded.is_own:
            return self.of(expanded, name, above)
        made = self.of(expanded, name or definition.name, (*above, hint.name))
        return Then(made, f".map((value) => value{self.cast(hint)})") if self._branded(
            definition
        ) and self.typed else made  # fmt: skip

    def _branded(self, definition: Definition) -> bool:
        """A primitive that only a cast makes this type."""
        value = field(definition.node, "value")
        plain = ("string", "number", "bigint")
        return (
            value is not None
            and value.type == "intersection_type"
            and any(said(part) in plain for part in named(value))
        )

    def _enum(self, definition: Definition) -> Expression:
        name = self.use(definition)
        members = [said(field(m, "name") or m) for m in named(field(definition.node, "body"))]
        plain = [member for member in members if re.fullmatch(r"[A-Za-z_$][\w$]*", member)]
        if len(plain) > _MANY or len(plain) < len(members):
            return Call("fc.constantFrom", (f"...Object.values({name})",))
        return Call("fc.constantFrom", tuple(f"{name}.{member}" for member in plain))

    def maker(self, definition: Definition, given: tuple[Hint, ...] = ()) -> Callee | None:
        """What makes an object of a class: `new`, else one of its static methods."""
        name = self.use(definition)
        bound = self.types.bound(definition, given)
        if not is_hidden(definition):
            return constructor(self.types, definition, name, bound)
        for made in static_makers(self.types, definition):
            expression = f"{name}.{made.name}"
            return Callee(made.name, expression, "function", made.parameters, made.returns,
                          made.path, None, made.is_async)  # fmt: skip
        return self._below(definition)

    def _below(self, definition: Definition) -> Callee | None:
        """For an abstract class one of the same module that extends it."""
        module = self.code.module(definition.path)
        for other in module.declared.values() if module else ():
            extends = other.kind == "class" and other.key != definition.key
            if extends and definition.key in [c.key for c in lineage(self.code, other)]:
                return None if is_hidden(other) else self.maker(other)
        return None

    def _class(self, hint: Hint, definition: Definition, above: tuple[str, ...]) -> Expression:
        made = self.maker(definition, hint.arguments)
        if made is None or made.is_async:
            self.note(f"say how to make a `{definition.name}`")
            return "fc.anything()"
        within = (*above, hint.name)
        drawn = tuple(self.of(p.hint, p.name, within) for p in made.required)
        names = {p.name: re.sub(r"\W", "", p.name) or "value" for p in made.required}
        call = made.call(names)
        if not drawn:
            return Then("fc.constant(null)", f".map(() => {call})")
        if len(drawn) == 1:
            return Then(drawn[0], f".map(({next(iter(names.values()))}) => {call})")
        listed = ", ".join(names.values())
        return Then(Call("fc.tuple", drawn), f".map(([{listed}]) => {call})")

    def use(self, definition: Definition, *, is_type: bool = False) -> str:
        """The name of something of the project in the test, imported."""
        path, name = self.code.exporters(definition.path, definition.name) or ("", "")
        if not path:
            self.note(f"`{definition.name}` is not exported from {definition.path}: export it")
            path, name = definition.path, definition.name
        local = definition.name if name == "default" else name
        specifier = self.specifiers.of(path)
        return self.names.use(specifier, name, local, key=path, is_type=is_type)

    def cast(self, hint: Hint) -> str:
        """` as Type` in TypeScript."""
        return f" as {self.written(hint)}" if self.typed else ""

    def written(self, hint: Hint) -> str:
        """A type as the test writes it, its names imported."""
        inner = [self.written(part) for part in hint.arguments]
        definition = self.types.definition(hint)
        if definition is not None:
            is_type = definition.kind != "class"
            local = self.use(definition, is_type=is_type)
            return f"{local}<{', '.join(inner)}>" if inner else local
        match hint.name:
            case "literal" | "template":
                return hint.literal
            case "array":
                simple = re.fullmatch(r"[\w.]+", inner[0]) if inner else None
                return f"{inner[0]}[]" if simple else f"Array<{inner[0] if inner else 'unknown'}>"
            case "tuple":
                return f"[{', '.join(inner)}]"
            case "rest":
                return f"...{inner[0]}"
            case "optional":
                return f"{inner[0]}?"
            case "|" | "&":
                return f" {hint.name} ".join(inner)
            case "object" if hint.fields:
                parts = (f"{_key(f.name)}{'?' if f.optional else ''}: {self.written(f.hint)}"
                         for f in hint.fields)  # fmt: skip
                return "{ " + "; ".join(parts) + " }"
            case "function":
                return f"(...given: never[]) => {inner[0] if inner else 'unknown'}"
            case "?":
                return "unknown"
        return f"{hint.name}<{', '.join(inner)}>" if inner else hint.name


def _kind(literal: str) -> str:
    return "text" if literal[0] in "\"'" else "truth" if literal in ("true", "false") else "number"


def _key(name: str) -> str:
    return name if re.fullmatch(r"[A-Za-z_$][\w$]*", name) else f'"{name}"'


def _singular(name: str) -> str:
    return re.sub(r"s\Z", "", name)
