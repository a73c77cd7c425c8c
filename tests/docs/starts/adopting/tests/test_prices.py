from shop.prices import total


def test_total_is_the_sum_of_its_lines() -> None:
    assert total([(995, 2), (5, 1)]) == 1995
    assert total([(5, 1), (995, 2)]) == 1995
    assert total([]) == 0
