"""Keys in their order, worked through by hand; rank 0 is the highest key."""

import pytest

from metrics.muting import Mark, muted_by
from metrics.signals import Signal

GOOD, BAD, CALM = Signal.IMPROVEMENT, Signal.CONCERN, Signal.NONE


def _marks(*told: tuple[str, int, Signal]) -> list[Mark]:
    return [Mark(touchpoint=place, rank=rank, signal=signal) for place, rank, signal in told]


def test_a_concern_of_a_higher_key_mutes_at_its_own_touchpoint_only() -> None:
    marks = _marks(("desk", 0, BAD), ("desk", 3, GOOD), ("shop", 3, GOOD))
    assert {1: 0} == muted_by(marks)


@pytest.mark.parametrize("rank", [2, 3])
def test_neither_the_same_key_nor_a_lower_one_mutes(rank: int) -> None:
    assert {} == muted_by(_marks(("desk", rank, BAD), ("desk", 2, GOOD)))


def test_the_highest_key_is_named_and_of_one_key_the_first() -> None:
    marks = _marks(("desk", 2, BAD), ("desk", 1, BAD), ("desk", 1, BAD), ("desk", 3, GOOD))
    assert {3: 1} == muted_by(marks)


@pytest.mark.parametrize("signal", [CALM, Signal.HIGH, Signal.LOW, Signal.NO_DATA])
def test_only_a_concern_mutes_and_only_an_improvement_is_muted(signal: Signal) -> None:
    assert {} == muted_by(_marks(("desk", 0, signal), ("desk", 1, GOOD)))
    assert {} == muted_by(_marks(("desk", 0, BAD), ("desk", 1, signal)))
