"""What a run of stubs and faults wrote down, as it is read: also torn, also nonsense."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adr_lsp.features.strength import Job, read, text, value

JOB = Job((), (("shop/fees.py", "fee"),))
BASELINE = {"type": "baseline", "outcome": "passed"}
REACHED = {"type": "reached", "definitions": [["shop/fees.py", "fee", 3]]}
STUB = {"type": "stub", "names": ["fee"], "outcome": "noticed"}
FAULT = {
    "type": "mutant", "path": "shop/fees.py", "name": "fee", "line": 4, "kind": "comparison",
    "before": "if a < b:", "after": "if a <= b:", "outcome": "survived",
}  # fmt: skip
INPUTS = {"type": "inputs", "test": "t", "argument": "n", "count": 4, "kinds": {"int": 4},
          "min": "-1", "max": "9", "zero": 1, "negative": 2}  # fmt: skip
EVENTS = {"type": "events", "test": "t", "count": 4, "events": {"large": 1}}
END = {"type": "end"}
VERDICTS = ("vacuous", "inconclusive", "weak", "strong")


def check(*lines: dict[str, object]) -> str:
    raw = "\n".join(map(json.dumps, lines)).encode()
    return "\n".join(text("ADR-0001/INV-1", read(raw, JOB)))


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ((BASELINE, REACHED, STUB, END), "strong: the tests notice the stub"),
        ((BASELINE, REACHED, STUB, FAULT, END), "weak: 1 of 1 small faults are not noticed"),
        (
            (BASELINE, REACHED, {**STUB, "outcome": "survived"}, END),
            "vacuous: the tests pass although `fee` is replaced by a stub",
        ),
        ((BASELINE, {**REACHED, "definitions": []}, END), "inconclusive: the tests never reach"),
        (({**BASELINE, "outcome": "failed", "test": "t"}, END), "the tests fail as they are: t"),
        ((BASELINE, REACHED, {**STUB, "names": []}, END), "nothing could be replaced by a stub"),
        ((), "inconclusive: the tests did not run to their end"),
    ],
)
def test_says_in_one_line_what_was_seen(lines: tuple[dict[str, object], ...], said: str) -> None:
    assert said in check(*lines).splitlines()[0]


def test_a_promise_that_only_forbids_is_kept_by_a_stub() -> None:
    survived = {**STUB, "outcome": "survived"}
    raw = "\n".join(map(json.dumps, (BASELINE, REACHED, survived, END))).encode()
    said = read(raw, Job((), (("shop/fees.py", "fee"),), forbids=True)).reason
    assert said.endswith("kept by doing nothing: assert that something happens, too")


def test_names_each_survivor_what_was_drawn_and_what_was_not_tried() -> None:
    said = check(INPUTS, EVENTS, BASELINE, REACHED, STUB, FAULT, {"type": "left", "mutants": 3})
    assert said.splitlines()[1:] == [
        "  shop/fees.py:4 in fee, not noticed: if a < b:  =>  if a <= b:",
        "  3 more faults were not tried",
        "  time ran out: what is said here is of the part that ran",
        "  inputs of t",
        "    n: 4 values, -1 to 9, zero 25 %, negative 50 %",
        "    event large: 25 %",
    ]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)
LINES = st.lists(
    st.sampled_from([BASELINE, REACHED, STUB, FAULT, INPUTS, EVENTS, END]).flatmap(
        lambda line: st.builds(
            lambda key, other: {**line, key: other}, st.sampled_from(sorted(line)), JSON
        )
    )
)


@given(st.binary() | LINES.map(lambda lines: "\n".join(map(json.dumps, lines)).encode()))
def test_any_bytes_are_read(raw: bytes) -> None:
    found = read(raw, JOB)
    assert found.verdict in VERDICTS
    assert found.verdict != "strong" or b"baseline" in raw
    text("key", found)
    json.dumps(value("key", found))
