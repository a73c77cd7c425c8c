"""Staleness as properties: layout never matters, and every word of code does."""

from __future__ import annotations

import ast

from hypothesis import given, settings
from hypothesis import strategies as st

from adr_lsp.sources import what_changed
from adr_lsp.sources.code import parse, walk
from adr_lsp.sources.python.shape import shape_of
from sources.project import changes, edited, files_of

FILES = files_of("""
--- app.py
import re
from dataclasses import dataclass, field

RATE, LIMIT = (0.5, 10)
NAMES: dict[str, int] = {"a": 1, **{"b": -2}}

@dataclass(order=True)
class Item(Base, metaclass=Meta):
    size: int = 1
    tags: list[str] = field(default_factory=list)

    @property
    def double(self) -> int:
        return self.size * 2  # ran

    class Inner:
        deep = not True

def load(path, *rest, sep=",", **options):
    with open(path) as file, lock:  # ran
        for number, line in enumerate(file):  # ran
            if number >= LIMIT and not line or line is None:  # ran
                continue  # ran
            elif re.match(r"\\d+", line):  # ran
                yield line[1:number], [x for x in rest if x != sep]  # ran
            else:  # ran
                raise ValueError(f"no {line!r:>{LIMIT}} at" + sep) from None  # ran
    while True:  # ran
        try:  # ran
            total = load(path, *rest, key=lambda v: -v[0])  # ran
            break  # ran
        except (KeyError, OSError) as fault:  # ran
            del options["a"], fault  # ran
        finally:  # ran
            options.update(b=1 if rest else 2)  # ran
    assert (total := 3) == 3, "never"  # ran
    return {"a": total, "b": (1,)}  # ran

async def later(a, /, b=2, *, c: int = 3):
    async with a as x:  # ran
        await x  # ran
    global RATE  # ran
    RATE += 1  # ran
    match a:  # ran
        case [1, Item(size=2)] | None if b:  # ran
            return a[b, c]  # ran

--- test_app.py
from hypothesis import given, strategies as st
from app import later, load
SIZES = st.integers(0, 9)

def sizes(low=1):
    return SIZES.filter(lambda n: n > low)

@given(sizes(low=2), st.text())
def test_app(size, text):
    found = list(load(text))  # ran
    assert found  # ran
    for one in found:  # ran
        assert one[0] == size, "differs"  # ran
    assert len(found) > 1 or later  # ran
""")
TEST = "test_app.py::test_app"
COMMENT = st.text(st.characters(codec="utf-8", exclude_characters="\r\n\x00"), max_size=9)


def boundaries(code: str) -> list[tuple[int, str]]:
    """Where a statement begins, by line, with its indentation."""
    starts = {node.lineno: node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.stmt)}
    lines = code.split("\n")
    return [(n, lines[n - 1][: len(lines[n - 1]) - len(lines[n - 1].lstrip())]) for n in starts]


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_comments_and_blank_lines_change_nothing(data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(sorted(FILES)))
    lines = FILES[path].split("\n")
    places = st.sampled_from(boundaries(FILES[path]))
    for row, indent in sorted(data.draw(st.lists(places, unique=True)), reverse=True):
        comment = f"{indent}# {data.draw(COMMENT)}"
        lines[row - 1 : row - 1] = data.draw(st.sampled_from([[""], [comment], ["", comment, ""]]))
    assert changes(TEST, FILES, FILES | {path: "\n".join(lines)}) == []


def test_another_layout_of_everything_changes_nothing() -> None:
    again = {path: ast.unparse(ast.parse(text)) for path, text in FILES.items()}
    assert again != FILES
    assert changes(TEST, FILES, again) == []
    spread = {
        path: text.replace("\n", "\r\n").replace(", ", " ,\\\r\n  ") for path, text in FILES.items()
    }
    assert changes(TEST, FILES, spread) == []


def with_docstrings(code: str) -> str:
    tree = ast.parse(code)
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            node.body.insert(0, ast.Expr(ast.Constant("Said.\n\nMore.")))
    return ast.unparse(tree)


def test_docstrings_everywhere_change_nothing() -> None:
    told = {path: with_docstrings(text) for path, text in FILES.items()}
    assert changes(TEST, FILES, told) == []
    assert changes(TEST, told, FILES) == []


def leaves(code: str) -> list[tuple[int, int, str]]:
    """Every word of the code, by bytes: names, numbers, texts and signs with a meaning."""
    kinds = ("identifier", "integer", "float", "string_content", "true", "false", "none")
    signs = ("+", "-", "*", "==", "!=", ">=", ">", "and", "or", "not", "if", "in", "+=", "await")
    return [
        (node.start_byte, node.end_byte, node.type)
        for node in walk(parse(code.encode(), "python"))
        if node.type in kinds or (node.type in signs and not node.child_count)
    ]


def test_every_word_of_code_that_counts_changes_something() -> None:
    """Nothing in what runs or is reached escapes the comparison, whatever way it is written."""
    for path, text in FILES.items():
        raw = text.encode()
        for start, end, kind in leaves(text):
            word = "7" if kind in ("integer", "float") else "other"
            new = raw[:start] + word.encode() + raw[end:]
            old = {p: t.encode() for p, t in FILES.items()}
            now = old | {path: new}
            covered = {p: range(1, 99) for p in FILES}
            found = what_changed(*TEST.split("::"), old.get, now.get, frozenset(old), covered)
            assert found, (path, raw[start - 20 : end + 20])


def test_every_assertion_taken_away_changes_the_test() -> None:
    for line in FILES["test_app.py"].split("\n"):
        if line.strip().startswith("assert"):
            gone = edited(FILES, (line, line.replace(line.strip(), "pass")))
            assert "test: test_app() changed" in changes(TEST, FILES, gone)


@given(st.binary() | st.text().map(str.encode))
@settings(deadline=None)
def test_any_bytes_have_a_shape(raw: bytes) -> None:
    shape_of(raw)
    old, new = {"test_a.py": b"def test_a(): assert 1"}, {"test_a.py": raw}
    found = what_changed("test_a.py", "test_a", old.get, new.get, frozenset(old), None)
    assert found or b"test_a" in raw


def test_deep_nesting_has_a_shape() -> None:
    for deep in ("x = " + "(" * 9000, "x = " + "lambda: " * 3000 + "1", "x = " + "f'{" * 500):
        shape_of(deep.encode())
    for deep in ("x = " + "[" * 9000 + "]" * 9000, "x = " + "-" * 9000 + "1", "x" + ".y" * 9000):
        old = {"test_a.py": f"{deep}\ndef test_a(): assert x".encode()}
        new = {"test_a.py": old["test_a.py"].replace(b"assert x", b"assert not x")}
        assert what_changed("test_a.py", "test_a", old.get, new.get, frozenset(old), None)
