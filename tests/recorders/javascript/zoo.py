"""Files in which every test ends in another way, for vitest and for node:test."""

# ruff: noqa: E501 - other languages stand in it

from __future__ import annotations

LIB = """
import fc from 'fast-check'

export interface Entry { amount: number }

export function add(a: number, b: number): number {
  if (a > 1_000_000) {
    return -1
  }
  return a + b
}

export const double = (n: number): number => n * 2
export const unused = (n: number): number => {
  return n
}
export class Stack {
  items: number[] = []
  push(n: number): void { this.items.push(n) }
  pop(): number | undefined { return this.items.length > 2 ? 0 : this.items.pop() }
}
"""

OUTCOMES = """
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, test } from 'vitest'
import { add } from '../src/lib'

let runs = 0
describe('outer', () => {
  it('passes', () => { expect(add(1, 2)).toBe(3) })
  it('fails', () => {
    expect(add(1, 2)).toBe(4)
  })
  test.skip('skipped', () => {})
  test.todo('todo')
  test('skips inside', ({ skip }) => { skip('no network') })
  test.fails('known', () => { expect(1).toBe(2) })
  test.fails('known no more', () => {})
  test('retried', { retry: 2 }, () => { expect(++runs).toBe(2) })
  test('retried in vain', { retry: 1 }, () => { expect(1).toBe(2) })
  test('soft', () => { expect.soft(1).toBe(2); expect.soft(1).toBe(1) })
  test('too slow', async () => { await new Promise(() => {}) }, 20)
  test('empty', () => {})
  test.skipIf(true)('skipped on a condition', () => {})
})
describe('before each', () => { beforeEach(() => { throw new Error('no database') }); test('a', () => {}) })
describe('after each', () => { afterEach(() => { throw new Error('no cleaning') }); test('a', () => {}) })
describe('before all', () => { beforeAll(() => { throw new Error('no server') }); test('a', () => {}) })
describe('after all', () => { afterAll(() => { throw new Error('still open') }); test('a', () => {}) })
describe.skip('a skipped suite', () => { test('a', () => {}) })
describe.todo('a suite to do')
describe.concurrent('at once', () => {
  test('a', async () => { await new Promise((r) => setTimeout(r, 5)) })
  test('b', async () => { await new Promise((r) => setTimeout(r, 5)) })
})
"""

TITLES = r"""
import { describe, expect, test } from 'vitest'

class Cart {}
const cases = [{ title: 'one' }, { title: 'two' }]

describe('a "quoted" suite > with an arrow', () => {
  test('it\'s 🎉 > 100% `sure`', () => {})
  test(`two
lines`, () => {})
  test.each([[1, 2, 3], [2, 2, 4]])('%i + %i is %i', (a, b, sum) => { expect(a + b).toBe(sum) })
  test.each([{ a: 1, b: { c: 'x' } }])('of $a and $b.c', () => {})
  test
    .each`
      a    | b
      ${1} | ${2}
    `('from a table: $a, $b', () => {})
})
describe.each(['eur', 'usd'])('in %s', (currency) => {
  for (const amount of [1, 2]) test(`pays ${amount} ${`${currency}`}`, () => {})
})
for (const each of cases) test(each.title, () => {})
describe(Cart, () => { test('prices' + ' ' + 'add', () => {}) })
const wrapped = (title: string, body: () => void) => test(title, body)
wrapped('through a helper', () => {})
test('double', () => {})
describe('double', () => { test('double', () => {}) })
function shared() { test('shared by two', () => {}) }
describe('first', shared)
describe('second', () => shared())
"""

ONLY = """
import { describe, test } from 'vitest'
test.only('selected', () => {})
test('left out', () => {})
test.skip('skipped', () => {})
describe('more', () => { test('left out too', () => {}); test.only('selected too', () => {}) })
"""

PROPERTIES = """
import { expect, test } from 'vitest'
import fc from 'fast-check'
import { double, Stack } from '../src/lib'

fc.configureGlobal({ numRuns: 50 })

test('holds', () => { fc.assert(fc.property(fc.integer(), (n) => double(n) === n + n)) })
test('fails', () => {
  fc.assert(fc.property(fc.integer({ min: 0 }), fc.constant('x'), (amount: number, currency) => {
    expect(amount).toBeLessThan(100)
  }))
})
test('filters', () => { fc.assert(fc.property(fc.nat(), (n) => { fc.pre(n % 2 === 0) }), { numRuns: 20 }) })
test('never begins', () => { fc.assert(fc.property(fc.nat(), () => { fc.pre(false) })) })
test('pinned', () => {
  fc.assert(fc.property(fc.nat(), fc.string(), (n, text) => n >= 0), { examples: [[0, ''], [7, 'it\\'s']] })
})
test('replayed', () => {
  fc.assert(fc.property(fc.nat(), (n) => n >= 0), { seed: 42, path: '3', endOnFailure: true })
})
test('two', () => {
  fc.assert(fc.property(fc.nat(), () => true), { numRuns: 10 })
  fc.assert(fc.property(fc.boolean(), (flag) => !flag), { numRuns: 30 })
})
test('later', async () => { await fc.assert(fc.asyncProperty(fc.nat(), async (n) => n < 3)) })
test('a machine', () => {
  class Push { constructor(readonly n: number) {} check = () => true; toString = () => `push(${this.n})`
    run(model: { size: number }, real: Stack) { real.push(this.n); model.size++ } }
  class Pop { check = (model: { size: number }) => model.size > 0; toString = () => 'pop'
    run(model: { size: number }, real: Stack) { model.size--; expect(real.pop()).not.toBe(0) } }
  const commands = fc.commands([fc.constant(1).map((n) => new Push(n)), fc.constant(new Pop())])
  fc.assert(fc.property(commands, (steps) => {
    fc.modelRun(() => ({ model: { size: 0 }, real: new Stack() }), steps)
  }), { numRuns: 200 })
})
test('own reporter', () => {
  const seen: boolean[] = []
  fc.assert(fc.property(fc.nat(), () => false), { reporter: (out) => { seen.push(out.failed) } })
  expect(seen).toEqual([true])
})
test('own later reporter', async () => {
  const seen: boolean[] = []
  const asyncReporter = async (out: { failed: boolean }) => { seen.push(out.failed) }
  await fc.assert(fc.asyncProperty(fc.nat(), async () => true), { asyncReporter })
  expect(seen).toEqual([false])
})
test('interrupted', () => {
  const slow = fc.property(fc.nat(), () => { const end = Date.now() + 3; while (Date.now() < end); })
  fc.assert(slow, { interruptAfterTimeLimit: 20, markInterruptAsFailure: true, numRuns: 1000 })
})
test('unreadable', () => { fc.assert(fc.property(fc.func(fc.nat()), (f) => f(1) > 1_000_000)) })
test('says what it always said', () => {
  let said = ''
  try {
    fc.assert(fc.property(fc.nat(), (n) => n < 5), { seed: 1 })
  } catch (error) {
    said = (error as Error).message + (error as { cause: Error }).cause.stack
  }
  expect(said).not.toContain('recorders/javascript')
  expect(said).toMatch(/^Property failed after \\d+ tests\\n\\{ seed: 1, path: "[\\d:]+", endOnFailure: true \\}\\n/)
})
test.concurrent('at once', async () => {
  await fc.assert(fc.asyncProperty(fc.nat(), async () => { await null }), { numRuns: 12 })
})
test.concurrent('at once too', async () => {
  await fc.assert(fc.asyncProperty(fc.nat(), async () => { await null }), { numRuns: 23 })
})
test('a machine that stands still', () => {
  const never = fc.constant({ check: () => false, run() {}, toString: () => 'never' })
  fc.assert(fc.property(fc.commands([never]), (steps) => {
    fc.modelRun(() => ({ model: {}, real: {} }), steps)
  }), { numRuns: 15 })
})
"""

SNAPSHOTS = """
import { expect, test } from 'vitest'
test('written', () => { expect({ a: 1 }).toMatchSnapshot() })
test('written with a hint', () => { expect({ a: 1 }).toMatchSnapshot('after') })
test('compared', () => { expect({ b: 2 }).toMatchSnapshot() })
"""
KEPT_SNAPSHOT = """// Vitest Snapshot v1, https://vitest.dev/guide/snapshot.html

exports[`compared 1`] = `
{
  "b": 2,
}
`;
"""

UNHANDLED = """
import { test } from 'vitest'
test('rejects behind its back', async () => {
  void Promise.reject(new Error('nobody waits'))
  await new Promise((r) => setTimeout(r, 20))
})
"""

CRASH = """
import { test } from 'vitest'
test('before the crash', () => {})
test('crashes', async () => { process.kill(process.pid, 'SIGKILL'); await new Promise(() => {}) })
"""

SAME = (
    "import { test } from 'vitest'\ntest('same name', () => { if (%s) throw new Error('here') })\n"
)

LOADED = """
import { createRequire } from 'node:module'
import { expect, test } from 'vitest'
const require = createRequire(import.meta.url)
test('loads later', async () => {
  expect((await import('../src/late')).late).toBe(1)
  expect(require('../src/native.cjs').native).toBe(2)
})
"""

VITEST = {
    "vite.config.ts": "import './vite.shared'\nexport default { test: { pool: 'forks' } }\n",
    "vite.shared.ts": "export const shared = 1\n",
    "tsconfig.json": "{}",
    "docs/adr/0001-a.md": "# 1. A\n\n## Invariants\n\n- **INV-1**: A.\n",
    "src/lib.ts": LIB,
    "src/late.ts": "export const late = 1\n",
    "src/native.cjs": "exports.native = 2\n",
    "test/outcomes.test.ts": OUTCOMES,
    "test/titles.test.ts": TITLES,
    "test/only.test.ts": ONLY,
    "test/properties.test.ts": PROPERTIES,
    "test/snapshots.test.ts": SNAPSHOTS,
    "test/__snapshots__/snapshots.test.ts.snap": KEPT_SNAPSHOT,
    "package-lock.json": '{"lockfileVersion": 3}\n',
    "test/loaded.test.ts": LOADED,
    "a/same.test.ts": SAME % "true",
    "b/same.test.ts": SAME % "false",
    "broken/syntax.test.ts": "import { test } from 'vitest'\ntest('a', () => { let x = })\n",
    "broken/import.test.ts": "import { gone } from './gone'\nimport { test } from 'vitest'\ntest('a', gone)\n",
    "broken/empty.test.ts": "export const nothing = 1\n",
    "broken/unhandled.test.ts": UNHANDLED,
    "broken/crash.test.ts": CRASH,
}

NODE_OUTCOMES = """
import test, { after, afterEach, before, beforeEach, describe, it } from 'node:test'
import assert from 'node:assert/strict'
import { add } from '../src/lib.ts'

describe('outer', () => {
  it('passes', () => { assert.equal(add(1, 2), 3) })
  it('fails', () => {
    assert.equal(add(1, 2), 4)
  })
  it.todo('todo')
  it('todo that throws', { todo: true }, () => { throw new Error('not yet') })
  it('todo that passes', { todo: 'later' }, () => {})
  it.skip('skipped')
  it('skips inside', (t) => { t.skip('no network') })
  it('to do inside', (t) => { t.todo('tomorrow') })
  it('too slow', { timeout: 20 }, async () => { await new Promise((r) => setTimeout(r, 300)) })
  it('empty', () => {})
  it('known', { expectFailure: true }, () => { throw new Error('known') })
})
for (const n of [1, 2]) test(`loop ${n}`, () => {})
test('a "quoted" title > with 🎉\\nand two lines', () => {})
test('parent', async (t) => {
  await t.test('good', () => {})
  await t.test('bad', () => { throw new Error('inside') })
})
test('parent of nothing that runs', async (t) => { await t.test('later', { todo: true }, () => {}) })
describe('before each', () => { beforeEach(() => { throw new Error('no database') }); it('a', () => {}) })
describe('after each', () => { afterEach(() => { throw new Error('no cleaning') }); it('a', () => {}) })
describe('before all', () => { before(() => { throw new Error('no server') }); it('a', () => {}) })
describe('after all', () => { after(() => { throw new Error('still open') }); it('a', () => {}) })
describe('a skipped suite', { skip: true }, () => { it('a', () => {}) })
test('planned', (t) => { t.plan(1) })
"""

NODE_PROPERTIES = """
import test from 'node:test'
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { createRequire } from 'node:module'
import { double, Stack } from '../src/lib.ts'

test('holds', () => { fc.assert(fc.property(fc.integer(), (n) => double(n) === n + n), { numRuns: 40 }) })
test('fails', () => { fc.assert(fc.property(fc.nat(), (amount: number) => amount < 100), { seed: 7 }) })
test('pinned', () => { fc.assert(fc.property(fc.nat(), (n) => n >= 0), { examples: [[3]] }) })
test('never begins', () => { fc.assert(fc.property(fc.nat(), () => { fc.pre(false) })) })
const { default: cjs, ...rest } = createRequire(import.meta.url)('fast-check')
const other = rest.assert ? rest : cjs
test('the other copy', () => { other.assert(other.property(other.nat(), (n: number) => n >= 0), { numRuns: 15 }) })
"""

NODE_TEST = {
    "docs/adr/0001-a.md": "# 1. A\n\n## Invariants\n\n- **INV-1**: A.\n",
    "src/lib.ts": LIB.replace("import fc from 'fast-check'", "import { later } from './later.mjs'"),
    "src/later.mjs": "export const later = 1\n",
    "test/outcomes.test.ts": NODE_OUTCOMES,
    "test/properties.test.ts": NODE_PROPERTIES,
    "a/same.test.mjs": "import test from 'node:test'\ntest('same name', () => { throw new Error('here') })\n",
    "b/same.test.mjs": "import test from 'node:test'\ntest('same name', () => {})\n",
    "broken/syntax.test.mjs": "let x = ;\n",
    "broken/import.test.mjs": "import './gone.mjs'\n",
    "broken/empty.test.mjs": "console.log('no test here')\n",
    "broken/exits.test.mjs": "import test from 'node:test'\ntest('a', () => {})\nprocess.exit(3)\n",
    "broken/killed.test.mjs": "import test from 'node:test'\n"
    "test('a', () => { process.kill(process.pid, 'SIGKILL') })\n",
    "broken/code.test.mjs": "import test from 'node:test'\ntest('a', () => { process.exitCode = 4 })\n",
    "broken/late.test.mjs": "import test from 'node:test'\n"
    "test('a', () => { setTimeout(() => { throw new Error('too late') }, 20) })\n",
    "broken/late-beside.test.mjs": "import test from 'node:test'\n"
    "test('a', () => { setTimeout(() => { throw new Error('too late') }, 20) })\n"
    "test('fails', () => new Promise((_, no) => setTimeout(no, 60, new Error('no'))))\n"
    "test('clean', () => {})\n",
}
