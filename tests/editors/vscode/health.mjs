// What a person sees of the server's health, before and after trusting the folder: the language menu of the status bar,
// and whatever popped up.

import fs from "node:fs";
import path from "node:path";
import { picture, tell, uri, wanted, withWindow, writeSettings } from "./window.mjs";

const MENU = "[id='status.languageStatus']";
const ENTRY = ".hover-language-status .element";

/** The lines of the language menu's entry that tells of adr-lsp, once it says `expected`; `act` may have to be done
 * again and again until it does. */
async function health(page, expected, act = () => undefined) {
  const entry = page.locator(ENTRY, { hasText: expected });
  for (const last = Date.now() + wanted.deadline; ; ) {
    await act();
    await page.locator(MENU).hover();
    const come = await entry.waitFor({ timeout: 1000 }).then(() => true, () => false);
    if (come) return (await entry.innerText()).split("\n");
    if (Date.now() > last) throw new Error(`the status does not say ${expected}`);
    await page.mouse.move(0, 0);
  }
}

/** A letter at the end of the record, which has the editor ask anew for all that it shows. */
async function types(page) {
  await page.locator(".editor-instance .view-lines").first().click();
  await page.keyboard.press("ControlOrMeta+End");
  await page.keyboard.type("x");
}

/** All notifications since the window opened; a toast itself may come late. */
async function popups(page) {
  await page.locator("[id='status.notifications']").click();
  const center = page.locator(".notifications-center");
  await center.waitFor();
  return center.locator(".notification-list-item").allInnerTexts();
}

/** Answers VS Code's question whether the folder is trusted. */
async function distrust(page) {
  const question = page.locator(".monaco-dialog-box");
  await question.locator(".monaco-button", { hasText: /^No/ }).click();
  await question.waitFor({ state: "detached" });
}

/** Trusts the folder after all. */
async function trust(page) {
  await page.locator(".statusbar-item", { hasText: "Restricted Mode" }).click();
  await page.locator(".workspace-trust-editor .monaco-button", { hasText: /^Trust$/ }).first().click();
  const editor = page.locator(".monaco-modal-editor-block");
  await editor.locator("a.action-label[aria-label^='Close']").click();
  await editor.waitFor({ state: "detached" });
}

/** Starts the tests of the first record, or debugs them; what VS Code then asks, which is answered by no. */
async function tries(page, icon) {
  const record = page.locator(".test-explorer .monaco-list-row", { hasText: "ADR-0001" }).first();
  await record.hover();
  await record.locator(`.action-label.codicon-testing-${icon}`).click();
  const question = page.locator(".monaco-dialog-box");
  await question.waitFor();
  const asked = await question.innerText();
  await picture(page, "vscode-restricted");
  await question.locator(".monaco-button", { hasText: "Cancel" }).click();
  await question.waitFor({ state: "detached" });
  return asked;
}

/** Whether a process with just these words runs below VS Code; from the processes themselves. */
function runs(words) {
  const pids = fs.readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  return pids.some((pid) => {
    try {
      return fs.readFileSync(path.join("/proc", pid, "cmdline"), "utf8") === `${words.join("\0")}\0`;
    } catch {
      return false;
    }
  });
}

/** Looks again and again, as long as it is not so. */
async function until(page, isSo, what) {
  for (const last = Date.now() + wanted.deadline; !isSo(); ) {
    if (Date.now() > last) throw new Error(`never came: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return true;
}

/** A server that never answers, and then one that does. */
async function hangs(page) {
  const [words] = Object.values(wanted.silent);
  writeSettings(wanted.profile, { ...wanted.settings, ...wanted.silent });
  await until(page, () => runs(words), "a server that does not answer");
  const starting = await health(page, wanted.starting);
  writeSettings(wanted.profile, wanted.settings);
  const mended = await health(page, wanted.restricted);
  return { starting, mended, isGone: await until(page, () => !runs(words), "its end") };
}

await withWindow(async (page, open) => {
  await open((authority) => [["openFile", uri(authority, `${wanted.workspace}/docs/adr/0001-transfers-balance.md`)]]);
  await distrust(page);
  const restricted = await health(page, wanted.restricted);
  await page.locator(".activitybar [aria-label^='Testing']").first().click();
  const asked = [await tries(page, "debug-icon"), await tries(page, "run-icon")];
  const ranTests = fs.existsSync(`${wanted.workspace}/.adr-lsp/evidence`);
  writeSettings(wanted.profile, { ...wanted.settings, ...wanted.missing });
  const distrusted = await health(page, wanted.distrusted);
  const silent = await hangs(page);
  writeSettings(wanted.profile, { ...wanted.settings, ...wanted.failing });
  const limited = await health(page, wanted.limited, () => types(page));
  const ranBeforeTrust = fs.existsSync(wanted.marker);
  await picture(page, `vscode-${wanted.name}`);
  await trust(page);
  const trusted = await health(page, wanted.trusted);
  const ranAfterTrust = fs.existsSync(wanted.marker);
  tell({ restricted, asked, ranTests, distrusted, silent, limited, ranBeforeTrust, trusted, ranAfterTrust, popups: await popups(page) });
});
