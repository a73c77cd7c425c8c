"""A counterexample as an `@example` of the test that found it, so that every run tries it."""

from __future__ import annotations

import ast

from tree_sitter import Node

from adr_lsp import sources
from adr_lsp.evidence.model import Counterexample
from adr_lsp.scaffold.model import PINNED, STEPS, Refusal
from adr_lsp.scaffold.python.code import Code
from adr_lsp.scaffold.python.expression import Call, Expression, layout
from adr_lsp.scaffold.python.imports import merged
from adr_lsp.scaffold.python.names import Names
from adr_lsp.scaffold.python.testfile import Parsed, TestFile, parsed, read
from adr_lsp.snapshot import Snapshot
from adr_lsp.text import Edit, decode
from adr_lsp.value import dataclass

_ALLOWED = (
    ast.Expression, ast.Constant, ast.Tuple, ast.List, ast.Set, ast.Dict, ast.UnaryOp, ast.USub,
    ast.UAdd, ast.BinOp, ast.Add, ast.Sub, ast.Call, ast.keyword, ast.Name, ast.Attribute, ast.Load,
)  # fmt: skip
_KNOWN = {
    "datetime": ("datetime", ""), "date": ("datetime", "date"), "timedelta": ("datetime", ""),
    "timezone": ("datetime", "timezone"), "Decimal": ("decimal", "Decimal"),
    "Fraction": ("fractions", "Fraction"), "UUID": ("uuid", "UUID"), "nan": ("math", "nan"),
    "inf": ("math", "inf"), "deque": ("collections", "deque"),
    "Counter": ("collections", "Counter"),
    "OrderedDict": ("collections", "OrderedDict"), "ZoneInfo": ("zoneinfo", "ZoneInfo"),
    "IPv4Address": ("ipaddress", "IPv4Address"), "IPv6Address": ("ipaddress", "IPv6Address"),
    "PosixPath": ("pathlib", "PosixPath"), "Path": ("pathlib", "Path"),
}  # fmt: skip
_BUILTINS = frozenset({"set", "frozenset", "dict", "list", "tuple", "bytearray", "range", "slice",
                       "complex", "float", "int", "bytes", "str", "bool"})  # fmt: skip

_REPLAYED = (
    ", and Hypothesis tries them first as long as its example database (`.hypothesis/examples`) "
    "keeps them"
)


class _Unwritable(Exception):
    """A value that no source text makes."""


@dataclass(frozen=True, slots=True)
class _Test:
    """A test's decorators, the line behind `@given`, and how that is spelled."""

    decorators: tuple[str, ...]
    place: int
    indent: int
    spelled: str


def pinned(
    snapshot: Snapshot, path: str, name: str, counterexample: Counterexample
) -> tuple[Edit, ...] | Refusal:
    raw = snapshot.tree.read(path)
    content, fault = decode(raw or b"")
    tree, file = parsed(content), read(content)
    if raw is None or fault is not None or tree is None or file is None:
        return Refusal(f"`{path}` cannot be read as Python")
    source = sources.read(path, raw)
    known = source.test(name) if source else None
    if known is not None and known.method == "state-machine":
        return Refusal(f"{STEPS}{_REPLAYED}")
    test = _test(tree, name, content)
    if isinstance(test, Refusal):
        return test
    if not counterexample.values:
        return Refusal("the counterexample is not a call whose arguments can be read")
    names = Names(file.bound)
    try:
        values = _values(counterexample, names, file, Code(snapshot.tree, path))
    except _Unwritable as unwritable:
        return Refusal(f"{unwritable} cannot be written as source text")
    return _edits(path, file, test, names, values)


def _edits(
    path: str, file: TestFile, test: _Test, names: Names, values: tuple[tuple[str, Expression], ...]
) -> tuple[Edit, ...] | Refusal:
    spelled = test.spelled
    if "." not in spelled:
        spelled = names.use("hypothesis", "example")
    else:
        spelled = f"{spelled.rpartition('.')[0]}.example"
    call = "@" + layout(Call(spelled, (), values), test.indent, 1)
    if any(_same(call, decorator) for decorator in test.decorators):
        return Refusal(PINNED)
    end = file.text.line_end
    line = " " * test.indent + call.replace("\n", end) + end
    at = file.text.range(test.place, test.place)
    heads = merged(file, names.added, frozenset())
    return (*(Edit(path, file.text.range(a, b), new) for a, b, new in heads), Edit(path, at, line))


def _same(one: str, other: str) -> bool:
    """Equal but for layout."""
    try:
        return ast.dump(ast.parse(one[1:])) == ast.dump(ast.parse(other.lstrip("@ \t")))
    except (SyntaxError, ValueError, RecursionError):
        return False


def _values(
    counterexample: Counterexample, names: Names, file: TestFile, code: Code
) -> tuple[tuple[str, Expression], ...]:
    values = counterexample.values or {}
    return tuple((name, _value(text, names, file, code)) for name, text in values.items())


def _value(text: str, names: Names, file: TestFile, code: Code) -> str:
    """The value with the names that the file has for what it is made of."""
    try:
        tree = ast.parse(text.strip(), mode="eval")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise _Unwritable(f"`{text}`") from None
    if not all(isinstance(node, _ALLOWED) for node in ast.walk(tree)):
        raise _Unwritable(f"`{text}`")
    renamed = _Renamed(names, file, code)
    made = ast.unparse(renamed.visit(tree))
    plain = made == ast.unparse(ast.parse(text.strip(), mode="eval"))
    return text.strip() if plain and "\n" not in text.strip() else made


class _Renamed(ast.NodeTransformer):
    """Finds where each name can be imported from."""

    def __init__(self, names: Names, file: TestFile, code: Code) -> None:
        self._names, self._file, self._code = names, file, code

    def visit_Name(self, node: ast.Name) -> ast.AST:
        return ast.Name(self._found(node.id))

    def visit_Call(self, node: ast.Call) -> ast.AST:
        if not isinstance(node.func, ast.Name | ast.Attribute):
            raise _Unwritable(f"`{ast.unparse(node)}`")
        return self.generic_visit(node)

    def _found(self, name: str) -> str:
        if name in _BUILTINS or name in self._file.bound:
            return name
        if name in _KNOWN:
            return self._names.use(*_KNOWN[name])
        for statement in self._file.imports:
            for item in statement.imports:
                module = item.module if item.name else item.full_name
                if self._code.definition(f"{module}.{name}"):
                    return self._names.use(module, name)
        raise _Unwritable(f"`{name}`")


def _test(tree: Parsed, name: str, content: str) -> _Test | Refusal:
    node = _named(tree, tree.root, name.split("::"))
    if node is None:
        return Refusal(f"there is no test `{name}`")
    decorators = [child for child in node.children if child.type == "decorator"]
    given = [d for d in decorators if _function(tree, d).rpartition(".")[2] == "given"]
    if not given:
        return Refusal(f"`{name}` draws no values: an example is for a test with `@given`")
    end = tree.offset(given[0].end_byte)
    line_end = content.find("\n", end)
    sources = tuple(tree.source(decorator) for decorator in decorators)
    place = line_end + 1 if line_end >= 0 else len(content)
    return _Test(sources, place, node.start_point[1], _function(tree, given[0]))


def _function(tree: Parsed, decorator: Node) -> str:
    return tree.source(decorator).lstrip("@ \t").partition("(")[0].strip()


def _named(tree: Parsed, scope: Node, parts: list[str]) -> Node | None:
    """The last definition of a name: its decorated form, where it has one."""
    found = None
    for child in scope.children:
        inner = child.child_by_field_name("definition") or child
        label = inner.child_by_field_name("name") if inner.type.endswith("_definition") else None
        if label is not None and tree.source(label) == parts[0]:
            found = child
    if found is None or len(parts) == 1:
        return found
    body = (found.child_by_field_name("definition") or found).child_by_field_name("body")
    return _named(tree, body, parts[1:]) if body else None
