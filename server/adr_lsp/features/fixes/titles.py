"""Titles whose number is not the file's (ADL502)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from adr_lsp.diagnostic import Diagnostic
from adr_lsp.features.fixes.fix import Fix, replacing
from adr_lsp.record.key import number_of
from adr_lsp.rules.place import within
from adr_lsp.snapshot import Snapshot

_DIGITS = re.compile(r"\d+")


def fixes(snapshot: Snapshot, findings: Iterable[Diagnostic]) -> Iterator[Fix]:
    """The file's name is what others link to."""
    for finding in findings:
        record = snapshot.log.records[finding.path]
        named = number_of(record.stem)
        for digits in _DIGITS.finditer(record.text.between(record.title_range)):
            if int(digits.group()[:9]) == record.title_number and named is not None:
                place = within(record, record.title_range, *digits.span())
                number = str(named).zfill(len(digits.group()))
                yield replacing(finding, f"Number the title {number}", place, number)
                break
