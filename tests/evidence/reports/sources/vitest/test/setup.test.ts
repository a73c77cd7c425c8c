import { beforeAll, describe, test } from "vitest";
describe("setup", () => {
  beforeAll(() => {
    throw new Error("no database");
  });
  test("never starts", () => {});
});
