// The server is lost, and comes back.

const { RECORD, lenses, servers, show, until } = require("./host.cjs");

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
