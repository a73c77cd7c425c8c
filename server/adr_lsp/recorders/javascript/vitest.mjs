// Writes down what a vitest run proves: a reporter, given on the command line beside the user's own. vitest 3.2 and later.

import { fileURLToPath, pathToFileURL } from "node:url";
import path from "node:path";

import { NOT_RECORDED, begin } from "./evidence.mjs";
import { Names } from "./names.mjs";
import { readRegular } from "./project.mjs";
import { VitestModule } from "./vitest-module.mjs";

const SETUP = fileURLToPath(new URL("./vitest-setup.mjs", import.meta.url));
const NODE_MODULES = /[\\/]node_modules[\\/]/;

export default class AdrLspReporter {
  #vitest = null;
  #evidence = null;
  #modules = new Map();
  #names = new Map();

  onInit(vitest) {
    this.#vitest = vitest;
    if (Number.parseInt(vitest.version) < 3) {
      process.stderr.write(`${NOT_RECORDED}vitest ${vitest.version} is too old: 3.2 is needed\n`);
      return;
    }
    if (vitest.config.mergeReports) return; // the runs that are merged were recorded where they ran
    try {
      this.#join(vitest);
    } catch (error) {
      process.stderr.write(`${NOT_RECORDED}${error?.message ?? error}\n`);
    }
  }

  /** Our setup file joins the user's, for this run. */
  #join(vitest) {
    const evidence = begin("vitest", vitest.version, vitest.config.root);
    if (evidence === null) return;
    const below = pathToFileURL(path.join(evidence.project.root, path.sep)).href;
    const coverage = process.env.ADR_LSP_COVERAGE === "1" && !vitest.config.coverage?.enabled;
    process.env.ADR_LSP_VITEST = JSON.stringify({ below, coverage });
    for (const project of vitest.projects) {
      if (project.config.browser?.enabled) continue;
      project.config.setupFiles.unshift(SETUP);
    }
    this.#evidence = evidence;
  }

  onTestRunStart(specifications) {
    if (this.#evidence === null || specifications.length === 0) return;
    const { version, config } = this.#vitest;
    const shard = config.shard ? `${config.shard.index}/${config.shard.count}` : null;
    const evidence = (this.#evidence = begin("vitest", version, config.root, { shard }) ?? this.#evidence);
    this.#modules = new Map();
    this.#names = new Map();
    evidence.guarded(() => {
      for (const { moduleId, project } of specifications) {
        if (this.#namesOf(moduleId).needPlaces) project.config.includeTaskLocation = true; // it is dear
      }
      evidence.addRecords();
      evidence.addConfiguration(specifications.map((each) => each.moduleId));
      evidence.addFiles(this.#configured());
    });
  }

  #namesOf(file) {
    if (!this.#names.has(file)) {
      const source = readRegular(file)?.toString("utf8") ?? null;
      this.#names.set(file, new Names(this.#evidence.project.own(file), source));
    }
    return this.#names.get(file);
  }

  /** What configures vitest, wherever it stands. */
  *#configured() {
    const vites = new Set([this.#vitest.vite ?? this.#vitest.server, ...this.#vitest.projects.map((project) => project.vite)]);
    for (const vite of vites) {
      if (vite?.config.configFile) yield vite.config.configFile;
      for (const file of vite?.config.configFileDependencies ?? []) if (!NODE_MODULES.test(file)) yield file;
    }
    for (const { config } of this.#vitest.projects) {
      for (const file of [...(config.setupFiles ?? []), ...[config.globalSetup ?? []].flat()]) yield file;
    }
  }

  onTestModuleQueued(module) {
    this.#with(module, (found) => found.queued());
  }

  onTestModuleCollected(module) {
    this.#with(module, (found) => found.collected());
  }

  onTestCaseResult(test) {
    this.#with(test.module, (found) => found.result(test));
  }

  onTestModuleEnd(module) {
    this.#with(module, (found) => found.ended());
  }

  #with(module, doing) {
    const evidence = this.#evidence;
    if (evidence === null || module.project.config.browser?.enabled) return;
    evidence.guarded(() => {
      if (!this.#modules.has(module.id)) {
        const names = this.#namesOf(module.moduleId);
        this.#modules.set(module.id, new VitestModule(evidence, module, this.#vitest, names));
      }
      const found = this.#modules.get(module.id);
      found.module = module; // it is another object once the file is collected
      if (found.path !== null) doing(found);
    });
  }

  onTestRunEnd(modules, unhandled, reason) {
    const evidence = this.#evidence;
    if (evidence === null) return;
    const isCut = reason === "interrupted";
    for (const module of isCut ? [] : modules) this.#with(module, (found) => found.settle());
    evidence.guarded(() => {
      this.#blame(this.#vitest.config.dangerouslyIgnoreUnhandledErrors ? [] : unhandled);
      if (isCut) evidence.close();
      else evidence.end(process.exitCode || (reason === "passed" ? 0 : 1));
    });
    if (evidence.fault !== null) evidence.close();
    const complaint = evidence.complaint();
    if (complaint !== null) process.stderr.write(complaint);
  }

  /** An error outside of every test is one of the test or the file that vitest names, else of the files that did not
   * come to their end, else of all that ran. */
  #blame(unhandled) {
    const ran = [...this.#modules.values()].filter((found) => found.path !== null);
    const lost = ran.filter((found) => !found.hasEnded || found.isLost);
    for (const error of unhandled) {
      const said = [error.VITEST_TEST_PATH, error.message, error.cause?.message].join("\n");
      const named = ran.filter((found) => said.includes(found.module.moduleId));
      const blamed = named.length ? named : lost.length ? lost : ran;
      for (const found of blamed) found.unhandled(error);
    }
  }
}
