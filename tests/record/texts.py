"""Records as texts: read them, and say of caret lines which element stands above them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from adr_lsp.record import Record, parse
from adr_lsp.text import Range, span

_CARETS = re.compile(r"^( *)(\^+) (.+)$")


def record(content: str, path: str = "docs/adr/0012-x.md") -> Record:
    """The record of a text."""
    return parse(path, content.encode(), log="docs/adr")


def below(heading: str, body: str) -> Record:
    """A record with one section."""
    return record(f"# 12. X\n\n## Status\n\nAccepted\n\n## {heading}\n\n{body}\n")


def promised(body: str, heading: str = "Invariants") -> list[tuple[str | None, str]]:
    """Ids and statements of a record with one section, of Invariants unless said otherwise."""
    return [(i.id, i.statement) for i in below(heading, body).invariants]


def check(marked: str) -> Record:
    """Reads a text without its caret lines; each of those names what stands at its carets."""
    lines: list[str] = []
    expected: list[tuple[str, Range]] = []
    for line in marked.splitlines():
        carets = _CARETS.match(line)
        if carets:
            start = len(carets[1])
            expected.append((carets[3], span(len(lines) - 1, start, start + len(carets[2]))))
        else:
            lines.append(line)
    found = record("\n".join(lines) + "\n")
    there = list(elements(found))
    for one in expected:
        assert one in there, f"{one} is not among {there}"
    return found


def elements(found: Record) -> Iterator[tuple[str, Range]]:
    """Everything with a place, by a short name."""
    yield "title", found.title_range
    yield "status", found.status_range
    for relation in found.supersedes:
        yield f"supersedes {relation.key}", relation.range
    for relation in found.superseded_by:
        yield f"superseded by {relation.key}", relation.range
    for section in found.sections:
        yield f"heading {section.title}", section.heading
    for link in found.links:
        yield f"link {link.text}", link.range
        yield f"to {link.target}", link.target_range
    for suppression in found.suppressions:
        yield f"suppression {','.join(suppression.codes)}", suppression.range
    for problem in found.problems:
        yield problem.kind, problem.range
    for invariant in found.invariants:
        yield f"id {invariant.id}", invariant.id_range
        yield f"statement {invariant.id}", invariant.statement_range
        yield f"all of {invariant.id}", invariant.range
        if invariant.pattern_range:
            yield f"pattern {invariant.pattern}", invariant.pattern_range
        if invariant.needs_range:
            yield f"needs {'|'.join(invariant.needs)}", invariant.needs_range
        for verifier in invariant.verified_by:
            yield f"verifier {verifier.path} {verifier.name or verifier.operator}", verifier.range
        for target in invariant.targets:
            yield f"target {target.text}", target.range
        if invariant.waiver:
            yield f"waiver {invariant.waiver.until}", invariant.waiver.range
        if invariant.argument:
            yield "argument", invariant.argument.range
