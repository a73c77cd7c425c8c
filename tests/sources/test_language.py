"""What a language answers with is there, though it is imported only once it is asked for."""

from __future__ import annotations

import pytest

from adr_lsp.sources import LANGUAGES
from adr_lsp.sources.language import Language


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.name)
def test_every_answer_of_a_language_can_be_had(language: Language) -> None:
    suffix = language.suffixes[0]
    path = f"a{suffix}" if suffix.startswith(".") else suffix
    files = {path: b""}
    assert language.read(path, b"", ("INV",)).path == path
    assert isinstance(
        language.what_changed(path, "x", files.get, files.get, files.keys(), None), tuple
    )
    assert language.surely_changed(path, "x", files.get, files.get, files.keys(), None) in (
        True,
        False,
    )
    assert language.definition_digest(path, b"", "x") is None or language.name in {
        "go", "java", "gherkin", "tla", "plain",
    }  # fmt: skip
    assert language.vacuity(path, "x", files.get, files.keys(), None, {}) is None
    assert all(isinstance(each, str) for each in language.around(path))
