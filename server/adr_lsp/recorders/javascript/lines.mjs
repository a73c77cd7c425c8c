// From offsets in the code that ran to lines of the file as it stands on disk.

import { ran, spans } from "./coverage.mjs";

const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const VALUE = new Map([...DIGITS].map((digit, value) => [digit, value]));

/** Each place of the generated code that comes from the file: `[offset, line]`, lines from 1. */
export function mapped(code, map) {
  const starts = lineStarts(code);
  const found = [];
  let [source, line] = [0, 0];
  map.mappings.split(";").forEach((segments, row) => {
    let column = 0;
    for (const segment of segments.split(",")) {
      const fields = decoded(segment);
      if (fields.length === 0) continue;
      column += fields[0];
      if (fields.length < 4) continue;
      source += fields[1];
      line += fields[2];
      if (source === 0 && row < starts.length) found.push([starts[row] + column, line + 1]);
    }
  });
  return found;
}

function decoded(segment) {
  const fields = [];
  let [value, shift] = [0, 0];
  for (const digit of segment) {
    const bits = VALUE.get(digit) ?? 0;
    value += (bits & 31) << shift;
    shift += 5;
    if (bits & 32) continue;
    fields.push(value & 1 ? -(value >> 1) : value >> 1);
    [value, shift] = [0, 0];
  }
  return fields;
}

/** Each place of code that runs as it is written: one for each character that shows. */
export function unmapped(code) {
  const found = [];
  let line = 1;
  for (let at = 0; at < code.length; at++) {
    if (code[at] === "\n") line++;
    else if (!/\s/.test(code[at])) found.push([at, line]);
  }
  return found;
}

function lineStarts(code) {
  const starts = [0];
  for (let at = code.indexOf("\n"); at >= 0; at = code.indexOf("\n", at + 1)) starts.push(at + 1);
  return starts;
}

/** The lines that ran, of code of this length whose ranges count from `shift`. */
export function linesOf(places, length, ranges, shift = 0) {
  const shifted = ranges.map((value, at) => (at % 3 === 2 ? value : value - shift));
  const painted = ran(length, shifted);
  const lines = new Set();
  for (const [offset, line] of places) if (painted[offset]) lines.add(line);
  return lines;
}

/** Write down what ran under one test: its `parts` together. Of its own file, what stands in the calls that make other
 * tests is left out; `extents` are the first and last lines of all such calls, `mine` those of this test. */
export function writeCovered(evidence, { test, parameter }, parts, { file, extents, mine }) {
  const elsewhere = new Set(extents.filter((each) => !encloses(each, mine)).flatMap(numbers));
  const files = joined(parts);
  for (const line of elsewhere) if (!within(line, mine)) files.get(file)?.delete(line);
  const shown = [...files].filter(([, lines]) => lines.size).map(([each, lines]) => [each, spans(lines)]);
  if (shown.length) evidence.coverage(test, parameter, Object.fromEntries(shown));
}

const within = (line, extent) => extent !== null && extent[0] <= line && line <= extent[1];
const encloses = (outer, inner) => outer !== null && inner !== null && outer[0] <= inner[0] && inner[1] <= outer[1];

function numbers(extent) {
  return extent === null ? [] : Array.from({ length: extent[1] - extent[0] + 1 }, (_, at) => extent[0] + at);
}

function joined(parts) {
  const files = new Map();
  for (const part of parts) {
    for (const [file, lines] of part) {
      if (!files.has(file)) files.set(file, new Set());
      for (const line of lines) files.get(file).add(line);
    }
  }
  return files;
}
