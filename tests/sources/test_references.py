"""Which places in Python code name an invariant, and which tests each one links."""

from __future__ import annotations

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adr_lsp.sources import language_of, might_refer, read
from adr_lsp.sources.model import Source
from adr_lsp.text import Text


def source_of(code: str, path: str = "tests/test_ledger.py") -> Source:
    source = read(path, textwrap.dedent(code).encode())
    assert source is not None
    return source


def check(code: str, expected: str, path: str = "tests/test_ledger.py") -> None:
    """`expected` has one line per reference: record, id, form, then the tests that it links."""
    source = source_of(code, path)
    shown = [
        f"{r.key or '?'} {r.id or '-'} {r.form}: {', '.join(r.tests)}".rstrip()
        for r in source.references
    ]
    assert shown == [line.strip() for line in expected.strip().splitlines()]
    for reference in source.references:
        item = Text(source.text).between(reference.range)
        assert item.endswith(reference.id or reference.key)


def test_reads_a_list_above_a_test() -> None:
    check(
        """
        # The sum stays the same.
        # Verifies: ADR-0012/INV-1, INV-2
        def test_a(): ...
        """,
        """
        ADR-0012 INV-1 comment: test_a
        ADR-0012 INV-2 comment: test_a
        """,
    )


def test_keyword_in_any_case_and_a_hash_before_the_id() -> None:
    check("# VERIFIES: adr-12#INV-1\ndef test_a(): ...", "adr-12 INV-1 comment: test_a")


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        ("ADR-0115-mandatory-egress/INV-1", "ADR-0115-mandatory-egress INV-1"),
        ("ledger/ADR-0012/INV-1", "ledger/ADR-0012 INV-1"),
        ("docs/adr/ADR-0012/INV-1", "docs/adr/ADR-0012 INV-1"),
        ("20240131-use-kafka/INV-7a", "20240131-use-kafka INV-7a"),
        ("PAY-ADR-XX-0001/INV-NO-LOSS", "PAY-ADR-XX-0001 INV-NO-LOSS"),
        ("ADR 12/INV-1", "ADR 12 INV-1"),
        ("`ADR-0012/INV-1`", "ADR-0012 INV-1"),
        ("ADR-0012/INV-1: sums to zero", "ADR-0012 INV-1"),
    ],
)
def test_names_of_records_and_ids(item: str, expected: str) -> None:
    check(f"# Verifies: {item}\ndef test_a(): ...", f"{expected} comment: test_a")


def test_prose_in_a_list_is_passed_over() -> None:
    check(
        """
        # Verifies: ADR-0012/INV-1 when INV-8 does not hold, that INV-9 is idle, INV-2 (in part)
        def test_a(): ...
        """,
        """
        ADR-0012 INV-1 comment: test_a
        ADR-0012 INV-2 comment: test_a
        """,
    )


@pytest.mark.parametrize("word", ["INV-1-based", "INV-", "inv-1", "XINV-1", "INV-one", "INV-1abc"])
def test_words_that_are_no_id(word: str) -> None:
    check(f"# Verifies: {word}\ndef test_a(): ...", "")


def test_other_prefixes_only_where_they_are_asked_for() -> None:
    raw = b"# Verifies: ADR-1/RULE-1\ndef test_a(): ...\n"
    ids = [r.id for p in (("INV",), ("INV", "RULE")) for r in read("test_a.py", raw, p).references]
    assert ids == [None, "RULE-1"]


def test_a_trailing_comma_continues_on_the_next_line_only() -> None:
    check(
        """
        # Verifies: ADR-0012/INV-1,
        #   INV-2, ADR-0013/INV-1,
        #   INV-3
        # INV-4
        def test_a(): ...
        """,
        """
        ADR-0012 INV-1 comment: test_a
        ADR-0012 INV-2 comment: test_a
        ADR-0013 INV-1 comment: test_a
        ADR-0013 INV-3 comment: test_a
        """,
    )


def test_a_blank_line_detaches() -> None:
    check("# Verifies: ADR-1/INV-1\n\ndef test_a(): ...", "ADR-1 INV-1 comment:")


def test_a_comment_of_another_column_or_behind_code_is_not_the_tests() -> None:
    check(
        """
        def helper():
            return 1
            # Verifies: ADR-1/INV-1
        def test_a(): ...
        x = 1  # Verifies: ADR-1/INV-2
        def test_b():  # Verifies: ADR-1/INV-3
            # Verifies: ADR-1/INV-4
            pass
        """,
        """
        ADR-1 INV-1 comment:
        ADR-1 INV-2 comment:
        ADR-1 INV-3 comment:
        ADR-1 INV-4 comment:
        """,
    )


def test_above_and_among_decorators() -> None:
    check(
        """
        # Verifies: ADR-1/INV-1
        @given(
            # Verifies: INV-2
            x=st.integers(),
        )
        # Verifies: INV-3
        @settings(max_examples=5)
        async def test_a(x): ...
        """,
        """
        ADR-1 INV-1 comment: test_a
        ADR-1 INV-2 comment: test_a
        ADR-1 INV-3 comment: test_a
        """,
    )


def test_an_id_takes_no_record_from_another_test() -> None:
    check(
        """
        # Verifies: ADR-1/INV-1
        def test_a(): ...
        # Verifies: INV-2
        def test_b(): ...
        """,
        """
        ADR-1 INV-1 comment: test_a
        ? INV-2 comment: test_b
        """,
    )


def test_a_docstring_line_that_begins_so() -> None:
    check(
        '''
        def test_a():
            """Sums, as in Verifies: ADR-9/INV-9.

            Verifies: ADR-1/INV-1,
                INV-2
            ```
            Verifies: ADR-1/INV-3
            ```
            """
            "Verifies: ADR-1/INV-4"
        class TestB:
            """Verifies: ADR-1/INV-5"""
            def test_b(self): ...
        ''',
        """
        ADR-1 INV-1 docstring: test_a
        ADR-1 INV-2 docstring: test_a
        ADR-1 INV-5 docstring: TestB::test_b
        """,
    )


def test_texts_that_are_no_docstring_hold_none() -> None:
    check(
        '''
        WHY = """
        # Verifies: ADR-1/INV-1
        """
        def test_a():
            f"""Verifies: ADR-1/INV-1"""
            assert run("# Verifies: ADR-1/INV-2, ADR-0058")
        ''',
        "",
    )


def test_above_a_class_links_all_tests_in_it() -> None:
    check(
        """
        # Verifies: ADR-1/INV-1
        @pytest.mark.slow
        class TestA:
            def helper(self): ...
            def test_a(self): ...
            class TestInner:
                # Verifies: ADR-1/INV-2
                def test_b(self): ...
        """,
        """
        ADR-1 INV-1 comment: TestA::test_a, TestA::TestInner::test_b
        ADR-1 INV-2 comment: TestA::TestInner::test_b
        """,
    )


def test_markers_by_any_name() -> None:
    check(
        """
        import pytest as p
        from pytest import mark as m
        from hypothesis.stateful import invariant
        @p.mark.invariant("ADR-1/INV-1", "INV-2")
        @m.invariant("ADR-2/INV-1, INV-2")
        def test_a(): ...
        @invariant("ADR-3/INV-1")
        def test_b(): ...
        """,
        """
        ADR-1 INV-1 marker: test_a
        ADR-1 INV-2 marker: test_a
        ADR-2 INV-1 marker: test_a
        ADR-2 INV-2 marker: test_a
        """,
    )


def test_pytestmark_of_a_module_and_of_a_class() -> None:
    check(
        """
        pytestmark = [pytest.mark.slow, pytest.mark.invariant("ADR-1/INV-1")]
        def test_a(): ...
        class TestB:
            pytestmark = pytest.mark.invariant("ADR-1/INV-2")
            def test_b(self): ...
        """,
        """
        ADR-1 INV-1 marker: test_a, TestB::test_b
        ADR-1 INV-2 marker: TestB::test_b
        """,
    )


def test_a_machine_and_its_case_are_one_test() -> None:
    check(
        """
        # Verifies: ADR-1/INV-1
        class Journal(RuleBasedStateMachine):
            # Verifies: ADR-1/INV-2
            @invariant()
            def only_grows(self): ...
        # Verifies: ADR-1/INV-3
        TestJournal = Journal.TestCase
        """,
        """
        ADR-1 INV-1 comment: TestJournal::runTest
        ADR-1 INV-2 comment: TestJournal::runTest
        ADR-1 INV-3 comment: TestJournal::runTest
        """,
    )


def test_at_the_first_of_two_definitions_it_is_detached() -> None:
    check(
        """
        # Verifies: ADR-1/INV-1
        def test_a(): ...
        # Verifies: ADR-1/INV-2
        def test_a(): ...
        """,
        """
        ADR-1 INV-1 comment:
        ADR-1 INV-2 comment: test_a
        """,
    )


def test_at_what_is_no_test_it_is_detached() -> None:
    code = "# Verifies: ADR-1/INV-1\ndef test_a(): ..."
    check(code, "ADR-1 INV-1 comment:", path="ledger/transfer.py")
    check(code.replace("test_a", "helper"), "ADR-1 INV-1 comment:")


def test_a_plain_name_in_a_comment_is_a_weak_link() -> None:
    check(
        """
        x = 1  # see ADR 0058, ADR-7 and PAY-ADR-12, not ADR-X, adr-8, QUADR-1
        # Verifies: adr-0012, INV-1
        def test_a():
            '''ADR-0099'''
        """,
        """
        ADR 0058 - mention:
        ADR-7 - mention:
        PAY-ADR-12 - mention:
        adr-0012 - mention:
        adr-0012 INV-1 comment: test_a
        """,
    )


def test_places_are_code_points_and_lines_end_as_in_the_editor() -> None:
    code = (
        "s = '𝒳é\u2028'\r\n# 𝒳é Verifies no\r# Verifies: ADR-1/INV-𝒳, ADR-1/INV-2\rdef test_é(): 1"
    )
    source = read("test_a.py", b"\xef\xbb\xbf" + code.encode())
    [mention, reference] = source.references
    assert (mention.id, reference.id, reference.tests) == (None, "INV-2", ("test_é",))
    assert Text(source.text).between(reference.range) == "ADR-1/INV-2"
    assert reference.range.start.line == 2


def test_other_languages_are_none() -> None:
    assert read("a.md", b"// Verifies: ADR-1/INV-1") is None
    assert (language_of("a/b.py"), language_of("a/b.pyc"), language_of("py")) == (
        "python",
        None,
        None,
    )


@given(st.binary() | st.text().map(str.encode))
def test_any_bytes_are_read(raw: bytes) -> None:
    source = read("test_a.py", raw)
    assert source is not None
    for test in source.tests:
        assert test.range.start <= test.name_range.start <= test.name_range.end


PIECES = [
    "# Verifies: ADR-1/INV-1", "ADR 12", "def test_a():", "class TestA:", "    ", "\n", "\r", "@",
    '"""', "'", "(", ")", "é", "\x00", "\x0c", "INV-2,", "pytestmark =", "Verifies:", "async ",
    "if x:", "T = M.TestCase", "pytest.mark.invariant('ADR-1/INV-1')", "adr-lsp: scaffold",
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_pieces_of_code_in_any_order_are_read(code: str) -> None:
    source = read("test_a.py", code.encode())
    assert source is not None
    for reference in source.references:
        assert Text(source.text).between(reference.range).endswith(reference.id or reference.key)
    assert might_refer(code.encode(), ("INV",)) or not source.references


def test_deep_nesting_is_read() -> None:
    deep = "".join(" " * i + "class TestA:\n" for i in range(300)) + " " * 300 + "x = 1\n"
    assert source_of(deep).tests == ()
    assert source_of("# Verifies: ADR-1/INV-1\nx = " + "(" * 20000).references
    assert source_of("# Verifies: ADR-1/INV-1\nx = " + "-" * 20000 + "1").references
