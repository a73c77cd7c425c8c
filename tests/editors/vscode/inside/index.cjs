// What a person would do, done inside the extension host. Each step's outcome goes to a file that the test reads.

const fs = require("node:fs");
const authoring = require("./authoring.cjs");
const debugging = require("./debugging.cjs");
const ending = require("./ending.cjs");
const { pictured, wanted } = require("./host.cjs");
const reading = require("./reading.cjs");
const testing = require("./testing.cjs");

const steps = {
  ...{ ...reading, ...testing.before, ...debugging, ...testing.after },
  ...{ ...authoring, ...testing.last, ...ending },
};

exports.run = async () => {
  const observed = {};
  let failures = 0;
  for (const [name, step] of Object.entries(steps)) {
    const began = Date.now();
    try {
      observed[name] = { saw: (await step()) ?? null };
    } catch (error) {
      observed[name] = { failed: String(error.stack ?? error) };
      failures += 1;
      await pictured(`vscode-failed-${name}`);
    }
    observed[name].took = Date.now() - began;
    console.log(`step ${name}: ${observed[name].failed ?? "done"}`);
    if (failures === 2) break;
  }
  fs.writeFileSync(wanted.observed, JSON.stringify(observed, null, 1));
};
