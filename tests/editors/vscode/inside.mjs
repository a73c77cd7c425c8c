// Runs `inside/index.cjs` in the extension host of a real VS Code that has the packaged client.

import fs from "node:fs";
import { person } from "./person.mjs";
import { picture, uri, wanted, withWindow } from "./window.mjs";

/** What a person does in the window, for a step that waits for what they saw. */
async function acted(page, act) {
  const outcome = await person[act](page).then(
    (saw) => ({ saw: saw ?? null }),
    (error) => ({ failed: String(error.stack ?? error) }),
  );
  const told = `${wanted.observed}.${act}`;
  fs.writeFileSync(`${told}.part`, JSON.stringify(outcome));
  fs.renameSync(`${told}.part`, told);
}

await withWindow(async (page, open) => {
  const ended = new Promise((resolve) => page.exposeFunction("codeAutomationExit", resolve));
  let pictures = Promise.resolve();
  await page.exposeFunction("codeAutomationLog", (_level, words) => {
    const line = words.map(String).join(" ");
    const name = /^picture (\S+)$/.exec(line)?.[1];
    if (name) pictures = pictures.then(() => picture(page, name));
    const act = /^person (\S+)$/.exec(line)?.[1];
    if (act) void acted(page, act);
    else if (line.startsWith("step ")) console.log(line);
  });
  await open((authority) => [
    ["extensionDevelopmentPath", uri(authority, wanted.inside)],
    ["extensionTestsPath", uri(authority, `${wanted.inside}/index.cjs`)],
  ]);
  process.exitCode = await ended;
  await pictures;
});
