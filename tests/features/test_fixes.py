"""What mends a finding, and what every fix holds to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest
from benchmarks.corpus import repository as real
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from adr_lsp.config import Config
from adr_lsp.diagnostic import Diagnostic
from adr_lsp.features.actions import AT_A_PLACE, code_actions
from adr_lsp.features.diagnostics import diagnostics
from adr_lsp.features.fixes import fixes
from adr_lsp.features.fixes.mend import Look, Mended, mend
from adr_lsp.features.fixes.statuses import spelled
from adr_lsp.record import Record
from adr_lsp.snapshot import Snapshot
from adr_lsp.text import NOWHERE, apply_edits
from features.asked import ask
from rules.case import MemoryTree, snapshot

PATH = "docs/adr/0001-a.md"
ALL = Config(select=("ALL",))
HEAD = "# 1. A\n\n## Status\n\nAccepted\n\n## Invariants\n\n"


def looking(whole: Snapshot, *, everything: bool = False) -> Look:
    """A root in memory, whose files can be given other texts."""
    assert isinstance(whole.tree, MemoryTree)
    tree = whole.tree
    records = set(whole.log.records)

    def look(texts: Mapping[str, str]) -> tuple[Snapshot, list[Diagnostic]]:
        tree.files |= {path: text.encode() for path, text in texts.items()}
        seen = (
            replace(snapshot(tree, records), config=ALL) if everything else snapshot(tree, records)
        )
        return seen, diagnostics(seen)

    return look


def mended(files: Mapping[str, str], *, unsafe: bool = False, everything: bool = False) -> Mended:
    tree = MemoryTree({path: text.encode() for path, text in files.items()})
    records = {path for path in files if path.startswith("docs/adr/")}
    return mend(looking(snapshot(tree, records), everything=everything), unsafe=unsafe)


def after(text: str, *, unsafe: bool = False, **others: str) -> str:
    """The record once it is fixed."""
    return mended({PATH: text, **others}, unsafe=unsafe).texts.get(PATH, text)


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ("- A holds.\n- B holds.\n", "- **INV-1**: A holds.\n- **INV-2**: B holds.\n"),
        ("- **INV-7**: A.\n- B.\n", "- **INV-7**: A.\n- **INV-8**: B.\n"),
        ("- `a` is *never* b\n", "- **INV-1**: `a` is *never* b\n"),
        ("1. A holds.\n", "1. **INV-1**: A holds.\n"),
        ("- \\*a holds.\n", "- **INV-1**: \\*a holds.\n"),
        ("- **INV 6**: A.\n- B.\n", "- **INV 6**: A.\n- **INV-1**: B.\n"),
        ("- **inv-07**: A.\n- INV_8: B.\n", "- **inv-07**: A.\n- INV_8: B.\n"),
        ("- **Q 6**: A.\n", "- **INV-1**: **Q 6**: A.\n"),
    ],
)
def test_an_item_gets_the_next_id(before: str, expected: str) -> None:
    assert after(HEAD + before) == HEAD + expected


def test_slips_of_fields_targets_and_references_are_written_as_they_are_read() -> None:
    record = HEAD + (
        "- **INV-1**: A holds.\n  - Verfied by: `tests/test_a.py`\n  - Target: `queue:Queue.push`\n"
    )
    code = "# Verifies ADR-0001/INV-1\ndef test_a():\n    assert f()\n"
    others = {"src/queue.py": "class Queue:\n    def put(self):\n        pass\n"}
    found = mended({PATH: record, "tests/test_a.py": code, **others}, unsafe=True).texts
    assert found[PATH] == record.replace("Verfied", "Verified").replace("push", "put")
    assert found["tests/test_a.py"] == code.replace("Verifies", "Verifies:")
    again = {PATH: record, "tests/test_a.py": code, **found, **others}
    assert not mended(again, unsafe=True).texts
    lower = "# Verifies: adr-0001/inv-1\ndef test_a():\n    assert f('ADR-0001')\n"
    changed = mended({PATH: record, "tests/test_a.py": lower, **others}, unsafe=True).texts
    assert changed["tests/test_a.py"] == lower.replace("inv-1", "INV-1")
    colon = code.replace("Verifies", "Verfies:")
    other = mended({PATH: record, "tests/test_a.py": colon, **others}, unsafe=True).texts
    assert other["tests/test_a.py"] == code.replace("Verifies", "Verifies:")
    assert not mended({PATH: record, "tests/test_a.py": code, **others}).texts, "not without asking"


def test_a_heading_is_spelled_and_what_has_an_id_gets_no_other() -> None:
    heading = "# 1. A\n\n## Invarients\n\n- **INV-1**: A holds.\n"
    assert after(heading, unsafe=True) == heading.replace("Invarients", "Invariants")
    for text in ("- **INV-1**: A.\n  - INV-2: B.\n", "### INV-1: A\n\nA.\n\n### INV-2 B\n\nB.\n"):
        assert after(HEAD + text, unsafe=True) == HEAD + text


def test_an_id_that_a_test_still_names_is_not_given_to_another_promise() -> None:
    test = "# Verifies: ADR-0001/INV-3\ndef test_a():\n    assert a()\n"
    text = after(HEAD + "- A holds.\n", **{"tests/test_a.py": test})
    assert text == HEAD + "- **INV-4**: A holds.\n"


DECLARED = HEAD + "- **INV-1**: A holds."


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        (" <!-- adr-lsp: ignore ADL107 why -->\n", "\n"),
        (" <!-- adr-lsp: ignore ADL107 why -->  \n", "\n"),
        (" <!-- adr-lsp: ignore ADL107 why -->", ""),
        (" <!-- adr-lsp: ignore ADL107 why --> B.\n", " B.\n"),
        ("\n<!-- adr-lsp: ignore-file ADL107 why -->\n", "\n"),
        ("\n\n<!-- adr-lsp: ignore ADL107 why -->\n\nB.\n", "\n\n\nB.\n"),
        ("\n  <!-- adr-lsp: ignore ADL107 why -->\n  B.\n", "\n\n  B.\n"),
        (
            " Usually. <!-- adr-lsp: ignore ADL103, ADL107 why -->\n",
            " Usually. <!-- adr-lsp: ignore ADL103 why -->\n",
        ),
        (
            " Usually. <!-- adr-lsp: ignore ADL107 ADL103 why -->\n",
            " Usually. <!-- adr-lsp: ignore ADL103 why -->\n",
        ),
        (
            " Usually. <!-- adr-lsp: ignore ADL107,ADL108 , ADL103 why -->\n",
            " Usually. <!-- adr-lsp: ignore ADL103 why -->\n",
        ),
        (" <!-- adr-lsp: ignore ADL107, ADL108 why -->\n", "\n"),
    ],
)
def test_what_silences_nothing_goes(before: str, expected: str) -> None:
    assert after(DECLARED + before) == DECLARED + expected


@pytest.mark.parametrize(
    "kept",
    [
        "\n\n<!-- adr-lsp: ignore ADL107 why --> - **INV-2**: B.\n",
        " Usually. <!-- adr-lsp: ignore ADL103 -->\n",
        " <!-- adr-lsp: ignore everything -->\n",
        "\n- <!-- adr-lsp: ignore ADL107 why --> B\n",
    ],
    ids=["raw HTML to the line's end", "used, without reason", "no rule named", "in an item"],
)
def test_what_would_change_what_is_read_stays(kept: str) -> None:
    assert after(DECLARED + kept) == DECLARED + kept


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        *(("Acceptd", "Accepted"), ("Acepted", "Accepted"), ("accpeted", "accepted")),
        *(("PROPSED", "PROPOSED"), ("Depricated", "Deprecated"), ("Rejeced", "Rejected")),
        *(("Parked", None), ("Draf", None), ("Ready", None), ("Excepted", None)),
        *(("Supersedes", None), ("Replaces", None), ("Proposer", None), ("Retried", "Retired")),
        ("Accepted", None),
    ],
)
def test_a_slip_of_the_pen(word: str, meant: str | None) -> None:
    assert spelled(word) == meant


def test_a_status_is_spelled_right_and_its_rest_kept() -> None:
    text = HEAD.replace("Accepted", "**Acceptd** on 2026-01-01") + "None: it is so.\n"
    assert "\n**Accepted** on 2026-01-01\n" in after(text)


OTHERS = {"docs/adr/0002-b.md": "# 2. B\n", "notes/Plan one.md": "x", "tests/Test_a.py": "\n"}


@pytest.mark.parametrize(
    ("before", "expected", "unsafe"),
    [
        ("[b](0002-B.md#x)", "[b](0002-b.md#x)", False),
        ("[b](./0002-B.md)", "[b](./0002-b.md)", False),
        ("[b](../ADR/0002-b.md)", "[b](../adr/0002-b.md)", False),
        ("[b](0002-B.md) [b](0002-B.md)", "[b](0002-b.md) [b](0002-b.md)", False),
        ("[b](../../Notes/plan%20one.md)", "[b](../../notes/Plan%20one.md)", False),
        ("[b](<../../Notes/plan one.md>)", "[b](<../../notes/Plan one.md>)", False),
        ("[b](old/0002-b.md)", "[b](old/0002-b.md)", False),
        ("[b](old/0002-b.md)", "[b](0002-b.md)", True),
        ("[b](./old/0002-b.md#x)", "[b](./0002-b.md#x)", True),
        ("[b](Plan%20one.md)", "[b](../../notes/Plan%20one.md)", True),
    ],
)
def test_a_link_finds_its_file(before: str, expected: str, unsafe: bool) -> None:
    text = HEAD + "None: it is so.\n\n{}\n"
    assert after(text.format(before), unsafe=unsafe, **OTHERS) == text.format(expected)


@pytest.mark.parametrize(
    ("before", "expected", "unsafe"),
    [
        ("[`test_a`](../../tests/test_a.py)", "[`test_a`](../../tests/Test_a.py)", False),
        ("`tests/test_a.py`", "`tests/Test_a.py`", False),
        ("`old/Test_a.py`", "`tests/Test_a.py`", True),
        ("[`x`](../Test_a.py)", "[`x`](../../tests/Test_a.py)", True),
    ],
)
def test_a_verifier_finds_its_file(before: str, expected: str, unsafe: bool) -> None:
    text = HEAD + "- **INV-1**: A holds.\n  - Verified by: {}\n"
    assert after(text.format(before), unsafe=unsafe, **OTHERS) == text.format(expected)


@pytest.mark.parametrize("unsafe", [False, True])
def test_what_may_change_the_meaning_is_asked_for(unsafe: bool) -> None:
    test = "# Verifies: ADR-0001/INV-01\ndef test_a_holds():\n    assert a()\n"
    text = HEAD + (
        "- **INV-1** *(idempotenc, needs: propery)*: A holds.\n"
        "  - Verified by: `tests/test_a.py::test_a_hold`\n"
        "- **INV-1**: B holds.\n"
    )
    done = mended({PATH: text, "tests/test_a.py": test}, unsafe=unsafe)
    assert bool(done.texts) is unsafe
    if unsafe:
        assert done.texts[PATH] == HEAD + (
            "- **INV-1** *(idempotence, needs: property)*: A holds.\n"
            "  - Verified by: `tests/test_a.py::test_a_holds`\n"
            "- **INV-2**: B holds.\n"
        )
        assert done.texts["tests/test_a.py"].startswith("# Verifies: ADR-0001/INV-1\n")
    else:
        assert done.unsafe == 5


@pytest.mark.parametrize("id", ["INV-9", "INV-11", "INV-2a"])
def test_no_test_is_said_to_verify_the_only_other_invariant(id: str) -> None:
    test = f"# Verifies: ADR-0001/{id}\ndef test_a_holds():\n    assert a()\n"
    files = {PATH: HEAD + "- **INV-1**: A holds.\n", "tests/test_a.py": test}
    assert "tests/test_a.py" not in mended(files, unsafe=True).texts


def test_a_title_takes_the_number_of_its_file() -> None:
    page = "# ADR 0007: A in 7 steps\n\n## Invariants\n\n- **INV-1**: A holds.\n"
    assert after(page) == page
    assert after(page, unsafe=True) == page.replace("0007", "0001")


OLD = "# 1. A\n\n## Status\n\nAccepted\n\n## Invariants\n\n- **INV-1**: A holds.\n"
NEW = OLD.replace("# 1. A", "# 2. B")


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            OLD,
            NEW.replace("Accepted", "Accepted. Supersedes [1](0001-a.md)"),
            OLD.replace("Accepted", "Superseded by [ADR-0002](0002-b.md)"),
        ),
        (
            "---\nstatus: accepted\n---\n" + OLD.replace("## Status\n\nAccepted\n\n", ""),
            NEW.replace("Accepted", "Accepted. Supersedes [1](0001-a.md)"),
            "---\nstatus: superseded by ADR-0002\n---\n"
            + OLD.replace("## Status\n\nAccepted\n\n", ""),
        ),
    ],
    ids=["section", "front matter"],
)
def test_the_other_record_says_it_too(old: str, new: str, expected: str) -> None:
    files = {PATH: old, "docs/adr/0002-b.md": new}
    assert mended(files, everything=True).texts == {}
    assert mended(files, unsafe=True, everything=True).texts[PATH] == expected


def test_so_does_the_later_one() -> None:
    old = OLD.replace("Accepted", "Superseded by [2](0002-b.md)")
    done = mended({PATH: old, "docs/adr/0002-b.md": NEW}, unsafe=True, everything=True)
    expected = "Accepted\n\nSupersedes [ADR-0001](0001-a.md)\n"
    assert done.texts["docs/adr/0002-b.md"] == NEW.replace("Accepted\n", expected)
    assert not done.unsafe


# What always holds

LINES = st.sampled_from(
    [
        *("## Invariants\n", "## Status\n", "Acceptd\n", "Propsed <!-- x -->\n", "---\n", "\n"),
        *("- A holds.\n", "- B *holds*\n  on two lines\n", "  - Verified by: `tests/T.py`\n"),
        *("- [ ] A box\n", "- *(bounds)*: C\n", "- **D**: holds\n", "* `e`\n", "1. F\n", "\n"),
        *("- **INV-1**: G\n", "- **INV-2** *(bound)*: H\n", "| INV-3 | I |\n", "### J\n", "K\n"),
        *("- [L](0001-A.md)\n", "[M](../ADR/0001-a.md#x)\n", "[N](old/0001-a.md)\n", "> - O\n"),
        *("- P <!-- adr-lsp: ignore ADL107 why -->\n", "<!-- adr-lsp: ignore ADL103 why -->\n"),
        *("<!-- adr-lsp: ignore-file ADL107 ADL301, ADL108 x -->\n", "  <!--\n", "-->\n", "===\n"),
        *("Q <!-- adr-lsp: ignore\nADL107 why --> R\n", "    - S\n", "```\n", "- \n", "-\tT\n"),
        *("- <!-- adr-lsp: ignore ADL107 --> U\n", "\\- V\n", "- \\*W\n", "- 🦀 \u2028\x0c X\n"),
        *("- INV-5: Y\n", "- (bounds): Z\n", "- # AA\n", "- - BB\n", "- > CC\n", "-      DD\n"),
        *("Superseded by 2\n", "Supersedes [2](0002-b.md)\n", "# 9. Nine\n"),
        *("- ***EE***: e\n", "- https://e.org\n", "- <b>FF</b>\n", "- **INV-x**: g\n", "- :\n"),
    ]
)
ENDS = st.sampled_from(["\n", "\r\n", "\r"])
TEXTS = st.builds(
    lambda lines, end, last: ("# 1. A\n\n" + "".join(lines)).replace("\n", end) + last,
    st.lists(LINES, max_size=14),
    ENDS,
    st.sampled_from(["", "x", "- A"]),
)
KEPT = {
    "tests/t.py": "def test_a():\n    assert a()\n",
    "docs/adr/0002-b.md": "# 2. B\n\n## Status\n\nDone\n",
}


def said(record: Record) -> list[str]:
    return [invariant.statement for invariant in record.invariants]


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TEXTS, st.booleans())
def test_fixing_ends_keeps_every_statement_and_leaves_nothing_to_fix(
    text: str, unsafe: bool
) -> None:
    """Verifies: ADR-0014/INV-1"""
    before = snapshot(MemoryTree({PATH: text.encode()}), {PATH}).log.records[PATH]
    done = mended({PATH: text, **KEPT}, unsafe=unsafe, everything=True)
    assert said(done.snapshot.log.records[PATH]) == said(before)
    again = mended({PATH: text, **KEPT, **done.texts}, unsafe=unsafe, everything=True)
    assert (again.fixed, again.texts) == ((), {})
    if not unsafe:
        assert all(fix.safe for fix in done.fixed)
        assert [f.title for f in fixes(done.snapshot, done.left) if f.safe] == []


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TEXTS)
def test_what_the_editor_offers_is_what_the_command_does(text: str) -> None:
    """Verifies: ADR-0014/INV-2"""
    tree = MemoryTree({PATH: text.encode(), **{p: t.encode() for p, t in KEPT.items()}})
    whole = snapshot(tree, {PATH})
    everywhere = replace(NOWHERE, end=whole.log.records[PATH].text.end)
    found = [f for f in diagnostics(whole) if f.path == PATH]
    offered = [a for a in code_actions(whole, PATH, everywhere) if a.mends]
    for fix in fixes(whole, found):
        same = [a for a in offered if a.edits == fix.change.edits and fix.mends in a.mends]
        assert [(a.title, a.preferred) for a in same][:1] == [(fix.label, fix.safe)]
    preferred = [mend for action in offered if action.preferred for mend in action.mends]
    assert len(preferred) == len(set(preferred))


def test_all_safe_fixes_of_a_document_are_one_edit_for_those_who_ask() -> None:
    page = f"````adr {PATH}\n{HEAD}- A ho$0lds.\n- B.\n- **INV-1**: C.\n- **INV-1**: D.\n````\n"
    whole, path, range = ask(page)
    assert not [a for a in code_actions(whole, path, range) if a.kind.startswith("source")]
    for only in ("source", "source.fixAll", "source.fixAll.adr-lsp", ""):
        found = code_actions(whole, path, range, only=(only,))
        (action,) = [a for a in found if a.kind == "source.fixAll.adr-lsp"]
        fixed = apply_edits(whole.log.records[path].text.content, list(action.edits))
        assert fixed.endswith(
            "- **INV-2**: A holds.\n- **INV-3**: B.\n- **INV-1**: C.\n- **INV-1**: D.\n"
        )
    assert not code_actions(whole, path, range, only=("source.organizeImports",))
    assert {a.kind for a in code_actions(whole, path, range)} <= set(AT_A_PLACE)


@pytest.mark.skipif(not real.names(), reason=real.ABSENT)
def test_real_records_say_what_they_said_and_are_fixed_once() -> None:
    for name in real.names():
        held = real.repository(name)
        before = {record.path: said(record) for record in real.snapshot(held).log}
        done = mend(looking_at(held))
        after = {record.path: said(record) for record in done.snapshot.log}
        assert after == before, name
        assert [fix.title for fix in fixes(done.snapshot, done.left) if fix.safe] == [], name


def looking_at(held: real.Repository) -> Look:
    """Every rule speaks, as if this were no repository that never heard of them."""

    def look(texts: Mapping[str, str]) -> tuple[Snapshot, Sequence[Diagnostic]]:
        held.files.update({path: text.encode() for path, text in texts.items()})
        seen = replace(real.snapshot(held), config=ALL)
        return seen, diagnostics(seen)

    return look
