"""Where a scaffold in TypeScript goes, what it leaves alone, and when there is none."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adr_lsp.config import Config
from adr_lsp.pattern import PATTERNS
from adr_lsp.scaffold import Scaffold
from adr_lsp.scaffold.typescript.syntax import tree
from scaffold.memory import Files, edited, made, refused

ADR = "docs/adr/0012-hold-money-as-minor-units.md"
NAME = "hold-money-as-minor-units"
TEST = f"tests/{NAME}.test.ts"
VITEST = '{ "type": "module", "devDependencies": { "vitest": "^5", "fast-check": "^4" } }'
CODE = """\
export function encode(amount: number): string {
  return String(amount);
}

export const decode = (text: string): number => Number(text);
"""
OBJECT = """\
export const codec = {
  encode: (n: number): string => `${n}`,
  decode(text: string): number {
    return Number(text);
  },
};
"""
CLASS = """\
export default class Codec {
  constructor(readonly n: number) {}
  toText(): string {
    return `${this.n}`;
  }
  static fromText(text: string): Codec {
    return new Codec(Number(text));
  }
}
"""
JAVASCRIPT = "export const encode = (amount = 1) => `${amount}`;\nexport const decode = Number;\n"


def record(*invariants: str) -> str:
    return "# 12. Hold money as minor units\n\n## Invariants\n\n" + "\n".join(invariants) + "\n"


def about(target: str, pattern: str = "round-trip") -> str:
    statement = "Every amount survives encoding."
    return record(f"- **INV-1** *({pattern})*: {statement}\n  - Target: `{target}`")


PROJECT: Files = {ADR: about("src/money.ts:encode"), "package.json": VITEST, "src/money.ts": CODE}


def scaffolded(files: Files, method: str = "property", config: Config | None = None) -> Scaffold:
    scaffold = made(files, method=method, config=config)
    assert isinstance(scaffold, Scaffold), scaffold
    return scaffold


def test_of(files: Files, method: str = "property", config: Config | None = None) -> str:
    """The test file after the scaffold; it can be parsed."""
    scaffold = scaffolded(files, method, config)
    text = edited(files, scaffold.edits)[scaffold.path]
    assert not tree(scaffold.path, text).has_error, text
    return text


test_of.__test__ = False  # type: ignore[attr-defined]


def test_links_the_record_to_the_test() -> None:
    after = edited(PROJECT, scaffolded(PROJECT).edits)[ADR]
    link = f"  - Verified by: [`Every amount survives encoding`](../../{TEST})\n"
    assert after == PROJECT[ADR] + link


@pytest.mark.parametrize(
    ("files", "path"),
    [
        ({}, TEST),
        ({"test/other.test.ts": ""}, f"test/{NAME}.test.ts"),
        ({"tests/unit/other.spec.ts": ""}, f"tests/{NAME}.spec.ts"),
        ({"src/other.test.ts": ""}, f"src/{NAME}.test.ts"),
        ({"src/a.spec.ts": "", "src/b.spec.ts": "", "test/c.test.ts": ""}, f"src/{NAME}.spec.ts"),
        ({"src/__tests__/other.test.ts": ""}, f"src/__tests__/{NAME}.test.ts"),
        ({"node_modules/x/a.test.js": ""}, TEST),
        ({"e2e/login.spec.ts": ""}, TEST),
    ],
)
def test_stands_where_the_projects_tests_stand(files: Files, path: str) -> None:
    assert scaffolded({**PROJECT, **files}).path == path


def test_stands_below_the_nearest_package() -> None:
    files = {
        ADR: about("packages/shop/src/money.ts:encode"),
        "package.json": "{}",
        "packages/shop/package.json": VITEST,
        "packages/shop/src/money.ts": CODE,
    }
    assert scaffolded(files).path == f"packages/shop/{TEST}"
    assert 'from "../src/money"' in test_of(files)


@pytest.mark.parametrize(
    ("target", "package", "path", "first"),
    [
        ("src/money.ts", VITEST, ".test.ts", 'import fc from "fast-check";'),
        ("src/money.js", VITEST, ".test.js", 'import fc from "fast-check";'),
        ("src/money.mts", VITEST, ".test.mts", 'import fc from "fast-check";'),
        ("src/money.mjs", "{}", ".test.mjs", 'import assert from "node:assert/strict";'),
        (
            "src/money.js",
            '{"type":"module"}',
            ".test.js",
            'import assert from "node:assert/strict";',
        ),
        ("src/money.js", "{}", ".test.mjs", 'import assert from "node:assert/strict";'),
    ],
)
def test_is_written_in_the_targets_language(
    target: str, package: str, path: str, first: str
) -> None:
    code = CODE if target.endswith("ts") else JAVASCRIPT
    files = {ADR: about(f"{target}:encode"), "package.json": package, target: code}
    assert scaffolded(files).path == f"tests/{NAME}{path}"
    assert test_of(files).splitlines()[0] == first


def test_calls_require_where_the_target_does() -> None:
    code = "exports.encode = (n = 0) => `${n}`;\nexports.decode = (text) => Number(text);\n"
    files = {ADR: about("lib/money.js:encode"), "package.json": "{}", "lib/money.js": code}
    test = test_of(files)
    assert 'const { decode, encode } = require("../lib/money");\n' in test
    assert "import " not in test


@pytest.mark.parametrize(
    ("files", "specifier"),
    [
        ({}, "../src/money"),
        ({"tsconfig.json": '{"compilerOptions": {"module": "NodeNext"}}'}, "../src/money.js"),
        (
            {"tsconfig.json": '{"compilerOptions": {"allowImportingTsExtensions": true}}'},
            "../src/money.ts",
        ),
        (
            {
                "tsconfig.json": '{ // why\n "extends": "./base.json", }',
                "base.json": '{"compilerOptions": {"moduleResolution": "node16",}}',
            },
            "../src/money.js",
        ),
        ({"src/other.ts": 'import { encode } from "./money.js";\n'}, "../src/money.js"),
        ({"src/other.ts": 'import { encode } from "./money.ts";\n'}, "../src/money.ts"),
        ({"src/other.ts": 'import x from "./data.json";\n'}, "../src/money"),
        (
            {
                "tsconfig.json": '{"compilerOptions": {"paths": {"@/*": ["./src/*"]}}}',
                "src/other.ts": 'import { encode } from "@/money";\n',
            },
            "@/money",
        ),
        ({"tsconfig.json": '{"compilerOptions": {"paths": {"@/*": ["./src/*"]}}}'}, "../src/money"),
        (
            {
                "tsconfig.json": '{"compilerOptions": {"baseUrl": "src", "paths": {"~/*": ["*"]}}}',
                "tests/other.test.ts": 'import { encode } from "~/money";\n',
            },
            "~/money",
        ),
        (
            {
                "package.json": '{"type": "module", "imports": {"#lib/*": "./src/*"}}',
                "src/other.ts": 'import { encode } from "#lib/money.js";\n',
            },
            "#lib/money.js",
        ),
        ({"package.json": '{"type": "module"}'}, "../src/money.ts"),
        (
            {"package.json": '{"type": "module", "devDependencies": {"tsx": "4"}}'},
            "../src/money",
        ),
    ],
)
def test_imports_as_the_project_does(files: Files, specifier: str) -> None:
    assert f'import {{ decode, encode }} from "{specifier}";\n' in test_of({**PROJECT, **files})


@pytest.mark.parametrize(
    ("target", "files", "imported"),
    [
        ("src/money.ts::encode", {}, "{ decode, encode }"),
        ("src/money.ts#encode", {}, "{ decode, encode }"),
        ("./src/money:encode()", {}, "{ decode, encode }"),
        ("money.ts:encode", {}, "{ decode, encode }"),
        (
            "src/index.ts:encode",
            {"src/index.ts": 'export * from "./money";\n'},
            "{ decode, encode }",
        ),
        (
            "src/index.ts:pack",
            {"src/index.ts": 'export { encode as pack, decode as unpack } from "./money";\n'},
            "{ pack, unpack }",
        ),
        ("src/codec.ts:codec.encode", {"src/codec.ts": OBJECT}, "{ codec }"),
        ("src/codec.ts", {"src/codec.ts": CLASS}, "Codec"),
    ],
)
def test_finds_the_target_however_it_is_named(target: str, files: Files, imported: str) -> None:
    assert f"import {imported} from " in test_of({**PROJECT, **files, ADR: about(target)})


def test_says_that_a_target_is_to_be_exported() -> None:
    test = test_of({**PROJECT, "src/money.ts": CODE.replace("export function", "function")})
    assert "// TODO: `encode` is not exported from src/money.ts: export it\n" in test


@pytest.mark.parametrize(
    ("target", "said"),
    [
        ("src/nowhere.ts:encode", "there is no module `src/nowhere.ts`"),
        ("src/money.ts:nothing", "`src/money.ts` defines no `nothing`"),
        ("src/broken.ts:nothing", "`src/broken.ts` cannot be parsed"),
        ("src/money.ts", "`src/money.ts` is a module; name a function or a class in it"),
        ("src/kinds.ts:Box.nothing", "`Box` in `src/kinds.ts` has no method `nothing`"),
    ],
)
def test_says_in_its_place_that_a_target_is_not_known(target: str, said: str) -> None:
    kinds = "export class Box {}\n"
    files = {**PROJECT, ADR: about(target), "src/broken.ts": "const = {", "src/kinds.ts": kinds}
    test = test_of(files)
    comment = " ".join(line.strip("/ ") for line in test.splitlines() if "//" in line)
    assert f"target `{target}` was not found: {said}" in comment
    assert 'throw new Error("not implemented: ADR-0012/INV-1");\n' in test


@pytest.mark.parametrize(
    ("target", "said"),
    [
        ("Item", "`Item` in `src/kinds.ts` is an interface: name what can be called"),
        ("Id", "`Id` in `src/kinds.ts` is a type: name what can be called"),
        ("State", "`State` in `src/kinds.ts` is an enum: name what can be called"),
        ("LIMIT", "`LIMIT` in `src/kinds.ts` is a value: name what can be called"),
        ("api", "`api` in `src/kinds.ts` is an object: name a method of it"),
        ("run.now", "`run` in `src/kinds.ts` is a function and has no `now`"),
    ],
)
def test_refuses_what_cannot_be_called(target: str, said: str) -> None:
    kinds = (
        "export interface Item { n: number }\nexport type Id = string;\nexport enum State { A }\n"
        "export const LIMIT = 3;\nexport const api = { f() {} };\nexport function run() {}\n"
    )
    files = {**PROJECT, ADR: about(f"src/kinds.ts:{target}"), "src/kinds.ts": kinds}
    assert refused(files) == said


def test_refuses_methods_that_it_does_not_write() -> None:
    assert refused(PROJECT, method="proof") == (
        "there is no scaffold for the method `proof` in TypeScript yet"
    )
    assert "only for the patterns acyclic, append-only" in refused(PROJECT, method="state-machine")
    unique = {**PROJECT, ADR: about("src/money.ts:encode", "uniqueness")}
    assert refused(unique, method="state-machine") == (
        "there is a state machine for `uniqueness` only where a class is meant"
    )


def test_never_writes_a_test_twice() -> None:
    once = edited(PROJECT, scaffolded(PROJECT).edits)
    assert refused(once) == f"a test `Every amount survives encoding` already stands in {TEST}"


def test_adds_nothing_to_what_it_cannot_parse() -> None:
    files = {**PROJECT, TEST: 'test("a", () => {\n'}
    assert refused(files) == f"`{TEST}` cannot be parsed, so nothing is added to it"


def test_says_how_to_add_fast_check() -> None:
    files = {**PROJECT, "package.json": '{"devDependencies": {"vitest": "5"}}'}
    assert "npm install --save-dev fast-check" in test_of(files)
    assert "npm install" not in test_of(PROJECT)


def test_says_that_jest_is_not_to_collect_it() -> None:
    package = '{"type": "module", "devDependencies": {"jest": "30", "fast-check": "4"}}'
    assert "leave it out of jest's `testMatch`" in test_of({**PROJECT, "package.json": package})


@pytest.mark.parametrize("pattern", PATTERNS)
@pytest.mark.parametrize("package", [VITEST, "{}"])
def test_every_pattern_has_a_scaffold_or_a_reason(pattern: str, package: str) -> None:
    files = {**PROJECT, "package.json": package, ADR: about("src/money.ts:encode", pattern)}
    scaffold = made(files)
    if isinstance(scaffold, Scaffold):
        test = test_of(files)
        assert test.count("// adr-lsp: scaffold\n") == 1
        assert "{ skip: " in test


def test_finds_the_function_that_the_statement_names() -> None:
    files = {**PROJECT, ADR: record("- **INV-1** *(round-trip)*: `decode(encode(n))` is n.")}
    assert "expect(decode(encode(amount))).toEqual(amount);" in test_of(files)


HOSTILE = (
    'Quotes " and \' and ` and \\" and ${1} and a trailing \\',
    "Verifies: ADR-0001/INV-9 and adr-lsp: scaffold stand in the text",
    "Bidi \u202e and NUL-like \x7f stand here and */ and //",
    "{{ 7 * 7 }} {% raw %} {# no #}",
    "x" * 300,
    "不变量",
    "return class => { [ADR-0001/INV-3] :: %s $name",
)


@pytest.mark.parametrize("statement", HOSTILE)
@pytest.mark.parametrize("method", ["property", "example"])
def test_no_statement_breaks_out_of_its_quotes(statement: str, method: str) -> None:
    files = {**PROJECT, ADR: record(f"- **INV-1**: {statement}")}
    test = test_of(files, method)
    assert test.count("adr-lsp: scaffold") == 1
    assert test.count("Verifies:") == 1
    assert "\u202e" not in test
    assert "ADR-0001/INV-3]" not in scaffolded(files, method).name


FILES = st.sampled_from(
    [
        "",
        "// What money is.\n\n",
        '"use strict";\n',
        'import { test } from "vitest";\n\ntest("a", () => {});\n',
        "import { expect, it } from 'vitest'\n\nit('a', () => expect(1).toBe(1))",
        'import * as fc from "fast-check";\nimport {\n  expect,\n  test,\n} from "vitest";\n\n\n',
        'import type { X } from "../src/money";\nimport { encode } from "../src/money";\n',
        "const encode = 1;\nconst decode = 2;\nconst test = 3;\nconst fc = 4;\n",
        'describe("é \U0001f600", () => {\n\ttest("b", () => {});\n});\n',
        'import {} from "vitest";\nimport "./setup";\n',
    ]
)


@settings(deadline=None)
@given(FILES, st.sampled_from(["\n", "\r\n"]))
def test_keeps_what_stands_and_appends(module: str, line_end: str) -> None:
    old = module.replace("\n", line_end)
    after = test_of({**PROJECT, TEST: old})
    if line_end == "\r\n" and "\r\n" in old:
        assert after.replace("\r\n", "").count("\n") == 0
    kept = [line for line in old.split(line_end) if line.strip() and "import" not in line]
    rest = iter(after.split(line_end))
    assert all(any(line == other for other in rest) for line in kept if line.strip(" ,}"))
    bound = [name for clause in _clauses(after) for name in clause]
    assert len(bound) == len(set(bound)), after


def _clauses(text: str) -> list[list[str]]:
    found = re.findall(r"^import (?!type)(?:(\w+),? ?|\* as (\w+))?(?:\{([^}]*)\})?", text, re.M)
    return [
        [n for n in (a, b, *(p.split(" as ")[-1].strip() for p in c.split(","))) if n]
        for a, b, c in found
    ]


def test_merges_its_imports() -> None:
    old = "import { expect, test } from 'vitest'\nimport { encode } from '../src/money'\n\ntest('a', () => {\n    expect(encode(1)).toBe('1')\n})\n"  # noqa: E501
    after = test_of({**PROJECT, TEST: old})
    assert "import { encode, decode } from '../src/money'\nimport fc from 'fast-check'\n" in after
    assert ";" not in after
    assert '"' not in after
    assert "\n    { skip: true }, // adr-lsp: scaffold\n    () => {\n        fc.assert(\n" in after


def test_merges_what_it_requires() -> None:
    code = "exports.encode = (n = 0) => `${n}`;\nexports.decode = (text) => Number(text);\n"
    test = f"tests/{NAME}.test.js"
    old = 'const { test } = require("node:test");\nconst { encode } = require("../lib/money");\n'
    files = {
        ADR: about("lib/money.js:encode"),
        "package.json": "{}",
        "lib/money.js": code,
        test: old,
    }
    after = test_of(files)
    assert 'const { encode, decode } = require("../lib/money");\n' in after
    assert 'const fc = require("fast-check");\n' in after
    assert after.count('require("node:test")') == 1


def test_follows_the_runner_that_the_file_has() -> None:
    old = 'import { it } from "node:test";\n'
    after = test_of({**PROJECT, TEST: old})
    assert "vitest" not in after
    assert '\nit(\n  "Every amount survives encoding",\n' in after


def test_goes_where_the_configuration_says() -> None:
    config = Config(scaffold_paths=(("typescript", "checks/{slug}.spec.js"),))
    assert scaffolded(PROJECT, config=config).path == f"checks/{NAME}.spec.js"
    assert "type World" not in test_of(PROJECT, config=config)
    outside = Config(scaffold_paths=(("typescript", "../{slug}.ts"),))
    assert made(PROJECT, config=outside) != scaffolded(PROJECT)


KEYS = "name type scripts imports devDependencies compilerOptions paths extends baseUrl @/*"
TEXTS = ["", ".", "./x", "../..", "*", "é"]
SETTINGS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.sampled_from(TEXTS),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(KEYS.split()), inner, max_size=4)
    ),
)


@settings(deadline=None)
@given(SETTINGS, SETTINGS)
def test_any_settings_can_stand_there(package: object, compiler: object) -> None:
    files = {"package.json": json.dumps(package), "tsconfig.json": json.dumps(compiler)}
    made({**PROJECT, **files, "x": "not { json", "src/other.ts": 'import a from "@/money";\n'})


@settings(deadline=None)
@given(
    st.text("(){}[]<>=:;,.'\"`|&?*/\\\n abExport classtypeconstinterface123"),
    st.sampled_from(PATTERNS),
)
def test_any_code_can_stand_there(code: str, pattern: str) -> None:
    source = f"export function encode(a: {code}): A {{ return {code}; }}\ntype A = {code};\n"
    for text in (source, CODE + code):
        made({**PROJECT, ADR: about("src/money.ts:encode", pattern), "src/money.ts": text})


def test_who_takes_something_is_told_by_the_name_of_a_parameter() -> None:
    code = (
        "export class Gate {\n  enter(person: string): boolean { return true; }\n"
        "  leave(person: string): void {}\n}\n"
    )
    files = {**PROJECT, ADR: about("src/gate.ts:Gate", "mutual-exclusion"), "src/gate.ts": code}
    test = edited(files, scaffolded(files).edits)[TEST]
    assert "does not say who" not in test
    assert "model.holders.delete(who)" in test
    assert 'fc.constantFrom("a", "b", "c")' in test


def test_the_highest_stands_first_where_the_statement_says_so() -> None:
    code = (
        "export interface Job { priority: number }\n"
        "export function schedule(jobs: Job[]): Job[] { return jobs; }\n"
    )
    invariant = (
        "- **INV-1** *(ordering)*: Jobs run highest priority first.\n"
        "  - Target: `src/jobs.ts:schedule`"
    )
    files = {**PROJECT, ADR: record(invariant), "src/jobs.ts": code}
    test = edited(files, scaffolded(files).edits)[TEST]
    assert ".sort((a, b) => b - a)" in test
