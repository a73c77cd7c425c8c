"""`python -m benchmarks [ROW…]`: measures, and prints each row as soon as it is known."""

from __future__ import annotations

import argparse
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from benchmarks.process import Failed
from benchmarks.row import Measure, Row, Sizes
from benchmarks.rows import ROWS
from benchmarks.table import block, cells, conditions, markdown


def main() -> int:
    options = _options()
    sizes = Sizes(runs=options.runs, tests=options.tests, keystrokes=options.keystrokes)
    chosen = [row for row in ROWS if not options.rows or row.name in options.rows]
    print(conditions(sizes), end="\n\n", flush=True)
    lines: list[tuple[str, ...]] = []
    for row in chosen:
        for size in _of_sizes(row, sizes, options.records):
            try:
                measures = _measured(row, size)
            except Failed as fault:
                print(f"{row.name}: {fault}", file=sys.stderr)
                return 2
            lines += [cells(row, measure, size) for measure in measures]
            if not options.markdown:
                print(block(row, measures, size), flush=True)
    if options.markdown:
        print(markdown(lines))
    return 0


def _options() -> argparse.Namespace:
    usual = Sizes()
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    names = [row.name for row in ROWS]
    parser.add_argument("rows", nargs="*", metavar="ROW", help=f"of {', '.join(names)}; none: all")
    parser.add_argument("--runs", type=int, default=usual.runs, help="measured pairs per row")
    parser.add_argument(
        "--records", type=int, nargs="+", help="sizes of the log; else each row has its own"
    )
    parser.add_argument("--tests", type=int, default=usual.tests, help="tests, or test files")
    parser.add_argument("--keystrokes", type=int, default=usual.keystrokes, help="per run")
    parser.add_argument("--markdown", action="store_true", help="print one table at the end")
    options = parser.parse_args()
    unknown = [name for name in options.rows if name not in names]
    if unknown:
        parser.error(f"no row {', '.join(unknown)}; there are {', '.join(names)}")
    return options


def _of_sizes(row: Row, sizes: Sizes, wanted: list[int] | None) -> list[Sizes]:
    return [replace(sizes, records=count) for count in wanted or row.records]


def _measured(row: Row, sizes: Sizes) -> list[Measure]:
    with tempfile.TemporaryDirectory(prefix="adr-lsp-benchmarks-") as folder:
        return row.measure(Path(folder).resolve(), sizes)


if __name__ == "__main__":
    sys.exit(main())
