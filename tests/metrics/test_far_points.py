"""What is proposed to be set aside: a few points far off that are over, and nothing else."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.far_points import LEAST_LEFT, MOST, find_far

WIGGLE = np.array([0.0, 2.0, -2.0, 1.0, -1.0, 2.0, 0.0, -2.0] * 10)
series = st.lists(st.integers(-40, 40).map(float) | st.just(np.nan), max_size=60).map(np.array)


def struck(before: int, run: int, after: int, size: float = -30.0) -> np.ndarray:
    """A level that wiggles by two, with a run far off in it."""
    values = WIGGLE[: before + run + after].copy()
    values[before : before + run] += size
    return values


@given(st.integers(6, 30), st.integers(1, MOST), st.integers(6, 30), st.sampled_from([-30.0, 30.0]))
def test_a_short_run_far_off_is_found_to_its_ends(before, run, after, size) -> None:
    assert (before, before + run - 1) == find_far(struck(before, run, after, size))


@given(series, st.integers(-1000, 1000))
def test_where_the_scale_begins_does_not_matter(values: np.ndarray, zero: int) -> None:
    assert find_far(values) == find_far(values + zero)


@given(series, st.sampled_from([0.125, 0.5, 4.0, 1024.0]))
def test_the_unit_does_not_matter(values: np.ndarray, factor: float) -> None:
    assert find_far(values) == find_far(factor * values)


@given(series)
def test_upside_down_the_same_points_are_far(values: np.ndarray) -> None:
    assert find_far(values) == find_far(-values)


@given(series)
def test_what_is_found_is_short_and_over_and_leaves_enough(values: np.ndarray) -> None:
    found = find_far(values)
    if found is not None:
        run = values[found[0] : found[1] + 1]
        known = np.flatnonzero(~np.isnan(values))
        inside = np.count_nonzero(~np.isnan(run))
        assert 1 <= inside <= MOST
        assert found[1] < known[-1]
        assert len(known) - inside >= LEAST_LEFT
        assert 1 == len({np.sign(each - np.nanmedian(values)) for each in run[~np.isnan(run)]})


def test_a_run_that_still_runs_is_left_to_the_signals() -> None:
    assert find_far(struck(20, 2, 0)) is None


def test_what_lasts_longer_is_a_level_and_no_strike() -> None:
    assert find_far(struck(20, MOST + 1, 20)) is None


@pytest.mark.parametrize(("left", "is_found"), [(LEAST_LEFT, True), (LEAST_LEFT - 1, False)])
def test_enough_others_are_left_for_full_limits(left: int, is_found: bool) -> None:
    assert is_found is (find_far(struck(left - 4, 2, 4)) is not None)


def test_four_sigma_is_far_and_less_is_not() -> None:
    """Median moving range 2: sigma is 2 x 3.145 / 3 = 2.097, four of them 8.39."""
    values = np.array([0.0, 2.0] * 10)
    assert find_far(np.insert(values, 9, 1 - 8.38)) is None
    assert (9, 9) == find_far(np.insert(values, 9, -8.39 + np.median([*values, -9.0])))


def test_a_gap_in_the_run_does_not_part_it() -> None:
    values = struck(14, 3, 10)
    values[15] = np.nan
    assert (14, 16) == find_far(values)


def test_only_the_newest_segment_is_looked_at() -> None:
    values = np.append(struck(8, 2, 10), WIGGLE[:20])
    assert (8, 9) == find_far(values)
    assert find_far(values, segments=np.repeat([0, 1], 20)) is None


@pytest.mark.parametrize("level", [0.0, 97.3])
def test_of_a_process_that_never_varies_nothing_is_proposed(level: float) -> None:
    assert find_far(np.append(np.full(30, level), [level - 9, *[level] * 5])) is None


def test_chance_alone_is_hardly_ever_proposed() -> None:
    """Of 36 independent normal values: sigma is itself a guess, so more than one in 400."""
    chance = np.random.default_rng(5).normal(size=(2_000, 36))
    proposed = sum(find_far(each) is not None for each in chance)
    assert proposed <= 0.03 * len(chance)
