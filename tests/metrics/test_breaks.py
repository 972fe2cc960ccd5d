"""The detector of breaks: a step is found where it is, chance and slopes are left alone."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.breaks import LEAST, Step, find_step, part_at

SERIES = 2_000
WIGGLE = np.array([0.0, 1.0, -1.0, 0.5, -0.5, 1.0, 0.0, -1.0] * 10)
counts = st.integers(LEAST, 28)
sizes = st.one_of(st.floats(6, 1_000), st.floats(-1_000, -6))


def stepped(before: int, after: int, size: float) -> np.ndarray:
    """A level that wiggles by one, then another that wiggles alike."""
    return WIGGLE[: before + after] + size * (np.arange(before + after) >= before)


@given(counts, counts, sizes)
def test_a_plain_step_is_proposed_at_its_first_point(before: int, after: int, size: float) -> None:
    step = find_step(stepped(before, after, size))
    assert step is not None
    assert (before, before, after) == (step.at, step.before, step.after)
    assert size == pytest.approx(step.centre_after - step.centre_before, abs=0.5)
    assert not step.is_provisional


def test_a_step_of_a_process_without_any_variation_is_proposed() -> None:
    assert Step(at=10, before=10, after=8, centre_before=0.1, centre_after=0.3) == find_step(
        np.array([0.1] * 10 + [0.3] * 8)
    )


@given(st.floats(-1e6, 1e6, allow_subnormal=False), st.integers(1, 80))
def test_a_process_that_never_varies_has_taken_no_step(level: float, points: int) -> None:
    assert find_step(np.full(points, level)) is None


@given(counts, counts, sizes, st.floats(0.01, 100), st.floats(-1_000, 1_000))
def test_unit_and_zero_of_the_scale_do_not_matter(
    before: int, after: int, size: float, factor: float, zero: float
) -> None:
    values = stepped(before, after, size)
    told, other = find_step(values), find_step(zero + factor * values)
    assert told is not None
    assert other is not None
    assert (told.at, told.before, told.after) == (other.at, other.before, other.after)


@given(st.lists(st.floats(-50, 50), min_size=0, max_size=60))
def test_upside_down_the_same_step_is_found(values: list[float]) -> None:
    told, other = find_step(np.array(values)), find_step(-np.array(values))
    assert (told and told.at) == (other and other.at)


@given(st.lists(st.floats(-50, 50) | st.just(np.nan), min_size=0, max_size=60))
def test_what_is_proposed_is_a_running_shift_of_eight_or_more(values: list[float]) -> None:
    series = np.array(values)
    step = find_step(series)
    if step is not None:
        after = series[step.at :][~np.isnan(series[step.at :])]
        assert len(after) == step.after >= LEAST
        assert step.before >= LEAST
        assert (after > step.centre_before).all() or (after < step.centre_before).all()


@pytest.mark.parametrize("after", range(1, LEAST))
def test_seven_points_are_too_few(after: int) -> None:
    assert find_step(stepped(20, after, 9.0)) is None


def test_seven_points_before_are_too_few() -> None:
    assert find_step(stepped(7, 20, 9.0)) is None


def test_a_shift_that_is_over_is_no_step() -> None:
    assert find_step(np.append(stepped(20, 10, 9.0), 0.0)) is None


def test_a_new_level_that_moves_on_does_not_re_centre() -> None:
    rising = np.append(WIGGLE[:20], 9.0 + np.arange(10))
    assert find_step(rising) is None


def test_a_last_point_far_from_the_new_level_does_not_re_centre() -> None:
    assert find_step(np.append(stepped(20, 10, 9.0), 40.0)) is None


def test_two_bad_weeks_and_a_return_to_nearly_usual_are_no_step() -> None:
    """A strike: 28 weeks about 93, two at 75, then six at 92, just below what was usual."""
    before = [93.0 + (-1) ** at * 0.4 for at in range(28)]
    after = [92.2, 75.0, 76.0, 92.1, 91.8, 92.4, 92.0, 92.2]
    assert find_step(np.array(before + after)) is None


def test_a_straight_line_is_no_step() -> None:
    assert find_step(0.5 * np.arange(36) + WIGGLE[:36]) is None


def test_a_gap_in_the_last_eight_periods_leaves_nothing_to_conclude() -> None:
    values = stepped(20, 12, 9.0)
    values[-3] = np.nan
    assert find_step(values) is None


def test_an_earlier_gap_is_passed_over() -> None:
    values = stepped(20, 12, 9.0)
    values[[4, 21]] = np.nan
    step = find_step(values)
    assert step is not None
    assert (20, 19, 11) == (step.at, step.before, step.after)


def test_the_first_period_of_the_new_level_has_a_value() -> None:
    values = stepped(20, 12, 9.0)
    values[20] = np.nan
    step = find_step(values)
    assert step is not None
    assert 21 == step.at


def test_only_the_last_segment_is_looked_at() -> None:
    values, segments = stepped(20, 12, 9.0), np.repeat([0, 1], [20, 12])
    assert find_step(values, segments=segments) is None
    again = np.append(values, stepped(12, 9, -9.0)[12:] + 9.0)
    step = find_step(again, segments=np.append(segments, [1] * 9))
    assert step is not None
    assert (32, 12, 9) == (step.at, step.before, step.after)


def test_the_two_sides_of_a_chosen_point_are_counted_within_its_segment() -> None:
    values = np.array([5.0, 5.0, 1.0, np.nan, 3.0, 7.0, 8.0, 100.0])
    segments = np.array([0, 0, 1, 1, 1, 1, 1, 2])
    assert Step(at=5, before=2, after=2, centre_before=2.0, centre_after=7.5) == part_at(
        values, 5, segments=segments
    )


def test_a_side_without_a_point_parts_nothing() -> None:
    assert part_at(np.array([np.nan, 1.0, 2.0]), 1) is None
    assert part_at(np.array([1.0, 2.0, np.nan]), 2) is None


@pytest.mark.parametrize(("before", "after"), [(7, 20), (20, 7)])
def test_with_fewer_than_eight_on_a_side_a_break_is_provisional(before: int, after: int) -> None:
    step = part_at(stepped(before, after, 9.0), before)
    assert step is not None
    assert step.is_provisional


def proposed(values: np.ndarray) -> float:
    """The share of series for which a step is proposed, in percent."""
    return 100 * float(np.mean([find_step(each) is not None for each in values]))


@pytest.mark.parametrize("points", [24, 36])
def test_chance_alone_is_rarely_taken_for_a_step(points: int) -> None:
    assert proposed(np.random.default_rng(points).normal(size=(SERIES, points))) < 2


@pytest.mark.parametrize("slope", [0.2, 0.4])
def test_a_drift_is_not_taken_for_a_step(slope: float) -> None:
    noise = np.random.default_rng(3).normal(size=(SERIES // 4, 36))
    assert proposed(noise + slope * np.arange(36)) < 1


@pytest.mark.parametrize("after", [8, 12, 18, 26])
def test_a_step_of_three_sigma_is_mostly_proposed_within_a_point(after: int) -> None:
    noise = np.random.default_rng(after).normal(size=(SERIES // 4, 36))
    found = [find_step(each) for each in noise + 3 * (np.arange(36) >= 36 - after)]
    told = [abs(each.at - (36 - after)) for each in found if each is not None]
    assert len(told) > 0.8 * len(found)
    assert np.mean(np.array(told) <= 1) > 0.95
