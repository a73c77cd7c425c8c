// Where an error was thrown.

import { stripped } from "./cases.mjs";

const FRAME = /^\s*at .*?\(?((?:file:\/\/)?(?:\/|[A-Za-z]:[\\/])[^()\n]*?):(\d+):\d+\)?$/gm;

/** The places of an error's stack, the innermost first: `{ file, line }`. */
export function stackOf(error) {
  if (error?.stacks?.length) return error.stacks;
  const frames = stripped(String(error?.stack ?? "")).matchAll(FRAME);
  return [...frames].map(([, file, line]) => ({ file: file.replace(/^file:\/\/(?:\/(?=[A-Za-z]:))?/, ""), line: Number(line) }));
}
