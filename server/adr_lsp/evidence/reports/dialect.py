"""Which tool wrote a report, and when it ran."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from datetime import UTC, datetime

from adr_lsp.evidence.reports.names import is_script

Attributes = Mapping[str, str]
EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)


def dialect(
    root: tuple[str, Attributes],
    suites: Sequence[Attributes],
    properties: Set[str],
    classnames: Sequence[str],
) -> str:
    """The tool, by what it alone writes; `junit` where that stands nowhere."""
    name, attributes = root
    own = [suite.get("name", "") for suite in suites]
    if "surefire" in " ".join(attributes.values()) or "surefire.real.class.path" in properties:
        return "surefire"
    if "uuid" in attributes or attributes.get("name") == "nextest-run":
        return "nextest"
    if "go.version" in properties:
        return "gotestsum"
    if attributes.get("name") == "vitest tests" or _stand_in_scripts(classnames, own):
        return "vitest"
    if attributes.get("name") == "jest tests":
        return "jest"
    if attributes.get("name") == "pytest tests" or "pytest" in own:
        return "pytest"
    if name == "testsuites" and "name" not in attributes and _of_node(classnames):
        return "node"
    return "junit"


def _stand_in_scripts(classnames: Sequence[str], suites: Sequence[str]) -> bool:
    """Whether every class and every suite is a file of JavaScript, as vitest has it."""
    named = {name for name in suites if name}
    return bool(classnames) and all(is_script(name) and name in named for name in classnames)


def _of_node(classnames: Sequence[str]) -> bool:
    return bool(classnames) and all(name in ("test", "suite") for name in classnames)


def started(suites: Sequence[Attributes]) -> datetime | None:
    """The first start that any suite tells; some tools write one of 1970 where they know none."""
    told = (instant(suite.get("timestamp", "")) for suite in suites)
    return min((time for time in told if time and time > EARLIEST), default=None)


def instant(text: str) -> datetime | None:
    """A time as tools write it; in UTC where it tells no zone."""
    try:
        found = datetime.fromisoformat(text.strip())
        return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None
