"""Which tests read as if they verified an invariant."""

from __future__ import annotations

from adr_lsp.features.actions import code_actions
from adr_lsp.features.link_ranking import Match, ranked_invariants, ranked_tests
from adr_lsp.snapshot import Snapshot
from features.asked import ask, taken, titles

RECORD = """
````adr docs/adr/0003-post-transfers.md
# 3. Post transfers as double entry

## Invariants

- **INV-1** *(conservation)*: In every transfer, the postings of each currency add up to zero.
  - Target: `ledger:post`
- **INV-2**: A wallet is never overdrawn.
- **INV-3**: Snow leopards sleep.
````
"""
CODE = """
````python ledger.py
def post(transfer):
    return transfer


def overdraft(wallet):
    return 0
````
"""
TESTS = """
````python tests/test_ledger.py
from ledger import overdraft, post


def test_postings_sum_to_zero():
    '''The postings add up in each currency.'''
    assert sum(post([1, -1])) == 0


def test_wallets_are_not_overdrawn():
    assert overdraft(3) == 0


def test_colour():
    assert "red" < "white"
````
"""


def asked(page: str = RECORD + CODE + TESTS, at: str = "INV-1**") -> Snapshot:
    return ask(page.replace(at, at[:-2] + "$0**", 1))[0]


def matches(snapshot: Snapshot, id: str) -> list[Match]:
    (record,) = snapshot.log
    invariant = record.invariant(id)
    assert invariant is not None
    return ranked_tests(snapshot, record, invariant)


def named(found: list[Match]) -> list[str]:
    return [match.test.name for match in found]


def test_the_likest_comes_first_with_its_reasons() -> None:
    found = matches(asked(), "INV-1")
    assert named(found)[0] == "test_postings_sum_to_zero"
    assert "uses post" in found[0].reasons
    assert any(reason.startswith("shares") and "postings" in reason for reason in found[0].reasons)
    assert "test_colour" not in named(found)


def test_words_alone_can_be_enough() -> None:
    assert named(matches(asked(), "INV-2")) == ["test_wallets_are_not_overdrawn"]


def test_nothing_reads_like_what_nobody_tests() -> None:
    assert matches(asked(), "INV-3") == []


def test_what_is_linked_is_not_offered() -> None:
    page = TESTS.replace("def test_postings", "# Verifies: ADR-0003/INV-1\ndef test_postings")
    assert "test_postings_sum_to_zero" not in named(matches(asked(RECORD + CODE + page), "INV-1"))


def test_a_comment_that_names_the_record_tells_much() -> None:
    page = TESTS.replace("def test_colour", "# ADR-0003 wants it so\ndef test_colour")
    found = matches(asked(RECORD + CODE + page), "INV-3")
    assert named(found) == ["test_colour"]
    assert found[0].reasons[0] == "names the record"


def test_a_file_without_tests_is_left_alone() -> None:
    page = TESTS.replace("def test_", "def check_")
    assert matches(asked(RECORD + CODE + page), "INV-1") == []


def test_the_lightbulb_links_an_existing_test_and_prefers_the_scaffold() -> None:
    page = (RECORD + CODE + TESTS).replace("INV-2**", "INV-2$0**")
    after = taken(page, "Link to existing test test_wallets_are_not_overdrawn")
    link = "[`test_wallets_are_not_overdrawn`](../../tests/test_ledger.py)"
    assert f"never overdrawn.\n  - Verified by: {link}\n" in after
    linking = [a for a in code_actions(*ask(page)) if a.title.startswith("Link to existing")]
    assert len(linking) <= 3
    assert not any(action.preferred for action in linking)


def test_nothing_is_offered_where_a_test_is_linked() -> None:
    linked = TESTS.replace("def test_postings", "# Verifies: ADR-0003/INV-1\ndef test_postings")
    page = (RECORD + CODE + linked).replace("INV-1**", "INV-1$0**", 1)
    assert not [title for title in titles(page) if title.startswith("Link to existing")]


def test_at_a_test_the_likest_invariant_comes_first() -> None:
    page = (RECORD + CODE + TESTS).replace("test_wallets", "test_wal$0lets")
    snapshot, path, _ = ask(page)
    test = snapshot.sources[path].tests[1]
    ranked = [invariant.id for _, invariant, _ in ranked_invariants(snapshot, path, test)]
    assert ranked[0] == "INV-2" and sorted(filter(None, ranked)) == ["INV-1", "INV-2", "INV-3"]
    offered = [title for title in titles(page) if title.startswith("Link test_wallets")]
    assert "ADR-0003/INV-2" in offered[0]
