"""Special causes: each rule by hand, all of them against an independent count, and properties."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from metrics.judgement import judge_many
from metrics.limits import FOOTINGS
from metrics.model import Better
from metrics.profiles import Profile
from metrics.signals import RULES, Rule, Signal
from tests.metrics import xmr_oracle
from tests.metrics.one_series import judge_series
from tests.metrics.published import NORMAL_20, daily

UP, DOWN = [0.0, 1, 2, 3, 4, 5, 6], [6.0, 5, 4, 3, 2, 1, 0]


def rules_of(values, profile=Profile.CALLBOARD):
    return list(judge_series(daily(values), better=Better.HIGHER, profile=profile).rules)


def hits_of(values, profile=Profile.CALLBOARD):
    return judge_series(daily(values), better=Better.HIGHER, profile=profile).hits


def caught(values, rule, profile=Profile.CALLBOARD):
    return [at for at, hits in enumerate(hits_of(values, profile)) if rule in hits]


def test_the_published_series_is_common_cause_throughout():
    assert [Rule.NONE] * 20 == rules_of(NORMAL_20, Profile.MDC)


def test_a_point_beyond_a_limit_is_outside():
    rules = rules_of([*NORMAL_20, 9.0, -9.0])
    assert [Rule.OUTSIDE_ABOVE, Rule.OUTSIDE_BELOW] == rules[-2:]


def test_seven_points_on_one_side_are_all_a_shift_and_six_are_none():
    noise = [0.0, 1.0] * 8
    shifted = [0.9, 0.8] * 4
    assert list(range(17, 24)) == caught([*noise, 0.0, *shifted[:7]], Rule.SHIFT_ABOVE)
    assert [] == caught([*noise, 0.0, *shifted[:6]], Rule.SHIFT_ABOVE)


def test_a_point_on_the_line_breaks_a_shift():
    values = [1.0] * 4 + [0.0] + [1.0] * 4 + [-1.0] * 4 + [0.0] + [-1.0] * 4
    assert [] == caught(values, Rule.SHIFT_ABOVE) + caught(values, Rule.SHIFT_BELOW)


def test_rounding_noise_on_the_line_is_on_the_line():
    values = [0.3, 0.1] * 5 + [0.1 + 0.1] * 8 + [0.30000000000000004 - 0.1]
    assert {Rule.NONE} == set(rules_of(values))


def test_seven_rising_points_are_a_trend_and_a_tie_breaks_it():
    assert list(range(2, 9)) == caught([5.0, 2, *UP], Rule.TREND_UP)
    assert [] == caught([5.0, 2, 0, 1, 2, 3, 3, 4, 5, 6], Rule.TREND_UP)


def test_a_peak_shared_by_a_rise_and_a_fall_belongs_to_the_fall():
    values = [*UP, *DOWN[1:]]
    assert list(range(6)) == caught(values, Rule.TREND_UP)
    assert list(range(6, 13)) == caught(values, Rule.TREND_DOWN)


def test_a_rise_that_a_tie_parts_from_a_fall_ends_as_a_rise():
    assert list(range(7)) == caught([*UP, *DOWN], Rule.TREND_UP)
    assert list(range(6)) == caught([*UP, *DOWN], Rule.TREND_UP, Profile.MDC)


def test_two_of_three_flags_the_near_points_only():
    values = [0.0, 2.0] * 9 + [6.0, 2.0, 6.0]
    assert [Rule.TWO_OF_THREE_ABOVE, Rule.NONE, Rule.TWO_OF_THREE_ABOVE] == rules_of(values)[-3:]


def test_two_of_three_needs_all_three_on_one_side():
    assert [Rule.NONE] * 3 == rules_of([0.0, 2.0] * 9 + [6.0, 0.5, 6.0])[-3:]


def test_a_point_outside_is_not_one_of_the_two_near_ones():
    rules = rules_of([0.0, 2.0] * 9 + [6.0, 2.0, 12.0])
    assert [Rule.NONE, Rule.NONE, Rule.OUTSIDE_ABOVE] == rules[-3:]


def test_a_gap_breaks_a_shift_and_a_trend():
    values = [5.0, 0, 5, 0, 0, 1, 2, None, 3, 4, 5, 6]
    assert {Rule.NONE} == set(rules_of(values))


def test_no_run_crosses_a_break():
    points = daily([*NORMAL_20, *UP[:4], *UP[4:], *NORMAL_20])
    whole = judge_series(points, better=Better.HIGHER, profile=Profile.MDC)
    parted = judge_series(points, better=Better.HIGHER, profile=Profile.MDC, breaks=[points[24][0]])
    assert Rule.TREND_UP in whole.rules
    assert Rule.TREND_UP not in parted.rules


@pytest.mark.parametrize("profile", [Profile.CALLBOARD, Profile.MDC])
def test_a_trend_ends_at_a_break_though_another_begins_there(profile):
    points = daily([*range(8), *range(8, 16)])
    judged = judge_series(points, better=Better.HIGHER, profile=profile, breaks=[points[8][0]])
    assert {Rule.TREND_UP} == {
        rule for rules in judged.hits for rule in rules if rule.value.startswith("trend")
    }


def test_every_rule_that_caught_a_point_is_kept_and_the_first_in_order_wins():
    values = [*[0.0, 1.0] * 10, *[2.0, 3, 4, 5, 6, 7, 8]]
    judged = judge_series(daily(values), better=Better.HIGHER)
    last = (Rule.OUTSIDE_ABOVE, Rule.TREND_UP, Rule.SHIFT_ABOVE)
    assert last == judged.hits[-1]
    assert Rule.OUTSIDE_ABOVE == judged.rules[-1]


@pytest.mark.parametrize(
    ("better", "high", "low"),
    [
        (Better.HIGHER, Signal.IMPROVEMENT, Signal.CONCERN),
        (Better.LOWER, Signal.CONCERN, Signal.IMPROVEMENT),
        (Better.NEUTRAL, Signal.HIGH, Signal.LOW),
        (Better.BAND, Signal.HIGH, Signal.LOW),
    ],
)
def test_what_a_caught_point_means_depends_on_what_is_better(better, high, low):
    judged = judge_series(daily([*NORMAL_20, 9.0, None, -9.0]), better=better)
    assert (Signal.NONE, high, Signal.NO_DATA, low) == judged.signals[-4:]


def test_a_rise_below_the_centre_is_good_where_higher_is_better():
    rise = [0.0, 0.5, 1, 1.5, 2, 2.5, 3]
    judged = judge_series(daily([*[0.0, 10.0] * 8, *rise]), better=Better.HIGHER)
    assert (Rule.TREND_UP, Rule.SHIFT_BELOW) == judged.hits[-1]
    assert Signal.IMPROVEMENT == judged.signals[-1]


values_of_a_series = st.lists(
    st.one_of(st.integers(-20, 20).map(float), st.none()), min_size=1, max_size=45
)
runs = st.lists(
    st.tuples(st.sampled_from([-2, -1, 0, 0, 1, 2]), st.integers(1, 9)), min_size=1, max_size=8
).map(lambda parts: list(np.cumsum([step for step, times in parts for _ in range(times)]) * 1.0))
series = st.one_of(values_of_a_series, runs)
profiles = st.sampled_from([Profile.CALLBOARD, Profile.MDC, Profile.MDC_EXCEL])


@given(series, profiles, st.sampled_from([None, 12, 15]), st.data())
def test_limits_and_hits_are_those_of_an_independent_count(values, profile, fix_after, choices):
    ids = np.cumsum([choices.draw(st.integers(0, 9)) == 0 for _ in values])
    judged = judge_many(
        _row(values), better=Better.HIGHER, profile=profile, segments=ids, fix_after=fix_after
    )
    segments, hits = xmr_oracle.judge(values, list(ids), profile=profile, fix_after=fix_after)
    assume(not _is_close_call(values, segments))
    for at, segment in enumerate(segments):
        found = {RULES[rule].value for rule in np.flatnonzero(judged.hits[0, at])}
        assert (hits[at], segment.footing) == (found, _footing(judged, at))
        assert (segment.centre, segment.mean_range) == (
            _near(judged.limits.centre[0, at]),
            _near(judged.limits.mean_range[0, at]),
        )


@given(series, st.floats(-1e3, 1e3), st.floats(0.01, 100))
def test_moving_and_stretching_the_scale_moves_limits_and_no_signal(values, shift, stretch):
    moved = [None if value is None else shift + stretch * value for value in values]
    assume(
        not _is_close_call(values, xmr_oracle.judge(values, [0] * len(values), profile="mdc")[0])
    )
    before, after = (judge_many(_row(each), better=Better.LOWER) for each in (values, moved))
    np.testing.assert_array_equal(before.hits, after.hits)
    np.testing.assert_allclose(
        shift + stretch * before.limits.upper, after.limits.upper, rtol=1e-9, atol=1e-6
    )


@given(series, profiles)
def test_reversing_what_is_better_swaps_improvement_and_concern(values, profile):
    higher, lower = (
        judge_series(daily(values), better=better, profile=profile).signals
        for better in (Better.HIGHER, Better.LOWER)
    )
    swap = {Signal.IMPROVEMENT: Signal.CONCERN, Signal.CONCERN: Signal.IMPROVEMENT}
    assert [swap.get(signal, signal) for signal in higher] == list(lower)


@given(series)
def test_turning_the_series_upside_down_turns_every_hit(values):
    turned = [None if value is None else -value for value in values]
    opposite = {"above": "below", "below": "above", "up": "down", "down": "up"}
    for upright, upset in zip(hits_of(values), hits_of(turned), strict=True):
        ends = [rule.value.rsplit("_", 1) for rule in upright]
        assert {f"{stem}_{opposite[end]}" for stem, end in ends} == {rule.value for rule in upset}


@given(st.lists(series, min_size=1, max_size=5))
def test_a_series_is_judged_in_an_array_as_it_is_alone(many):
    width = max(len(each) for each in many)
    padded = np.vstack([_row([None] * (width - len(each)) + each) for each in many])
    together = judge_many(padded, better=Better.HIGHER)
    for at, each in enumerate(many):
        alone = judge_many(_row(each), better=Better.HIGHER)
        np.testing.assert_array_equal(alone.rules[0], together.rules[at, width - len(each) :])


def _row(values):
    return np.array([[np.nan if value is None else value for value in values]], dtype=float)


def _near(number):
    return None if np.isnan(number) else pytest.approx(float(number), rel=1e-12, abs=1e-12)


def _footing(judged, at):
    return FOOTINGS[judged.limits.footing[0, at]].value


def _is_close_call(values, segments):
    """Whether a point is so near a limit, without being on the centre, that rounding decides."""
    for value, segment in zip(values, segments, strict=True):
        if value is None or not segment.mean_range:
            continue
        for share in (2.66, 2.66 * 2 / 3):
            reach = share * float(segment.mean_range)
            if abs(abs(value - float(segment.centre)) - reach) < 1e-6:
                return True
    return False
