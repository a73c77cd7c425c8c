"""A report of any format, told apart by what stands in it rather than by its name."""

from __future__ import annotations

import re
from collections.abc import Callable

from adr_lsp.evidence.reports.model import Report, Unreadable
from adr_lsp.evidence.reports.xml import LARGEST, TOO_LARGE

_ELEMENT = re.compile(rb"<([A-Za-z_][\w.:-]*)")
_LCOV = re.compile(rb"(?:#[^\n]*|TN:[^\n]*|VER:[^\n]*|\s)*SF:|TN:")
SNIFFED = 8192

Read = tuple[Report, ...] | Unreadable


def read_report(raw: bytes) -> Read:
    """Every run that a file tells of; whatever the bytes are, it raises nothing."""
    if len(raw) > LARGEST:
        return TOO_LARGE
    return _reader(raw.removeprefix(b"\xef\xbb\xbf")[:SNIFFED].lstrip())(raw)


def _reader(head: bytes) -> Callable[[bytes], Read]:
    """Each format is imported when a file of it is read."""
    if head.startswith(b"{"):
        return _json_lines if _is_observation(head) else _json
    if _LCOV.match(head):
        return _lcov
    element = _ELEMENT.search(head)
    return _cobertura if element and element[1] == b"coverage" else _junit


def _is_observation(head: bytes) -> bool:
    """Whether the first line is one of Hypothesis's, by what it names first of all."""
    return re.match(rb'\{\s*"type":\s*"', head) is not None


def _junit(raw: bytes) -> Read:
    from adr_lsp.evidence.reports.junit import read_junit

    found = read_junit(raw)
    if isinstance(found, Unreadable):
        return found if _is_markup(raw) else Unreadable("its format is none that is known")
    return (found,)


def _is_markup(raw: bytes) -> bool:
    return raw.lstrip()[:1] in (b"<", b"\xef", b"\xff", b"\xfe")


def _cobertura(raw: bytes) -> Read:
    from adr_lsp.evidence.reports.cobertura import read_cobertura

    return read_cobertura(raw)


def _lcov(raw: bytes) -> Read:
    from adr_lsp.evidence.reports.lcov import read_lcov

    return read_lcov(raw)


def _json(raw: bytes) -> Read:
    from adr_lsp.evidence.reports.json_coverage import read_json

    return read_json(raw)


def _json_lines(raw: bytes) -> Read:
    from adr_lsp.evidence.reports.observed import read_observed

    return read_observed(raw)
