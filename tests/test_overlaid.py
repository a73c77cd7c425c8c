"""A map with a few other values is the map that a copy would have been."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from adr_lsp.overlaid import MOST, Overlaid, overlaid

KEYS = st.integers(0, 99)


@given(
    base=st.dictionaries(KEYS, st.integers(), min_size=1),
    data=st.data(),
)
def test_layers_over_a_map_are_what_copies_would_be(
    base: dict[int, int], data: st.DataObject
) -> None:
    laid, copied = overlaid(base, {}), dict(base)
    kept = dict(base)
    for _ in range(data.draw(st.integers(1, 4))):
        values = data.draw(st.dictionaries(st.sampled_from(sorted(base)), st.integers()))
        if data.draw(st.booleans()):
            list(laid.values())  # who has looked at all of it sees the next layer too
        laid, copied = overlaid(laid, values), {**copied, **values}
        assert laid == copied
        assert list(laid.items()) == list(copied.items())
        assert list(laid.values()) == list(copied.values())
        assert all(laid[key] == copied[key] for key in base)
        assert (len(laid), set(laid)) == (len(base), set(base))
    assert base == kept


def test_a_thick_layer_becomes_the_map() -> None:
    base = dict.fromkeys(range(1000), 0)
    laid = overlaid(base, dict.fromkeys(range(MOST), 1))
    assert isinstance(laid, Overlaid)
    assert isinstance(overlaid(laid, {MOST: 1}), dict)
