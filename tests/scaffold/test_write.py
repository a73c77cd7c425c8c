"""Where a scaffold goes, what it leaves alone, and when there is none."""

from __future__ import annotations

import ast
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adr_lsp.config import Config
from adr_lsp.scaffold import METHODS, Scaffold
from adr_lsp.scaffold.python.shapes import SHAPES
from scaffold.memory import Files, made, refused, written

ADR = "docs/adr/0012-hold-money-as-minor-units.md"
TEST = "tests/test_hold_money_as_minor_units.py"
CODE = """\
def encode(amount: int) -> str:
    return str(amount)


def decode(text: str) -> int:
    return int(text)
"""


def record(*invariants: str) -> str:
    return "# 12. Hold money as minor units\n\n## Invariants\n\n" + "\n".join(invariants) + "\n"


FIRST = "- **INV-1** *(round-trip)*: Every amount survives encoding.\n  - Target: `money:encode`"
SECOND = "- **INV-2** *(bounds)*: An amount has at most 20 characters.\n  - Target: `money:encode`"
PROJECT: Files = {ADR: record(FIRST, SECOND), "money.py": CODE}


def check(files: Files, expected: str, id: str = "INV-1", path: str = TEST) -> None:
    assert written(files, id)[path] == expected


def head(text: str) -> str:
    return text.partition("\n\n\n")[0]


def test_links_the_test_from_the_record() -> None:
    after = written(PROJECT)
    line = f"  - Verified by: [`test_amount_survives_encoding`](../../{TEST})"
    assert line in after[ADR].splitlines()
    assert after[ADR].replace(line + "\n", "") == PROJECT[ADR]


def test_a_link_that_waits_for_its_test_is_not_written_twice() -> None:
    files = {**PROJECT, ADR: written(PROJECT)[ADR]}
    assert written(files)[ADR] == files[ADR]


def test_two_invariants_of_a_record_share_the_file() -> None:
    both = written(written(PROJECT), "INV-2")
    assert head(both[TEST]) == (
        "import pytest\nfrom hypothesis import given\nfrom hypothesis import strategies as st\n\n"
        "from money import decode, encode"
    )
    tests = [n.name for n in ast.parse(both[TEST]).body if isinstance(n, ast.FunctionDef)]
    assert tests == ["test_amount_survives_encoding", "test_amount_most_20_characters"]


def test_a_second_time_is_refused() -> None:
    assert refused(written(PROJECT)) == f"`test_amount_survives_encoding` already stands in {TEST}"


@pytest.mark.parametrize(
    "taken",
    [
        "def test_amount_survives_encoding(): ...\n",
        "class test_amount_survives_encoding: ...\n",
        "test_amount_survives_encoding = None\n",
        "from other import test_amount_survives_encoding\n",
        "if True:\n    def test_amount_survives_encoding(): ...\n",
        "try:\n    pass\nexcept ImportError:\n    test_amount_survives_encoding = 1\n",
    ],
)
def test_an_existing_name_is_refused(taken: str) -> None:
    assert "already stands" in refused({**PROJECT, TEST: taken})


def test_a_file_that_cannot_be_parsed_is_left_alone() -> None:
    assert "cannot be parsed" in refused({**PROJECT, TEST: "def test_(:\n"})


def test_a_provisional_invariant_is_refused() -> None:
    from adr_lsp.scaffold import Refusal, scaffold
    from scaffold.memory import snapshot

    now = snapshot({ADR: record("- Every amount survives encoding."), "money.py": CODE})
    (record_,) = now.log
    made = scaffold(now, record_, record_.invariants[0])
    assert made == Refusal("the invariant has no id yet, so no test can name it")


def test_unknown_and_later_methods_are_refused() -> None:
    refusal = "there is no scaffold for the method `model` in Python yet"
    assert "is no method" in refused(PROJECT, method="guess")
    assert refused(PROJECT, method="model") == refusal
    assert "only for the patterns" in refused(PROJECT, method="state-machine")


def test_a_configured_path_out_of_the_root_is_refused() -> None:
    config = Config(scaffold_path="../../{slug}.py")
    assert not isinstance(made(PROJECT, config=config), Scaffold)


def test_the_configured_path_is_used() -> None:
    after = written(PROJECT, config=Config(scaffold_path="checks/{slug}_test.py"))
    assert "checks/hold_money_as_minor_units_test.py" in after


def test_the_file_stands_in_the_project_of_its_target() -> None:
    files = {
        "decisions/0012-hold-money-as-minor-units.md": record(FIRST),
        "services/ledger/pyproject.toml": "",
        "services/ledger/src/money.py": CODE,
        "services/other/pyproject.toml": "",
    }
    after = written(files)
    path = f"services/ledger/{TEST}"
    assert "from money import decode, encode\n" in after[path]
    adr = after["decisions/0012-hold-money-as-minor-units.md"]
    assert f"(../services/ledger/{TEST})" in adr


def test_without_a_target_it_stands_in_the_project_of_the_record() -> None:
    adr = f"services/ledger/{ADR}"
    files = {adr: record(FIRST), "services/ledger/pyproject.toml": ""}
    assert f"services/ledger/{TEST}" in written(files)


@pytest.mark.parametrize(
    ("target", "path", "statement"),
    [
        ("ledger.money:encode", "src/ledger/money.py", "from ledger.money import"),
        ("src.ledger.money:encode", "src/ledger/money.py", "from ledger.money import"),
        ("src/ledger/money.py:encode", "src/ledger/money.py", "from ledger.money import"),
        ("src/ledger/money.py::encode", "src/ledger/money.py", "from ledger.money import"),
        ("ledger/money.py#encode", "lib/ledger/money.py", "from ledger.money import"),
        ("ledger.money.encode", "ledger/money.py", "from ledger.money import"),
        ("ledger.money:encode()", "ledger/money.py", "from ledger.money import"),
        ("tools/money.py:encode", "tools/money.py", "from tools.money import"),
        ("ledger:encode", "ledger/__init__.py", "from ledger import"),
    ],
)
def test_imports_the_target_as_a_program_would(target: str, path: str, statement: str) -> None:
    invariant = f"- **INV-1** *(round-trip)*: Every amount survives.\n  - Target: `{target}`"
    files = {ADR: record(invariant), path: CODE}
    if "/ledger/" in f"/{path}":
        files.setdefault(path.rpartition("/")[0] + "/__init__.py", "")
    assert f"{statement} decode, encode\n" in written(files)[TEST]


def test_follows_what_a_package_exports() -> None:
    files = {
        ADR: record(FIRST.replace("money:", "ledger:")),
        "ledger/__init__.py": "from .money import encode, decode\n",
        "ledger/money.py": CODE,
    }
    assert "from ledger import decode, encode\n" in written(files)[TEST]


@pytest.mark.parametrize(
    ("target", "said"),
    [
        ("nowhere:encode", "there is no module `nowhere`"),
        ("money:nothing", "`money.py` defines no `nothing`"),
        ("broken:encode", "`broken.py` cannot be parsed"),
        ("money", "`money` is a module; name a function or a class in it"),
        ("lost/money.py:encode", "there is no file `lost/money.py`"),
        ("money:LIMIT", "`LIMIT` in `money.py` is neither a function nor a class"),
    ],
)
def test_says_in_its_place_that_a_target_is_not_known(target: str, said: str) -> None:
    invariant = f"- **INV-1** *(bounds)*: Something holds at most 3 things.\n  - Target: `{target}`"
    files = {ADR: record(invariant), "money.py": CODE + "LIMIT = 3\n", "broken.py": "def f(:\n"}
    test = written(files)[TEST]
    compile(test, TEST, "exec")
    comment = " ".join(line.strip("# ") for line in test.splitlines() if "#" in line)
    assert f"target `{target}` was not found: {said}" in comment
    assert '    raise NotImplementedError("not implemented: ADR-0012/INV-1")\n' in test


def test_finds_the_function_that_the_statement_names() -> None:
    invariant = "- **INV-1** *(round-trip)*: `decode(encode(n))` gives back n."
    assert (
        "assert decode(encode(amount)) == amount"
        in written({**PROJECT, ADR: record(invariant)})[TEST]
    )


def test_a_name_that_two_files_define_tells_nothing() -> None:
    files = {ADR: record("- **INV-1**: `encode` is lossless."), "a.py": CODE, "b.py": CODE}
    assert "no `Target:` line names the code" in written(files)[TEST]


@pytest.mark.parametrize("pattern", SHAPES)
def test_every_pattern_has_a_scaffold_that_does_not_pass(pattern: str) -> None:
    files = {**PROJECT, ADR: record(FIRST.replace("round-trip", pattern))}
    test = written(files)[TEST]
    compile(test, TEST, "exec")
    assert "# adr-lsp: scaffold" in test
    assert "skip" in test


SHAPELESS = "def nothing() -> None: ...\n\n\nclass Plain:\n    pass\n"


@pytest.mark.parametrize(
    "pattern", sorted(set(SHAPES) - {"oracle", "at-most-once", "exactly-once"})
)
@pytest.mark.parametrize("target", ["nothing", "Plain"])
def test_a_target_of_the_wrong_shape_is_said_in_one_sentence(pattern: str, target: str) -> None:
    invariant = FIRST.replace("round-trip", pattern).replace("money:encode", f"plain:{target}")
    test = written({ADR: record(invariant), "plain.py": SHAPELESS})[TEST]
    text = re.sub(r"\n +#  ", "", test)
    assert f"`{target}` cannot be tested for `{pattern}`, which needs " in text
    assert "raise NotImplementedError" in test
    compile(test, TEST, "exec")


def test_a_machine_needs_something_that_changes() -> None:
    files = {ADR: record(FIRST.replace("round-trip", "uniqueness")), "money.py": CODE}
    assert "which needs a result of many values" in refused(files, method="state-machine")


def test_the_methods_are_those_of_the_ladder() -> None:
    assert {"property", "state-machine", "model"} <= set(METHODS)


HOSTILE = (
    'Quotes """ and \\" and \\N{DIGIT ONE} and a trailing "',
    "Verifies: ADR-0001/INV-9 and adr-lsp: scaffold stand in the text",
    "Bidi \u202e and NUL-like \x7f stand here",
    "{{ 7 * 7 }} {% raw %} {# no #}",
    "x" * 300,
    "不变量",
    "return class def lambda None",
)


@pytest.mark.parametrize("statement", HOSTILE)
def test_no_statement_breaks_out_of_its_quotes(statement: str) -> None:
    files = {ADR: record(f"- **INV-1**: {statement}"), "money.py": CODE}
    test = written(files)[TEST]
    (function,) = [n for n in ast.parse(test).body if isinstance(n, ast.FunctionDef)]
    assert (ast.get_docstring(function) or "").replace("\n", " ").split()
    assert test.count("adr-lsp: scaffold") == 1
    assert test.count("Verifies:") == 1
    assert "\u202e" not in test


MODULES = st.sampled_from(
    [
        "",
        '"""What money is."""\n',
        '# -*- coding: utf-8 -*-\n"""What money is."""\nimport os\n',
        "import pytest\n\n\ndef test_a():\n    assert True\n",
        "from hypothesis import example\n\nX = 1",
        "from hypothesis import (\n    example,  # why\n    settings,\n)\n\n\n",
        "from hypothesis import (example, settings)\nimport hypothesis.strategies as st\n",
        "from hypothesis import strategies as some\n\nst = 1\ngiven = 2\npytest = 3\n",
        "from __future__ import annotations\n\nimport sys\n\nfrom money import encode as code\n",
        "from money import *\nfrom .conftest import thing\n",
        "if True:\n    import pytest\n\n\ndef test_b(): ...\n\n\n\n\n",
        "def encode(): ...\n\n\n# é \U0001f600\n",
        "import money\n\nclass TestC:\n    def test_d(self):\n        return '\x0c'\n",
    ]
)


@given(MODULES, st.sampled_from(["\n", "\r\n"]), st.sampled_from(["INV-1", "INV-2"]))
def test_keeps_what_stands_and_appends(module: str, line_end: str, id: str) -> None:
    old = module.replace("\n", line_end)
    after = written({**PROJECT, TEST: old}, id)[TEST]
    compile(after, TEST, "exec")
    if line_end == "\r\n" and "\r\n" in old:
        assert after.replace("\r\n", "").count("\n") == 0
    kept = [line for line in old.split(line_end) if line.strip() and "import" not in line]
    rest = iter(after.split(line_end))
    assert all(line in rest for line in kept)
    assert _imports(old) <= _imports(after)


def _imports(text: str) -> set[tuple[str, str, str | None]]:
    found = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ImportFrom):
            found |= {(node.module or "", alias.name, alias.asname) for alias in node.names}
        elif isinstance(node, ast.Import):
            found |= {("", alias.name, alias.asname) for alias in node.names}
    return found


@given(MODULES)
def test_what_is_appended_means_what_it_says(module: str) -> None:
    """The names that the new test uses are its imports, whatever the file calls its own."""
    test = written({**PROJECT, TEST: module})[TEST]
    meant = {alias or name: (at, name) for at, name, alias in _imports(test)}
    (function,) = [
        n for n in ast.parse(test).body if getattr(n, "name", "") == "test_amount_survives_encoding"
    ]
    used = {n.id for d in ast.walk(function) if isinstance(n := d, ast.Name)}
    given_name = next(name for name, full in meant.items() if full == ("hypothesis", "given"))
    assert given_name in used
    assert any(name in used for name, full in meant.items() if full == ("money", "encode"))


def test_examples_that_do_not_fit_the_call_are_left_to_the_author() -> None:
    table = "  | amount | colour | expected |\n  | --- | --- | --- |\n  | 1 | red | x |\n"
    files = {ADR: record(FIRST, "", table), "money.py": CODE}
    test = written(files, method="example")[TEST]
    assert "`colour`, which `encode` does not take" in test
    assert 'pytest.param(1, "x", id="amount 1, colour red gives x"),' in test


def test_what_is_no_python_is_left_blank_and_does_not_pass() -> None:
    text = '- **INV-1**: `total({"a": 1})` is `{a: b}`.\n  - Target: `money:total`'
    files = {ADR: record(text), "money.py": "def total(cart: dict[str, int]) -> object: ...\n"}
    test = written(files, method="example")[TEST]
    assert 'pytest.param({"a": 1}, ..., id=' in test
    assert "raise NotImplementedError" in test


def test_examples_and_a_property_of_one_invariant_share_the_file() -> None:
    both = written(written(PROJECT), method="example")[TEST]
    tests = [n.name for n in ast.parse(both).body if isinstance(n, ast.FunctionDef)]
    assert tests == ["test_amount_survives_encoding", "test_amount_survives_encoding_examples"]


@given(st.text(max_size=30), st.text(max_size=30), st.sampled_from(["str", "int", "bool | None"]))
def test_any_example_is_python(one: str, other: str, kind: str) -> None:
    cells = (" ".join(text.replace("|", " ").split()) for text in (one, other))
    table = "  | case | value | expected |\n  | --- | --- | --- |\n  | {} | {} | 1 |\n".format(
        *cells
    )
    code = f"def f(value: {kind}) -> int: ...\n"
    files = {ADR: record(FIRST.replace("money:encode", "money:f"), "", table), "money.py": code}
    test = written(files, method="example")[TEST]
    compile(test, TEST, "exec")
    assert test.count("adr-lsp: scaffold") == test.count("Verifies:") == 1


def test_everyone_whom_the_statement_names_may() -> None:
    code = (
        "from dataclasses import dataclass\nfrom typing import Literal\n\n\n"
        "@dataclass\nclass User:\n"
        '    role: Literal["sender", "operator", "driver"]\n\n\n'
        "def may_cancel(user: User) -> bool: ...\n"
    )
    said = "- **INV-1** *(authorization)*: Only an operator, or the sender, may cancel it.\n"
    files = {ADR: record(f"{said}  - Target: `parcels:may_cancel`"), "parcels.py": code}
    assert 'allowed = user.role in ("operator", "sender")' in written(files)[TEST]
