"""Hypothesis settings and the fixtures of the example tests."""

import pytest
from hypothesis import HealthCheck, settings

from ledger.book import Book
from ledger.journal import Journal
from tests.gateway import ScriptedGateway

# A busy build machine is no reason to fail: no property here is about time.
settings.register_profile(
    "ledger",
    deadline=None,
    stateful_step_count=15,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("ledger")


@pytest.fixture
def book() -> Book:
    """A book in which nothing has happened yet."""
    return Book(Journal())


@pytest.fixture
def gateway() -> ScriptedGateway:
    """A gateway that answers every call."""
    return ScriptedGateway()
