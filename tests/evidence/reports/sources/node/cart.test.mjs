import assert from "node:assert";
import { before, describe, it, test } from "node:test";

describe("cart", () => {
  it("prices add up", () => assert.equal(1 + 2, 3));
  it("a total is never negative", () => assert.ok(-1 >= 0, "total is -1"));
  it.todo("an empty cart costs nothing");
  it("todo that throws", { todo: "adr-lsp: not implemented" }, () => assert.fail("not implemented"));
  it("todo that passes", { todo: true }, () => {});
  it.skip("captures once", () => {});
  it("skips itself", (t) => t.skip("only in production"));
  describe("when empty", () => {
    it("has \"quotes\" & <signs> and ünïcode", () => {});
  });
});
test("outer", async (t) => {
  await t.test("inner fails", () => assert.equal(1, 2));
  await t.test("inner passes", () => {});
});
describe("setup", () => {
  before(() => {
    throw new Error("no database");
  });
  it("never starts", () => {});
});
