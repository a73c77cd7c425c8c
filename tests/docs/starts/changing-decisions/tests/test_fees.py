# Verifies: ADR-0002/INV-1
def test_a_fee_is_no_more_than_the_amount() -> None:
    assert min(1, 2) <= 2


# Verifies: ADR-0002/INV-2
def test_half_a_cent_is_a_cent() -> None:
    assert round(0.5 + 1e-9) == 1
