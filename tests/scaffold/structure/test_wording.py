"""Which rule the words of a statement give."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adr_lsp.scaffold.structure.wording import Wanted, wanted


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("`cart` never imports `checkout`.", Wanted("never", ("cart",), ("checkout",))),
        ("`a.b` must not depend on `c` or `d`.", Wanted("never", ("a.b",), ("c", "d"))),
        ("The module `a` does not import `b`.", Wanted("never", ("a",), ("b",))),
        ("Nothing in `core` imports `requests`.", Wanted("never", ("core",), ("requests",))),
        ("Only `checkout` may import `payments`.", Wanted("only", ("checkout",), ("payments",))),
        ("Only `a` and `b` import `c`.", Wanted("only", ("a", "b"), ("c",))),
        ("`db` is only imported by `store`.", Wanted("only", ("store",), ("db",))),
        ("Layers are `api` > `domain` > `store`.", Wanted("layers", ("api", "domain", "store"))),
        ("Imports go down: `api > domain > store`.", Wanted("layers", ("api", "domain", "store"))),
        ("The layers `api`, `domain`, `store`.", Wanted("layers", ("api", "domain", "store"))),
        ("There are no import cycles in `shop`.", Wanted("cycles", ("shop",))),
        ("Imports are acyclic.", Wanted("cycles", ())),
        ("Never call `eval`.", Wanted("call", (), ("eval",))),
        ("No code calls `eval()` or `exec()`.", Wanted("call", (), ("eval", "exec"))),
        ("`datetime.now` is never called.", Wanted("call", (), ("datetime.now",))),
        ("`a` imports nothing of `b`.", Wanted("never", ("a",), ("b",))),
        ("`a` depends on nothing in `b`.", Wanted("never", ("a",), ("b",))),
        ("Modules are small.", None),
        ("We like `cart`.", None),
    ],
)
def test_reads_the_rule(statement: str, expected: Wanted | None) -> None:
    assert wanted(statement) == expected


@given(st.text())
def test_any_words_are_read_or_not(statement: str) -> None:
    found = wanted(statement)
    assert found is None or found.kind in ("never", "only", "layers", "cycles", "call")
