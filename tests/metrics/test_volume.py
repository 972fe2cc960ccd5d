"""The volume guard: what is usual, what is a collapse, and what is only a quiet Sunday."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from metrics.limits import Floats
from metrics.model import Grain
from metrics.volume import has_collapsed, usual_volumes

NAN = np.nan
SHOP_WEEK = [100.0, 100.0, 100.0, 100.0, 120.0, 150.0, 8.0]  # all but shut on Sundays


def _usual(volumes: list[float], grain: Grain = Grain.WEEK) -> list[float]:
    return usual_volumes(np.array([volumes]), grain)[0].tolist()


def _collapsed(volumes: list[float], grain: Grain = Grain.WEEK) -> list[bool]:
    one = np.array([volumes])
    return has_collapsed(one, usual_volumes(one, grain))[0].tolist()


def test_a_week_is_held_against_the_median_of_the_twelve_before():
    assert 6.5 == _usual([99.0, *map(float, range(1, 13)), 1000.0])[-1]


def test_what_is_unknown_is_no_part_of_the_median():
    assert 5.5 == _usual([*map(float, range(1, 11)), NAN, NAN, 3.0])[-1]


def test_fewer_than_eight_known_periods_say_nothing_of_what_is_usual():
    assert [False] == [not np.isnan(each) for each in _usual([800.0] * 8)[-1:]]
    assert 800.0 == _usual([800.0] * 9)[-1]


def test_a_fall_to_less_than_half_is_a_collapse_and_half_is_none():
    assert [True, False] == [_collapsed([*[800.0] * 12, last])[-1] for last in (399.0, 400.0)]


def test_requests_that_all_but_stop_arriving_are_a_collapse_until_that_is_usual():
    """As when a city's requests moved to another system: seven weeks, then it is the usual."""
    found = _collapsed([*[14_000.0] * 20, *[900.0] * 10])
    assert [False] * 20 + [True] * 7 + [False] * 3 == found


def test_a_quiet_sunday_is_held_against_sundays():
    assert [False] * 70 == _collapsed(SHOP_WEEK * 10, Grain.DAY)


def test_a_saturday_as_quiet_as_a_sunday_is_a_collapse():
    days = [*SHOP_WEEK * 5, *SHOP_WEEK[:5], 8.0]
    assert [5 * 7 + 5] == np.flatnonzero(_collapsed(days, Grain.DAY)).tolist()


def test_few_cases_may_halve_by_chance():
    """Nine are usual: none at all is as far as chance goes, by three roots of nine."""
    assert [False, False] == [_collapsed([*[9.0] * 12, last])[-1] for last in (4.0, 0.0)]
    assert [True, False] == [_collapsed([*[25.0] * 12, last])[-1] for last in (9.0, 10.0)]


def test_where_nothing_is_usual_nothing_collapses():
    assert [False] * 13 == _collapsed([0.0] * 13)


@given(
    arrays(
        np.float64,
        st.tuples(st.integers(1, 3), st.integers(1, 40)),
        elements=st.one_of(st.just(NAN), st.integers(0, 5000).map(float)),
    )
)
def test_many_series_together_have_the_plain_medians_of_each(volumes: Floats):
    found = usual_volumes(volumes, Grain.MONTH)
    for row, series in enumerate(volumes.tolist()):
        for at in range(len(series)):
            known = [each for each in series[max(0, at - 12) : at] if not np.isnan(each)]
            expected = np.median(known) if len(known) >= 8 else NAN
            assert np.array_equal(expected, found[row, at], equal_nan=True)


@given(st.lists(st.integers(0, 5000).map(float), min_size=13, max_size=40))
def test_twice_the_volume_throughout_collapses_wherever_the_volume_did(volumes: list[float]):
    once = np.array(_collapsed(volumes))
    twice = np.array(_collapsed([2 * each for each in volumes]))
    assert not (once & ~twice).any()
