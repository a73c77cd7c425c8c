"""The pages of the rules, as they are published."""

from __future__ import annotations

from collections.abc import Iterable

from adr_lsp.rule import Rule


def file_name(rule: Rule) -> str:
    return f"{rule.code}-{rule.name}.md"


def page(rule: Rule) -> str:
    """One rule's page in Markdown."""
    return f"# {rule.code} `{rule.name}`\n\nDefault: {_severity(rule)}.\n\n{rule.doc.strip()}\n"


def index(rules: Iterable[Rule]) -> str:
    """The list of all pages."""
    rows = "".join(
        f"| [{rule.code}]({file_name(rule)}) | `{rule.name}` | {_severity(rule)} |\n"
        for rule in rules
    )
    return f"# Rules\n\n| code | name | default |\n| --- | --- | --- |\n{rows}"


def _severity(rule: Rule) -> str:
    said = str(rule.severity) if rule.severity else "off"
    if rule.by_status:
        said += "; information in a proposed record, none in a retired one"
    if rule.required:
        said += "; error with `--require-evidence`"
    return said
