"""Which values a type has."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import provision
from scaffold.cases import write
from scaffold.memory import Files
from scaffold.typescript.javascript_run import prepare, run, typecheck
from scaffold.typescript.test_write import ADR, VITEST, record, test_of

NUMBER = "fc.oneof(fc.integer(), fc.constantFrom(-1, 0, 1))"
PLAIN = "{ noNullPrototype: true }"
DECLARED = """\
export enum State { Open = "open", Done = "done" }
export enum Level { Low, High }
export type Id = string & { readonly __brand: "Id" };
export type Kind = "a" | "b";
export const KINDS = ["x", "y"] as const;
export interface Item { name: string; price: number; note?: string | null }
export interface Tree { label: string; children: Tree[]; parent?: Tree }
export type Shape = { kind: "circle"; radius: number } | { kind: "square"; side: number };
export interface Pair<A, B = string> { first: A; second: B }
export class Money { constructor(readonly minor: number, readonly currency: Kind) {} }
export class Empty { readonly all: string[] = []; }
export class Hidden { private constructor(readonly n: number) {} static of(n: number): Hidden { return new Hidden(n); } }
export abstract class Base { abstract f(): void }
export class Derived extends Base { constructor(readonly flag: boolean) { super(); } f(): void {} }
export interface Named extends Item { alias: Id }
"""  # noqa: E501
TYPES = [
    ("number", NUMBER),
    ("string", "fc.string()"),
    ("boolean", "fc.boolean()"),
    ("bigint", "fc.oneof(fc.bigInt(), fc.constantFrom(-1n, 0n, 1n))"),
    ("Date", "fc.date({ noInvalidDate: true })"),
    ("unknown", "fc.anything()"),
    ("any", "fc.anything()"),
    ("null", "fc.constant(null)"),
    ("number | undefined", f"fc.option({NUMBER}, {{ nil: undefined }})"),
    ("undefined | null | string",
     "fc.option(fc.option(fc.string(), { nil: undefined }), { nil: null })"),
    ("string | number", "fc.oneof(fc.string(), fc.integer(), fc.constantFrom(-1, 0, 1))"),
    ('"a" | "b" | 3', 'fc.oneof(fc.constantFrom("a", "b"), fc.constant(3))'),
    ("-1", "fc.constant(-1)"),
    ("true | 'x'", 'fc.oneof(fc.constant(true), fc.constant("x"))'),
    ("string[]", "fc.array(fc.string())"),
    ("ReadonlyArray<boolean>", "fc.array(fc.boolean())"),
    ("readonly (string | boolean)[]", "fc.array(fc.oneof(fc.string(), fc.boolean()))"),
    ("[string, boolean]", "fc.tuple(fc.string(), fc.boolean())"),
    ("[string, ...string[]]",
     "fc.array(fc.string(), { minLength: 1 }).map((items) => items as [string, ...string[]])"),
    ("[boolean, ...string[]]",
     "fc.tuple(fc.boolean(), fc.array(fc.string())).map(([part0, rest]) => "
     "[part0, ...rest] as [boolean, ...string[]])"),
    ("Record<string, boolean>", f"fc.dictionary(fc.string(), fc.boolean(), {PLAIN})"),
    ("{ [key: string]: boolean }", f"fc.dictionary(fc.string(), fc.boolean(), {PLAIN})"),
    ("Record<Kind, boolean>", f"fc.record({{ a: fc.boolean(), b: fc.boolean() }}, {PLAIN})"),
    ("Map<string, boolean>",
     "fc.array(fc.tuple(fc.string(), fc.boolean())).map((entries) => new Map(entries))"),
    ("ReadonlySet<string>", "fc.array(fc.string()).map((items) => new Set(items))"),
    ("Uint8Array", "fc.uint8Array()"),
    ("() => boolean", "fc.func(fc.boolean())"),
    ("{ a: string; b?: boolean }",
     'fc.record({ a: fc.string(), b: fc.boolean() }, '
     '{ requiredKeys: ["a"], noNullPrototype: true })'),
    ("State", "fc.constantFrom(State.Open, State.Done)"),
    ("Level", "fc.constantFrom(Level.Low, Level.High)"),
    ("Id", "fc.string().map((value) => value as Id)"),
    ("Kind", 'fc.constantFrom("a", "b")'),
    ("(typeof KINDS)[number]", 'fc.constantFrom("x", "y")'),
    ("keyof Item", 'fc.constantFrom("name", "price", "note")'),
    ('Item["name"]', "fc.string()"),
    ('Pick<Item, "name">', f"fc.record({{ name: fc.string() }}, {PLAIN})"),
    ('Omit<Item, "price" | "note">', f"fc.record({{ name: fc.string() }}, {PLAIN})"),
    ('Partial<Pick<Item, "name">>',
     "fc.record({ name: fc.string() }, { requiredKeys: [], noNullPrototype: true })"),
    ('Required<Pick<Item, "name">>', f"fc.record({{ name: fc.string() }}, {PLAIN})"),
    ('Exclude<Kind, "a">', 'fc.constant("b")'),
    ("NonNullable<string | null>", "fc.string()"),
    ("Shape",
     f'fc.oneof(fc.record({{ kind: fc.constant("circle"), radius: {NUMBER} }}, {PLAIN}), '
     f'fc.record({{ kind: fc.constant("square"), side: {NUMBER} }}, {PLAIN}))'),
    ("Pair<boolean>", f"fc.record({{ first: fc.boolean(), second: fc.string() }}, {PLAIN})"),
    ("Tree", f"fc.record({{ label: fc.string(), children: fc.constant<never[]>([]) }}, {PLAIN})"),
    ("Named['alias']", "fc.string().map((value) => value as Id)"),
    ("Money[]",
     f'fc.array(fc.tuple({NUMBER}, fc.constantFrom("a", "b")).map(([minor, currency]) => '
     "new Money(minor, currency)))"),
    ("Empty[]", "fc.array(fc.constant(null).map(() => new Empty()))"),
    ("Hidden[]", f"fc.array({NUMBER}.map((n) => Hidden.of(n)))"),
    ("Base[]", "fc.array(fc.boolean().map((flag) => new Derived(flag)))"),
    ("`id-${string}`", "fc.string().map((part) => `id-${part}` as const)"),
    ("Promise<string>", "fc.string().map((value) => Promise.resolve(value))"),
    ("Iterable<string>", "fc.array(fc.string())"),
]  # fmt: skip


def project(taken: str, generics: str = "") -> Files:
    code = (
        f"{DECLARED}export function take{generics}(value: {taken}): boolean {{ return !!value; }}\n"
    )
    invariant = "- **INV-1** *(total)*: It never fails.\n  - Target: `src/take.ts:take`"
    return {ADR: record(invariant), "package.json": VITEST, "src/take.ts": code}


def drawn(test: str) -> str:
    """The arbitraries of the property, on one line."""
    flat = re.sub(r"\s+", " ", test)
    found = re.search(
        r"fc\.assert\( fc\.(?:asyncP|p)roperty\( ?(.*?),? (?:async )?\(value\) =>", flat
    )
    assert found, test
    plain = re.sub(r"([(\[]) ", r"\1", found[1])
    return re.sub(r",? ([)\]])", r"\1", plain).replace(", }", " }")


@pytest.mark.parametrize(("taken", "arbitrary"), TYPES, ids=[taken for taken, _ in TYPES])
def test_draws_the_values_of_a_type(taken: str, arbitrary: str) -> None:
    assert drawn(test_of(project(taken))) == arbitrary


def test_the_compiler_accepts_every_arbitrary(tmp_path: Path) -> None:
    provision.need("node", "javascript")
    prepare(tmp_path)
    tests = []
    for number, (taken, _) in enumerate(TYPES):
        files = project(taken)
        files["tests/take.test.ts"] = test_of(files).replace("{ skip: true },", "")
        write(tmp_path / f"p{number}", files)
        tests.append(f"p{number}/tests/take.test.ts")
    assert typecheck(tmp_path, tests) == ""
    said = run(tmp_path, tests)
    kinds = {path: {o.kind for o in outcomes.values()} for path, outcomes in said.items()}
    assert kinds == {path: {"passed"} for path in tests}


@pytest.mark.parametrize(
    ("signature", "arbitrary"),
    [
        ("<T>(value: T[])", f"fc.array({NUMBER})"),
        ("<T extends string>(value: T)", "fc.string()"),
        ("<T extends { id: string }>(value: T)", f"fc.record({{ id: fc.string() }}, {PLAIN})"),
        ("(value = 3)", ""),
        ("(value?: string)", ""),
        ("(...value: string[])", "fc.array(fc.string())"),
        ("(value)", "fc.anything()"),
    ],
)
def test_draws_what_a_signature_takes(signature: str, arbitrary: str) -> None:
    files = project("number")
    files["src/take.ts"] = f"export const take = {signature} => Boolean(value);\n"
    test = test_of(files)
    if arbitrary:
        assert drawn(test) == arbitrary
    else:
        assert "cannot be tested for `total`, which needs " in test


@pytest.mark.parametrize(
    ("name", "arbitrary"),
    [
        ("rate", "fc.double({ noNaN: true, noDefaultInfinity: true })"),
        ("taxRate", "fc.double({ noNaN: true, noDefaultInfinity: true })"),
        ("count", "fc.integer()"),
    ],
)
def test_draws_fractions_where_a_name_says_so(name: str, arbitrary: str) -> None:
    files = project("number")
    files["src/take.ts"] = f"export function take({name}: number) {{}}\n"
    assert f"fc.oneof({arbitrary}, fc.constantFrom(-1, 0, 1))" in re.sub(
        r"\s+", " ", test_of(files)
    )


def test_includes_the_numbers_of_the_statement() -> None:
    invariant = "- **INV-1** *(total)*: 64 items never fail.\n  - Target: `src/take.ts:take`"
    test = test_of({**project("number"), ADR: record(invariant)})
    assert "fc.constantFrom(-1, 0, 1, 63, 64, 65)" in test


@pytest.mark.parametrize(
    ("comment", "arbitrary"),
    [
        ("@param {string} value", "fc.string()"),
        ("@param {string[]} value", "fc.array(fc.string())"),
        ("@param {Array.<boolean>} value", "fc.array(fc.boolean())"),
        ("@param {?string} value", "fc.option(fc.string(), { nil: null })"),
        ("@param {{a: string, b: boolean}} value",
         f"fc.record({{ a: fc.string(), b: fc.boolean() }}, {PLAIN})"),
        ("@param {Object} value\n * @param {string} value.a",
         f"fc.record({{ a: fc.string() }}, {PLAIN})"),
        ("@param {Line} value", f"fc.record({{ text: fc.string() }}, {PLAIN})"),
        ("@param {*} value", "fc.anything()"),
        ("@param {not a type value", "fc.anything()"),
    ],
)  # fmt: skip
def test_reads_types_from_comments(comment: str, arbitrary: str) -> None:
    code = (
        "/**\n * @typedef {Object} Line\n * @property {string} text\n */\n\n"
        f"/**\n * Takes it.\n * {comment}\n */\nexport function take(value) {{}}\n"
    )
    files = project("number")
    invariant = "- **INV-1** *(total)*: It never fails.\n  - Target: `src/take.js:take`"
    test = test_of({**files, ADR: record(invariant), "src/take.js": code})
    assert drawn(test) == arbitrary


def test_says_what_it_does_not_know() -> None:
    test = test_of(project("Lost<string>"))
    assert "// TODO: say which values of `Lost` there are\n" in test
    assert drawn(test) == "fc.anything()"


def test_imports_types_as_types() -> None:
    test = test_of(project("Id"))
    assert 'import { type Id, take } from "../src/take";\n' in test


def test_the_types_are_those_of_the_module_that_defines_them() -> None:
    files = project("number")
    files["src/take.ts"] = (
        'import type { Line as Row } from "./lines";\n'
        "export const take = (value: Row) => !!value;\n"
    )
    files["src/lines.ts"] = 'export * from "./line";\n'
    files["src/line.ts"] = "interface Line { text: string }\nexport { Line };\n"
    assert drawn(test_of(files)) == f"fc.record({{ text: fc.string() }}, {PLAIN})"
