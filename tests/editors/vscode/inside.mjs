// Runs `inside/index.cjs` in the extension host of a real VS Code that has the packaged client.

import { picture, uri, wanted, withWindow } from "./window.mjs";

await withWindow(async (page, open) => {
  const ended = new Promise((resolve) => page.exposeFunction("codeAutomationExit", resolve));
  let pictures = Promise.resolve();
  await page.exposeFunction("codeAutomationLog", (_level, words) => {
    const line = words.map(String).join(" ");
    const name = /^picture (\S+)$/.exec(line)?.[1];
    if (name) pictures = pictures.then(() => picture(page, name));
    else if (line.startsWith("step ")) console.log(line);
  });
  await open((authority) => [
    ["extensionDevelopmentPath", uri(authority, wanted.inside)],
    ["extensionTestsPath", uri(authority, `${wanted.inside}/index.cjs`)],
  ]);
  process.exitCode = await ended;
  await pictures;
});
