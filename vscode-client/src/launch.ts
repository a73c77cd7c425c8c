/** What starts the server: the configured command, the bundled server, or an installed one. */

import { existsSync } from "node:fs";
import * as path from "node:path";
import { bundled, installed, interpreters, launcherIn, named, type Place } from "./interpreter";
import type { Launch } from "./program";
import type { Settings } from "./settings";

const PROGRAM = "adr-lsp";

/** A text says why nothing starts it. */
export async function findLaunch(settings: Settings, place: Place): Promise<Launch | string> {
  if (settings.command.length) {
    return named(settings.command, place);
  }
  const found = await interpreters(settings.interpreter, place);
  if (typeof found === "string") {
    return found;
  }
  const usesBundled = settings.importStrategy === "useBundled" && holdsServer(place.home);
  return usesBundled ? bundled(launcherIn(place.home), found, place) : fromEnvironment(settings, found, place);
}

/** A package made for development has no server in it. */
function holdsServer(home: string): boolean {
  return existsSync(path.join(home, "bundled", "libs"));
}

/** The server of the configured interpreter, else of the Python extension's, else on PATH. */
async function fromEnvironment(settings: Settings, found: readonly Launch[], place: Place): Promise<Launch | string> {
  const [first] = found;
  if (settings.interpreter.length && first !== undefined) {
    return (await installed(first, place)) ?? `${first.program} has no adr-lsp: install it there`;
  }
  const isChosen = first !== undefined && first.program === (await place.chosen());
  const launch = isChosen ? await installed(first, place) : undefined;
  const onPath = launch ?? named([PROGRAM], place);
  return typeof onPath === "string" ? "`adr-lsp` is not on PATH" : onPath;
}

export function isSame(one: Launch | undefined, other: Launch | undefined): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
