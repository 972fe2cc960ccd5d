"""Neighbours that resemble each other are found, and what they do to the count of false signals."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.tsa.stattools import acf

from metrics.dependence import are_runs_unreliable, expected_false_signals, lag_one
from metrics.judgement import judge_many
from metrics.model import Better


def correlation(values):
    """Of values about their mean, none of them outside of limits."""
    values = np.atleast_2d(np.array(values, dtype=float))
    centre = np.nanmean(values, axis=1, keepdims=True) * np.ones_like(values)
    nowhere = np.zeros(values.shape, dtype=bool)
    return lag_one(values, centre, np.zeros(values.shape, dtype=int), outside=nowhere)


def of_judged(values):
    found = judge_many(values, better=Better.HIGHER)
    return lag_one(values, found.limits.centre, found.limits.groups, outside=found.outside)


def autoregressive(coefficient, points, series):
    random = np.random.default_rng(5)
    values = random.normal(size=(series, points + 50))
    for at in range(1, points + 50):
        values[:, at] += coefficient * values[:, at - 1]
    return values[:, 50:]


@given(st.lists(st.floats(-100, 100), min_size=12, max_size=60).filter(lambda v: np.ptp(v) > 1e-3))
def test_the_correlation_is_that_of_statsmodels(values):
    assert acf(np.array(values), nlags=1, fft=False)[1] == pytest.approx(
        correlation(values)[0], abs=1e-6
    )


@pytest.mark.parametrize(("coefficient", "found"), [(0.0, 0.0), (0.6, 0.98), (0.9, 1.0)])
def test_an_autoregressive_series_is_recognised(coefficient, found):
    values = of_judged(autoregressive(coefficient, 91, 2000))
    assert found == pytest.approx(np.mean([are_runs_unreliable(each) for each in values]), abs=0.02)


def test_neighbours_on_both_sides_of_a_break_are_none():
    values = np.array([[*[0.0, 1.0] * 10, *[100.0, 101.0] * 10]])
    groups = np.repeat([[0, 1]], 20, axis=1).reshape(1, 40)
    centre = np.repeat([[0.5, 100.5]], 20, axis=1).reshape(1, 40)
    inside = np.zeros(values.shape, dtype=bool)
    assert -38 / 40 == pytest.approx(lag_one(values, centre, groups, outside=inside)[0])


def test_a_strike_of_ten_days_does_not_make_the_other_days_alike():
    values = np.random.default_rng(4).normal(size=(500, 91))
    values[:, 60:70] -= 8
    assert 0.5 < correlation(values).mean()
    assert 0.1 > np.mean([are_runs_unreliable(each) for each in of_judged(values)])


def test_a_gap_has_no_neighbours():
    values = [0.0, 1.0] * 8
    values[7] = np.nan
    found = correlation(values)[0]
    assert -1.0 < found < -0.7


@pytest.mark.parametrize("values", [[1.0, 2.0] * 5, [3.0] * 20])
def test_few_points_and_points_without_variation_have_none(values):
    assert np.isnan(correlation(values)[0])


def test_alike_neighbours_count_for_more_false_signals():
    correlations = np.array([0.0, np.nan, 0.29, 0.3, 0.59, 0.6])
    assert 0.017 * (3 + 2 * 3 + 11) == pytest.approx(expected_false_signals(correlations))


@pytest.mark.parametrize(("coefficient", "times"), [(0.3, 3), (0.6, 11)])
def test_the_multiples_are_those_of_a_simulation(coefficient, times):
    found = judge_many(autoregressive(coefficient, 24, 20_000), better=Better.HIGHER)
    assert times * 0.017 == pytest.approx((found.rules[:, -1] > 0).mean(), rel=0.15)
