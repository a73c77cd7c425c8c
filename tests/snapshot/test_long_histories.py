"""Whatever the history, the quick way to a verdict says what looking at everything says."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from adr_lsp import sources
from adr_lsp.evidence.counting import counted
from adr_lsp.evidence.history import Entry
from adr_lsp.snapshot import freshness
from adr_lsp.snapshot.judgement import judge
from adr_lsp.snapshot.past import past
from adr_lsp.snapshot.statements import statement_changes
from adr_lsp.snapshot.tests import tests_of
from evidence.writing import END, result
from snapshot.made import Root, invariant_of

RECORD = """# 1. Merge

## Invariants

- **INV-1**: {words}
"""
TEST = "tests/test_merge.py::test_merge"
HEAD = "import merge\n\n# Verifies: ADR-0001/INV-1\ndef test_merge():\n"
WORDS = ("Merging is commutative.", "Merging is associative.")
# What each file may hold: the same in other words, other bodies, other names, nothing at all.
VERSIONS = {
    "merge.py": (
        "import deep\n\ndef merge(a, b):\n    return deep.join(a, b)\n",
        "import deep\n\n# a comment\ndef merge(a, b):\n    return (deep.join(a, b))\n",
        "import deep\n\ndef merge(a, b):\n    return deep.join(b, a)\n",
        "import deep\n\nLIMIT = 3\n\ndef merge(a, b):\n    return deep.join(a, b)\n",
        "def merge(a, b:\n",
    ),
    "deep.py": (
        "def join(a, b):\n    return a | b\n",
        "def join(a, b):\n    return b | a\n",
        "def join(a, b):\n    return a | b\n\ndef unused():\n    return 1\n",
        "def other(a, b):\n    return a | b\n",
    ),
    "apart.py": ("X = 1\n", "X = 2\n"),
    "tests/conftest.py": ("", "import pytest\n\n@pytest.fixture(autouse=True)\ndef _o():\n    0\n"),
    "tests/test_merge.py": (
        HEAD + "    assert merge.merge(1, 2)\n",
        HEAD + "    assert merge.merge(2, 2)\n",
        HEAD + "    assert merge.merge(1, 2)\n\n\ndef apart():\n    return 1\n",
        HEAD + "    assert merge.merge(1, 2)\n\n\ndef apart():\n    return 2\n",
    ),
}
STATES = st.fixed_dictionaries(
    {path: st.integers(0, len(each)) for path, each in VERSIONS.items()}
    | {"tests/test_merge.py": st.integers(0, 3)}
)
OUTCOMES = st.sampled_from(("passed", "failed", "error", "skipped"))
RUNS = st.tuples(
    STATES,
    OUTCOMES,
    st.integers(0, 1),
    st.sampled_from(("3.11.7", "3.13.1")),
    st.booleans(),
    st.sampled_from((None, ["merge.py"], ["deep.py"])),
    st.none() | st.sampled_from(sorted(VERSIONS)),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(RUNS, min_size=1, max_size=8), STATES, st.integers(0, 1))
def test_the_quick_way_says_what_the_plain_one_says(runs, now, words):
    root = Root()
    for state, outcome, said, python, ended, changed, covered in runs:
        _write(root, state, said)
        lines = [result(outcome, TEST)]
        if changed:
            lines.insert(0, {"type": "changed", "files": changed})
        if covered:
            lines.append(_covers(covered))
        root.ran(*lines, *([END | {"coverage": "measured"}] if ended else ()), python=python)
    _write(root, now, words)
    snapshot = root.snapshot()
    record, invariant = invariant_of(snapshot)
    for linked in tests_of(snapshot, record, invariant):
        (judged,) = judge(snapshot, record, invariant, linked)
        assert judged.counted == _plainly_counted(root.snapshot(), record, invariant, linked)


def _plainly_counted(snapshot, record, invariant, linked):
    """Every result is compared in full, and nothing is remembered from one to the next."""

    def changes(entry):
        return freshness.code_changes(replace(snapshot, memo={}), linked, entry)

    def says_the_same(entry):
        return not statement_changes(snapshot, entry.run, record, invariant)

    (entries,) = past(snapshot, linked).entries.values()
    return counted(entries, lambda e: says_the_same(e) and not changes(e), lambda e: not changes(e))


def _write(root: Root, state: dict[str, int], said: int) -> None:
    root.write("docs/adr/0001-merge.md", RECORD.format(words=WORDS[said]))
    for path, number in state.items():
        root.files.pop(path, None)
        if number < len(VERSIONS[path]):
            root.write(path, VERSIONS[path][number])


def _covers(path: str) -> dict[str, object]:
    return {"type": "coverage", "test": TEST, "parameter": None, "files": {path: [[1, 9]]}}


@settings(max_examples=150, deadline=None)
@given(RUNS, STATES)
def test_what_is_sure_at_first_sight_is_found_on_the_second(run, now):
    state, _, said, _, _, _, covered = run
    root = Root()
    _write(root, state, said)
    root.ran(result("passed", TEST), *([_covers(covered)] if covered else ()), END)
    _write(root, now, said)
    snapshot = root.snapshot()
    (linked,) = tests_of(snapshot, *invariant_of(snapshot))
    for entry in past(snapshot, linked).entries.get(None, ()):
        if _sure(snapshot, linked, entry):
            assert freshness.code_changes(snapshot, linked, entry)


def _sure(snapshot, linked, entry: Entry) -> bool:
    old = freshness.old_bytes(snapshot, entry.run)
    return sources.surely_changed(
        linked.path,
        linked.name,
        old,
        snapshot.tree.read,
        freshness.code_of(snapshot, entry.run),
        freshness.covered_then(entry),
    )
