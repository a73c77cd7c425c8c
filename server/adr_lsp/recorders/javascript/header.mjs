// What a run is: the commit, the environment, the shard.

import { createHash } from "node:crypto";
import os from "node:os";
import path from "node:path";

import { ancestors, hasGit, readRegular } from "./project.mjs";

// What package managers write down of the packages that they installed, then what was asked for.
const INSTALLED = [
  "node_modules/.package-lock.json",
  "node_modules/.pnpm/lock.yaml",
  "node_modules/.yarn-state.yml",
  ".yarn/install-state.gz",
  "node_modules/.yarn-integrity",
  "bun.lock",
  "bun.lockb",
  "package-lock.json",
  "pnpm-lock.yaml",
  "yarn.lock",
];

export function header(project, { tool, version, start, argv, shard }) {
  return {
    version: 1,
    tool,
    tool_version: version,
    argv,
    cwd: project.relative(process.cwd()) ?? "",
    commit: commit(project.root),
    environment: {
      runtime: `node ${process.versions.node}`,
      platform: process.platform,
      versions: versions(start, version),
    },
    shard: shard ?? shardOfCI(),
    pid: process.pid,
    host: os.hostname(),
  };
}

/** A digest of what is installed for the folder that the tool was started in. */
function versions(start, version) {
  const digest = createHash("sha256").update(`${process.versions.node}\n${version}\n`);
  for (const folder of ancestors(path.resolve(start))) {
    const found = INSTALLED.map((name) => readRegular(path.join(folder, name))).find(Boolean);
    if (found) return digest.update(found).digest("hex").slice(0, 16);
    if (hasGit(folder)) break;
  }
  return digest.digest("hex").slice(0, 16);
}

function shardOfCI() {
  const { CI_NODE_INDEX, CI_NODE_TOTAL, ADR_LSP_SHARD } = process.env;
  if (CI_NODE_INDEX !== undefined && CI_NODE_TOTAL !== undefined) return `${CI_NODE_INDEX}/${CI_NODE_TOTAL}`;
  return ADR_LSP_SHARD || null;
}

/** The commit that is checked out, read from `.git` itself: no program is started. */
function commit(root) {
  const folder = ancestors(root).find(hasGit);
  if (folder === undefined) return null;
  const git = pointed(path.join(folder, ".git"));
  const head = textOf(path.join(git, "HEAD"));
  if (!head.startsWith("ref: ")) return hexadecimal(head);
  const common = path.resolve(git, textOf(path.join(git, "commondir")));
  const name = head.slice("ref: ".length);
  for (const place of [git, common]) {
    const loose = hexadecimal(textOf(path.join(place, name)));
    if (loose) return loose;
  }
  const packed = textOf(path.join(common, "packed-refs")).split("\n");
  const line = packed.find((each) => each.slice(41) === name);
  return line === undefined ? null : hexadecimal(line.slice(0, 40));
}

function pointed(file) {
  const text = textOf(file);
  return text.startsWith("gitdir: ") ? path.resolve(path.dirname(file), text.slice("gitdir: ".length)) : file;
}

const textOf = (file) => (readRegular(file) ?? "").toString("utf8").trim();
const hexadecimal = (text) => (/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(text) ? text : null);
