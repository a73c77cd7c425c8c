// What the extension for Python is to a debugger's client: the adapter behind it is the real one.

const vscode = require("vscode");
const { wanted } = require("./host.cjs");

exports.activate = (context) => {
  const adapter = new vscode.DebugAdapterExecutable(wanted.python, ["-m", "debugpy.adapter"]);
  const factory = { createDebugAdapterDescriptor: () => adapter };
  context.subscriptions.push(vscode.debug.registerDebugAdapterDescriptorFactory("debugpy", factory));
};
