"""The published JSON Schemas of `--output-format json` and of the lines of `jsonl`."""

from __future__ import annotations

from typing import Any

from adr_lsp.diagnostic import Severity
from adr_lsp.evidence.model import Outcome, Verdict
from adr_lsp.features.formats.json_report import SILENCED, VERSION
from adr_lsp.record import Status

TEXT: dict[str, Any] = {"type": "string"}
TEXT_OR_NULL: dict[str, Any] = {"type": ["string", "null"]}
COUNT: dict[str, Any] = {"type": "integer", "minimum": 0}
COUNT_OR_NULL: dict[str, Any] = {"type": ["integer", "null"], "minimum": 0}
PLACE: dict[str, Any] = {"type": "integer", "minimum": 1}


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _list(of: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": of}


def _counts(names: type[Severity] | type[Verdict]) -> dict[str, Any]:
    return _object({name.value: COUNT for name in names})


def _one_of(names: type[Severity] | type[Verdict] | type[Outcome] | type[Status]) -> dict[str, Any]:
    return {"enum": [name.value for name in names]}


def _summary() -> dict[str, Any]:
    return _object(
        {
            "records": COUNT,
            "invariants": COUNT,
            "verdicts": _counts(Verdict),
            "evidence": _object(
                {"runs": COUNT, "reports": COUNT, "cut": COUNT, "unreadable": COUNT}
            ),
            "findings": _counts(Severity),
            "silenced": _object(dict.fromkeys(SILENCED, COUNT)),
            "held_back": COUNT,
            "older": COUNT,
            "dead": COUNT,
        }
    )


def _record() -> dict[str, Any]:
    texts = dict.fromkeys(("key", "log", "path", "title"), TEXT)
    return _object(
        {
            **texts,
            "status": _one_of(Status),
            "status_text": TEXT,
            "date": TEXT_OR_NULL,
            "supersedes": _list(TEXT),
            "superseded_by": _list(TEXT),
            "invariants": _list(TEXT_OR_NULL),
        }
    )


def _invariant() -> dict[str, Any]:
    values = {"type": ["object", "null"], "additionalProperties": TEXT}
    example = _object({"text": TEXT, "values": values})
    needs = _object({"methods": _list(TEXT), "from": {"enum": ["invariant", "pattern", "status"]}})
    return _object(
        {
            "id": TEXT_OR_NULL,
            "record": TEXT,
            "path": TEXT,
            "line": PLACE,
            "statement": TEXT,
            "pattern": TEXT_OR_NULL,
            "needs": {"anyOf": [needs, {"type": "null"}]},
            "verdict": _one_of(Verdict),
            "reason": TEXT,
            "cases": COUNT_OR_NULL,
            "counterexample": {"anyOf": [example, {"type": "null"}]},
            "tests": _list(_test()),
            "covered": {"type": "object", "additionalProperties": _list(PLACE)},
        }
    )


def _test() -> dict[str, Any]:
    return _object(
        {
            "id": TEXT,
            "path": TEXT,
            "method": TEXT,
            "outcome": _one_of(Outcome),
            "run": TEXT_OR_NULL,
            "cases": COUNT_OR_NULL,
            "forgotten": TEXT_OR_NULL,
        }
    )


def _finding() -> dict[str, Any]:
    position = _object({"line": PLACE, "column": PLACE})
    return _object(
        {
            "code": {"type": "string", "pattern": "^ADL[0-9]{3}$"},
            "name": TEXT,
            "severity": _one_of(Severity),
            "path": TEXT,
            "range": _object({"start": position, "end": position}),
            "message": TEXT,
            "record": TEXT_OR_NULL,
            "invariant": TEXT_OR_NULL,
        }
    )


def json_schema() -> dict[str, Any]:
    """The schema of one document; lines and columns count from 1."""
    document = _object(
        {
            "version": {"const": VERSION},
            "summary": _summary(),
            "statistics": {"type": "object", "additionalProperties": COUNT},
            "records": _list(_record()),
            "invariants": _list(_invariant()),
            "findings": _list(_finding()),
        }
    )
    document["properties"]["delta"] = _delta()  # with `--base` alone
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "adr-lsp check",
        **document,
    }


def _delta() -> dict[str, Any]:
    """What changed since HEAD left `base`; `before` are the counts of then."""
    record = {"key": TEXT, "path": TEXT}
    said = {**record, "statement": TEXT}
    change = {"old": TEXT, "new": TEXT}
    verdict = _one_of(Verdict)
    proof = _list(_object({**said, "old": verdict, "new": verdict, "reason": TEXT}))
    records = {
        "added": _list(_object(record)),
        "removed": _list(_object(record)),
        "renamed": _list(_object({**record, "old_path": TEXT})),
        "status": _list(_object({**record, **change})),
    }
    invariants = {
        "added": _list(_object(said)),
        "removed": _list(_object(said)),
        "reworded": _list(_object({**record, **change})),
        "renamed": _list(_object({**said, "old_key": TEXT})),
        "lost": proof,
        "proven": proof,
    }
    counted = ("records", "invariants", "verdicts", "findings")
    counts = {key: _summary()["properties"][key] for key in counted}
    return _object(
        {
            "base": TEXT,
            "before": _object(counts),
            "records": _object(records),
            "invariants": _object(invariants),
            "taken_numbers": _list(_object({**record, "there": TEXT})),
            "findings": _object({"new": _list(_finding()), "gone": _list(_finding())}),
        }
    )


def line_schema() -> dict[str, Any]:
    """The schema of one line of `jsonl`: `kind` says what the rest is."""
    kinds = {"finding": _finding(), "invariant": _invariant(), "summary": _summary()}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "adr-lsp check, one line",
        "oneOf": [
            _object({"kind": {"const": kind}, **of["properties"]}) for kind, of in kinds.items()
        ],
    }
