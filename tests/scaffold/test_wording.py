"""What is read out of a statement's words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adr_lsp.scaffold import PATTERNS, suggest_pattern
from adr_lsp.scaffold.direction import descends, falls
from adr_lsp.scaffold.wording import limits, machine_name, slug, test_name, whole_numbers

name_of = test_name
name_of.__test__ = False  # type: ignore[attr-defined]
del test_name


@pytest.mark.parametrize(
    ("statement", "pattern"),
    [
        ("Every amount survives encoding and decoding.", "round-trip"),
        ("Decoding an encoded amount gives the same amount.", "round-trip"),
        ("Parsing what was rendered gives the original.", "round-trip"),
        ("Applying a migration twice has the same effect as once.", "idempotence"),
        ("Merge is commutative.", "commutativity"),
        ("Reports can arrive in any order.", "commutativity"),
        ("For every transfer, the sum of its entries is zero.", "conservation"),
        ("Net and fee add up to gross.", "conservation"),
        ("The total stays the same.", "conservation"),
        ("A fee is never negative.", "bounds"),
        ("The queue holds at most 10 items.", "bounds"),
        ("The fast path agrees with the slow path.", "oracle"),
        ("An entry is never changed or deleted.", "append-only"),
        ("A payment is captured at most once.", "at-most-once"),
        ("A mail is never sent twice.", "at-most-once"),
        ("No fee is charged twice.", "at-most-once"),
        ("A job runs exactly once.", "exactly-once"),
        ("No two users have the same name.", "uniqueness"),
        ("Versions never decrease.", "monotonic"),
        ("Tallies add up to the same, however they are grouped.", "associativity"),
        ("Layers give the same, however they are grouped.", "associativity"),
        ("Scores are listed highest first.", "ordering"),
        ("Items stand in chronological order.", "ordering"),
        ("Reports are summed in either order.", "commutativity"),
        ("The same stops give the same route.", "determinism"),
        ("Doubling the amount doubles the fee.", "metamorphic"),
        ("Only `checkout` may import `payments`.", "structure"),
        ("`cart` never imports `checkout`.", "structure"),
        ("There are no import cycles in `shop`.", "structure"),
        ("Nobody calls `eval`.", "structure"),
        ("Only the owner of a document may delete it.", "authorization"),
        ("What tasks wait for has no cycles.", "acyclic"),
        ("At most one node holds the lease at a time.", "mutual-exclusion"),
        ("Reading a line never raises.", "total"),
        ("A heavier parcel never costs less than a lighter one.", "monotonic"),
        ("Adding an item never lowers the total.", "monotonic"),
        ("A customer never pays less than 5.", "bounds"),
        ("Merging tags does not depend on the order.", "commutativity"),
        ("`overlap` does not care which slot comes first.", "commutativity"),
        ("The cart does not depend on the checkout.", "structure"),
        ("We use Postgres.", None),
    ],
)
def test_suggests_a_pattern(statement: str, pattern: str | None) -> None:
    assert suggest_pattern(statement) == pattern


@pytest.mark.parametrize(
    ("statement", "down"),
    [
        ("Versions never decrease.", False),
        ("A heavier parcel never costs less.", False),
        ("Stock only falls.", True),
        ("A larger discount never raises the price.", True),
    ],
)
def test_says_whether_something_falls(statement: str, down: bool) -> None:
    assert falls(statement) == down


@pytest.mark.parametrize(
    ("statement", "down"),
    [
        ("Jobs run highest priority first.", True),
        ("Scans are listed newest first.", True),
        ("Prices go from high to low.", True),
        ("The timeline shows the oldest scan first.", False),
        ("Scores are sorted.", False),
    ],
)
def test_says_whether_the_greatest_stands_first(statement: str, down: bool) -> None:
    assert descends(statement) == down


@given(st.text())
def test_suggests_only_known_patterns(statement: str) -> None:
    assert suggest_pattern(statement) in {*PATTERNS, None}


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("is between 0 and 10,000", ("0", "10_000")),
        ("lies in 0..100", ("0", "100")),
        ("is at most 40", (None, "40")),
        ("is at least one", ("1", None)),
        ("is never negative", ("0", None)),
        ("is non-negative and at most 1.5", ("0", "1.5")),
        ("never exceeds the gross amount", (None, "gross")),
        ("is no less than 007", ("7", None)),
        ("is reasonable", (None, None)),
        ("never exceeds the budget", (None, None)),
    ],
)
def test_reads_limits(statement: str, expected: tuple[str | None, str | None]) -> None:
    assert limits(statement, ("gross",)) == expected


@given(st.text())
def test_limits_are_python(statement: str) -> None:
    for limit in limits(statement + " at most 0", ("gross",)):
        compile(limit or "None", "limit", "eval")
    assert all(isinstance(number, int) for number in whole_numbers(statement))


@pytest.mark.parametrize(
    ("stem", "expected"),
    [
        ("0012-append-only-ledger", "append_only_ledger"),
        ("ADR-0115-mandatory-egress", "mandatory_egress"),
        ("adr_12_use_x", "use_x"),
        ("20200101-use-x", "use_x"),
        ("2020-01-01_003-use-x", "use_x"),
        ("PREFIX-ADR-XX-0001-use-x", "use_x"),
        ("use-2-phase-commit", "use_2_phase_commit"),
        ("0012", "adr_0012"),
        ("0003-Größe & Maß", "größe_maß"),
        ("0004-../../etc", "etc"),
    ],
)
def test_slugs(stem: str, expected: str) -> None:
    assert slug(stem) == expected


@given(st.text(), st.lists(st.text(), max_size=3))
def test_names_are_names(statement: str, others: list[str]) -> None:
    assert name_of(statement, others).isidentifier()
    assert machine_name(statement, others).isidentifier()


def test_names_take_five_content_words_and_more_to_differ() -> None:
    one = "A payment with the same key is captured at most once in a day."
    other = "A payment with the same key is captured at most twice in a day."
    assert name_of(one) == "test_payment_same_key_captured_most"
    assert name_of(one, [other]) == "test_payment_same_key_captured_most_once"
    assert name_of(other, [one]) == "test_payment_same_key_captured_most_twice"
    assert machine_name(one) == "PaymentSameKeyCapturedMost"
