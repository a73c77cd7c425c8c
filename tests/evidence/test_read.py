"""What is read of a run's file, whatever its bytes are."""

from __future__ import annotations

import json
import pickle
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adr_lsp.evidence import read_run
from adr_lsp.evidence.model import Cases, Counterexample, Ending, Outcome
from evidence.writing import END, TEST, as_bytes, example, file_name, header, read, result, run

DIGEST = "ab" * 32
COVERAGE = {
    "type": "coverage",
    "test": TEST,
    "parameter": None,
    "files": {"m.py": [[2, 4], [9, 9]]},
}
WHOLE = (
    header(),
    {"type": "content", "files": {"tests/test_merge.py": DIGEST, "m.py": DIGEST}},
    {"type": "collected", "parameters": {TEST: ["[1]", "[2]"]}, "narrowed": [TEST]},
    {"type": "collect-error", "path": "tests/test_b.py", "message": "ImportError: no b"},
    result("failed", counterexample=example(n="0"), cases={"accepted": 7, "failed": 1}),
    result("passed", parameter="[1]", replayed=[example(n="0")], duration=0.5),
    COVERAGE,
    {**END, "coverage": "measured"},
)

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=8,
)


def test_a_whole_run() -> None:
    found = read(*WHOLE)
    assert found.ending is Ending.ENDED
    assert found.content == {"tests/test_merge.py": DIGEST, "m.py": DIGEST}
    assert found.parameters == {TEST: ("[1]", "[2]")}
    assert found.narrowed == {TEST}
    assert found.collect_errors == {"tests/test_b.py": "ImportError: no b"}
    failed, passed = found.by_test[TEST]
    assert failed.counterexample == Counterexample("test_merge(n=0)", {"n": "0"})
    assert failed.cases == Cases(accepted=7, failed=1)
    assert (passed.parameter, passed.outcome, passed.duration) == ("[1]", Outcome.PASSED, 0.5)
    assert passed.replayed[0].values == {"n": "0"}
    assert found.coverage is not None
    assert found.coverage[TEST, None] == {"m.py": {2, 3, 4, 9}}
    assert found.environment.lane == ("3.11", "linux")
    assert found.torn == 0
    assert pickle.loads(pickle.dumps(found)) == found


def test_coverage_reads_alike_in_any_order_of_its_fields() -> None:
    shuffled = {key: COVERAGE[key] for key in ("files", "parameter", "test", "type")}
    ordered, other = (
        read(header(), line, {**END, "coverage": "measured"}) for line in (COVERAGE, shuffled)
    )
    assert ordered.coverage == other.coverage


def test_coverage_is_unknown_where_the_end_says_so() -> None:
    assert read(header(), COVERAGE, END).coverage is None
    assert read(header(), result()).coverage is None


@pytest.mark.parametrize(
    ("alive", "ending"), [(True, Ending.RUNNING), (False, Ending.CUT)], ids=["alive", "dead"]
)
def test_without_an_end_it_runs_or_was_cut(alive: bool, ending: Ending) -> None:
    assert read(header(), result(), alive=alive).ending is ending


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\0" * 100,
        b"not json\n",
        as_bytes(result()),
        as_bytes({**header(), "version": 2}),
        b"[" * 100_000 + b"\n",
        b'{"type":"run","version":1,"started":' + b"9" * 5_000 + b"}\n",
    ],
    ids=["empty", "nul", "text", "headless", "future", "nested", "number"],
)
def test_what_does_not_begin_as_a_run_is_none(raw: bytes) -> None:
    assert read_run("x.jsonl", raw, alive=False) is None


def test_torn_lines_are_skipped_and_counted() -> None:
    torn = (
        as_bytes(header(), result("failed"))[:-4] + b"\n\0\0\0\0\n[1]\n" + as_bytes(result(), END)
    )
    found = read_run(file_name(0), torn, alive=False)
    assert found is not None
    assert [r.outcome for r in found.results] == [Outcome.PASSED]
    assert (found.torn, found.ending) == (3, Ending.ENDED)


def test_types_of_later_versions_are_no_fault() -> None:
    assert run({"type": "weather", "of": "today"}).torn == 0


def test_a_file_pasted_behind_another_proves_nothing() -> None:
    found = run(result(), header(5), result("passed", test="tests/test_b.py::test_b"))
    assert list(found.by_test) == [TEST]
    assert found.torn > 0


@pytest.mark.parametrize("path", ["../up.py", "/etc/passwd", "a/../../b.py", "C:/x.py", "a\\..\\b"])
def test_no_path_leads_out_of_the_root(path: str) -> None:
    found = read(
        header(),
        {"type": "content", "files": {path: DIGEST}},
        {"type": "changed", "files": [path]},
        {"type": "collect-error", "path": path, "message": ""},
        result(test=f"{path}::test_x"),
        result(location=[path, 3]),
        {"type": "coverage", "test": TEST, "parameter": None, "files": {path: [[1, 2]]}},
        {**END, "coverage": "measured"},
    )
    said = (found.content, found.changed, found.collect_errors, found.by_test)
    assert path not in json.dumps([sorted(map(str, each)) for each in said])
    assert found.results[0].location is None
    assert found.coverage is not None and found.coverage[TEST, None] == {}


def test_files_that_two_processes_read_differently_count_as_changed() -> None:
    first, second = ({"type": "content", "files": {"m.py": d * 32}} for d in ("ab", "cd"))
    assert run(first, second).changed == {"m.py"}


def test_a_pass_hides_no_failed_attempt() -> None:
    found = run(result("passed", attempts=["failed", "passed"]), result("xpassed", strict=True))
    assert [r.outcome for r in found.results] == [Outcome.FLAKY, Outcome.FAILED]


def test_hostile_ranges_cost_nothing() -> None:
    spans = [[1, 10**15], [-5, 3], [3, 1], ["1", 2], [True, 2], [4, 5]]
    line = {**COVERAGE, "files": {"m.py": spans, "n.py": 3}}
    found = read(header(), line, {**END, "coverage": "measured"})
    assert found.coverage is not None and found.coverage[TEST, None] == {
        "m.py": {4, 5},
        "n.py": set(),
    }


def test_counts_can_be_added_and_printed() -> None:
    cases = {"accepted": int("9" * 4000), "max_examples": 100}
    counted = run(*(result("passed", parameter=f"[{n}]", cases=cases) for n in range(3)))
    total = sum(r.cases.accepted for r in counted.results if r.cases)
    assert 0 < total < 10**18


def test_lone_surrogates_do_not_get_in() -> None:
    found = run(result("failed", message="\ud800", counterexample=example(s="'\udfff'")))
    assert found.results[0].message.encode() == "\ufffd".encode()
    assert found.results[0].counterexample is not None
    str(found.results[0].counterexample).encode()


@given(st.binary())
def test_arbitrary_bytes_raise_nothing(raw: bytes) -> None:
    read_run("x.jsonl", raw, alive=True)
    read_run("x.jsonl", as_bytes(header()) + raw, alive=False)


@given(st.integers(0, len(as_bytes(*WHOLE))), st.binary(max_size=20))
def test_any_truncation_is_a_run_that_did_not_end(size: int, tail: bytes) -> None:
    found = read_run(file_name(0), as_bytes(*WHOLE)[:size] + b"\0" + tail, alive=False)
    complete = len(as_bytes(*WHOLE)) - len(as_bytes(WHOLE[-1]))
    if found is not None and size < complete:
        assert found.ending is Ending.CUT
        assert found.results == read(*WHOLE).results[: len(found.results)]


@given(st.sampled_from(WHOLE), st.data())
def test_any_field_may_hold_anything(line: dict[str, Any], data: st.DataObject) -> None:
    field = data.draw(st.sampled_from(sorted(line)))
    spoilt = {**line, field: data.draw(json_values)}
    lines = [spoilt if each is line else each for each in WHOLE]
    found = read_run("x.jsonl", as_bytes(*lines), alive=False)
    if found is not None and found.coverage is not None:
        assert all(found.coverage[key] is not None for key in found.coverage)
