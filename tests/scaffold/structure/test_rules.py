"""Where a rule is written, what stands beside it, and when there is none."""

from __future__ import annotations

import configparser
import json
import tomllib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adr_lsp import sources
from adr_lsp.scaffold import Scaffold
from adr_lsp.sources.static import NAMES
from scaffold.memory import Files, edited, made, refused

ADR = "docs/adr/0012-parts.md"
PYTHON: Files = {"shop/__init__.py": "", "shop/cart.py": "", "shop/pay.py": ""}
SCRIPTS: Files = {"package.json": "{}", "src/cart.js": "", "src/pay/index.js": ""}


def record(text: str) -> Files:
    return {ADR: f"# 12. Parts\n\n## Invariants\n\n- **INV-1** *(structure)*: {text}\n"}


def written(files: Files, text: str) -> Files:
    scaffold = made({**files, **record(text)}, method="static")
    assert isinstance(scaffold, Scaffold), scaffold
    return edited({**files, **record(text)}, scaffold.edits)


def contracts(pyproject: str) -> list[dict[str, object]]:
    found: list[dict[str, object]] = tomllib.loads(pyproject)["tool"]["importlinter"]["contracts"]
    return found


def test_a_contract_goes_behind_those_that_stand() -> None:
    old = '[tool.importlinter]\nroot_package = "shop"\n\n[[tool.importlinter.contracts]]\n' + (
        'name = "first"\ntype = "layers"\nlayers = ["shop.pay"]\n\n[tool.other]\na = 1\n'
    )
    new = written({**PYTHON, "pyproject.toml": old}, "`cart` never imports `pay`.")
    assert new["pyproject.toml"].startswith(old.rstrip("\n"))
    assert contracts(new["pyproject.toml"])[1] == {
        "id": "cart-never-imports-pay",
        "name": "cart never imports pay",
        "type": "forbidden",
        "source_modules": ["shop.cart"],
        "forbidden_modules": ["shop.pay"],
    }
    assert "  - Verified by: [`cart never imports pay`](../../pyproject.toml)" in new[ADR]


def test_others_packages_are_asked_for_in_the_settings() -> None:
    old = '[tool.importlinter]\nroot_package = "shop"\n'
    new = written({**PYTHON, "pyproject.toml": old}, "`cart` never imports `requests.api`.")
    assert tomllib.loads(new["pyproject.toml"])["tool"]["importlinter"]["include_external_packages"]
    assert contracts(new["pyproject.toml"])[0]["forbidden_modules"] == ["requests"]


def test_a_project_that_has_an_ini_keeps_it() -> None:
    old = "[importlinter]\nroot_package = shop\n"
    files = {**PYTHON, "pyproject.toml": "", ".importlinter": old}
    parser = configparser.ConfigParser()
    parser.read_string(written(files, "Layers are `cart` > `pay`.")[".importlinter"])
    section = parser["importlinter:contract:layers-cart-pay"]
    assert section["type"] == "layers"
    assert section["layers"].split() == ["shop.cart", "shop.pay"]


@pytest.mark.parametrize(
    "old",
    [
        "{}",
        '{"options": {}}',
        '{"forbidden": []}',
        '{\n  "forbidden": [\n    {"name": "a", "from": {}, "to": {"circular": true}}\n  ],\n'
        '  "options": {"doNotFollow": {"path": ["]", "}"]}}\n}\n',
        '{"allowed": [{"from": {}, "to": {}}], "forbidden": [ ] }',
    ],
)
def test_a_rule_goes_into_the_list_that_stands(old: str) -> None:
    path = ".dependency-cruiser.json"
    new = json.loads(written({**SCRIPTS, path: old}, "`cart` never imports `pay`.")[path])
    before = json.loads(old)
    assert new["forbidden"][:-1] == before.get("forbidden", [])
    assert new["forbidden"][-1]["from"] == {"path": "^src/cart\\.js$"}
    assert new["forbidden"][-1]["to"] == {"path": "^src/pay/"}
    assert {k: v for k, v in new.items() if k != "forbidden"} == {
        k: v for k, v in before.items() if k != "forbidden"
    }


def test_a_configuration_in_code_is_extended_not_edited() -> None:
    files = {**SCRIPTS, ".dependency-cruiser.cjs": "module.exports = {};\n"}
    once = written(files, "`cart` never imports `pay`.")
    assert once[".dependency-cruiser.cjs"] == "module.exports = {};\n"
    assert (
        json.loads(once[".dependency-cruiser.adr.json"])["extends"] == "./.dependency-cruiser.cjs"
    )
    del once[ADR]
    twice = written(once, "Only `cart` may import `pay`.")
    assert len(json.loads(twice[".dependency-cruiser.adr.json"])["forbidden"]) == 2


def test_rules_of_ast_grep_go_where_the_project_has_them() -> None:
    settings = "ruleDirs:\n  - lint/rules\ntestConfigs:\n  - testDir: lint/tests\n"
    new = written({**SCRIPTS, "sgconfig.yml": settings}, "Never call `eval`.")
    assert "  pattern: eval($$$)\n" in new["lint/rules/never-call-eval.yml"]
    assert "lint/tests/never-call-eval-test.yml" in new
    assert "- Verified by: `../../lint/rules/never-call-eval.yml`" in new[ADR]


@pytest.mark.parametrize(
    ("files", "text", "said"),
    [
        (PYTHON, "Modules are small.", "the words give no rule that a tool can check"),
        (PYTHON, "`cart` > `nowhere`.", "there is no one module `nowhere` in the project"),
        (PYTHON, "`lost` never imports `cart`.", "there is no one module `lost` in the project"),
        (SCRIPTS, "`lost` never imports `cart`.", "there is no folder or file `lost`"),
        (PYTHON, "Never call `a b`.", "`a b` is no name of something that can be called"),
        (
            {"Cargo.toml": "", "src/lib.rs": ""},
            "`a` never imports `b`.",
            "make crates of the parts",
        ),
        (
            {**SCRIPTS, ".dependency-cruiser.json": "{"},
            "`cart` never imports `pay`.",
            "cannot be read",
        ),
    ],
)
def test_says_in_one_sentence_why_there_is_none(files: Files, text: str, said: str) -> None:
    assert said in refused({**files, **record(text)}, method="static")


def test_a_second_time_is_refused() -> None:
    new = written({**PYTHON, "pyproject.toml": ""}, "`cart` never imports `pay`.")
    assert "already stands in pyproject.toml" in refused(new, method="static")


def test_a_pattern_of_behaviour_is_no_structure() -> None:
    files = {ADR: record("`a` never imports `b`.")[ADR].replace("structure", "bounds"), **PYTHON}
    assert "no tool reads off its structure" in refused(files, method="static")


@settings(deadline=None)
@given(
    st.sampled_from(NAMES),
    st.binary() | st.text(alphabet='[]{}",:\\#\n=toolimprtneacsINV-1').map(str.encode),
)
def test_any_bytes_are_read(path: str, raw: bytes) -> None:
    for data in (
        raw,
        b"[[tool.importlinter.contracts]]\nname = INV-1 " + raw,
        b'{"a": [{"name": "INV-1' + raw,
    ):
        found = sources.read(path, data)
        assert found is not None
        for test in found.tests:
            sources.definition_digest(path, data, test.name)
            sources.what_changed(path, test.name, lambda _: data, lambda _: b"", {path}, None)  # noqa: B023
