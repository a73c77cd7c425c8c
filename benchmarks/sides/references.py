"""Prints the CPU seconds of finding references in all test files of the current folder.

`references.py ours` reads as the workspace does: a look at the bytes, then the tree of the few
that may name an invariant. `references.py tree-sitter` parses every file, and does no more.
"""

import sys
import time
from pathlib import Path

import tree_sitter_python
from tree_sitter import Language, Parser

from adr_lsp import sources

PREFIXES = ("INV",)
ONE_REFERS_IN = 20


def ours(files: list[Path]) -> int:
    found = 0
    for file in files:
        raw = file.read_bytes()
        if sources.might_refer(raw, PREFIXES):
            source = sources.read(file.as_posix(), raw, PREFIXES)
            found += len(source.references) if source else 0
    return found


def every_tree(files: list[Path]) -> int:
    parser = Parser(Language(tree_sitter_python.language()))
    return sum(parser.parse(file.read_bytes()).root_node is not None for file in files)


def main() -> None:
    files = sorted(Path().rglob("test_*.py"))
    side, expected = {
        "ours": (ours, -(-len(files) // ONE_REFERS_IN)),
        "tree-sitter": (every_tree, len(files)),
    }[sys.argv[1]]
    began = time.process_time()
    found = side(files)
    spent = time.process_time() - began
    if found != expected:
        sys.exit(f"{found} found, {expected} are there")
    print(spent)


if __name__ == "__main__":
    main()
