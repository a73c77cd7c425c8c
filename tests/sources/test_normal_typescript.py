"""Staleness of TypeScript as properties: layout and types never matter, every word of code does."""

# ruff: noqa: E501  (one case a line)

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import provision
from adr_lsp.sources import definition_digest, what_changed
from adr_lsp.sources.code import parse, walk
from adr_lsp.sources.definitions.passage import Passage, alike
from adr_lsp.sources.typescript.normal import ERASING
from adr_lsp.sources.typescript.reach import shape_of
from sources.project import changes, files_of

FILES = files_of(r"""
--- app.ts
import { base, type Shown } from "./base";
export const RATE = 0.5, [LOW, { HIGH, ...REST }] = base(1);
let mode: "a" | "b" = "a";
export enum Kind { One = 1, Two }
namespace Deep { export const inner = [1, , 2]; export function reach() { return inner } }
export abstract class Item<T> extends base<T>(RATE) implements Shown {
  static #made = 0;
  size?: number = 1;
  readonly tags: string[] = ["x", ...LOW];
  declare later: string;
  constructor(private owner: string, start = 2) { super(owner); Item.#made += start; }
  get double(): number { return this.size! * 2 }
  set double(value) { this.size = value / 2 }
  async *[Symbol.iterator]() { yield* this.tags; await null }
  static { mode = "b" }
  static make = <U>(x: U) => new Item(x as any);
}
export async function load(path: string, { sep = ",", ...options }: any = {}, ...rest: number[]): Promise<void> {
  const found = await (open)(path) ?? null;
  outer: for (let i = 0, n = rest.length; i < n; i++) {
    for (const [key, value] of Object.entries(options)) {
      if (!(key in rest) || value === `${sep}: ${i > 1 ? "many" : 'one'}\n`) continue outer;
      else if (/\d+[/]/g.test(key)) break outer;
    }
  }
  for (const k in options) delete options[k];
  while (found?.next?.().done !== true) { do { i-- } while (i > -1) }
  try { throw new Error("no" + path) } catch (fault: unknown) { options.fault = fault } finally { void 0 }
  switch (typeof path) { case "string": { return } default: found.x ||= 3; }
  const { a: { b }, c = (1, 2) } = options, big = 10n ** 2n;
  return [b, c, big, (found?.x).y, found?.x.y, x => ({ x }), function named() { return new.target }];
}
export default { load, ["k" + 1]: RATE, run() { return 1 }, more: (y) => y };
--- app.test.ts
import { it, describe, beforeEach } from "vitest";
import { load } from "./app";
const SIZES = [0, 9];
const sizes = (low = 1) => SIZES.filter((n) => n > low);
describe("app", { timeout: 100 }, () => {
  let shared;
  beforeEach(() => { shared = sizes(2); });
  it.each([[1, "one"]])("loads", async (size, name) => {
    const found = await load(name);
    expect(found).toEqual(shared);
    for (const one of found) { expect(one[0]).toBe(size) }
  });
});
--- base.ts
export const base = (x) => x
""")
TEST = "app.test.ts::app::loads"
COVERED = {path: range(1, 99) for path in FILES}
COMMENT = st.text(st.characters(codec="utf-8", exclude_characters="*/\r\n\x00"), max_size=9)
VERBATIM = ("template_string", "string", "regex", "comment")


def differing(path: str, text: bytes) -> list[str]:
    old = {p: t.encode() for p, t in FILES.items()}
    now = old | {path: text}
    return [
        str(change)
        for change in what_changed(*TEST.split("::", 1), old.get, now.get, frozenset(old), COVERED)
    ]


def gaps(text: str) -> list[int]:
    """Where a comment may stand: between two tokens, in bytes."""
    places, stack = [], [parse(text.encode(), "typescript")]
    while stack:
        node = stack.pop()
        places.append(node.start_byte)
        if node.type not in VERBATIM:
            stack.extend(node.children)
    return sorted(set(places))


def test_nothing_is_broken() -> None:
    assert not any(parse(text.encode(), "typescript").has_error for text in FILES.values())


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_comments_and_space_change_nothing(data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(sorted(FILES)))
    text = FILES[path].encode()
    for place in sorted(data.draw(st.sets(st.sampled_from(gaps(FILES[path])))), reverse=True):
        said = data.draw(st.sampled_from(["  ", "\t"]) | COMMENT.map("/*{}*/".format))
        text = text[:place] + said.encode() + text[place:]
    assert differing(path, text) == []


def test_another_layout_of_everything_changes_nothing() -> None:
    for path, text in FILES.items():
        bare = "\r\n\r\n".join(line.removesuffix(";") for line in text.split("\n"))
        assert differing(path, bare.replace("  ", "\t ").encode()) == [], path


def leaves(text: str) -> list[tuple[int, int, str]]:
    """Every word of the code that runs, by bytes: names, numbers, texts, signs with a meaning."""
    kinds = words("identifier property_identifier number string_fragment true null this super")
    signs = words(
        "+ - * / == === !== > < in of += ||= ?? ?. ! && || ... await yield async static get set new delete void typeof"
    )
    erased = words(
        "type_annotation type_parameters type_arguments implements_clause predefined_type"
    )
    found, stack = [], [parse(text.encode(), "typescript")]
    while stack:
        node = stack.pop()
        if node.type in kinds or (node.type in signs and not node.child_count):
            found.append((node.start_byte, node.end_byte, node.type))
        stack.extend(child for child in node.children if child.type not in erased)
    return found


def words(said: str) -> frozenset[str]:
    return frozenset(said.split())


SILENT = ("any", "Shown", "later", "unknown", "!")  # types, which nobody runs


def test_every_word_of_code_that_counts_changes_something() -> None:
    """Nothing in what runs or is reached escapes the comparison, whatever way it is written."""
    for path, text in FILES.items():
        raw = text.encode()
        for start, end, kind in leaves(text):
            here = raw[start:end].decode()
            around = raw[start - 20 : end + 20]
            if here in SILENT and (here != "!" or raw[start - 4 : start] == b"size"):
                continue
            word = "77" if kind == "number" else "other"
            assert differing(path, raw[:start] + word.encode() + raw[end:]), (path, around)


def test_types_that_node_strips_change_nothing(tmp_path: Path) -> None:
    """What is left out as types is what Node takes away before it runs the code."""
    provision.need("node")
    own = tmp_path / "own.ts"
    own.write_text(TYPES)
    script = (
        'import { stripTypeScriptTypes as strip } from "node:module";'
        'import { readFileSync } from "node:fs";'
        "console.log(JSON.stringify(strip(readFileSync(process.argv[1], 'utf8'), { mode: 'strip' })))"
    )
    ran = subprocess.run(
        ["node", "--no-warnings", "--input-type=module", "-e", script, str(own)],
        capture_output=True, text=True, check=True, env=provision.environment(), timeout=60,
    )  # fmt: skip
    typed, bare = (
        shape_of("a.ts", TYPES.encode()),
        shape_of("a.ts", json.loads(ran.stdout).encode()),
    )
    assert not typed.broken
    assert typed.parts.keys() == bare.parts.keys()
    for name, part in typed.parts.items():
        other = bare.parts[name]
        assert alike(part.header, other.header), name
        assert alike(part.body, other.body), name
    assert alike([s.said for s in typed.statements], [s.said for s in bare.statements])


TYPES = """
import type { A } from "./a";
import { c } from "./b";
export type T<X> = X extends string ? 1 : 2;
export interface I { a: number; m(): void }
declare const g: number;
declare module "x" { export const q: number; }
function over(a: string): void;
function over(this: Window, a: any, b?: string, ...rest: Array<number>): asserts a is string { return a as never; }
abstract class K<T> extends Map<string, T> implements I {
  declare readonly z: number;
  private readonly x: number = 1;
  static #p?: string;
  protected y!: string;
  [key: string]: any;
  constructor(a: number, b?: string) { super(); this.a = a!; }
  abstract foo(): void;
  get v(): number { return (this.a as unknown); }
  m?(): void;
  override toString<Q>(this: K<Q>): string { return `${this.a satisfies number}`; }
  public async *gen<U>(x: U): AsyncGenerator<U> { yield x; }
}
class Only implements I {}
export const f = async <T,>(x: T, { a, b }: { a: number; b?: string } = { a: 1 }): Promise<T> => x;
let u: string | undefined, w!: number, k = new Map<string, number[]>();
for (const [n, m] of Object.entries(k) as [string, number][]) { console.log(n!, m?.[0]!, f<string>("a")); }
try { over(1) } catch (e: unknown) { const z = (e as Error).message; }
export default class<T> { x?: T }
"""

ALIKE = [
    ("f(a, b,);", "f(a, b)"),
    ("x = (a + b)", "x = a + b"),
    ("x = 'it\\'s'", 'x = "it\'s"'),
    ('x = "\\u0041\\x41\\u{41}"', "x = 'AAA'"),
    ("x = { 'a': 1, b: 2, }", "x = { a: 1, b: 2 }"),
    ("x = 1_000 + .5 + 0XFF", "x = 1e3 + 0.50 + 255"),
    ("x = [1, 2,]", "x = [1, 2]"),
    ("new A", "new A()"),
    ("a => b", "(a) => b"),
    ("if (a) { b; }", "if (a) { b }"),
    ("x as any as B", "x"),
    ("class A { private x: B; }", "class A { x }"),
    ("function f(a?: B): C { }", "function f(a) { }"),
]
DIFFERENT = [
    ("x = [1,,2]", "x = [1, 2]"),
    ("x = [,]", "x = []"),
    ("(a?.b).c", "a?.b.c"),
    ("(a?.b)()", "a?.b()"),
    ("('use strict')", "'use strict'"),
    ("a - (b - c)", "a - b - c"),
    ("x = '1'", "x = 1"),
    ("x = 1n", "x = 1"),
    ("x = 010", "x = 10"),
    ("x = `a\n b`", "x = `a\nb`"),
    ("x = /a/g", "x = /a/i"),
    ("for (;a;) {}", "for (a;;) {}"),
    ("for (const a of b) {}", "for (const a in b) {}"),
    ("async () => 1", "() => 1"),
    ("() => {}", "() => ({})"),
    ("a\n++b", "a++\nb"),
    ("return_\n(a)", "return_;\n(a)"),
    ("class A { constructor(private a) {} }", "class A { constructor(a) {} }"),
    ("class A { x: B }", "class A { declare x: B }"),
    ("class A { @dec x: B }", "class A { @dec x: C }"),
    ("enum A { B = 1 }", "enum A { B = 2 }"),
    ("const enum A { B }", "enum A { B }"),
    ("x = a.b", "x = a?.b"),
    ("x = a ?? b", "x = a || b"),
    ("let x = 1", "const x = 1"),
    ("x = -1", "x = +1"),
    ("delete a.b", "void a.b"),
]


def said(code: str) -> Passage:
    return Passage([parse(code.encode(), "typescript")], ERASING)


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_ways_to_write_the_same(one: str, other: str) -> None:
    assert said(one).digest == said(other).digest


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_ways_to_write_something_else(one: str, other: str) -> None:
    assert said(one).digest != said(other).digest


def test_text_of_jsx_is_what_is_shown() -> None:
    def shown(code: str) -> str:
        return Passage([parse(code.encode(), "tsx")], ERASING).digest

    one = shown("<p a='b'>\n  hi\n  {x}\n  {/* so */}\n</p>")
    assert one == shown('<p a="b">hi{x}</p>')
    assert one != shown('<p a="b">hi {x}</p>')


def test_a_moved_test_keeps_its_digest() -> None:
    code = b'describe("a", () => { it("b", () => { expect(1).toBe(2) }) })'
    moved = b'const x = 1;\ntest.skip("z");\nit("b", () => {\n  expect(1).toBe(2);\n})'
    one = definition_digest("x.test.ts", code, "a::b")
    assert one is not None
    assert one == definition_digest("deep/y.test.js", moved, "b")
    assert one != definition_digest("x.test.ts", code.replace(b"1", b"3"), "a::b")
    assert definition_digest("x.test.ts", code, "a::c") is None


@given(st.binary() | st.text().map(str.encode))
@settings(deadline=None, max_examples=40)
def test_any_bytes_have_a_shape(raw: bytes) -> None:
    for path in ("a.test.ts", "a.test.tsx", "a.test.js"):
        shape_of(path, raw)
        old, new = {path: b'it("b", () => {})'}, {path: raw}
        assert what_changed(path, "b", old.get, new.get, frozenset(old), None)
        settings_ = {path: old[path], "tsconfig.json": raw, "package.json": raw}
        what_changed(path, "b", settings_.get, settings_.get, frozenset(settings_), None)
        again = old | {"package.json": b"{}", "tsconfig.json": b"{}", "package-lock.json": b"{}"}
        what_changed(path, "b", again.get, settings_.get, frozenset(again), None)


def test_deep_nesting_has_a_shape() -> None:
    for deep in (
        "(" * 9000,
        "[" * 9000 + "]" * 9000,
        "x" + ".y" * 9000,
        "`${" * 500,
        "() => " * 3000,
    ):
        code = f'const x = {deep}\nit("b", () => {{ x }})'
        shape_of("a.test.ts", code.encode())
        old = {"a.test.ts": code.encode()}
        new = {"a.test.ts": code.replace("{ x }", "{ y }").encode()}
        assert what_changed("a.test.ts", "b", old.get, new.get, frozenset(old), None) or code.count(
            "`"
        )


def test_own_files_are_equal_to_themselves() -> None:
    assert changes(TEST, FILES, dict(FILES)) == []
    for path, text in FILES.items():
        nodes = [node for node in walk(parse(text.encode(), "typescript")) if node.is_named]
        assert all(Passage([node], ERASING).digest for node in nodes), path


def test_a_test_without_a_function_is_there() -> None:
    assert definition_digest("x.test.ts", b'describe("a", () => { it.todo("b") })', "a::b")
