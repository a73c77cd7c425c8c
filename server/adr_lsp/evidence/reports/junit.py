"""JUnit XML, in the dialects of the tools that write it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from adr_lsp.evidence.reports.dialect import dialect, started
from adr_lsp.evidence.reports.model import Case, Report, Unreadable
from adr_lsp.evidence.reports.repeated import settled
from adr_lsp.evidence.reports.testcase import TOLD, Told, case_of
from adr_lsp.evidence.reports.xml import walk_xml
from adr_lsp.value import dataclass

ROOTS = ("testsuites", "testsuite")
LONGEST_TEXT = 8_000
LONGEST_NAME = 4_000

Attributes = Mapping[str, str]


@dataclass(slots=True)
class Suite:
    """A `testsuite` element: its name, what it says of itself, and what it is inside."""

    number: int
    names: tuple[str, ...]
    attributes: Attributes
    count: int = 0


@dataclass(slots=True)
class Element:
    """A `testcase` element as it is read."""

    attributes: Attributes
    suite: Suite
    told: list[Told] = field(default_factory=list)


class _Reading:
    """Takes elements in the order of the document."""

    def __init__(self) -> None:
        self.root: tuple[str, Attributes] | None = None
        self.suites: list[Suite] = []
        self.open: list[Suite] = []
        self.elements: list[Element] = []
        self.testcase: Element | None = None
        self.told: Told | None = None
        self.depth = self.told_at = 0
        self.properties: set[str] = set()

    def start(self, name: str, attributes: Attributes) -> None:
        self.depth += 1
        if self.root is None:
            self.root = name, attributes
        if name in ROOTS:
            self._suite(name, attributes)
        elif name == "testcase":
            self.testcase = Element(_short(attributes), self.open[-1] if self.open else NOWHERE)
            self.testcase.suite.count += 1
            self.elements.append(self.testcase)
        elif name == "property" and self.testcase is None:
            self.properties.add(attributes.get("name", ""))
        elif self.testcase is not None and self.told is None and name in TOLD:
            self.told, self.told_at = Told(name, _short(attributes)), self.depth
            self.testcase.told.append(self.told)

    def _suite(self, name: str, attributes: Attributes) -> None:
        around = self.open[-1].names if self.open else ()
        own = (attributes.get("name", "")[:LONGEST_NAME],) if name == "testsuite" else ()
        suite = Suite(len(self.suites), around + own, _short(attributes))
        self.suites.append(suite)
        self.open.append(suite)

    def end(self, name: str) -> None:
        if self.told is not None and self.depth == self.told_at:
            self.told = None
        if name in ROOTS and self.open:
            self.open.pop()
        elif name == "testcase":
            self.testcase = None
        self.depth -= 1

    def text(self, text: str) -> None:
        if self.told is not None and self.depth == self.told_at:
            room = LONGEST_TEXT - len(self.told.text)
            if room > 0:
                self.told.text += text[:room]


NOWHERE = Suite(-1, (), {})


def read_junit(raw: bytes) -> Report | Unreadable:
    """The cases of a report; whatever the bytes are, it raises nothing."""
    reading = _Reading()
    fault = walk_xml(raw, reading.start, reading.end, reading.text)
    if fault is not None:
        return fault
    if reading.root is None or reading.root[0] not in ROOTS:
        name = reading.root[0] if reading.root else ""
        return Unreadable(f"its root is `{name[:40]}`, not `testsuites` or `testsuite`", 1)
    suites = tuple(suite.attributes for suite in reading.suites)
    classnames = [element.attributes.get("classname", "") for element in reading.elements]
    tool = dialect(reading.root, suites, reading.properties, classnames)
    cases = [_case(element, tool) for element in reading.elements]
    counts = {suite.number: _number(suite.attributes.get("tests")) for suite in reading.suites}
    return Report(tool, started(suites), settled(cases, tool, counts))


def _case(element: Element, tool: str) -> Case:
    suite = element.suite
    return case_of(element.attributes, element.told, suite.names, suite.number, tool)


def _short(attributes: Attributes) -> Attributes:
    return {name: value[:LONGEST_NAME] for name, value in attributes.items()}


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else None
