// What the properties that a test checked say together, in the words of the evidence format.

import { LONGEST_MESSAGE } from "./evidence.mjs";

const EXAMPLES = 20;
const UNESTABLISHED = [
  [/^Failed to run property, too many pre-condition failures/, "unsatisfiable"],
  [/^Property interrupted after /, "deadline"],
  [/^Property failed after [^]*\nGot (?:error|TimeoutError)?:? ?Property timeout: exceeded limit/, "deadline"],
];

/** `cases`, `counterexample` and `replayed` of several properties: their sum, and the failure's example. */
export function properties(list, names) {
  if (list.length === 0) return {};
  const sum = (field) => list.reduce((total, one) => total + (one[field] ?? 0), 0);
  const failing = list.find((one) => one.example !== null);
  const phases = { generate: sum("accepted") + sum("rejected") + sum("failed") - sum("explicit") };
  if (sum("explicit")) phases.explicit = sum("explicit");
  if (sum("shrinks")) phases.shrink = sum("shrinks");
  const found = {
    cases: {
      accepted: sum("accepted"),
      rejected: sum("rejected"),
      failed: sum("failed"),
      phases,
      max_examples: list.every((one) => one.most !== null) ? sum("most") : null,
      exhausted: false,
    },
  };
  if (failing) found.counterexample = shaped(failing.example, names, failing);
  const replayed = list.flatMap((one) => one.replayed).slice(0, EXAMPLES);
  if (replayed.length) found.replayed = replayed.map((one) => shaped(one, names));
  return found;
}

function shaped({ text, values }, names, { seed = null, path = null } = {}) {
  const isNamed = values !== null && names?.length === values.length;
  const found = { text, values: isNamed ? Object.fromEntries(names.map((name, at) => [name, values[at]])) : null };
  return seed !== null && path ? { ...found, seed, path } : found;
}

/** Where fast-check says that a failure can be found again. */
export function found(message) {
  const told = /^\{ seed: (-?\d+), path: "([^"]*)"/m.exec(message);
  return told ? { seed: Number(told[1]), path: told[2] } : {};
}

/** Whether a failure refutes a property, or says that nothing was established. */
export function unestablished(message) {
  return UNESTABLISHED.find(([pattern]) => pattern.test(message))?.[1] ?? null;
}

/** The first lines of what a tool says of an error, with its cause, without colours. */
export function messageOf(errors) {
  const said = errors.flatMap((error) => [error?.message, error?.cause?.message && `caused by ${error.cause.message}`]);
  return stripped(said.filter(Boolean).join("\n")).slice(0, LONGEST_MESSAGE);
}

export const stripped = (text) => text.replace(/\x1b\[[\d;]*[A-Za-z]/g, "");
