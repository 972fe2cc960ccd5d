"""An alert goes off once for each time, and equal to the line is not beyond it."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.alerting import Patience, Position, behind_peers, behind_target, is_off
from metrics.model import Better

B, K, M, U = Position.BEYOND, Position.BACK, Position.BETWEEN, Position.UNKNOWN


def _target(value: float | None, better: Better = Better.HIGHER, **changed: object) -> Position:
    said: dict[str, object] = {"target": 90.0, "band": None, "by": 2.0, "rearm_by": 1.0}
    return behind_target(value, better=better, **said | changed)  # type: ignore[arg-type]  # test


@pytest.mark.parametrize(
    ("value", "better", "expected"),
    [
        (87.9, Better.HIGHER, B),
        (88.0, Better.HIGHER, M),  # exactly two below is not more than two
        (90.5, Better.HIGHER, M),
        (91.0, Better.HIGHER, K),
        (92.1, Better.LOWER, B),
        (92.0, Better.LOWER, M),
        (89.0, Better.LOWER, K),
        (80.0, Better.NEUTRAL, U),
        (None, Better.HIGHER, U),
    ],
)
def test_a_value_is_beyond_back_or_between(
    value: float | None, better: Better, expected: Position
) -> None:
    assert expected is _target(value, better)


def test_without_a_target_nothing_is_known() -> None:
    assert U is _target(80.0, target=None)


@pytest.mark.parametrize(
    ("value", "expected"), [(37.9, B), (39.0, M), (45.0, K), (50.5, M), (52.1, B)]
)
def test_a_band_has_two_sides(value: float, expected: Position) -> None:
    assert expected is _target(value, Better.BAND, target=None, band=(40.0, 50.0))


def test_a_band_narrower_than_the_way_back_asks_for_its_middle() -> None:
    narrow = {"target": None, "band": (40.0, 41.0)}
    assert K is _target(40.5, Better.BAND, **narrow)
    assert M is _target(40.4, Better.BAND, **narrow)


@pytest.mark.parametrize(("gap", "expected"), [(-3.1, B), (-3.0, M), (0.9, M), (1.0, K), (None, U)])
def test_a_gap_is_told_from_our_side(gap: float | None, expected: Position) -> None:
    assert expected is behind_peers(gap, by=3.0, rearm_by=1.0)


@pytest.mark.parametrize(
    ("before", "positions", "expected"),
    [
        (False, [B], False),
        (False, [B, B], True),
        (False, [B, U, B], False),
        (False, [M, B], False),
        (True, [B, M], True),
        (True, [K, K, K], False),
        (True, [K, K, U], True),
        (True, [K, K], True),
        (False, [], False),
    ],
)
def test_two_beyond_set_it_off_and_three_back_end_it(
    before: bool, positions: list[Position], expected: bool
) -> None:
    patience = Patience(periods=2, rearm_periods=3)
    assert expected is is_off(positions, patience, before=before)


@given(st.lists(st.sampled_from(Position), max_size=60), st.integers(1, 4), st.integers(1, 4))
def test_between_two_times_it_was_back_long_enough(
    positions: list[Position], periods: int, back: int
) -> None:
    patience, state, ends = Patience(periods=periods, rearm_periods=back), False, -math.inf
    for at in range(1, len(positions) + 1):
        now = is_off(positions[:at], patience, before=state)
        if now and not state:
            assert [B] * periods == positions[at - periods : at]
            assert at - 1 > ends
        if state and not now:
            assert [K] * back == positions[at - back : at]
            ends = at - 1
        state = now
