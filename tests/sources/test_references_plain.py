"""In other languages a comment speaks for its file, and nothing that no one can read is lost."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from adr_lsp.sources import LANGUAGES, SUFFIXES, language_of, might_refer, read
from sources.carets import places_are_right

SIGNS = {
    "a.c": "/* Verifies: ADR-1/INV-1 */",
    "a.cpp": "int x; // Verifies: ADR-1/INV-1",
    "a.kt": "// verifies: ADR-1/INV-1",
    "a.swift": "/// Verifies: ADR-1/INV-1",
    "a.rb": "# Verifies: ADR-1/INV-1",
    "a.sh": "# Verifies: ADR-1/INV-1",
    "a.yaml": "a: b # Verifies: ADR-1/INV-1",
    "a.sql": "-- Verifies: ADR-1/INV-1",
    "a.hs": "{- Verifies: ADR-1/INV-1 -}",
    "a.lua": "-- Verifies: ADR-1/INV-1",
    "a.clj": ";; Verifies: ADR-1/INV-1",
    "a.erl": "% Verifies: ADR-1/INV-1",
    "a.vb": "' Verifies: ADR-1/INV-1",
    "a.ml": "(* Verifies: ADR-1/INV-1 *)",
    "Makefile": "# Verifies: ADR-1/INV-1",
    "deploy/Dockerfile": "# Verifies: ADR-1/INV-1",
    "a.exs": "# Verifies: ADR-1/INV-1",
    "a.php": "<?php // Verifies: ADR-1/INV-1",
    "a.dfy": "// Verifies: ADR-1/INV-1",
}


@pytest.mark.parametrize("path", SIGNS)
def test_a_comment_links_the_whole_file(path: str) -> None:
    source = read(path, f"{SIGNS[path]}\nmore\n".encode())
    assert source is not None
    assert [(r.key, r.id, r.tests) for r in source.references] == [("ADR-1", "INV-1", ("",))]
    assert [(test.name, test.method) for test in source.tests] == [("", "example")]
    assert source.whole == "example"
    places_are_right(source)


def test_lists_go_on_mentions_are_weak_and_texts_say_nothing() -> None:
    source = read(
        "a.c",
        """
        /* See ADR 12. */ char *s = "// Verifies: ADR-1/INV-9"; // Verifies: ADR-1/INV-1,
        //   INV-2 😀 and, ADR-2/INV-1
        """.encode(),
    )
    assert source is not None
    named = [(r.key, r.id, r.form) for r in source.references]
    assert named == [
        ("ADR 12", None, "mention"),
        ("ADR-1", "INV-1", "comment"),
        ("ADR-1", "INV-2", "comment"),
        ("ADR-2", "INV-1", "comment"),
    ]
    places_are_right(source)


def test_a_file_that_only_mentions_a_record_is_no_test() -> None:
    source = read("a.sh", b"# see ADR-0001\n")
    assert source is not None
    assert not source.tests
    assert source.references[0].id is None


def test_a_scaffold_is_told() -> None:
    source = read("a.rb", b"# Verifies: ADR-1/INV-1\n# adr-lsp: scaffold\n")
    assert source is not None
    assert source.tests[0].scaffold is not None


@pytest.mark.parametrize("path", ["a.md", "a.json", "a.txt", "a", "a.png", "notes/Make"])
def test_words_and_data_are_no_code(path: str) -> None:
    assert language_of(path) is None


PIECES = st.sampled_from(
    [
        *(
            "// Verifies: ADR-1/INV-1",
            "# Verifies: ADR-1/INV-1,",
            "/* Verifies: INV-2",
            "*/",
            "(*",
            "*)",
        ),
        *(
            "\\* Verifies: ADR-1/INV-3\n",
            "@ADR-1/INV-1",
            "[ADR-1/INV-1]",
            "adr-lsp: scaffold",
            "```",
        ),
        *(
            "describe('a', () => {",
            'it("b", ',
            "() => {",
            "})",
            "test.each`",
            "`",
            "${",
            "mod a {",
            "#[test]",
        ),
        *(
            "fn adr_1_inv_1() {",
            "}",
            "proptest! {",
            "func TestA(t *testing.T) {",
            "package a",
            't.Run("x", ',
        ),
        *(
            "class A {",
            "@Test void a() {",
            '@Tag("ADR-1/INV-1")',
            "Feature: a",
            "Scenario: b",
            "Rule:",
        ),
        *(
            "Examples:",
            '"""',
            "A == LET",
            "IN",
            "THEOREM T ==",
            "😀",
            "\n",
            "\n\n",
            "\r\n",
            "\r",
            "  ",
            "\0",
        ),
        *("\ufeff", "\u2028", "\x0c", "'", '"', "(", ")", "[", "{", "<", ">", "see ADR 12"),
    ]
)
ENDS = sorted(
    end
    for each in LANGUAGES
    for end in each.suffixes[:3]
    if language_of(f"a_test{end}") == each.name
)


@settings(deadline=None, max_examples=80, suppress_health_check=list(HealthCheck))
@given(st.lists(PIECES, max_size=40).map("".join), st.sampled_from(ENDS))
def test_any_text_is_read_and_places_are_right(text: str, end: str) -> None:
    source = read(f"a_test{end}", text.encode())
    assert source is not None
    places_are_right(source)
    if source.references:
        assert might_refer(text.encode(), ("INV",))


@settings(deadline=None, max_examples=50, suppress_health_check=list(HealthCheck))
@given(st.binary(max_size=300), st.sampled_from(ENDS))
def test_any_bytes_are_read(raw: bytes, end: str) -> None:
    assert read(f"a_test{end}", b"// Verifies: ADR-1/INV-1\n" + raw) is not None


@pytest.mark.parametrize("end", [".ts", ".rs", ".go", ".java", ".feature", ".tla", ".c"])
@pytest.mark.parametrize(
    "unit", ["(", "{", "[", "describe('a', () => {", "mod a {", "class A {", "(* "]
)
def test_deep_nesting_is_read(end: str, unit: str) -> None:
    source = read(
        f"a_test{end}", ("// Verifies: ADR-1/INV-1\n" + unit * (30_000 // len(unit))).encode()
    )
    assert source is not None


def test_each_suffix_belongs_to_one_language() -> None:
    assert len(SUFFIXES) == sum(len(language.suffixes) for language in LANGUAGES)
