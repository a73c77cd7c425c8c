"""`python -m benchmarks.corpus [FIELD…]`: reads every record of the corpus and says how well."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from importlib import import_module
from importlib.util import find_spec

from benchmarks.corpus import accuracy
from benchmarks.corpus import findings as said
from benchmarks.corpus.labels import FIELDS
from benchmarks.corpus.repository import ABSENT, Repository, names, repository

CANDIDATES = "benchmarks.corpus.candidates"


def main() -> int:
    options = _options()
    held = [repository(name) for name in names()]
    if not held:
        print(ABSENT, file=sys.stderr)
        return 2
    print(f"{len(held)} repositories, {sum(len(each.files) for each in held)} files\n")
    _accuracy(held, options.fields or FIELDS)
    if options.fields:
        return 0
    _readers()
    crashed = _findings(held, options.sample)
    _candidates()
    return 1 if crashed else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.corpus", description=__doc__)
    parser.add_argument(
        "fields", nargs="*", metavar="FIELD", help=f"only these, of {', '.join(FIELDS)}"
    )
    parser.add_argument(
        "--sample", type=int, default=0, metavar="N", help="findings of each rule to read"
    )
    options = parser.parse_args()
    unknown = [name for name in options.fields if name not in FIELDS]
    if unknown:
        parser.error(f"no field {', '.join(unknown)}; there are {', '.join(FIELDS)}")
    return options


def _print(title: str, lines: Iterable[str]) -> None:
    print(f"== {title}", *lines, "", sep="\n", flush=True)


def _accuracy(held: list[Repository], fields: Iterable[str]) -> None:
    found = [one for one in accuracy.of_reading(held) if one.name in fields]
    _print("read right, of what a reader labelled", accuracy.table(found))
    _print("every miss", accuracy.listed(found))


def _readers() -> None:
    both = accuracy.of_readers()
    _print("two readers, each on their own", accuracy.table(both))
    _print(
        "where they disagree (said: the second; read: the first)",
        list(accuracy.listed(both)) or ["nowhere now"],
    )


def _findings(held: list[Repository], sample: int) -> bool:
    found = said.findings(held)
    _print("crashes", found.crashes or ["none"])
    _print("errors", list(said.errors(found)) or ["none"])
    _print(
        "ADL202 unknown-reference, each one (only over sources that the corpus holds)",
        list(said.listed(found, "ADL202")) or ["none"],
    )
    _print(f"findings on {found.records} records", said.table(found, sample))
    return bool(found.crashes)


def _candidates() -> None:
    """What another module knows of sentences that look like invariants, where it is there."""
    if find_spec(CANDIDATES):
        import_module(CANDIDATES).print_precision()


if __name__ == "__main__":
    sys.exit(main())
