"""`adr-lsp run --strength ID…`: whether tests notice that the code they are about is broken."""

from __future__ import annotations

import sys

from adr_lsp.cli.exit import Exit, Stop
from adr_lsp.cli.output import write
from adr_lsp.cli.root import invariants_named
from adr_lsp.features.formats.encode import pretty
from adr_lsp.features.formats.escape import safe
from adr_lsp.features.strength import STRONG, Strength, job, text, value
from adr_lsp.record import Invariant, Record
from adr_lsp.run.process import CannotStart
from adr_lsp.run.strength import Unable, measure
from adr_lsp.workspace import Workspace


def strength(workspace: Workspace, ids: list[str], output_format: list[str] | None) -> Exit:
    """Try the tests of each invariant, say what was seen. Clean if all notice every fault."""
    if not ids:
        raise Stop(Exit.USAGE, "--strength: name the invariants, such as ADR-0012/INV-1")
    snapshot = workspace.snapshot()
    found: dict[str, Strength] = {}
    unable = False
    for record, invariant in (place for id in ids for place in invariants_named(snapshot, id)):
        key = snapshot.log.invariant_key(invariant) or str(invariant.id)
        measured = _measured(workspace, record, invariant)
        if isinstance(measured, str):
            print(f"adr-lsp: {key}: {safe(measured)}", file=sys.stderr)
            unable = True
        else:
            found[key] = measured
    lines = "".join(f"{safe(line)}\n" for key, each in found.items() for line in text(key, each))
    write(
        output_format,
        {
            "text": lambda: lines,
            "concise": lambda: lines,
            "json": lambda: pretty([value(key, each) for key, each in found.items()]),
        },
    )
    clean = not unable and all(each.verdict == STRONG for each in found.values())
    return Exit.CLEAN if clean else Exit.FINDINGS


def _measured(workspace: Workspace, record: Record, invariant: Invariant) -> Strength | str:
    asked = job(workspace.snapshot(), record, invariant)
    if isinstance(asked, str):
        return asked
    said: list[str] = []
    try:
        done = measure(workspace.root, workspace.snapshot().config, asked, on_line=said.append)
    except CannotStart as fault:
        raise Stop(Exit.FAULT, str(fault)) from fault
    if isinstance(done, Unable):
        last = next((line.strip() for line in reversed(said) if line.strip()), "")
        return f"{done.reason}: {last}" if last else done.reason
    return done
