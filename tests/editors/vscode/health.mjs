// What a person sees of the server's health: the language menu of the status bar, and what popped up.

import fs from "node:fs";
import { picture, tell, uri, wanted, withWindow } from "./window.mjs";

const MENU = "[id='status.languageStatus']";
const ENTRY = ".hover-language-status .element";

/** The entry of the language menu that tells of adr-lsp, once it says `expected`. */
async function health(page, expected) {
  await page.locator(MENU).hover();
  const entry = page.locator(ENTRY, { hasText: new RegExp(expected) });
  await entry.waitFor();
  return entry.innerText();
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

const popups = (page) => page.locator(".notification-toast").allInnerTexts();

await withWindow(async (page, open) => {
  await open((authority) => [["openFile", uri(authority, `${wanted.workspace}/docs/adr/0001-transfers-balance.md`)]]);
  const observed = {};
  if (wanted.distrust) await distrust(page);
  await page.waitForSelector(".monaco-editor .view-line");
  observed.health = await health(page, wanted.health);
  observed.popups = await popups(page);
  await picture(page, wanted.name);
  if (wanted.thenTrusted) {
    observed.ranBeforeTrust = fs.existsSync(wanted.marker);
    await trust(page);
    observed.thenTrusted = await health(page, wanted.thenTrusted);
  }
  tell(observed);
});
