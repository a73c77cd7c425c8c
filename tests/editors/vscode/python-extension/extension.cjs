// The interpreter that is chosen for the workspace: the one that a file names.

const fs = require("node:fs");
const vscode = require("vscode");

const { chosen } = JSON.parse(fs.readFileSync(process.env.ADR_LSP_WANTED, "utf8"));

exports.activate = () => {
  const changed = new vscode.EventEmitter();
  fs.watch(chosen, () => changed.fire({}));
  return {
    environments: {
      getActiveEnvironmentPath: () => ({ id: "one", path: fs.readFileSync(chosen, "utf8") }),
      resolveEnvironment: async ({ path }) => ({ executable: { uri: path ? vscode.Uri.file(path) : undefined } }),
      onDidChangeActiveEnvironmentPath: changed.event,
    },
  };
};
