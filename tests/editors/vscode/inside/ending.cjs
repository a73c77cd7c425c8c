// The server is lost, and comes back.

const fs = require("node:fs");
const { RECORD, lenses, show, until } = require("./host.cjs");

const words = (pid) => fs.readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0");

/** The processes of servers that this extension host started. */
function servers() {
  const children = fs.readFileSync(`/proc/self/task/${process.pid}/children`, "utf8");
  return children.trim().split(" ").filter((pid) => pid && words(pid).some((word) => word.endsWith("adr-lsp")));
}

module.exports = {
  async crash() {
    const document = await show(RECORD);
    const [before, ...others] = servers();
    process.kill(before, "SIGKILL");
    await until(() => servers().some((pid) => pid !== before));
    await until(async () => (await lenses(document)).length);
    return { others, after: servers() };
  },
};
