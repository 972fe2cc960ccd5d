"""Process limits: the published figures, the guards, the footing."""

from datetime import date
from itertools import pairwise

import numpy as np
import pytest

from metrics.chosen import Chosen
from metrics.judgement import judge_many
from metrics.limits import Footing
from metrics.model import Better
from metrics.profiles import Profile
from metrics.signals import RULES, Rule
from tests.metrics.one_series import judge_series
from tests.metrics.published import DEVIATIONS_18, NORMAL_20, daily, with_outlier


def limits_of(values, profile=Profile.CALLBOARD, **options):
    return judge_series(daily(values), better=Better.HIGHER, profile=profile, **options).limits


def drawn(limits):
    return pytest.approx((limits.centre, limits.lower, limits.upper), rel=2e-6)


@pytest.mark.parametrize(
    ("values", "profile", "printed"),
    [
        (NORMAL_20, Profile.MDC, (0.1416238, -3.01138, 3.294627)),
        (with_outlier(), Profile.MDC, (0.6694159, -2.383666, 3.722497)),
        (with_outlier(), Profile.MDC_EXCEL, (0.6694159, -4.596625, 5.935457)),
    ],
)
def test_the_limits_are_those_of_the_published_snapshots(values, profile, printed):
    assert printed == drawn(limits_of(values, profile))


@pytest.mark.parametrize(
    ("profile", "printed"),
    [(Profile.MDC, (4.60, 1.94, -0.72)), (Profile.MDC_EXCEL, (6.95, 1.94, -3.06))],
)
def test_the_limits_are_those_of_the_vignette_on_deviations(profile, printed):
    limits = limits_of(DEVIATIONS_18, profile)
    assert printed == (
        pytest.approx(limits.upper, abs=0.006),
        pytest.approx(limits.centre, abs=0.006),
        pytest.approx(limits.lower, abs=0.006),
    )


def test_a_break_gives_each_half_the_limits_of_the_published_snapshot():
    judged = judge_series(
        daily(NORMAL_20), better=Better.HIGHER, profile=Profile.MDC, breaks=[date(2026, 1, 11)]
    )
    first, second = judged.segments
    assert (0.0746, -2.60, 2.75) == pytest.approx(
        (first.centre, first.lower, first.upper), abs=5e-3
    )
    assert (0.209, -3.28, 3.70) == pytest.approx(
        (second.centre, second.lower, second.upper), abs=5e-3
    )
    assert second == judged.limits


def test_limits_fixed_after_twelve_points_are_those_of_the_first_twelve_alone():
    fixed = limits_of((*NORMAL_20[:12], 50, 60, 70), Profile.MDC, fix_after=12)
    assert drawn(limits_of(NORMAL_20[:12], Profile.MDC)) == (fixed.centre, fixed.lower, fixed.upper)
    assert (12, date(2026, 1, 12)) == (fixed.points, fixed.baseline_end)


def test_fixing_starts_anew_in_each_segment():
    values = (*NORMAL_20, *NORMAL_20)
    both = judge_series(
        daily(values), better=Better.HIGHER, fix_after=13, breaks=[date(2026, 1, 21)]
    )
    assert both.segments[0].upper == pytest.approx(both.segments[1].upper)
    assert [13, 13] == [segment.points for segment in both.segments]


def test_callboard_fixes_after_points_and_mdc_after_rows():
    values = (None, None, *NORMAL_20)
    assert 12 == limits_of(values, Profile.CALLBOARD, fix_after=12).points
    assert 10 == limits_of(values, Profile.MDC, fix_after=12).points


def test_fewer_than_twelve_points_cannot_be_fixed():
    with pytest.raises(ValueError, match="at least 12"):
        limits_of(NORMAL_20, fix_after=11)


@pytest.mark.parametrize(
    ("points", "footing"),
    [
        (1, Footing.NONE),
        (7, Footing.NONE),
        (8, Footing.TRIAL),
        (11, Footing.TRIAL),
        (12, Footing.FULL),
    ],
)
def test_limits_are_tried_from_eight_points_and_full_from_twelve(points, footing):
    limits = limits_of(NORMAL_20[:points])
    assert footing == limits.footing
    assert (footing is Footing.NONE) == (limits.upper is None)


@pytest.mark.parametrize(
    ("points", "footing"),
    [(1, Footing.NONE), (2, Footing.TRIAL), (12, Footing.TRIAL), (13, Footing.FULL)],
)
def test_mdc_draws_from_two_points_and_warns_below_thirteen(points, footing):
    limits = limits_of(NORMAL_20[:points], Profile.MDC_EXCEL)
    assert footing == limits.footing
    assert (points < 2) == (limits.upper is None)


def test_a_moving_range_never_bridges_a_gap():
    values = (*[0.0, 1.0] * 4, None, *[100.0, 101.0] * 4)
    assert 1.0 == pytest.approx((limits_of(values).upper - limits_of(values).centre) / 2.66)


def test_a_series_that_never_varies_has_its_own_value_as_limits():
    limits = limits_of([0.1] * 12)
    assert (0.1, 0.1, 0.1) == pytest.approx((limits.lower, limits.centre, limits.upper))


def test_mdc_has_no_limits_for_a_series_that_never_varies():
    limits = limits_of([0.1] * 12, Profile.MDC)
    assert (0.1, None, None) == (limits.centre, limits.lower, limits.upper)


def test_one_big_step_keeps_its_own_range_where_screening_would_leave_none():
    limits = limits_of([0.0] * 7 + [2.0] * 7)
    assert 2.66 * 2 / 13 == pytest.approx(limits.upper - limits.centre)


def test_mdc_screens_one_big_step_away_and_has_limits_without_width():
    limits = limits_of([0.0] * 7 + [2.0] * 7, Profile.MDC)
    assert (1.0, 1.0, 1.0) == (limits.lower, limits.centre, limits.upper)


@pytest.mark.parametrize(("gaps", "footing"), [(3, Footing.FULL), (4, Footing.GAPS)])
def test_more_than_a_fifth_of_the_periods_missing_leaves_no_conclusion(gaps, footing):
    values = [*NORMAL_20[:11], *[None] * gaps, 0.5]
    assert footing == limits_of(values).footing


def test_periods_before_the_first_value_are_not_missing():
    assert Footing.FULL == limits_of([*[None] * 20, *NORMAL_20[:12]]).footing


def test_each_series_of_an_array_has_the_limits_it_has_alone():
    values = np.array([NORMAL_20, with_outlier(), [np.nan] * 20])
    both = judge_many(values, better=Better.HIGHER).limits
    assert limits_of(NORMAL_20).upper == pytest.approx(both.upper[0, -1])
    assert limits_of(with_outlier()).upper == pytest.approx(both.upper[1, 0])
    assert np.isnan(both.upper[2]).all()


def test_the_baseline_says_which_periods_made_the_limits():
    limits = limits_of([None, *NORMAL_20, None])
    assert (date(2026, 1, 2), date(2026, 1, 21), 20) == (
        limits.baseline_start,
        limits.baseline_end,
        limits.points,
    )


def chosen(width: int, *, only: range = range(0), aside: range = range(0)) -> Chosen:
    marked = np.zeros((2, 1, width), dtype=bool)
    marked[0, 0, list(only)], marked[1, 0, list(aside)] = True, True
    return Chosen(only=marked[0], aside=marked[1])


def test_a_chosen_span_alone_makes_the_limits():
    values = np.array([[*NORMAL_20, 50.0, 60.0, 70.0]])
    limits = judge_many(values, better=Better.HIGHER, chosen=chosen(23, only=range(20))).limits
    assert limits_of(NORMAL_20).upper == pytest.approx(limits.upper[0, -1])
    starts = [start for start, _ in daily([0] * 23)]
    told = limits.at(0, 22, starts=starts)
    assert (20, starts[0], starts[19]) == (told.points, told.baseline_start, told.baseline_end)


@pytest.mark.parametrize(("inside", "points"), [(8, 8), (7, 20)])
def test_a_segment_with_too_few_chosen_points_for_limits_is_judged_by_all_its_own(inside, points):
    values = np.array([[*NORMAL_20, *NORMAL_20]])
    segments = np.array([0] * 20 + [1] * 20)
    span = chosen(40, only=range(40 - inside, 40))
    limits = judge_many(values, better=Better.HIGHER, segments=segments, chosen=span).limits
    assert [20, points] == [limits.points[0, 0], limits.points[0, -1]]


def test_what_is_set_aside_is_judged_by_limits_it_had_no_part_in():
    values = np.array([[*NORMAL_20[:10], 50.0, *NORMAL_20[10:]]])
    judged = judge_many(values, better=Better.HIGHER, chosen=chosen(21, aside=range(10, 11)))
    centre = sum(NORMAL_20) / 20
    assert centre == pytest.approx(judged.limits.centre[0, 0])
    # the moving ranges beside the gap are no neighbours' ranges: 18 of 19 are left
    ranges = [abs(b - a) for a, b in pairwise(NORMAL_20)]
    spread = (sum(ranges) - ranges[9]) / 18
    assert centre + 2.66 * spread == pytest.approx(judged.limits.upper[0, 0])
    assert Rule.OUTSIDE_ABOVE is RULES[judged.rules[0, 10]]


def test_sigma_is_a_third_of_the_way_to_a_limit():
    limits = limits_of(NORMAL_20)
    assert (limits.upper - limits.centre) / 3 == pytest.approx(limits.sigma)
