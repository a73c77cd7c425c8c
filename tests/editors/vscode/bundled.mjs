// The packaged extension alone, with the server in it, on a machine that has no adr-lsp: which Python runs it, what is said
// where none can, and what then stands in a record. All in one window that is never reloaded.

import fs from "node:fs";
import path from "node:path";
import { picture, tell, uri, wanted, withWindow, writeSettings } from "./window.mjs";

const MENU = "[id='status.languageStatus']";
const ENTRY = ".hover-language-status .element";
const PROPOSED = "0009-share-payouts-by-largest-remainder.md";

/** Looks again and again, as long as it is not seen. */
async function until(page, see, what) {
  for (const last = Date.now() + wanted.deadline; ; ) {
    const seen = await see();
    if (seen) return seen;
    if (Date.now() > last) throw new Error(`never came: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** The lines of the language menu's entry that tells of adr-lsp, once it says `expected`. */
async function health(page, expected) {
  const entry = page.locator(ENTRY, { hasText: expected });
  const lines = await until(
    page,
    async () => {
      await page.locator(MENU).hover();
      const come = await entry.waitFor({ timeout: 500 }).then(() => true, () => page.mouse.move(0, 0));
      return come && (await entry.innerText()).split("\n");
    },
    expected,
  );
  await page.mouse.move(0, 0);
  return lines;
}

/** The words of the server that runs now, other than `before`; from the processes themselves. */
async function serverBut(page, before) {
  return until(
    page,
    () => processes().find(({ pid, words }) => pid !== before?.pid && isServer(words)),
    "another server",
  );
}

/** Not one that is only asked whether it can. */
const isServer = (words) => words.includes("-I") && words.some((word) => isLauncher(word));
const isLauncher = (word) => word.startsWith(wanted.profile) && word.endsWith("launch.py");

function processes() {
  const pids = fs.readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  return pids.flatMap((pid) => {
    try {
      return [{ pid: Number(pid), words: fs.readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0") }];
    } catch {
      return [];
    }
  });
}

const onPath = (name, python) => fs.symlinkSync(python, path.join(wanted.path, name));
const isServed = async (page) => (await health(page, wanted.version), serverBut(page));

async function distrust(page) {
  const question = page.locator(".monaco-dialog-box");
  await question.locator(".monaco-button", { hasText: /^No/ }).click();
  await question.waitFor({ state: "detached" });
}

async function trust(page) {
  await page.locator(".statusbar-item", { hasText: "Restricted Mode" }).click();
  await page.locator(".workspace-trust-editor .monaco-button", { hasText: /^Trust$/ }).first().click();
  const editor = page.locator(".monaco-modal-editor-block");
  await editor.locator("a.action-label[aria-label^='Close']").click();
  await editor.waitFor({ state: "detached" });
}

async function show(page, name) {
  await page.keyboard.press("Control+P");
  const box = page.locator(".quick-input-widget input");
  await box.fill(name);
  await page.locator(".quick-input-list .monaco-list-row", { hasText: name.split(":")[0] }).first().waitFor();
  await box.press("Enter");
  const editor = editorOf(page, name.split(":")[0]);
  await editor.waitFor();
  return editor;
}

const editorOf = (page, name) =>
  page.locator(".editor-instance", { has: page.locator(`[data-uri$='${name}']`) });

/** All notifications since the window opened. */
async function popups(page) {
  await page.locator("[id='status.notifications']").click();
  const center = page.locator(".notifications-center");
  await center.waitFor();
  return center.locator(".notification-list-item").allInnerTexts();
}

const steps = {
  /** The only Python that could is the workspace's own, which nobody trusts yet. */
  none: (page) => health(page, "no Python"),
  async wrong(page) {
    onPath("python3", wanted.old);
    writeSettings(wanted.profile, { ...wanted.settings, "adr-lsp.display": "normal" });
    return health(page, "found 3");
  },
  async onPath(page) {
    onPath(wanted.name3, wanted.python);
    writeSettings(wanted.profile, { ...wanted.settings, "adr-lsp.display": "rich" });
    const told = await health(page, wanted.version);
    return { told, server: await serverBut(page) };
  },
  async trusted(page) {
    const before = await serverBut(page);
    await trust(page);
    const server = await serverBut(page, before);
    return { server, told: await health(page, wanted.version) };
  },
  async chosen(page) {
    const before = await serverBut(page);
    fs.writeFileSync(wanted.chosen, path.join(wanted.path, wanted.name3));
    return serverBut(page, before);
  },
  async configured(page) {
    const interpreter = { "adr-lsp.interpreter": [wanted.old] };
    writeSettings(wanted.profile, { ...wanted.settings, ...interpreter });
    const told = await health(page, "found 3");
    writeSettings(wanted.profile, wanted.settings);
    await isServed(page);
    return told;
  },
  /** The server that is installed, if that is preferred: nowhere on the path, and then in an interpreter. */
  async environment(page) {
    const settings = { ...wanted.settings, "adr-lsp.importStrategy": "fromEnvironment" };
    writeSettings(wanted.profile, settings);
    const onPath = await health(page, "not on PATH");
    writeSettings(wanted.profile, { ...settings, "adr-lsp.interpreter": [wanted.python] });
    const without = await health(page, "has no adr-lsp");
    writeSettings(wanted.profile, { ...settings, "adr-lsp.interpreter": [wanted.installed] });
    const within = await health(page, wanted.version);
    writeSettings(wanted.profile, wanted.settings);
    await isServed(page);
    return { onPath, without, within };
  },
  async record(page) {
    const editor = await show(page, `${PROPOSED}:40`);
    const line = editor.locator(".view-line", { hasText: "INV-1" });
    await editor.locator("[class*='squiggly-']").first().waitFor();
    const hint = line.locator("span", { hasText: "unverified" }).last();
    await hint.waitFor();
    await editor.locator(".codelens-decoration a", { hasText: "Scaffold" }).first().waitFor();
    const hover = page.locator(".monaco-hover", { hasText: "The shares of a payout add up" });
    await until(
      page,
      async () => {
        await line.locator("span span", { hasText: "INV-1" }).first().hover();
        return hover.waitFor({ timeout: 1000 }).then(() => true, () => page.mouse.move(0, 0));
      },
      "the hover",
    );
    await picture(page, "vscode-bundled-record");
    return { hover: await hover.innerText(), lenses: await editor.locator(".codelens-decoration a").allInnerTexts() };
  },
  async scaffold(page) {
    const editor = editorOf(page, PROPOSED);
    await editor.locator(".codelens-decoration a", { hasText: "Scaffold" }).first().click();
    await editor.locator(".view-line", { hasText: "scaffolded" }).first().waitFor();
    const tab = page.locator(".tab .label-name", { hasText: "test_share_payouts" }).first();
    await tab.waitFor();
    await picture(page, "vscode-bundled-scaffolded");
    return tab.innerText();
  },
  async run(page) {
    await page.locator(".activitybar [aria-label^='Testing']").first().click();
    const record = page.locator(".test-explorer .monaco-list-row", { hasText: "ADR-0007" }).first();
    await record.hover();
    await record.locator(".action-label.codicon-testing-run-icon").click();
    await record.locator(".computed-state.testing-passed-icon, .computed-state[class*='passed']").waitFor();
    const editor = await show(page, "0007-round-fees-half-even.md:40");
    const hint = editor.locator(".view-line", { hasText: /✓\s2\stests/ }); // lines are in no order in a page
    await hint.waitFor();
    await picture(page, "vscode-bundled-run");
    return { hint: await hint.innerText(), recorded: fs.readdirSync(`${wanted.workspace}/.adr-lsp/evidence`).length };
  },
  async configuration(page) {
    const editor = await show(page, "pyproject.toml:21");
    await editor.locator("[class*='squiggly-']").first().waitFor();
    return true;
  },
  async dies(page) {
    let server = await isServed(page);
    for (let times = 1; times < 5; times += 1) {
      process.kill(server.pid, "SIGKILL");
      server = await serverBut(page, server);
      await health(page, wanted.version);
    }
    process.kill(server.pid, "SIGKILL");
    return health(page, "5 times");
  },
  async again(page) {
    writeSettings(wanted.profile, { ...wanted.settings, "adr-lsp.display": "quiet" });
    await isServed(page);
    return popups(page);
  },
};

await withWindow(async (page, open) => {
  await open((authority) => [
    ["extensionDevelopmentPath", uri(authority, wanted.standIn)],
    ["openFile", uri(authority, `${wanted.workspace}/docs/adr/${PROPOSED}`)],
  ]);
  await distrust(page);
  const observed = {};
  for (const [name, step] of Object.entries(steps)) {
    const began = Date.now();
    try {
      observed[name] = { saw: await step(page) };
    } catch (error) {
      observed[name] = { failed: String(error.stack ?? error) };
      await picture(page, `vscode-bundled-failed-${name}`);
    }
    console.log(`step ${name}: ${observed[name].failed ?? "done"} after ${Date.now() - began} ms`);
    if (observed[name].failed) break;
  }
  tell(observed);
});
