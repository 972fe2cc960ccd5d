"""Rare events: gaps by hand, limits in plain arithmetic, and how often chance signals."""

from datetime import date, timedelta
from math import sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.limits import Chart
from metrics.model import Better
from metrics.rare_events import Gaps, are_rare, cases_between, days_between, judge_cases, judge_days
from metrics.signals import Rule, Signal
from tests.metrics import published_method

NEVER = np.nan
GAPS = (12.0, 30.0, 7.0, 22.0, 3.0, 41.0, 18.0, 9.0, 26.0, 15.0, 33.0, 5.0)


def days(many):
    return [date(2026, 1, 1) + timedelta(days=at) for at in range(many)]


def gaps_of(*lengths, running=None):
    return Gaps(lengths=lengths, ends=tuple(days(len(lengths))), running=running)


def test_gaps_are_the_days_from_one_event_to_the_next():
    counts = np.array([0, 1, 0, 0, 1, 1, 0], dtype=float)
    gaps = days_between(days(7), counts)
    assert ((3.0, 1.0), (date(2026, 1, 5), date(2026, 1, 6))) == (gaps.lengths, gaps.ends)


def test_events_of_one_day_spread_evenly_over_it():
    """At 4, 12 and 20 o'clock; the next one at noon two days later."""
    lengths = days_between(days(3), np.array([3.0, 0.0, 1.0])).lengths
    assert (8 / 24, 8 / 24, 40 / 24) == pytest.approx(lengths)


def test_the_running_gap_is_the_days_from_the_last_event_to_the_last_day():
    assert 2 == days_between(days(4), np.array([0.0, 1.0, 0.0, 0.0])).running
    assert 0 == days_between(days(2), np.array([0.0, 1.0])).running
    assert 0 == days_between(days(2), np.array([0.0, 3.0])).running


def test_each_gap_begins_with_an_event_and_the_running_one_with_the_last():
    gaps = days_between(days(5), np.array([0.0, 1.0, 0.0, 2.0, 0.0]))
    assert tuple(date(2026, 1, day) for day in (2, 4, 4)) == gaps.starts
    assert () == days_between(days(2), np.zeros(2)).starts


def test_a_gap_over_an_unknown_day_is_unknown():
    gaps = days_between(days(6), np.array([1.0, NEVER, 1.0, 0.0, 1.0, NEVER]))
    assert ((None, 2.0), None) == (gaps.lengths, gaps.running)


def test_without_events_there_are_no_gaps():
    assert Gaps() == days_between(days(3), np.zeros(3))
    judged = judge_days(Gaps(), better=Better.LOWER)
    assert ((), None, False) == (judged.rules, judged.limits.upper, judged.running_is_long)


def test_cases_without_event_are_counted_between_those_with_one():
    """9 cases without event, 5, 6 and 7; events half way, then a quarter and three quarters."""
    gaps = cases_between(days(4), np.array([1.0, 0, 2, 0]), np.array([10.0, 5, 8, 7]))
    assert ((4.5 + 5 + 1.5, 3.0), 1.5 + 7) == (gaps.lengths, gaps.running)


def test_the_t_chart_is_an_xmr_chart_of_the_turned_gaps():
    judged = judge_days(gaps_of(*GAPS), better=Better.LOWER)
    row = published_method.judge([each ** (1 / 3.6) for each in GAPS], [0] * len(GAPS))[0]
    assert (row.centre**3.6, row.upper**3.6) == pytest.approx(
        (judged.limits.centre, judged.limits.upper)
    )
    assert Chart.T is judged.limits.chart


def test_a_t_chart_has_no_lower_limit_where_the_turned_one_is_below_zero():
    assert judge_days(gaps_of(*[1.0, 60.0] * 6), better=Better.LOWER).limits.lower is None
    assert judge_days(gaps_of(*[10.0, 12.0] * 6), better=Better.LOWER).limits.lower > 0


def test_the_g_chart_has_the_limit_of_a_geometric_series():
    judged = judge_cases(gaps_of(*GAPS), better=Better.LOWER)
    mean = sum(GAPS) / 12
    assert (mean, mean + 3 * sqrt(mean * (mean + 1)), None) == pytest.approx(
        (judged.limits.centre, judged.limits.upper, judged.limits.lower)
    )
    assert Chart.G is judged.limits.chart


@pytest.mark.parametrize("judge", [judge_days, judge_cases])
@pytest.mark.parametrize(
    ("better", "told"),
    [
        (Better.LOWER, Signal.IMPROVEMENT),
        (Better.HIGHER, Signal.CONCERN),
        (Better.NEUTRAL, Signal.LOW),
    ],
)
def test_a_long_gap_is_few_events(judge, better, told):
    judged = judge(gaps_of(*GAPS, 900.0), better=better)
    assert (Rule.OUTSIDE_ABOVE, told) == (judged.rules[-1], judged.signals[-1])


@pytest.mark.parametrize("judge", [judge_days, judge_cases])
def test_a_running_gap_beyond_the_limit_is_told_before_the_next_event(judge):
    assert judge(gaps_of(*GAPS, running=900.0), better=Better.LOWER).running_is_long
    assert not judge(gaps_of(*GAPS, running=20.0), better=Better.LOWER).running_is_long


def test_a_run_of_short_gaps_is_a_signal_of_more_events():
    judged = judge_days(gaps_of(*[30.0, 42.0] * 6, *[2.0] * 7), better=Better.LOWER)
    assert Signal.CONCERN is judged.signals[-1]


def test_few_gaps_have_no_limits():
    assert judge_days(gaps_of(*GAPS[:7]), better=Better.LOWER).limits.upper is None
    assert judge_cases(gaps_of(*GAPS[:7]), better=Better.LOWER).limits.upper is None


def test_chance_alone_rarely_exceeds_a_limit():
    random = np.random.default_rng(5)
    drawn = random.exponential(20, size=(400, 36))
    beyond = [
        judge_days(gaps_of(*row), better=Better.LOWER).rules[-1] is Rule.OUTSIDE_ABOVE
        for row in drawn
    ]
    assert np.mean(beyond) < 0.02


@given(st.lists(st.sampled_from([0.0, 0.0, 0.0, 1.0, 2.0, NEVER]), max_size=60))
def test_gaps_and_the_running_one_span_the_days_from_the_first_event(counts):
    gaps = days_between(days(len(counts)), np.array(counts))
    assert len(gaps.lengths) == max(int(np.nansum(counts)) - 1, 0)
    if gaps.ends and not np.isnan(counts).any():
        first = next(at for at, count in enumerate(counts) if count)
        after = first + 0.5 / counts[first]
        assert max(len(counts) - 0.5 - after, sum(gaps.lengths)) == pytest.approx(
            sum(gaps.lengths) + gaps.running
        )


@pytest.mark.parametrize("rate", [0.1, 0.3, 0.5])
def test_chance_alone_rarely_signals_at_the_last_event_on_whole_days(rate):
    """Within 2 points of the 1.6 % of independent normal values, so coarse the days may be."""
    random = np.random.default_rng(8)
    axis = days(730)
    told = [
        judge_days(days_between(axis, row), better=Better.LOWER).signals[-1]
        for row in random.poisson(rate, size=(400, 730)).astype(float)
    ]
    assert np.mean([each is not Signal.NONE for each in told]) < 0.036


@pytest.mark.parametrize(
    ("counts", "many", "told"),
    [
        ([2.0, 3.0, 5.0], 21, True),
        ([3.0, 5.0, 5.0], 27, False),
        ([3.0, 3.0, 4.0], 20, False),
        ([1.5, 0.0, 1.0], 21, False),
        ([], 0, False),
    ],
)
def test_events_are_rare_below_5_a_period_and_one_in_two_days(counts, many, told):
    weeks = np.array(counts)
    assert told is are_rare(weeks, days=many * 1.0)


def test_events_of_a_share_are_rare_below_one_in_ten_cases():
    weeks = np.array([1.0, 2.0, 1.0])
    assert are_rare(weeks, days=21.0, cases=41.0)
    assert not are_rare(weeks, days=21.0, cases=40.0)
