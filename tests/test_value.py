"""Our dataclasses compare, hash and show themselves as those of the standard library."""

import dataclasses
import pickle
from dataclasses import field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adr_lsp.text import Position, Range
from adr_lsp.value import dataclass as ours

Place = tuple[int, str, int]
PLACES = st.tuples(st.integers(0, 1), st.text("ab", max_size=1), st.integers(0, 1))


def made_by(dataclass):
    @dataclass(frozen=True, slots=True, order=True)
    class Sample:
        line: int
        word: str = "a"
        unseen: int = field(default=0, compare=False, repr=False)
        many: tuple[int, ...] = field(default_factory=tuple)

    return Sample


OURS, THEIRS = made_by(ours), made_by(dataclasses.dataclass)


@given(PLACES, PLACES)
def test_values_are_compared_hashed_and_shown_alike(one: Place, other: Place) -> None:
    mine, yours = (OURS(*one), OURS(*other)), (THEIRS(*one), THEIRS(*other))
    assert (mine[0] == mine[1]) is (yours[0] == yours[1])
    assert (mine[0] < mine[1], mine[0] > mine[1]) == (yours[0] < yours[1], yours[0] > yours[1])
    assert (mine[0] <= mine[1], mine[0] >= mine[1]) == (yours[0] <= yours[1], yours[0] >= yours[1])
    assert hash(mine[0]) == hash(yours[0])
    assert repr(mine[0]) == repr(yours[0])
    assert dataclasses.replace(mine[0], line=9) == OURS(9, *one[1:])


def test_one_of_another_type_is_another_value() -> None:
    assert OURS(1) != THEIRS(1)
    with pytest.raises(TypeError):
        assert OURS(1) < THEIRS(1)


def test_what_can_change_has_no_hash() -> None:
    @ours(slots=True)
    class Open:
        line: int

    @ours(slots=True, eq=False)
    class Alone:
        line: int

    assert Open.__hash__ is None
    assert Open(1) == Open(1)
    assert Alone(1) != Alone(1)
    assert hash(Alone(1))


def test_a_value_survives_a_copy_by_bytes() -> None:
    place = Range(Position(1, 2), Position(3, 4))
    assert pickle.loads(pickle.dumps(place)) == place
    assert not hasattr(place, "__dict__")
