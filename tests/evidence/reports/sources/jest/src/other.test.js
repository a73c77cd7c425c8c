test("same name", () => {
  expect(1).toBe(1);
});
describe("setup", () => {
  beforeAll(() => {
    throw new Error("no database");
  });
  test("never starts", () => {});
});
