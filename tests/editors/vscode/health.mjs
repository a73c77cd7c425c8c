// What a person sees of the server's health, before and after trusting the folder: the language menu of the status bar,
// and whatever popped up.

import fs from "node:fs";
import { picture, tell, uri, wanted, withWindow } from "./window.mjs";

const MENU = "[id='status.languageStatus']";
const ENTRY = ".hover-language-status .element";

/** The lines of the language menu's entry that tells of adr-lsp, once it says `expected`. */
async function health(page, expected) {
  await page.locator(MENU).hover();
  const entry = page.locator(ENTRY, { hasText: expected });
  await entry.waitFor();
  return (await entry.innerText()).split("\n");
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

await withWindow(async (page, open) => {
  await open((authority) => [["openFile", uri(authority, `${wanted.workspace}/docs/adr/0001-transfers-balance.md`)]]);
  await distrust(page);
  const distrusted = await health(page, wanted.distrusted);
  const ranBeforeTrust = fs.existsSync(wanted.marker);
  await picture(page, `vscode-${wanted.name}`);
  await trust(page);
  const trusted = await health(page, wanted.trusted);
  const ranAfterTrust = fs.existsSync(wanted.marker);
  tell({ distrusted, ranBeforeTrust, trusted, ranAfterTrust, popups: await popups(page) });
});
