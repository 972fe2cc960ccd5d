"""One series or many judged: what the last period says, and what is refused."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.judgement import judge_many
from metrics.limits import Footing
from metrics.model import Better
from metrics.profiles import Profile
from metrics.signals import RULES, SIGNALS, Rule, Signal
from tests.metrics.one_series import judge_series
from tests.metrics.published import NORMAL_20, daily

SHIFTED = [*[0.0, 1.0] * 8, 0.0, *[0.9, 0.8] * 4]


def variation_of(values, better=Better.LOWER, **options):
    return judge_series(daily(values), better=better, **options).variation


def test_a_present_signal_says_since_when_it_runs():
    variation = variation_of(SHIFTED)
    assert (Signal.CONCERN, Rule.SHIFT_ABOVE) == (variation.signal, variation.rule)
    assert (date(2026, 1, 18), 0) == (variation.since, variation.points_since)


def test_a_signal_runs_since_its_break_at_the_earliest():
    points = daily([*[0.0, 1.0] * 8, 9.0, *[20.0, 20.5, 21.0, 21.5, 22.0, 22.5, 26.5, 30.5]])
    judged = judge_series(points, better=Better.LOWER, breaks=[points[17][0]])
    assert Signal.CONCERN is judged.signals[16]
    assert (Signal.CONCERN, points[17][0]) == (judged.variation.signal, judged.variation.since)


def test_a_past_signal_is_remembered_by_the_points_since():
    variation = variation_of([*NORMAL_20[:14], 9.0, 0.1, None, 0.2])
    assert (Signal.NONE, None, 2) == (variation.signal, variation.since, variation.points_since)


def test_a_series_without_any_signal_counts_no_points_since():
    assert variation_of(NORMAL_20).points_since is None


def test_a_last_period_without_value_is_no_data_as_of_the_last_that_has_one():
    variation = variation_of([*SHIFTED, None, None])
    assert (Signal.NO_DATA, Rule.NONE, None) == (variation.signal, variation.rule, variation.since)
    assert date(2026, 1, 25) == variation.as_of


def test_a_signal_run_begins_anew_after_a_break():
    points = daily([*NORMAL_20[:13], 9.0, 9.0, *NORMAL_20[:12], 9.0])
    judged = judge_series(points, better=Better.LOWER, breaks=[points[15][0]])
    assert points[-1][0] == judged.variation.since


def test_trial_limits_give_a_signal_and_too_few_points_give_none():
    assert (Footing.TRIAL, Signal.CONCERN) == _told([0.0, 1, 0, 1, 0, 1, 0, 1, 0, 9.0])
    assert (Footing.NONE, Signal.NONE) == _told([0.0, 1, 0, 1, 0, 9.0])


def test_a_series_full_of_gaps_concludes_nothing():
    values = [*NORMAL_20[:12], None, None, None, None, 9.0]
    assert (Footing.GAPS, Signal.NONE) == _told(values)


def test_a_period_that_stands_twice_is_refused_by_its_date():
    with pytest.raises(ValueError, match="2026-01-01 stands twice"):
        judge_series([*daily([1.0, 2.0]), *daily([3.0])], better=Better.HIGHER)


def test_a_break_between_periods_is_refused_by_its_date():
    with pytest.raises(ValueError, match="break 2026-02-01"):
        judge_series(daily([1.0, 2.0]), better=Better.HIGHER, breaks=[date(2026, 2, 1)])


def test_a_series_without_periods_is_refused():
    with pytest.raises(ValueError, match="without periods"):
        judge_series([], better=Better.HIGHER)


def test_a_break_at_the_first_period_begins_no_second_segment():
    points = daily(NORMAL_20)
    assert 1 == len(judge_series(points, better=Better.HIGHER, breaks=[points[0][0]]).segments)


@given(st.permutations(daily(NORMAL_20)))
def test_the_order_of_the_points_does_not_matter(points):
    assert judge_series(daily(NORMAL_20), better=Better.HIGHER) == judge_series(
        points, better=Better.HIGHER
    )


@given(st.lists(st.none() | st.floats(-1e9, 1e9), min_size=1, max_size=40), st.sampled_from(Better))
def test_whatever_the_values_there_is_a_verdict_and_never_a_failure(values, better):
    for profile in (Profile.CALLBOARD, Profile.MDC):
        judged = judge_series(daily(values), better=better, profile=profile)
        assert len(values) == len(judged.rules) == len(judged.signals) == len(judged.hits)


def test_many_series_with_a_direction_each_are_judged_at_once():
    values = np.array([SHIFTED, SHIFTED])
    judged = judge_many(values, better=[Better.LOWER, Better.HIGHER])
    assert [Signal.CONCERN, Signal.IMPROVEMENT] == [SIGNALS[each] for each in judged.signals[:, -1]]
    assert {Rule.SHIFT_ABOVE} == {RULES[each] for each in judged.rules[:, -1]}


def test_no_series_at_all_is_no_failure():
    assert (0, 36) == judge_many(np.empty((0, 36)), better=Better.HIGHER).rules.shape


def _told(values):
    variation = variation_of(values)
    return variation.footing, variation.signal
