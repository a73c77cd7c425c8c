"""Every example on a rule's page, and every edge case beside it, says what the rule finds."""

from __future__ import annotations

from pathlib import Path

import pytest

from adr_lsp.rule import Rule
from adr_lsp.rules import RULES
from adr_lsp.rules.page import file_name, index, page
from rules.case import Case, cases, check

HERE = Path(__file__).parent
DOCS = HERE.parents[1] / "docs" / "rules"
EXAMPLES = [
    pytest.param(case, rule.code, id=f"{rule.code} {case.name}")
    for rule in RULES
    for case in cases(rule.doc)
]
EDGE_CASES = [
    pytest.param(case, path.stem, id=f"{path.stem} {case.name}")
    for path in sorted(HERE.glob("ADL*.md"))
    for case in cases(path.read_text())
]
PAGES = {file_name(rule): page(rule) for rule in RULES} | {"README.md": index(RULES)}


@pytest.mark.parametrize(("case", "code"), EXAMPLES)
def test_example_of_a_page(case: Case, code: str) -> None:
    check(case, code)


@pytest.mark.parametrize(("case", "code"), EDGE_CASES)
def test_edge_case(case: Case, code: str) -> None:
    check(case, code)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_page_has_its_parts(rule: Rule) -> None:
    for heading in ("## What it does\n", "## Why\n", "## How to mend\n"):
        assert heading in rule.doc


@pytest.mark.parametrize("name", sorted(PAGES))
def test_published_page_is_the_docstring(name: str, update: bool) -> None:
    if update:
        DOCS.mkdir(parents=True, exist_ok=True)
        (DOCS / name).write_text(PAGES[name])
    assert (DOCS / name).read_text() == PAGES[name]


def test_no_page_without_a_rule() -> None:
    assert {path.name for path in DOCS.glob("*.md")} == set(PAGES)


def test_codes_are_unique_and_sorted() -> None:
    codes = [rule.code for rule in RULES]
    assert codes == sorted(set(codes))
