"""What a name means among all records."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from adr_lsp.decision_log import DecisionLog, normalised
from adr_lsp.record import Record, parse

LOGS = st.sampled_from(["docs/adr", "a/adr", "x/a/adr", "ledger/docs/adr"])
STEMS = st.builds(
    "{}-{}".format,
    st.integers(1, 12).map("{:04}".format),
    st.sampled_from(["use-x", "use-y", "drop"]),
)
PATHS = st.builds("{}/{}.md".format, LOGS, STEMS)
IDS = st.lists(st.integers(1, 3).map("INV-{}".format), unique=True, max_size=2)
FROM = st.sampled_from(["src/a.py", "a/tests/t.py", "x/a/b.py", "docs/adr/0001-use-x.md", "t.py"])


def record(path: str, ids: list[str]) -> Record:
    items = "".join(f"- **{id}**: It holds.\n" for id in ids)
    text = f"# A title\n\n## Invariants\n\n{items}"
    return parse(path, text.encode(), log=path.rpartition("/")[0])


RECORDS = st.dictionaries(PATHS, IDS, max_size=8)


def log_of(records: dict[str, list[str]]) -> DecisionLog:
    return DecisionLog().replace({path: record(path, ids) for path, ids in records.items()})


@given(RECORDS, FROM)
def test_a_canonical_key_leads_back_to_its_record_from_every_file(
    records: dict[str, list[str]], here: str
) -> None:
    log = log_of(records)
    for found in log:
        assert log.resolve(log.key(found), None, here).record == found


@given(RECORDS)
def test_canonical_keys_are_unique(records: dict[str, list[str]]) -> None:
    keys = [log_of(records).key(found) for found in log_of(records)]
    assert len(set(keys)) == len(keys)


@given(st.integers(0, 10**6), st.integers(0, 6), st.sampled_from(["ADR-{}", "adr-{}", "Adr{}"]))
def test_padding_and_case_do_not_matter(number: int, zeros: int, form: str) -> None:
    assert normalised(form.format("0" * zeros + str(number))) == normalised(f"ADR-{number}")


@given(RECORDS, st.lists(st.tuples(PATHS, st.none() | IDS), max_size=6))
def test_changing_a_log_equals_building_it(
    records: dict[str, list[str]], changes: list[tuple[str, list[str] | None]]
) -> None:
    log, last = log_of(records), dict(records)
    for path, ids in changes:
        log = log.replace({path: record(path, ids) if ids is not None else None})
        last.pop(path, None)
        if ids is not None:
            last[path] = ids
    scratch = log_of(last)
    assert (dict(log.records), dict(log.by_name)) == (dict(scratch.records), dict(scratch.by_name))


def resolved(records: dict[str, list[str]], key: str, id: str, here: str) -> str:
    log = log_of(records)
    found = log.resolve(key, id, here)
    if found.invariant:
        return found.invariant.path
    return "ambiguous" if found.ambiguous else "unknown"


TWO_LOGS = {"docs/adr/0001-use-x.md": ["INV-1"], "ledger/docs/adr/0001-drop.md": ["INV-1"]}
SHARED = {"docs/adr/0001-use-x.md": ["INV-1"], "docs/adr/0001-drop.md": ["INV-2"]}


def test_the_nearest_log_is_meant() -> None:
    assert resolved(TWO_LOGS, "ADR-1", "INV-1", "ledger/tests/t.py").startswith("ledger")
    assert resolved(TWO_LOGS, "ADR-1", "INV-1", "docs/x.py").startswith("docs")
    assert resolved(TWO_LOGS, "ADR-1", "INV-1", "tests/t.py") == "ambiguous"


def test_a_log_can_be_named() -> None:
    assert resolved(TWO_LOGS, "ledger/ADR-0001", "INV-1", "tests/t.py").startswith("ledger")


def test_a_shared_number_is_no_fault_where_one_record_declares_the_id() -> None:
    assert resolved(SHARED, "ADR-0001", "INV-2", "t.py").endswith("drop.md")
    assert resolved(SHARED, "ADR-0001", "INV-3", "t.py") == "ambiguous"
    assert resolved(SHARED, "0001-use-x", "INV-1", "t.py").endswith("use-x.md")
    assert resolved(SHARED, "ADR-0002", "INV-1", "t.py") == "unknown"
