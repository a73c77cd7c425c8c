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
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

const test = (found, name) => found.find((row) => row.level === 3 && row.text.startsWith(name));
const TRANSFER = "test_a_transfer_balances";
const CART = "an empty cart costs nothing";

/** Numbers of the lines that are drawn as covered in the open editor. */
const drawn = (page) =>
  page.locator(".monaco-editor .margin-view-overlays > div").evaluateAll((lines) =>
    lines
      .filter((line) => line.querySelector(".coverage-deco-hit"))
      .map((line) => Number(line.querySelector(".line-numbers")?.textContent))
      .sort((one, other) => one - other),
  );

const BULB = ".lightBulbWidget:visible, [class*='codicon-gutter-lightbulb']:visible"; // where there is room
const shown = (row) => row && { icon: row.icon, old: row.old };
const record = (page) => page.locator(".editor-instance", { has: page.locator("[data-uri$='0001-transfers-balance.md']") });
/** A line of the record, in which blanks are no-break spaces. */
const line = (page, text) => record(page).locator(".view-line", { hasText: text }).first();

/** Once a row of the tree is as it should be. */
async function rowOnce(page, name, good) {
  return shown(test(await rowsOnce(page, (all) => test(all, name) && good(test(all, name))), name));
}

export const person = {
  /** What was recorded before, with nothing opened and nothing run. */
  async seesTheTree(page) {
    const found = await rowsOnce(page, (all) => test(all, TRANSFER)?.icon.includes("passed"));
    const results = await page.locator(".test-output-peek, .part.panel .test-results").count();
    return { rows: found, results };
  },
  /** What stands under and above a line of the record, and at its end. */
  async seesTheRecord(page) {
    const squiggle = record(page).locator(".squiggly-warning, .squiggly-error").first();
    await squiggle.waitFor();
    const lens = record(page).locator(".codelens-decoration a");
    await lens.first().waitFor();
    await line(page, "✓").waitFor();
    return { squiggle: await squiggle.getAttribute("class"), lenses: await lens.allInnerTexts() };
  },
  /** In the record and in the test, side by side. */
  async seesTheScaffold(page) {
    const lenses = page.locator(".editor-instance .codelens-decoration a");
    await lenses.filter({ hasText: "Verifies ADR-0001/INV-2" }).waitFor();
    await lenses.filter({ hasText: /^Run$/ }).nth(1).waitFor();
    return lenses.allInnerTexts();
  },
  async seesThePair(page) {
    await rowsOnce(page, (all) => test(all, "test_first") && test(all, "test_second"));
  },
  async seesOneOfThePair(page) {
    const has = (all, name, icon) => test(all, name).icon.includes(icon);
    const alone = (all) => has(all, "test_second", "passed") && has(all, "test_first", "unset");
    return (await rowsOnce(page, alone)).filter((row) => /^test_(first|second)/.test(row.text));
  },
  async seesTheSlow(page) {
    await rowsOnce(page, (all) => test(all, "test_slow"));
  },
  async seesTheCarts(page) {
    const found = await rowsOnce(page, (all) => test(all, CART) && test(all, "one_thing_costs_its_price"));
    return found.map((row) => row.text);
  },
  async seesNoCarts(page) {
    await rowsOnce(page, (all) => !all.some((row) => row.text.startsWith("ADR-0003")));
  },
  /** Runs the first invariant by its lens; what the status bar says meanwhile, until that is gone. */
  async clicksTheLens(page) {
    const progress = page.locator(".statusbar-item", { hasText: "Running ADR-0001/INV-1" });
    const lens = record(page).locator(".codelens-decoration a", { hasText: /^Run$/ }).first();
    await lens.click();
    // VS Code loses a click on a lens that it draws anew at that moment; then a person clicks once more.
    await progress.waitFor({ timeout: 10_000 }).catch(() => lens.click());
    await progress.waitFor();
    const said = await progress.innerText();
    await progress.waitFor({ state: "detached" });
    return said;
  },
  async seesFresh(page) {
    await line(page, "✓").waitFor();
    return rowOnce(page, TRANSFER, (row) => row.icon.includes("passed") && !row.old);
  },
  async seesStaleBeside(page) {
    await line(page, "◐").waitFor();
    const rows = await rowsOnce(page, (all) => test(all, TRANSFER).old);
    return rows.filter((row) => row.old).map((row) => row.text);
  },
  async seesStaleInTheRecord(page) {
    await line(page, "◐").waitFor();
  },
  /** What it offers; takes the first offer to write a test. */
  async usesTheLightbulb(page) {
    const bulb = record(page).locator(BULB).first();
    const offers = page.locator(".action-widget .monaco-list-row.action");
    const ours = offers.filter({ hasText: /scaffold/i }).first();
    for (const last = Date.now() + 30_000; ; ) {
      const come = await bulb.click({ timeout: 3000 }).then(() => true, () => false);
      if (!come && Date.now() < last) {
        await page.keyboard.press("ArrowRight"); // on a busy machine it may not come until the caret moves
        continue;
      }
      await offers.first().waitFor();
      if (await ours.count()) break;
      if (Date.now() > last) throw new Error(`it offers ${await offers.allInnerTexts()}`);
      await page.keyboard.press("Escape"); // it was still that of the line before
      await offers.first().waitFor({ state: "hidden" });
    }
    const titles = await offers.allInnerTexts();
    await ours.click();
    return titles;
  },
  async seesStale(page) {
    return test(await rowsOnce(page, (all) => test(all, TRANSFER)?.old), TRANSFER);
  },
  async runsTheRecord(page) {
    const row = page.locator(ROWS, { hasText: "ADR-0001" }).first();
    await row.hover();
    await row.locator(".action-label.codicon-testing-run-icon").click();
    const failed = (row) => row?.icon.includes("fail") && !row.text.includes("stale");
    return test(await rowsOnce(page, (all) => failed(test(all, TRANSFER))), TRANSFER);
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
