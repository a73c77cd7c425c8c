"""ADR-0008: settlement reports merge to the same result in any order, however often."""

import pytest
from hypothesis import given

from ledger.money import Currency, Money
from ledger.settlement import Line, Report, SettlementConflictError, merge
from tests.strategies import disputed_reports, reports


def merged(left: Report, right: Report) -> Report | None:
    """The merged report, or nothing where the two contradict each other."""
    try:
        return merge(left, right)
    except SettlementConflictError:
        return None


@given(left=disputed_reports, right=disputed_reports)
def test_order_of_reports_does_not_matter(left: Report, right: Report) -> None:
    assert merged(left, right) == merged(right, left)


# Verifies: ADR-0008/INV-2
@given(left=reports, right=reports)
def test_repeated_report_changes_nothing(left: Report, right: Report) -> None:
    once = merge(left, right)
    assert merge(once, right) == once
    assert merge(once, left) == once


def test_correction_replaces_the_line() -> None:
    first = Line("ch_1", 1, Money(970, Currency.EUR))
    second = Line("ch_1", 2, Money(965, Currency.EUR))
    assert merge({"ch_1": second}, {"ch_1": first}) == {"ch_1": second}


def test_contradiction_is_refused() -> None:
    one = Line("ch_1", 1, Money(970, Currency.EUR))
    other = Line("ch_1", 1, Money(965, Currency.EUR))
    with pytest.raises(SettlementConflictError):
        merge({"ch_1": one}, {"ch_1": other})
