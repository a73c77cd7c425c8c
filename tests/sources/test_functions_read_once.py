"""A function that was seen in another file, or further up, is what it is where it stands now."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from adr_lsp.sources.python import shape

PIECES = (
    "import pytest\n",
    "import other as pytest\n",
    "from pytest import fixture\n",
    "X = 1\n",
    "def plain(a, b=X):\n    return pytest.raises(a)\n",
    "@pytest.fixture(name='n', autouse=True)\ndef made():\n    return X\n",
    "@fixture\ndef also():\n    return plain(1, 2)\n",
    "class A:\n    def plain(a, b=X):\n        return pytest.raises(a)\n",
    "class B(A):\n    @property\n    def size(self):\n        return self.of(X)\n",
    "if X:\n    def plain(a, b=X):\n        return pytest.raises(a)\n",
    "def broken(:\n",
    "async def plain(*, a):\n    '''Text'''\n    import deep\n    return await deep.of(a)\n",
)


@given(st.lists(st.lists(st.sampled_from(PIECES), max_size=6), min_size=2, max_size=4))
def test_what_was_read_before_changes_nothing(files):
    for pieces in files:
        shape._shape.cache_clear()
        warm = shape.shape_of("".join(pieces).encode())
        shape._shape.cache_clear()
        kept = dict(shape._READ)
        shape._READ.clear()
        assert shape.shape_of("".join(pieces).encode()) == warm
        shape._READ.update(kept)
