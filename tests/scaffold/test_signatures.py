"""Whatever types a function takes, its scaffold is Python, and its strategies draw such values."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from adr_lsp.scaffold.python.shapes import SHAPES
from scaffold.cases import activated, write
from scaffold.memory import Files, written
from scaffold.pytest_run import run

ADR = "docs/adr/0001-types.md"
TEST = "tests/test_types.py"
PRELUDE = """\
from __future__ import annotations

import collections
import datetime as dt
import enum
import typing as t
from collections import OrderedDict, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import KW_ONLY, InitVar, dataclass, field
from datetime import date, time, timedelta
from decimal import Decimal
from fractions import Fraction
from ipaddress import IPv4Address
from pathlib import PurePosixPath
from typing import (
    Annotated, Any, ClassVar, Final, Generic, Literal, NamedTuple, NewType, NotRequired, Optional,
    TypedDict, TypeVar, Union,
)
from uuid import UUID

UserId = NewType("UserId", int)
T = TypeVar("T")
B = TypeVar("B", bound=str)
Pairs = dict[str, "Point"]
Alias: t.TypeAlias = "list[Leaf]"


class Colour(enum.Enum):
    RED = 1
    BLUE = 2


class Level(enum.IntEnum):
    LOW = 1


class Point(NamedTuple):
    x: int
    y: Fraction = Fraction(0)


class Options(TypedDict, total=False):
    name: t.Required[str]
    size: int


class More(Options):
    extra: NotRequired[bytes]
    kind: Literal["a", 'b"c', None, 3]


@dataclass(frozen=True)
class Leaf:
    count: ClassVar[int] = 0
    date: date
    id: UserId
    tag: Optional[str] = None
    seed: InitVar[int] = 0
    hidden: int = field(default=3, init=False)

    def __post_init__(self, seed: int) -> None:
        self.__dict__["spare"] = seed


@dataclass(frozen=True)
class Branch(Leaf):
    _: KW_ONLY
    leaves: tuple[Leaf, ...] = ()
    next: Branch | None = None


class Plain:
    def __init__(self, a: int, *more: str, b: "Leaf", c: float = 1.5, **rest: object) -> None:
        self.a = a


class Empty:
    pass


class Outer:
    class Inner(enum.Enum):
        ONE = "one"


class Box(Generic[T]):
    def __init__(self, inside: int) -> None:
        self.inside = inside
"""
ATOMS = [
    "int",
    "str",
    "bool",
    "float",
    "bytes",
    "None",
    "complex",
    "bytearray",
    "object",
    "Any",
    "Decimal",
    "Fraction",
    "date",
    "time",
    "timedelta",
    "dt.datetime",
    "dt.date",
    "UUID",
    "IPv4Address",
    "UserId",
    "Colour",
    "Level",
    "Point",
    "Options",
    "More",
    "Leaf",
    "Branch",
    "Plain",
    "Empty",
    "Outer.Inner",
    "Pairs",
    "Alias",
    "T",
    "B",
    "Box[int]",
    "'Leaf'",
    "PurePosixPath",
    "t.Text",
    "list",
    "dict",
    "type[Leaf]",
    "Literal['x','y']",
    "Literal[1,None,True]",
    "Literal[b'z']",
    "Final[int]",
    "range",
    "Callable[[int,str],bool]",
    "Callable[...,None]",
    "dt.tzinfo",
    "t.Hashable",
    "slice",
]
HASHABLE = st.sampled_from(
    ["int", "str", "bool", "bytes", "None", "Fraction", "date", "UUID", "Colour", "UserId", "Leaf"]
)


def _wider(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    one = st.sampled_from(
        ["list[{}]", "Sequence[{}]", "Optional[{}]", "tuple[{}, ...]", "deque[{}]", "Iterator[{}]",
         "Annotated[{}, 'why']", "t.List[{}]", "Iterable[{}]", "{} | None", "None | {}",
         "Mapping[str, {}]", "OrderedDict[int, {}]", "collections.defaultdict[int, {}]"]
    )  # fmt: skip
    keyed = st.sampled_from(
        ["set[{}]", "frozenset[{}]", "t.Set[{}]", "dict[{}, int]", "collections.Counter[{}]"]
    )
    two = st.sampled_from(["tuple[{}, {}]", "Union[{}, {}]", "dict[str, tuple[{}, {}]]"])
    return (
        st.builds(str.format, one, inner)
        | st.builds(str.format, keyed, HASHABLE)
        | st.builds(str.format, two, inner, inner)
    )


TYPES = st.recursive(st.sampled_from(ATOMS), _wider, max_leaves=4)
NAMES = st.sampled_from(
    ["value", "st", "given", "self_", "pytest", "data", "list", "input", "_x", "id", "Leaf", "f0x"]
)
KINDS = st.sampled_from(["function", "function", "async", "method", "class method"])


@st.composite
def definitions(draw: st.DrawFn, name: str) -> tuple[str, str]:
    """A function or a method of the given name, and its `Target:`."""
    count = draw(st.integers(0, 3))
    names = draw(st.lists(NAMES, min_size=count, max_size=count, unique=True))
    hints = [draw(TYPES) for _ in names]
    parameters = [f"{n}: {hint}" for n, hint in zip(names, hints, strict=True)]
    if count > 1 and draw(st.booleans()):
        parameters.insert(draw(st.integers(0, count - 1)), "*")
    inside = ", ".join(parameters)
    kind = draw(KINDS)
    if kind == "method":
        text = f"class C{name}(Leaf):\n    def {name}(self, {inside}) -> Leaf: return self\n"
        return text, f"C{name}.{name}"
    if kind == "class method":
        text = (
            f"class C{name}:\n    @classmethod\n    def {name}(cls, {inside}) -> str: return ''\n"
        )
        return text, f"C{name}.{name}"
    lead = "async " if kind == "async" else ""
    return f"{lead}def {name}({inside}) -> {draw(TYPES)}: return []  # type: ignore\n", name


def project(parts: list[tuple[str, str]], pattern: str) -> Files:
    invariants = [
        f"- **INV-{number}** *({pattern})*: Function {name.rpartition('.')[2]} answers.\n"
        f"  - Target: `kinds.shapes:{name}`"
        for number, (_, name) in enumerate(parts, 1)
    ]
    code = PRELUDE + "\n\n" + "\n\n".join(text for text, _ in parts)
    adr = "# 1. Types\n\n## Invariants\n\n" + "\n".join(invariants) + "\n"
    return {ADR: adr, "kinds/__init__.py": "", "kinds/shapes.py": code}


PATTERNS = st.sampled_from(sorted(SHAPES))


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, phases=[Phase.generate])
@given(definitions("f0x"), PATTERNS)
def test_any_signature_gives_python(part: tuple[str, str], pattern: str) -> None:
    test = written(project([part], pattern))[TEST]
    compile(test, TEST, "exec")
    imported = [
        alias.asname or alias.name
        for node in ast.parse(test).body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    ]
    assert len(imported) == len(set(imported))


COUNT = 24


@settings(max_examples=2, derandomize=True, deadline=None, database=None, phases=[Phase.generate])
@given(st.tuples(*(definitions(f"f{n}x") for n in range(COUNT))))
def test_strategies_draw_what_the_functions_take(
    tmp_path_factory: pytest.TempPathFactory, parts: tuple[tuple[str, str], ...]
) -> None:
    files = project(list(parts), "total")
    for number in range(COUNT):
        files = written(files, f"INV-{number + 1}")
    test = activated(files[TEST], "").replace('raise NotImplementedError("', 'assert ("')
    root: Path = tmp_path_factory.mktemp("types")
    write(root, {**files, TEST: test})
    said = run(root, examples=8)
    assert len(said) == COUNT
    bad = {name: outcome.text for name, outcome in said.items() if outcome.kind != "passed"}
    assert not bad, "\n\n".join(bad.values())


def check(annotation: str, expected: str) -> None:
    """The strategy of a parameter, without its imports."""
    files = project([(f"def f0x(value: {annotation}) -> None: ...\n", "f0x")], "total")
    test = ast.parse(written(files)[TEST])
    (function,) = [node for node in test.body if isinstance(node, ast.FunctionDef)]
    given_call = function.decorator_list[-1]
    assert isinstance(given_call, ast.Call)
    assert ast.unparse(given_call.keywords[0].value) == expected


@pytest.mark.parametrize(
    ("annotation", "expected"),
    [
        ("None | int", "st.integers() | st.sampled_from([-1, 0, 1]) | st.none()"),
        ("Optional[str]", "st.text() | st.none()"),
        ("Union[None, str, bytes]", "st.text() | st.binary() | st.none()"),
        ("Literal[None, 'x']", "st.sampled_from(['x', None])"),
        ("Colour", "st.sampled_from(Colour)"),
        ("UserId", "st.integers() | st.sampled_from([-1, 0, 1])"),
        ("Annotated[str, 'why']", "st.text()"),
        ("'Point'", "st.builds(Point, x=st.integers() | st.sampled_from([-1, 0, 1]), "
         "y=st.fractions())"),
        ("Options", "st.fixed_dictionaries({'name': st.text()}, optional={'size': "
         "st.integers() | st.sampled_from([-1, 0, 1])})"),
        ("tuple[str, ...]", "st.lists(st.text()).map(tuple)"),
        ("tuple[str, bool]", "st.tuples(st.text(), st.booleans())"),
        ("frozenset[str]", "st.frozensets(st.text())"),
        ("Leaf", "st.builds(Leaf, date=st.dates(), id=st.integers() | "
         "st.sampled_from([-1, 0, 1]), tag=st.text() | st.none(), "
         "seed=st.integers() | st.sampled_from([-1, 0, 1]))"),
        ("PurePosixPath", "st.from_type(PurePosixPath)"),
        ("Nonsense", "st.nothing()"),
    ],
)  # fmt: skip
def test_types_by_their_strategies(annotation: str, expected: str) -> None:
    check(annotation, expected)


def test_boundaries_are_those_of_the_statement_too() -> None:
    invariant = "- **INV-1** *(bounds)*: At most 40 fit.\n  - Target: `room:fit`"
    files = {ADR: f"# 1. Room\n\n## Invariants\n\n{invariant}\n",
             "room.py": "def fit(count: int) -> int: return min(count, 40)\n"}  # fmt: skip
    test = written(files)["tests/test_types.py"]
    assert "st.sampled_from([-1, 0, 1, 39, 40, 41])" in test
