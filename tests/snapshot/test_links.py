"""Which tests verify an invariant, whichever side names the other."""

from __future__ import annotations

import pytest

from adr_lsp.snapshot import invariants_of, tests_of, verifier_tests
from snapshot.made import Root, invariant_of

ADR = "# 1. Merge\n\n## Invariants\n\n- **INV-1**: A holds.\n- **INV-2**: B holds.\n"
TESTS = "tests/test_merge.py"
CODE = """class TestMerge:
    def test_one(self):
        assert int("1")

    def test_two(self):
        assert int("2")


def test_three():
    assert int("3")
"""
CART = "describe('cart', () => { it('adds', f); });"
MODULE = "\\* Verifies: ADR-0001/INV-1\nSum == 1\nInit == 0"


def made(adr: str = ADR, code: str = CODE, **files: str) -> Root:
    root = Root()
    root.write("docs/adr/0001-merge.md", adr)
    root.write(TESTS, code)
    for path, text in files.items():
        root.write(path, text)
    return root


def check(root: Root, *expected: str, key: str = "ADR-0001/INV-1") -> None:
    """Names of the linked tests with how they are linked; both directions agree."""
    snapshot = root.snapshot()
    record, invariant = invariant_of(snapshot, key)
    linked = tests_of(snapshot, record, invariant)
    assert tuple(f"{test.name} {test.via}" for test in linked) == expected
    for test in linked:
        assert (record, invariant) in invariants_of(snapshot, test.path, test.name)


def linking(target: str, level: str = "  ") -> Root:
    return made(ADR.replace("A holds.\n", f"A holds.\n{level}- Verified by: {target}\n"))


def test_nothing_links_nothing() -> None:
    check(made())


def test_a_reference_in_code() -> None:
    check(
        made(code=CODE.replace("def test_three", "# Verifies: ADR-0001/INV-1\ndef test_three")),
        "test_three reference",
    )


def test_a_reference_above_a_class_means_all_its_tests() -> None:
    code = "# Verifies: ADR-0001/INV-1, INV-2\n" + CODE
    for key in ("ADR-0001/INV-1", "ADR-0001/INV-2"):
        check(
            made(code=code),
            "TestMerge::test_one reference",
            "TestMerge::test_two reference",
            key=key,
        )


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("`tests/test_merge.py::test_three`", ["test_three"]),
        ("`../../tests/test_merge.py::test_three`", ["test_three"]),
        ("[`test_three`](../../tests/test_merge.py)", ["test_three"]),
        ("`tests/test_merge.py#test_three`", ["test_three"]),
        ("`tests/test_merge.py::TestMerge::test_one`", ["TestMerge::test_one"]),
        ("`tests/test_merge.py::TestMerge`", ["TestMerge::test_one", "TestMerge::test_two"]),
        ("`tests/test_merge.py`", ["TestMerge::test_one", "TestMerge::test_two", "test_three"]),
        ("`tests`", ["TestMerge::test_one", "TestMerge::test_two", "test_three"]),
        ("`tests/`", ["TestMerge::test_one", "TestMerge::test_two", "test_three"]),
        ("`docs`", []),
        ("`tests/test_merge.py::test_four`", []),
        ("`tests/test_none.py::test_three`", []),
        ("`../../../tests/test_merge.py::test_three`", []),
    ],
)
def test_a_link_in_the_record(target: str, expected: list[str]) -> None:
    check(linking(target), *(f"{name} link" for name in expected))


def test_a_link_of_the_whole_record_holds_for_every_invariant() -> None:
    adr = ADR + "\nVerified by: `tests/test_merge.py::test_three`\n"
    for key in ("ADR-0001/INV-1", "ADR-0001/INV-2"):
        check(made(adr), "test_three link", key=key)


def test_both_sides_make_one_test() -> None:
    root = linking("`tests/test_merge.py::test_three`")
    root.replace(TESTS, "def test_three", "# Verifies: ADR-0001/INV-1\ndef test_three")
    check(root, "test_three reference")


def test_a_file_in_another_language_is_linked_as_it_is() -> None:
    root = linking("`formal/Merge.tla!Conservation`")
    root.write("formal/Merge.tla", "---- MODULE Merge ----")
    check(root, "Conservation link")
    snapshot = root.snapshot()
    record, invariant = invariant_of(snapshot)
    (test,) = verifier_tests(snapshot, record, invariant.verified_by[0])
    assert (test.method, test.test) == ("model", None)


def test_a_state_machine_goes_by_its_class_or_its_test_case() -> None:
    machine = """from hypothesis.stateful import RuleBasedStateMachine, rule


# Verifies: ADR-0001/INV-1
class Queue(RuleBasedStateMachine):
    @rule()
    def put(self):
        assert self


TestQueue = Queue.TestCase
"""
    snapshot = made(code=machine).snapshot()
    (test,) = tests_of(snapshot, *invariant_of(snapshot))
    assert test.method == "state-machine"
    for name in ("Queue", "TestQueue"):
        assert invariants_of(snapshot, TESTS, name) == (invariant_of(snapshot),)


def test_a_number_that_two_records_share_means_the_one_that_declares() -> None:
    code = CODE.replace("def test_three", "# Verifies: ADR-0001/INV-2\ndef test_three")
    root = made(code=code)
    root.write("docs/adr/0001-other.md", "# 1. Other\n\n## Invariants\n\n- **INV-9**: C holds.\n")
    snapshot = root.snapshot()
    assert [i.id for _, i in invariants_of(snapshot, TESTS, "test_three")] == ["INV-2"]


@pytest.mark.parametrize(
    ("target", "path", "code", "expected"),
    [
        ("`a.test.ts::cart::adds`", "a.test.ts", CART, "cart::adds link"),
        ("`a.test.ts::cart`", "a.test.ts", CART, "cart::adds link"),
        ("`lib.rs`", "lib.rs", "mod tests { #[test] fn sums() {} }", "tests::sums link"),
        ("`run.mjs`", "run.mjs", "process.exit(0);", " link"),
        ("`a.c::test_sum`", "a.c", "int test_sum();", "test_sum link"),
        ("`a.c::test_sum`", "a.c", "// Verifies: ADR-0001/INV-1", "test_sum link"),
        ("`b.c`", "a.c", "// Verifies: ADR-0001/INV-1", " reference"),
        ("`A.tla!Sum`", "A.tla", "Sum == 1\nInit == 0", "Sum link"),
        ("`A.tla!Sum`", "A.tla", MODULE, "Sum reference"),
        ("`A.tla`", "A.tla", "Sum == 1\nInit == 0", " link"),
    ],
)  # fmt: skip
def test_in_files_of_other_languages(target: str, path: str, code: str, expected: str) -> None:
    root = linking(target)
    root.write(path, code)
    check(root, expected)
