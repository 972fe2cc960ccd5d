"""Time to close a gap: every branch worked by hand, slopes by scipy."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import logit
from scipy.stats import theilslopes

from metrics.model import Better
from metrics.trajectory import Goal, Pace, Trajectory, trajectory

NAN = np.nan
WOBBLE = np.array([0.0, 0.4, -0.3, 0.1, -0.2, 0.3, 0.0, -0.1, 0.2, -0.4, 0.1, 0.0])
RISING = 50.0 + 0.5 * np.arange(12) + WOBBLE


def _trajectory(values, goal: Goal, trials=None) -> Trajectory:
    found = trajectory(
        np.array(values, dtype=float),
        np.full(len(values), 800.0) if trials is None else trials,
        goal,
    )
    assert found is not None
    return found


def _goal(value: float, better: Better = Better.HIGHER, **rest) -> Goal:
    return Goal(value=value, better=better, **rest)


def test_time_is_the_gap_over_the_slope_and_its_range_that_of_the_slope():
    expected = theilslopes(RISING, np.arange(12), 0.9)
    gap = 60 - RISING[-3:].mean()
    found = _trajectory(RISING, _goal(60))
    assert Pace.CLOSING is found.pace
    assert (gap, gap / expected.slope, gap / expected.high_slope, gap / expected.low_slope) == (
        pytest.approx((found.gap, found.periods, found.soonest, found.latest))
    )


def test_a_goal_that_the_last_three_reach_is_met():
    assert Pace.MET is _trajectory(RISING, _goal(54.0)).pace
    assert Pace.MET is _trajectory(RISING, _goal(56.0, Better.LOWER)).pace


def test_a_slope_that_may_be_nothing_is_no_reliable_improvement():
    found = _trajectory(50 + WOBBLE, _goal(60))
    assert (Pace.FLAT, None, None) == (found.pace, found.periods, found.latest)
    assert found.slope.low <= 0 <= found.slope.high


def test_a_slope_the_wrong_way_makes_the_gap_grow():
    assert Pace.GROWING is _trajectory(RISING, _goal(40, Better.LOWER)).pace


def test_more_than_36_periods_are_beyond_the_horizon():
    """A gap of 44.5 at half a point a period: 89 periods."""
    found = _trajectory(50 + 0.5 * np.arange(12), _goal(99.5))
    assert (Pace.BEYOND, None, pytest.approx(44.5 / 36)) == (
        found.pace,
        found.periods,
        found.required,
    )


def test_a_range_may_end_beyond_the_horizon():
    noisy = 50 + 0.5 * np.arange(12) + 6 * WOBBLE
    found = _trajectory(noisy, _goal(63))
    assert (Pace.CLOSING, None) == (found.pace, found.latest)


def test_only_the_last_twelve_points_tell_the_pace():
    found = _trajectory([*[99.0] * 20, *RISING], _goal(60))
    assert (12, _trajectory(RISING, _goal(60)).periods) == (
        found.points,
        pytest.approx(found.periods),
    )


def test_a_gap_between_points_takes_its_time():
    values = [*RISING[:6], NAN, NAN, *(RISING[6:] + 1)]
    assert pytest.approx(0.5, abs=0.1) == _trajectory(values, _goal(60)).slope.value


def test_below_eight_points_nothing_is_said():
    values = np.array([*[NAN] * 5, *RISING[:7]])
    assert trajectory(values, np.full(12, 800.0), _goal(60)) is None
    assert 8 == _trajectory([NAN, *RISING[:8]], _goal(60)).points


@pytest.mark.parametrize("better", [Better.NEUTRAL, Better.BAND])
def test_where_neither_way_is_better_nothing_is_said(better: Better):
    assert trajectory(RISING, np.full(12, 800.0), _goal(60, better)) is None


@pytest.mark.parametrize(("goal", "is_logit"), [(70.0, False), (90.0, False), (95.0, True)])
def test_shares_near_their_end_are_told_on_the_logit_scale(goal: float, is_logit: bool):
    assert is_logit is _trajectory(RISING, _goal(goal, whole=100.0)).is_logit


def test_a_share_near_its_end_takes_longer_than_a_straight_line():
    values = 88 + 0.5 * np.arange(12)
    slope = theilslopes(logit(values / 100), np.arange(12), 0.9).slope
    gap = logit(0.99) - logit(values[-3:].mean() / 100)
    found = _trajectory(values, _goal(99, whole=100.0))
    assert pytest.approx(gap / slope) == found.periods
    assert found.periods > _trajectory(values, _goal(99)).periods


def test_all_or_nothing_is_no_goal_of_the_logit_scale():
    assert not _trajectory(RISING, _goal(100.0, whole=100.0)).is_logit


def test_a_share_of_all_stays_finite():
    """It counts as half a case short of all: 99.5 of 100."""
    climbing = np.linspace(90, 97, 11)
    trials, goal = np.full(12, 100.0), _goal(99.0, whole=100.0)
    all_of_them, half_a_case_less = (
        _trajectory([last, *climbing], goal, trials=trials) for last in (100.0, 99.5)
    )
    assert half_a_case_less.periods == pytest.approx(all_of_them.periods)
    assert all_of_them.periods is not None


def test_a_benchmark_that_moves_on_is_chased():
    """It gains 0.25 a period, we gain 0.5: the gap closes at half our pace."""
    ours = 50 + 0.5 * np.arange(12)
    past = tuple((4.0 * at, 50 + 1.0 * at) for at in range(8))
    still, chased = (_trajectory(ours, _goal(60, past=each)) for each in (past[:7], past))
    assert (pytest.approx(5 / 0.5), pytest.approx(5 / 0.25)) == (still.periods, chased.periods)


def test_a_benchmark_as_fast_as_we_are_is_not_caught_up_with():
    past = tuple((float(at), 50 + 0.5 * at) for at in range(8))
    assert Pace.FLAT is _trajectory(50 + 0.5 * np.arange(12), _goal(60, past=past)).pace


Series = st.lists(st.floats(10, 60), min_size=8, max_size=20)


@given(Series, st.floats(5, 65))
def test_turned_around_it_is_the_same(values: list[float], goal: float):
    one = _trajectory(values, _goal(goal))
    other = _trajectory([-each for each in values], _goal(-goal, Better.LOWER))
    assert (one.pace, one.periods, one.latest) == (
        other.pace,
        pytest.approx(other.periods),
        pytest.approx(other.latest),
    )


@given(Series, st.floats(5, 65), st.integers(-30, 30))
def test_a_constant_more_throughout_changes_no_time(values: list[float], goal: float, more: int):
    whole = [round(each * 8) / 8 for each in values]
    one = _trajectory(whole, _goal(round(goal * 8) / 8))
    other = _trajectory([each + more for each in whole], _goal(round(goal * 8) / 8 + more))
    assert (one.pace, pytest.approx(one.gap)) == (other.pace, other.gap)
    assert one.periods == pytest.approx(other.periods)
