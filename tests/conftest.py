"""What every test may ask for."""

from __future__ import annotations

import pytest

pytest.register_assert_rewrite("rules.case")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update", action="store_true", help="write generated files instead of comparing"
    )


@pytest.fixture
def update(request: pytest.FixtureRequest) -> bool:
    """Whether generated files are to be written anew."""
    return bool(request.config.getoption("--update"))
