// Opens a report in Chromium as a reader would, offline: what it asked for, what ran, and how it looks.

import { createRequire } from "node:module";
import fs from "node:fs";
import { beyond, broken, heard, pale, unprinted } from "./reading.mjs";

const wanted = JSON.parse(fs.readFileSync(process.argv[2], "utf-8"));
const { chromium } = createRequire(`${wanted.playwright}/`)("playwright-core");

const browser = await chromium.launch({ executablePath: wanted.browser, args: ["--no-sandbox"] });
const observed = [];
for (const { name, url, scheme } of wanted.pages) {
  const context = await browser.newContext({ colorScheme: scheme, viewport: { width: 1200, height: 1600 } });
  const page = await context.newPage();
  const asked = [], ran = [], refused = [];
  page.on("request", (request) => asked.push(request.url()));
  page.on("dialog", (dialog) => { ran.push(dialog.message()); void dialog.dismiss(); });
  page.on("console", (message) => refused.push(message.text()));
  await page.goto(url);
  const top = { x: 0, y: 0, width: 1200, height: 720 };
  await page.screenshot({ path: `${wanted.pictures}/${name}.png`, clip: top });
  const first = await page.locator("header li li").allInnerTexts();
  await page.emulateMedia({ media: "print" });
  const hidden = await page.evaluate(unprinted);
  await page.emulateMedia({ media: "screen" });
  for (const summary of await page.locator("summary").all()) await summary.click();
  const pwned = await page.evaluate(() => Object.hasOwn(window, "pwned"));
  const scripts = await page.locator("script, iframe, object, embed, img, link, base, form").count();
  const handlers = await page.evaluate(
    () => [...document.querySelectorAll("*")].flatMap((e) => e.getAttributeNames()).filter((n) => n.startsWith("on")),
  );
  const read = { pale: await page.evaluate(pale), broken: await page.evaluate(broken), ...(await heard(page)) };
  await page.setViewportSize({ width: 800, height: 1000 });
  const wide = await page.evaluate(beyond);
  await page.setViewportSize({ width: 1200, height: 1600 });
  const heading = await page.locator("h1").first().innerText();
  const background = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const letters = await page.locator(".map .letter").allInnerTexts();
  await page.evaluate(() => window.scrollTo(0, 0));
  await page.screenshot({ path: `${wanted.pictures}/${name}-whole.png` });
  observed.push({ name, asked, ran, refused, pwned, scripts, handlers, wide, heading, background, letters, first, hidden, read });
  await context.close();
}
await browser.close();
fs.writeFileSync(wanted.observed, JSON.stringify(observed));
