"""Which tests of TypeScript and JavaScript cannot fail, and why."""

# ruff: noqa: E501  (one case a line)

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adr_lsp.sources import vacuity
from sources.project import files_of

NOTHING = "it asserts nothing"
CONSTANT = "its assertion holds whatever the code does"
SWALLOWED = "a failure of its assertion is swallowed"
FLOATING = "its assertion of a promise is neither awaited nor returned"
RETURNED = "its property returns the same whatever the code does"

HEAD = """
import { expect, it, test, describe, vi } from "vitest";
import assert, { strictEqual } from "node:assert/strict";
import fc from "fast-check";
import { f, g, x } from "./code";
"""


def check(body: str, expected: str | None, *, pattern: str | None = None, others: str = "") -> None:
    """`body` is the body of the test `a`, or a file with it."""
    whole = '("a"' in body
    code = body if whole else f'it("a", async (t) => {{\n{body}\n}});\n'
    files = files_of(others) | {"test/a.test.ts": HEAD + code}

    def read(path: str) -> bytes | None:
        return files[path].encode() if path in files else None

    found = vacuity("test/a.test.ts", "a", read, frozenset(files), pattern=pattern)
    assert found == expected


@pytest.mark.parametrize(
    "body",
    [
        "expect(x).toBe(1)",
        "expect(f(x)).toBe(f(x))",
        "expect(x).not.toBe(x)",
        "expect.soft(x).toBe(1)",
        "expect(x).to.equal(1)",
        "expect(x).to.be.true;",
        "x.should.equal(1)",
        "x.should.be.ok;",
        "expect(() => f()).toThrow()",
        "expect.unreachable()",
        "expect(x).toMatchSnapshot()",
        "await expect(f()).resolves.toBe(1)",
        "return expect(f()).rejects.toThrow()",
        "await Promise.all([expect(f()).resolves.toBe(1)])",
        "const later = expect(f()).resolves.toBe(1);\nawait later",
        "expect.assertions(1);\nexpect(f()).resolves.toBe(1)",
        "assert(x)",
        "assert.equal(x, 1)",
        "t.assert.equal(x, 1)",
        "t.assert.ok(x)",
        "strictEqual(x, 1)",
        "await assert.rejects(f())",
        "assert.fail()",
        "chai.assert.equal(x, 1)",
        "request.get('/').expect(200)",
        "checkBalance(x)",
        "ledger.verify(x)",
        "_ensure(x)",
        "t.is(x, 1)",
        "screen.getByText('x')",
        "if (x) throw new Error('no')",
        "for (const y of x) { expect(y).toBe(1) }",
        "x.forEach((y) => expect(y).toBe(1))",
        "function inner(y) { expect(y).toBe(1) }\ninner(x)",
        "const inner = (y) => { expect(y).toBe(1) };\ninner(x)",
        "try { f() } catch (e) { expect(e).toBe(1) }",
        "try { expect(x).toBe(1) } catch (e) { throw e }",
        "try { expect(x).toBe(1) } finally { g() }",
        "try { f() } catch {}\nexpect(x).toBe(1)",
        "await f().then((y) => expect(y).toBe(1))",
        "fc.assert(fc.property(fc.nat(), (n) => { expect(n).toBe(x) }))",
        "fc.assert(fc.property(fc.nat(), (n) => n === x))",
        "fc.assert(fc.property(fc.nat(), (n) => { return f(n) === x }))",
        "fc.assert(fc.property(fc.nat(), (n) => f(n)))",
        "fc.assert(fc.property(fc.nat(), predicate))",
        "await fc.assert(fc.asyncProperty(fc.nat(), async (n) => { expect(await f(n)).toBe(1) }))",
        "const p = fc.property(fc.nat(), (n) => n > x);\nfc.assert(p)",
        "fc.assert(fc.property(fc.commands(all), (c) => { fc.modelRun(s, c) }))",
        'it("a", done => { f(done) ; done(x) })',
        'it("a", unknown)',
        'test.prop([fc.nat()])("a", (n) => n > x)',
        'describe("d", () => {});\nafterEach(() => { expect(x).toBe(1) });\nit("a", () => { f() })',
    ],
)
def test_can_fail(body: str) -> None:
    check(body, None)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("", NOTHING),
        ("f(x)", NOTHING),
        ("x === 1", NOTHING),
        ("return x === 1", NOTHING),
        ("expect(x)", NOTHING),
        ("expect(x).toBe", NOTHING),
        ("// expect(x).toBe(1)\n'expect(x).toBe(1)'", NOTHING),
        ("function inner() { expect(x).toBe(1) }", NOTHING),
        ("return;\nexpect(x).toBe(1)", NOTHING),
        ("if (false) { expect(x).toBe(1) }", NOTHING),
        ("expect.assertions(0)", NOTHING),
        ("fc.property(fc.nat(), (n) => { expect(n).toBe(1) })", NOTHING),
        ("fc.check(fc.property(fc.nat(), (n) => { expect(n).toBe(1) }))", NOTHING),
        ("fc.assert(fc.property(fc.nat(), (n) => { f(n) }))", NOTHING),
        ("fc.assert(fc.property(fc.nat(), (n) => { return undefined }))", NOTHING),
        ("fc.assert(fc.property(fc.nat(), (n) => void f(n)))", NOTHING),
        ("fc.assert(fc.property(fc.nat(), (n) => { f(n); return true }))", RETURNED),
        ("fc.assert(fc.property(fc.nat(), () => true))", RETURNED),
        ("fc.assert(fc.property(fc.nat(), (n) => n === n))", RETURNED),
        ('test.prop([fc.nat()])("a", (n) => { f(n) })', NOTHING),
        ('test.prop([fc.nat()])("a", (n) => true)', RETURNED),
        ("expect(true).toBe(true)", CONSTANT),
        ("expect(1).toEqual(1)", CONSTANT),
        ("expect(x).toBe(x)", CONSTANT),
        ("expect(x.a[0]).toEqual(x . a[0])", CONSTANT),
        ("expect(x === x).toBe(true)", CONSTANT),
        ("expect(x || true).toBeTruthy()", CONSTANT),
        ("expect([x]).toBeDefined()", CONSTANT),
        ("expect(x as any).toBe(x!)", CONSTANT),
        ("assert(true)", CONSTANT),
        ("assert.ok(1)", CONSTANT),
        ("assert.equal(x, x)", CONSTANT),
        ("t.assert.strictEqual(x, x)", CONSTANT),
        ("strictEqual(x, x)", CONSTANT),
        ("fc.assert(fc.property(fc.nat(), (n) => { expect(n).toBe(n) }))", CONSTANT),
        ("try { expect(x).toBe(1) } catch {}", SWALLOWED),
        ("try { expect(x).toBe(1) } catch (e) { console.log(e) }", SWALLOWED),
        ("try { assert(x) } catch { return }", SWALLOWED),
        ("try { expect(x).toBe(1) } finally { return }", SWALLOWED),
        ("try { checkIt(x) } catch {}", SWALLOWED),
        ("await expect(f()).resolves.toBe(1).catch(() => {})", SWALLOWED),
        ("await f().then((y) => expect(y).toBe(1)).catch(() => {})", SWALLOWED),
        (
            "fc.assert(fc.property(fc.nat(), (n) => { try { expect(n).toBe(1) } catch {} }))",
            SWALLOWED,
        ),
        ("expect(f()).resolves.toBe(1)", FLOATING),
        ("void expect(f()).rejects.toThrow()", FLOATING),
        ("expect(f()).resolves.toBe(1).then(() => g())", FLOATING),
        ("assert.rejects(f())", FLOATING),
        (
            "fc.assert(fc.asyncProperty(fc.nat(), async (n) => { expect(await f(n)).toBe(1) }))",
            FLOATING,
        ),
    ],
)
def test_cannot_fail(body: str, expected: str) -> None:
    check(body, expected)


OTHERS = """
--- test/checks.ts
export * from "./deeper";
export function first(x) { second(x) }
export function second(x) { third(x) }
export function third(x) { fourth(x) }
export const fourth = (x) => { expect(x).toBe(1) };
export function checkNothing(x) { return x }
export function mustBe(x) { if (!x) throw new Error("no") }
export class Checker { constructor(x) { expect(x).toBe(1) } static sum(x) { assert(x) } }
export const table = { row(x) { expect(x).toBe(1) } };
--- test/deeper.ts
export const deeper = (x) => expect(x).toBe(1);
--- src/code.ts
export function f(x) { if (!x) throw new Error("no") }
"""


@pytest.mark.parametrize(
    ("call", "expected"),
    [
        ("checks.second(x)", None),
        ("checks.first(x)", NOTHING),
        ("checks.deeper(x)", None),
        ("checks.checkNothing(x)", NOTHING),
        ("checks.mustBe(x)", None),
        ("code.f(x)", NOTHING),
        ("new checks.Checker(x)", None),
        ("checks.Checker.sum(x)", None),
        ("checks.table.row(x)", None),
        ("x.forEach(checks.fourth)", None),
        ("try { checks.fourth(x) } catch {}", SWALLOWED),
        ("fc.assert(fc.property(fc.nat(), checks.fourth))", None),
        ("fc.assert(fc.property(fc.nat(), checks.mustBe))", None),
        ("fc.assert(fc.property(fc.nat(), code.f))", NOTHING),
    ],
)
def test_follows_calls_into_the_project_three_deep(call: str, expected: str | None) -> None:
    code = f'import * as checks from "./checks";\nimport * as code from "../src/code";\nit("a", () => {{ {call} }})'
    check(code, expected, others=OTHERS)


MODEL = """
class Push {{ check() {{ return true }} run(m, r) {{ {body} }} }}
it("a", () => {{
  fc.assert(fc.property(fc.commands([fc.constant(new Push())]), (c) => {{ fc.modelRun(setup, c) }}));
}});
"""


def test_a_model_fails_by_its_commands() -> None:
    check(MODEL.format(body="expect(m.size).toBe(r.size)"), None)
    check(MODEL.format(body="r.push(1)"), NOTHING)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("decode(x)", None),
        ("x + x", None),
        ("", "it does nothing"),
        ("try { decode(x) } catch {}", "it swallows the failure that it looks for"),
        ("try { decode(x) } catch (e) { throw e }", None),
        ("fc.assert(fc.property(fc.nat(), (n) => { decode(n) }))", None),
        ("fc.assert(fc.asyncProperty(fc.nat(), async (n) => { await decode(n) }))", FLOATING),
    ],
)
def test_total_needs_no_assertion_but_may_swallow_nothing(body: str, expected: str | None) -> None:
    check(body, expected, pattern="total")


def test_says_nothing_of_what_is_not_there() -> None:
    check('it("b", () => {}); ("a")', None)


@given(st.binary())
@settings(deadline=None, max_examples=60)
def test_any_bytes_are_judged(raw: bytes) -> None:
    code = b'it("a", () => {\n' + raw + b"\n})"
    for path in ("a.test.ts", "a.test.tsx", "a.test.js"):
        vacuity(path, "a", lambda _: code, (path,), pattern=None)
