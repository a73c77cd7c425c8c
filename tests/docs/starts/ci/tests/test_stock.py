import pytest
from shop.stock import OutOfStockError, Stock


@pytest.mark.parametrize("amount", [1, 2, 3, 4])
def test_stock_is_never_negative(amount: int) -> None:
    stock = Stock({"book": 3})
    try:
        stock.reserve("book", amount)
    except OutOfStockError:
        assert amount > 3
    assert stock.articles["book"] >= 0
