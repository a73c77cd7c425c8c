"""What is there to be sold."""


class OutOfStockError(Exception):
    """There is less than was ordered."""


class Stock:
    def __init__(self, articles: dict[str, int]) -> None:
        self.articles = dict(articles)

    def reserve(self, article: str, amount: int) -> None:
        if self.articles.get(article, 0) < amount:
            raise OutOfStockError(article)
        self.articles[article] -= amount
