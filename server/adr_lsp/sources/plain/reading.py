"""Reads the comments of a file; what they verify, the file verifies as a whole."""

from __future__ import annotations

from dataclasses import replace

from adr_lsp.sources.code import Code
from adr_lsp.sources.comments import comments
from adr_lsp.sources.hint import might_refer, might_scaffold
from adr_lsp.sources.model import Source, Test
from adr_lsp.sources.offsets import to_bytes
from adr_lsp.sources.outlined import source
from adr_lsp.sources.places import ROOT, Outline
from adr_lsp.sources.static.ast_grep import METHOD as STATIC
from adr_lsp.sources.static.ast_grep import is_ast_grep_rule
from adr_lsp.text import Range

METHOD = "example"


def read(path: str, raw: bytes, prefixes: tuple[str, ...]) -> Source:
    """The file as one test without a name, if it verifies anything, and all that it names."""
    code = Code(raw, "")
    method = STATIC if is_ast_grep_rule(path, raw) else METHOD
    if not (might_refer(raw, prefixes) or might_scaffold(raw)):
        return Source(path, "plain", code.content, whole=method)
    byte = to_bytes(code.content)
    spans = [(byte(start), byte(end)) for start, end in comments(path, code.content)]
    outline = Outline(code, (), spans)
    outline.tests.append(Test("", _all(outline), _all(outline), method))
    outline.spans.append((0, len(code.data) + 1))
    outline.owned[ROOT] = [""]
    found = source(path, "plain", outline, prefixes, inner=lambda _: True, whole=method)
    first = next((each.range for each in found.references if each.id is not None), None)
    tests = tuple(replace(test, name_range=first) for test in found.tests) if first else ()
    return replace(found, tests=tests)


def _all(outline: Outline) -> Range:
    return outline.code.range(0, len(outline.code.data))
