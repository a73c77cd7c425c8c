"""What every test may ask for."""

from __future__ import annotations

import os

import pytest
from hypothesis import settings

# A busy machine is no fault of ours; speed is measured in benchmarks.
settings.register_profile("unhurried", parent=settings(), deadline=None)
settings.load_profile("unhurried")

pytest.register_assert_rewrite("rules.case")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update", action="store_true", help="write generated files instead of comparing"
    )


@pytest.fixture
def update(request: pytest.FixtureRequest) -> bool:
    """Whether generated files are to be written anew."""
    return bool(request.config.getoption("--update"))


def pytest_sessionfinish(session: pytest.Session) -> None:
    """In CI nothing is skipped: what would be is a failure of the whole run."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    skipped = reporter.stats.get("skipped", []) if reporter else []
    if skipped and os.environ.get("CI") == "true":
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
        for report in skipped:
            reporter.write_line(f"skipped in CI: {report.nodeid}: {report.longrepr}", red=True)
