"""What is written in Rust is read back: the same name, its reference, and that it is a scaffold."""

from __future__ import annotations

import re

import pytest

from adr_lsp.sources import LANGUAGES
from scaffold.cases import Case
from scaffold.rust.projects import CASES, at, scaffolded

(RUST,) = [language for language in LANGUAGES if ".rs" in language.suffixes]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_reads_what_it_writes(case: Case) -> None:
    scaffold = scaffolded(case)
    text = at(case, "scaffolded")[scaffold.path]
    source = RUST.read(scaffold.path, text.encode(), ("INV",))
    (test,) = [test for test in source.tests if test.name == scaffold.name]
    assert test.scaffold is not None
    plain = "example" if case.name.startswith("example_") else "property"
    assert test.method == ("state-machine" if "prop_state_machine! {" in text else plain)
    wanted = re.search(r"// Verifies: (ADR-\d+)/(INV-1)", text)
    assert wanted
    (reference,) = [each for each in source.references if each.id is not None]
    assert (reference.key, reference.id) == wanted.groups()
    assert reference.tests == (test.name,)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_is_no_scaffold_once_its_line_is_deleted(case: Case) -> None:
    scaffold = scaffolded(case)
    text = at(case, "filled in")[scaffold.path]
    source = RUST.read(scaffold.path, text.encode(), ("INV",))
    (test,) = [test for test in source.tests if test.name == scaffold.name]
    assert test.scaffold is None
