"""What SARIF says of our rules: their names, pages and default levels."""

from __future__ import annotations

import re
from typing import Any

from adr_lsp.diagnostic import Severity
from adr_lsp.features.rule_page import page_url
from adr_lsp.rule import Rule
from adr_lsp.rules import RULES
from adr_lsp.rules.page import page

LEVELS = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.INFORMATION: "note",
    Severity.HINT: "note",
}
_SENTENCE = re.compile(r".*?[.](?=\s|\Z)", re.DOTALL)


def descriptors() -> list[dict[str, Any]]:
    return [_descriptor(rule) for rule in RULES]


def _descriptor(rule: Rule) -> dict[str, Any]:
    what = _section(rule.doc, "What it does")
    first = _SENTENCE.match(what)
    level = rule.severity or rule.opt_in or Severity.WARNING
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": first.group() if first else what},
        "fullDescription": {"text": f"{what} {_section(rule.doc, 'Why')}"},
        "help": {"text": page(rule), "markdown": page(rule)},
        "helpUri": page_url(rule.code, rule.name),
        "defaultConfiguration": {"enabled": rule.severity is not None, "level": LEVELS[level]},
        "properties": {"tags": ["architecture-decision-record"]},
    }


def _section(doc: str, title: str) -> str:
    """A section of a rule's page as one paragraph."""
    _, _, below = doc.partition(f"## {title}\n")
    return " ".join(below.partition("\n## ")[0].split())
