"""SARIF 2.1.0, as code scanning services read it.

Paths are relative to the root, columns count units of UTF-16. What is silenced is there too, as
suppressed. GitHub reads no more than `MOST_RESULTS`: the gravest stay, and a notification says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import quote

from adr_lsp import __version__
from adr_lsp.diagnostic import Diagnostic, Related, Silenced
from adr_lsp.features.fixes import Fix, fixes
from adr_lsp.features.formats.encode import pretty
from adr_lsp.features.formats.fingerprint import fingerprints
from adr_lsp.features.formats.place import text_of, utf16_column
from adr_lsp.features.formats.sarif_rules import LEVELS, descriptors
from adr_lsp.features.report import Report
from adr_lsp.rules import RULES
from adr_lsp.snapshot import Snapshot
from adr_lsp.text import Edit, Range

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
HOME = "https://github.com/adr-lsp/adr-lsp"
MOST_RESULTS = 25_000
MOST_LOCATIONS = 1_000
BASE = "%SRCROOT%"
FINGERPRINT = "adrLspFinding/v1"
CRASHED = "ADL605"
INDEX = {rule.code: index for index, rule in enumerate(RULES)}
_LINK = re.compile(r"\[(?=[^\[\]]*\]\()")


def sarif(report: Report) -> str:
    return pretty({"$schema": SCHEMA, "version": "2.1.0", "runs": [_run(report)]})


def _run(report: Report) -> dict[str, Any]:
    silenced = {each.finding: each for each in report.silenced}
    found = [*report.findings, *silenced]
    kept = found if len(found) <= MOST_RESULTS else _gravest(found, silenced)
    return {
        "tool": {"driver": _driver()},
        "invocations": [_invocation(report, len(found) - len(kept))],
        "originalUriBaseIds": {BASE: {"description": {"text": "The root of the project."}}},
        "columnKind": "utf16CodeUnits",
        "newlineSequences": ["\r\n", "\n", "\r"],
        "results": list(_results(report.snapshot, kept, silenced)),
    }


def _gravest(found: list[Diagnostic], silenced: Mapping[Diagnostic, Silenced]) -> list[Diagnostic]:
    """As many as are read; of equally grave ones the first, what is silenced last."""
    found.sort(key=lambda finding: (finding in silenced, finding.severity.rank))
    return found[:MOST_RESULTS]


def _driver() -> dict[str, Any]:
    return {
        "name": "adr-lsp",
        "version": __version__,
        "semanticVersion": __version__,
        "informationUri": HOME,
        "rules": descriptors(),
    }


def _invocation(report: Report, left_out: int) -> dict[str, Any]:
    """Successful means that every rule could judge; what they found is no failure."""
    crashed = any(finding.code == CRASHED for finding in report.findings)
    invocation: dict[str, Any] = {"executionSuccessful": not crashed}
    if report.exit_code is not None:
        invocation["exitCode"] = report.exit_code
    if left_out:
        said = f"{left_out} results are left out; only the {MOST_RESULTS} gravest are read"
        note = {"level": "warning", "message": {"text": said}}
        invocation["toolExecutionNotifications"] = [note]
    return invocation


def _results(
    snapshot: Snapshot, found: list[Diagnostic], silenced: Mapping[Diagnostic, Silenced]
) -> Iterator[dict[str, Any]]:
    mending: dict[Diagnostic, list[Fix]] = {}
    for fix in fixes(snapshot, found):
        mending.setdefault(fix.mends, []).append(fix)
    for finding, fingerprint in fingerprints(snapshot, found):
        result = _result(snapshot, finding, fingerprint)
        if finding in silenced:
            result["suppressions"] = [_suppression(silenced[finding])]
        if finding in mending:
            result["fixes"] = [_fix(snapshot, fix) for fix in mending[finding]]
        yield result


def _result(snapshot: Snapshot, finding: Diagnostic, fingerprint: str) -> dict[str, Any]:
    known = {"record": finding.record, "invariant": finding.invariant}
    result: dict[str, Any] = {
        "ruleId": finding.code,
        "ruleIndex": INDEX[finding.code],
        "level": LEVELS[finding.severity],
        "message": _message(finding.message),
        "locations": [_location(snapshot, finding)] if finding.path else [],
        "partialFingerprints": {FINGERPRINT: fingerprint},
        "suppressions": [],
        "properties": {name: value for name, value in known.items() if value},
    }
    if finding.related:
        result["relatedLocations"] = list(_related(snapshot, finding.related))
    return result


def _message(said: str) -> dict[str, str]:
    """Brackets that would make a link of quoted text are escaped."""
    return {"text": _LINK.sub(r"\\[", said)}


def _location(snapshot: Snapshot, finding: Diagnostic) -> dict[str, Any]:
    location: dict[str, Any] = {"physicalLocation": _place(snapshot, finding.path, finding.range)}
    named = finding.invariant or finding.record
    if named:
        location["logicalLocations"] = [{"fullyQualifiedName": named}]
    return location


def _related(snapshot: Snapshot, others: tuple[Related, ...]) -> Iterator[dict[str, Any]]:
    for id, other in enumerate(others[:MOST_LOCATIONS]):
        place = _place(snapshot, other.path, other.range)
        yield {"id": id, "physicalLocation": place, "message": _message(other.message)}


def _place(snapshot: Snapshot, path: str, range: Range) -> dict[str, Any]:
    return {"artifactLocation": _file(path), "region": _region(snapshot, path, range)}


def _file(path: str) -> dict[str, str]:
    try:
        raw = path.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:  # half a character, which no file's name can hold
        raw = path.encode("utf-8", "replace")
    return {"uri": quote(raw), "uriBaseId": BASE}


def _region(snapshot: Snapshot, path: str, range: Range) -> dict[str, int]:
    text = text_of(snapshot, path)
    return {
        "startLine": range.start.line + 1,
        "startColumn": utf16_column(text, range.start) + 1,
        "endLine": range.end.line + 1,
        "endColumn": utf16_column(text, range.end) + 1,
    }


def _suppression(silenced: Silenced) -> dict[str, str]:
    said = {
        "kind": "inSource" if silenced.by == "suppression" else "external",
        "status": "accepted",
        "justification": silenced.reason,
    }
    return {name: value for name, value in said.items() if value}


def _fix(snapshot: Snapshot, fix: Fix) -> dict[str, Any]:
    changes = [
        {
            "artifactLocation": _file(path),
            "replacements": [_replacement(snapshot, e) for e in _of(fix.change.edits, path)],
        }
        for path in fix.change.paths
    ]
    return {"description": {"text": fix.label}, "artifactChanges": changes}


def _of(edits: Iterable[Edit], path: str) -> Iterator[Edit]:
    return (edit for edit in edits if edit.path == path)


def _replacement(snapshot: Snapshot, edit: Edit) -> dict[str, Any]:
    return {
        "deletedRegion": _region(snapshot, edit.path, edit.range),
        "insertedContent": {"text": edit.new_text},
    }
