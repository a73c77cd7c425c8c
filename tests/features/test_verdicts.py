"""What the end of an invariant's line says, and what its lenses offer."""

from adr_lsp.features.code_lens import code_lenses
from adr_lsp.features.formats.markdown import markdown
from adr_lsp.features.hover import hover
from adr_lsp.features.inlay_hints import inlay_hints
from adr_lsp.features.report import report
from adr_lsp.features.verdict_label import WIDEST
from evidence.writing import result
from features.asked import ask
from snapshot.made import Root

RECORD = """
````adr
# 1. Merge

## Invariants

- **INV-1**$0: Merging gives the same in either order.
````
"""

TEST = """
````python tests/test_merge.py
# Verifies: ADR-0001/INV-1
def test_merge():
    assert merge(1, 2) == merge(2, 1)
````
"""


MACHINE = """
class Queue(RuleBasedStateMachine):
    @rule(x=st.integers())
    def push(self, x):
        assert fill(x) < 300


# Verifies: ADR-0001/INV-1
TestQueue = Queue.TestCase
"""


def label(*parts: str, running: tuple[str, ...] = ()) -> str:
    snapshot, path, range = ask(RECORD + "".join(parts))
    (hint,) = inlay_hints(snapshot, path, range, running)
    assert len(hint.label) <= WIDEST
    return hint.label


def run(result: str) -> str:
    return f"\n````run\ntests/test_merge.py::test_merge: {result}\n````\n"


def test_labels_say_the_verdict_in_a_few_words() -> None:
    assert label() == "○ unverified"
    assert label(TEST, run("passed")).startswith("✓ 1 test · ")
    assert label(TEST, run("passed, 20 cases")).startswith("✓ 1 test, 20 cases · ")
    assert label(TEST, run("failed, n=0")) == "✗ n=0"
    assert label(TEST, run("skipped")).startswith("○ skipped")


def test_a_stale_one_says_what_changed() -> None:
    changed = TEST.replace("== merge(2, 1)", "== merge(2, 2)")
    assert label(TEST, run("passed"), changed) == "◐ stale: test_merge() changed"


def test_while_tests_run_it_says_so() -> None:
    assert label(TEST, running=("ADR-0001/INV-1",)) == "… running"


def test_a_long_counterexample_is_cut() -> None:
    assert label(TEST, run("failed, n=" + "9" * 90)).endswith("…")


def test_of_a_machine_s_steps_the_last_are_shown_everywhere() -> None:
    """They decide; what stands before them fills the room that there is."""
    steps = "".join(f"state.push(x={number})\n" for number in range(300))
    program = f"state = Queue()\n{steps}state.is_small()\nstate.teardown()"
    made = Root()
    made.write(
        "docs/adr/0001-queue.md", "# 1. Queue\n\n## Invariants\n\n- **INV-1**: It is small.\n"
    )
    made.write("tests/test_merge.py", MACHINE)
    failed = result("failed", counterexample={"text": program, "values": None})
    made.ran(failed | {"test": "tests/test_merge.py::TestQueue::runTest"})
    snapshot, last = made.snapshot(), "push(x=298); push(x=299); is_small()"
    (record,) = snapshot.log
    (invariant,) = record.invariants
    (hint,) = inlay_hints(snapshot, record.path, invariant.range)
    assert hint.label == f"✗ … {last}"
    shown = hover(snapshot, record.path, invariant.range.start)
    assert shown is not None
    assert "state.push(x=299)\nstate.is_small()\nstate.teardown()\n```" in shown.markdown
    told = report(snapshot)
    (found,) = (each for each in told.findings if each.code == "ADL401")
    assert found.message.endswith(f"{last}`")
    assert "state.push(x=299)\nstate.is_small()\n" in markdown(told)


def lenses(page: str) -> list[str]:
    snapshot, path, _ = ask(page)
    return [
        f"{lens.title} {lens.command} {' '.join(lens.keys)}" for lens in code_lenses(snapshot, path)
    ]


def test_without_a_test_one_can_be_scaffolded() -> None:
    assert lenses(RECORD) == ["Scaffold property test adr-lsp.scaffold ADR-0001/INV-1"]


def test_with_a_test_it_can_be_run() -> None:
    assert lenses(RECORD + TEST) == [
        "Run adr-lsp.run ADR-0001/INV-1",
        "Show evidence adr-lsp.showEvidence ADR-0001/INV-1",
    ]


def test_in_code_a_lens_names_what_a_test_verifies() -> None:
    page = RECORD.replace("$0", "") + TEST.replace("assert", "assert$0")
    assert lenses(page) == ["Verifies ADR-0001/INV-1 adr-lsp.showEvidence ADR-0001/INV-1"]
