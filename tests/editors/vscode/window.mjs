// A real VS Code: its own server, and its window in a browser.

import { spawn } from "node:child_process";
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

/** What the test that called us wants: paths, settings, which workspace. */
export const wanted = JSON.parse(fs.readFileSync(process.argv[2], "utf8"));

const { chromium } = createRequire(path.join(wanted.playwright, "/"))("playwright-core");

const [WIDE, HIGH] = [1100, 600];
/** What moves without end keeps a browser without a graphics card busy. */
const STILL = "*, *::before, *::after { animation: none !important; transition: none !important }";
const QUIET = {
  "security.workspace.trust.enabled": false,
  "workbench.startupEditor": "none",
  "workbench.enableExperiments": false,
  "workbench.reduceMotion": "on",
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "telemetry.telemetryLevel": "off",
  "update.mode": "none",
  "extensions.autoCheckUpdates": false,
  "extensions.autoUpdate": false,
  "extensions.ignoreRecommendations": true,
  "chat.disableAIFeatures": true,
  "git.enabled": false,
  "npm.autoDetect": "off",
  "files.autoSave": "off",
  "editor.cursorBlinking": "solid",
  "editor.minimap.enabled": false,
  "editor.inlayHints.enabled": "on",
  "editor.wordWrap": "on",
  "debug.openDebug": "neverOpen",
  "debug.internalConsoleOptions": "neverOpen",
  "remote.autoForwardPorts": false,
  // For pictures: nothing that distracts.
  "breadcrumbs.enabled": false,
  "editor.stickyScroll.enabled": false,
  "editor.fontSize": 12,
  "testing.automaticallyOpenTestResults": "neverOpen",
  "window.commandCenter": false,
  "workbench.layoutControl.enabled": false,
};

/** As user and as machine: a window on another machine's files reads the server's command from there alone. */
export function writeSettings(profile, settings) {
  for (const whose of ["User", "Machine"]) {
    const folder = path.join(profile, "data", whose);
    fs.mkdirSync(folder, { recursive: true });
    fs.writeFileSync(path.join(folder, "settings.json"), JSON.stringify({ ...QUIET, ...settings }));
  }
}

/** The port on which the server says that it listens. */
function listening(server) {
  let said = "";
  return new Promise((resolve, reject) => {
    const hear = (data) => {
      said += data;
      const port = /(?:listening on|available at http:\/\/[^:]+:)\s*(\d+)/.exec(said);
      if (port) resolve(Number(port[1]));
    };
    server.stdout.on("data", hear);
    server.stderr.on("data", hear);
    server.on("exit", (code) => reject(new Error(`VS Code's server ended with ${code}\n${said}`)));
  });
}

async function startServer(profile) {
  writeSettings(profile, wanted.settings);
  const data = path.join(profile, "data");
  const server = spawn(
    process.execPath,
    [
      wanted.server, "--start-server", "--without-connection-token", "--accept-server-license-terms",
      "--host", "127.0.0.1", "--port", "0", "--telemetry-level", "off", "--enable-smoke-test-driver",
      "--force-disable-user-env",
      "--server-data-dir", data, "--user-data-dir", data,
      "--extensions-dir", path.join(profile, "extensions"), "--install-extension", wanted.vsix,
    ],
    { stdio: ["ignore", "pipe", "pipe"], detached: true, env: { ...process.env, ...wanted.environment } },
  );
  return { port: await listening(server), stop: () => process.kill(-server.pid, "SIGTERM") };
}

const BROWSER_FLAGS = [
  "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
  "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
];

/** Calls `use(page, open)` with a fresh window; `open(payload)` shows the workspace in it. */
export async function withWindow(use) {
  const server = await startServer(wanted.profile);
  const browser = await chromium.launch({ executablePath: wanted.browser, args: BROWSER_FLAGS });
  const page = await browser.newPage({ viewport: { width: WIDE, height: HIGH } });
  page.setDefaultTimeout(wanted.deadline);
  const authority = `vscode-remote://127.0.0.1:${server.port}`;
  const open = async (payload) => {
    const query = new URLSearchParams({ folder: wanted.workspace, payload: JSON.stringify(payload(authority)) });
    await page.goto(`http://127.0.0.1:${server.port}/?${query}`, { waitUntil: "domcontentloaded" });
    await page.addStyleTag({ content: STILL });
    await page.waitForSelector(".monaco-workbench .part.statusbar");
  };
  try {
    await use(page, open);
  } catch (error) {
    await page.screenshot({ path: path.join(wanted.pictures, `vscode-${wanted.name}-failed.png`) });
    throw error;
  } finally {
    await browser.close();
    server.stop();
  }
}

export const uri = (authority, file) => authority + file.split("/").map(encodeURIComponent).join("/");

export async function picture(page, name) {
  const taken = path.join(wanted.pictures, `${name}.png`);
  await page.mouse.move(WIDE - 1, HIGH / 2);
  fs.writeFileSync(`${taken}.part`, await page.screenshot());
  fs.renameSync(`${taken}.part`, taken);
}

export function tell(observed) {
  fs.writeFileSync(wanted.observed, JSON.stringify(observed, null, 1));
}
