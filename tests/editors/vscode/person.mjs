// What a person sees of tests and coverage, and where they click.

const ROWS = ".test-explorer .monaco-list-row";

/** Opens all of the tree; its rows, with the state that each one's icon tells. */
async function rows(page) {
  const closed = page.locator(`${ROWS}[aria-expanded='false']`);
  while (await closed.count()) await closed.first().locator(".monaco-tl-twistie").click();
  return page.locator(ROWS).evaluateAll((found) =>
    found.map((row) => ({
      level: Number(row.getAttribute("aria-level")),
      text: row.querySelector(".label")?.textContent ?? "",
      icon: [...(row.querySelector(".computed-state")?.classList ?? [])].find((name) => /testing-/.test(name)) ?? "",
      old: row.querySelector(".computed-state")?.classList.contains("retired") ?? false,
    })),
  );
}

async function rowsOnce(page, good) {
  for (let last = Date.now() + 30_000; ; ) {
    const found = await rows(page);
    if (good(found)) return found;
    if (Date.now() > last) throw new Error(`the tree stays ${JSON.stringify(found)}`);
    await new Promise((resolve) => page.evaluate(() => new Promise(requestAnimationFrame)).then(resolve));
  }
}

const test = (found, name) => found.find((row) => row.text.includes(name));
const TRANSFER = "test_a_transfer_balances";

/** Numbers of the lines that are drawn as covered in the open editor. */
const drawn = (page) =>
  page.locator(".monaco-editor .margin-view-overlays > div").evaluateAll((lines) =>
    lines
      .filter((line) => line.querySelector(".coverage-deco-hit"))
      .map((line) => Number(line.querySelector(".line-numbers")?.textContent))
      .sort((one, other) => one - other),
  );

export const person = {
  /** What was recorded before, with nothing opened and nothing run. */
  async seesTheTree(page) {
    const found = await rowsOnce(page, (all) => test(all, TRANSFER)?.icon.includes("passed"));
    const results = await page.locator(".test-output-peek, .part.panel .test-results").count();
    return { rows: found, results };
  },
  async seesStale(page) {
    return test(await rowsOnce(page, (all) => test(all, TRANSFER)?.old), TRANSFER);
  },
  async runsTheRecord(page) {
    const row = page.locator(ROWS, { hasText: "ADR-0001" }).first();
    await row.hover();
    await row.locator(".action-label.codicon-testing-run-icon").click();
    return test(await rowsOnce(page, (all) => test(all, TRANSFER)?.icon.includes("fail")), TRANSFER);
  },
  async seesMessage(page) {
    const message = page.locator(".monaco-editor .test-error-content-widget").first();
    await message.waitFor();
    return message.innerText();
  },
  async seesCoverage(page) {
    await page.locator(".monaco-editor .coverage-deco-hit").first().waitFor();
    const files = await page.locator(".test-coverage-list-item").allInnerTexts();
    return { lines: await drawn(page), files };
  },
  async seesTheWalkthrough(page) {
    const steps = page.locator(".gettingStartedContainer .step-title");
    await steps.first().waitFor();
    return steps.allInnerTexts();
  },
  /** In the list that narrows coverage to one test. */
  async choosesTheInvariant(page) {
    const before = (await drawn(page)).length;
    const choices = page.locator(".quick-input-widget .quick-input-list .monaco-list-row");
    await choices.first().waitFor();
    const offered = await choices.evaluateAll((all) => all.map((one) => one.getAttribute("aria-label")));
    const meant = offered.findIndex((choice) => /INV-1 Reading/.test(choice) && !/test_/.test(choice));
    await choices.nth(meant).click();
    await page.locator(".quick-input-widget").waitFor({ state: "hidden" });
    await page.waitForFunction(
      (count) => document.querySelectorAll(".monaco-editor .margin-view-overlays .coverage-deco-hit").length < count,
      before,
    );
    return { offered, lines: await drawn(page) };
  },
};
