"""Anhøj's rules by hand, against scipy's binomial, and at the rate the simulations give."""

from itertools import groupby

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom

from metrics.judgement import judge_many
from metrics.model import Better
from metrics.profiles import Profile
from metrics.runs import uneven_runs
from metrics.signals import RULES, Rule


def marked(sides, groups=None):
    row = np.array([sides])
    return np.flatnonzero(uneven_runs(row, np.zeros_like(row) if groups is None else groups)[0])


def test_a_run_longer_than_the_longest_that_chance_has_is_marked():
    others = [-1, 1] * 6
    assert [] == marked([*others, *[-1] * 7]).tolist()  # 19 points: log2 4.2, so 7 at most
    assert list(range(12, 20)) == marked([*others, *[-1] * 8]).tolist()


def test_points_on_the_line_are_dropped_and_do_not_end_a_run():
    others = [-1, 1] * 6
    assert [12, 13, 15, 16, 17, 19, 20, 21] == marked(
        [*others, -1, -1, 0, -1, -1, -1, 0, -1, -1, -1]
    ).tolist()


def test_too_few_crossings_mark_the_latest_of_the_longest_runs():
    sides = [*[1] * 6, *[-1] * 6, *[1] * 6, *[-1] * 6]  # 24 points, 3 crossings, 8 at least
    assert 8 == binom.ppf(0.05, 23, 0.5)
    assert list(range(18, 24)) == marked(sides).tolist()


def test_each_segment_is_judged_for_itself():
    sides, groups = [1] * 8 + [1] * 4, np.array([[0] * 8 + [1] * 4])
    assert list(range(8)) == marked(sides, groups)[:8].tolist()
    assert [] == marked([0] * 12, groups).tolist()


@given(st.lists(st.sampled_from([-1, 0, 1]), max_size=40))
def test_there_is_a_mark_exactly_where_the_two_rules_say(sides):
    useful = [side for side in sides if side]
    runs = [len(list(run)) for _, run in groupby(useful)]
    is_uneven = bool(useful) and (
        max(runs) > round(float(np.log2(len(useful)))) + 3
        or len(runs) - 1 < binom.ppf(0.05, len(useful) - 1, 0.5)
    )
    assert is_uneven == bool(len(marked(sides)))


@pytest.mark.parametrize(("points", "share"), [(12, 1.4), (24, 2.9), (36, 4.1), (60, 4.1)])
def test_chance_signals_as_rarely_as_the_simulations_say(points, share):
    """Those are of runs about the median; about the mean there are a few more."""
    values = np.random.default_rng(points).normal(size=(4_000, points))
    judged = judge_many(values, better=Better.HIGHER, profile=Profile.STRICT)
    shifts = [RULES.index(Rule.SHIFT_ABOVE), RULES.index(Rule.SHIFT_BELOW)]
    found = 100 * judged.hits[..., shifts].any(axis=(1, 2)).mean()
    assert share == pytest.approx(found, abs=2)


def test_a_point_outside_is_one_of_the_two_of_three_in_the_strict_profile():
    values = np.array([[0.0, 2.0] * 9 + [6.0, 2.0, 12.0]])
    judged = judge_many(values, better=Better.HIGHER, profile=Profile.STRICT)
    assert Rule.TWO_OF_THREE_ABOVE is RULES[judged.rules[0, -3]]
    assert Rule.OUTSIDE_ABOVE is RULES[judged.rules[0, -1]]
    assert judged.hits[0, -1, RULES.index(Rule.TWO_OF_THREE_ABOVE)]
