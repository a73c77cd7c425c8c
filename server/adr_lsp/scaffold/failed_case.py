"""A counterexample as an example test of the invariant's target, beside the test that found it.

What the target should have given for these values nobody told: the test leaves it to be said.
"""

from __future__ import annotations

import hashlib
import posixpath
import re
from collections.abc import Mapping

from adr_lsp.evidence.model import Counterexample
from adr_lsp.record import Invariant, Record
from adr_lsp.scaffold.examples import Example
from adr_lsp.scaffold.language import SUFFIXES
from adr_lsp.scaffold.model import Refusal, Scaffold
from adr_lsp.scaffold.writing import write_case
from adr_lsp.snapshot import Snapshot

_LONGEST = 24
_MINUS = re.compile(r"-(?=\d)")
_WORD = re.compile(r"[A-Za-z0-9]+")


def write(
    snapshot: Snapshot, record: Record, invariant: Invariant, test_path: str,
    counterexample: Counterexample,
) -> Scaffold | Refusal:  # fmt: skip
    """In the language of the test that found it, for its values are source text of that."""
    language = SUFFIXES.get(posixpath.splitext(test_path)[1])
    if language is None:
        return Refusal(f"there is no way yet to write an example test for `{test_path}`")
    if not counterexample.values:
        return Refusal("the counterexample is not told argument by argument")
    case = Example(_name(counterexample.values), dict(counterexample.values), None)
    return write_case(snapshot, record, invariant, language, case)


def _name(values: Mapping[str, str]) -> str:
    """`n 1000`; other values have other names."""
    whole = " ".join(f"{name} {_MINUS.sub('minus ', text)}" for name, text in values.items())
    words = " ".join(_WORD.findall(whole))
    if words == whole and len(words) <= _LONGEST:
        return words
    digest = hashlib.sha256(whole.encode("utf-8", "replace")).hexdigest()[:6]
    return f"{words[:_LONGEST].rstrip()} {digest}"
