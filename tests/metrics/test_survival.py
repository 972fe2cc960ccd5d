"""Kaplan and Meier: the remission times of Freireich et al. 1963 as printed, statsmodels as judge."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.duration.survfunc import SurvfuncRight
from statsmodels.stats.proportion import proportion_confint

from metrics.sketch import merge_sketches, sketch_of
from metrics.survival import (
    Begun,
    closed_within,
    curve_of,
    kaplan_meier,
    open_after,
    quantile,
)

# Weeks of remission under 6-mercaptopurine and under placebo (Freireich et al., Blood 21, 1963;
# Gehan, Biometrika 52, 1965); + in print for those still in remission.
TREATED = [6, 6, 6, 7, 10, 13, 16, 22, 23]
TREATED_OPEN = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]
PLACEBO = [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23]
cases = st.lists(st.tuples(st.integers(1, 30), st.booleans()), min_size=2, max_size=60)


def curve(closed, still_open=()):
    ages = np.array([*closed, *still_open], dtype=float)
    ended = np.array([1.0] * len(closed) + [0.0] * len(still_open))
    return kaplan_meier(ages, ended, 1 - ended)


def test_the_curve_under_treatment_is_the_printed_one():
    found = curve(TREATED, TREATED_OPEN)
    assert [6, 7, 10, 13, 16, 22, 23] == list(found.ages)
    assert [21, 17, 15, 12, 11, 7, 6] == list(found.at_risk)
    printed = [0.857, 0.807, 0.753, 0.690, 0.627, 0.538, 0.448]
    assert printed == pytest.approx(list(found.open_share), abs=5e-4)


def test_the_medians_are_the_printed_ones():
    assert 23 == quantile(curve(TREATED, TREATED_OPEN), 0.5).age
    assert 8 == quantile(curve(PLACEBO), 0.5).age


def test_the_intervals_of_the_medians_are_those_of_the_published_method():
    treated, placebo = (
        quantile(curve(*each), 0.5) for each in ((TREATED, TREATED_OPEN), (PLACEBO,))
    )
    assert (13, None) == (treated.low, treated.high)
    assert (4, 11) == (placebo.low, placebo.high)


def test_the_standard_error_is_greenwoods_as_printed():
    found = curve(TREATED, TREATED_OPEN)
    printed = 0.1346  # of the share at 23 weeks
    share = found.open_share[-1]
    log_log = 1.959964 * printed / (share * math.log(share))
    expected = share ** math.exp(-log_log), share ** math.exp(log_log)
    assert expected == pytest.approx((found.low[-1], found.high[-1]), abs=2e-4)


def test_nothing_is_known_beyond_the_last_case_that_was_closed():
    assert None is quantile(curve(TREATED, TREATED_OPEN), 0.9).age


@given(cases)
def test_every_step_is_that_of_statsmodels(told):
    ages, ended = (np.array(each, dtype=float) for each in zip(*told, strict=True))
    if not ended.any():
        return
    found = kaplan_meier(ages, ended, 1 - ended)
    judge = SurvfuncRight(ages, ended)
    seen = judge.n_events > 0
    assert list(judge.surv_times[seen]) == list(found.ages)
    assert list(judge.surv_prob[seen]) == pytest.approx(list(found.open_share))
    assert list(judge.n_risk[seen]) == list(found.at_risk)


@given(cases)
def test_the_interval_is_greenwoods_on_the_log_minus_log_scale(told):
    ages, ended = (np.array(each, dtype=float) for each in zip(*told, strict=True))
    found = kaplan_meier(ages, ended, 1 - ended)
    judge = SurvfuncRight(ages, ended)
    for age, share, low, high in zip(
        found.ages, found.open_share, found.low, found.high, strict=True
    ):
        if 1e-9 < share < 1:
            place = int(np.flatnonzero(judge.surv_times == age)[0])
            spread = judge.surv_prob_se[place] / (share * abs(math.log(share)))
            middle = math.log(-math.log(share))
            expected = sorted(
                math.exp(-math.exp(middle + sign * 1.959964 * spread)) for sign in (-1, 1)
            )
            assert expected == pytest.approx([low, high], abs=1e-6)


@given(cases, st.randoms())
def test_the_order_of_the_cases_does_not_matter(told, chance):
    mixed = list(told)
    chance.shuffle(mixed)
    one, other = (
        kaplan_meier(
            *(
                np.array(v, dtype=float)
                for v in ([a for a, _ in each], [e for _, e in each], [not e for _, e in each])
            )
        )
        for each in (told, mixed)
    )
    assert list(one.open_share) == pytest.approx(list(other.open_share))
    assert list(one.high) == pytest.approx(list(other.high))


@given(
    st.lists(st.integers(1, 40), min_size=1, max_size=60), st.sampled_from([0.1, 0.5, 0.75, 0.9])
)
def test_with_no_case_open_a_quantile_is_the_empirical_one(ages, share):
    expected = np.quantile(ages, share, method="inverted_cdf")
    assert expected == quantile(curve(ages), share).age


@given(st.lists(st.integers(1, 40), min_size=1, max_size=40))
def test_an_open_case_never_makes_the_median_shorter(ages):
    before, after = (quantile(each, 0.5).age for each in (curve(ages), curve(ages, [max(ages)])))
    assert after is None or before <= after


def test_before_any_case_is_closed_all_are_open():
    assert (1.0, 1.0, 1.0) == open_after(curve(PLACEBO), 0.5)
    assert 12 / 21 == pytest.approx(open_after(curve(PLACEBO), 7.9)[0])


def begun(followed, ages, count):
    return Begun(followed=followed, closed=sketch_of(ages), count=count)


def test_groups_are_followed_only_as_long_as_all_of_a_group_could_be():
    groups = [begun(10.0, [1.0, 4.0, 20.0], 4), begun(3.0, [2.0], 3), begun(-5.0, [0.1], 9)]
    found = curve_of(groups)
    expected = curve([1, 4, 2], [10, 10, 3, 3])
    assert 7 == found.total
    assert list(expected.ages) == pytest.approx(list(found.ages), rel=0.011)
    assert list(expected.open_share) == pytest.approx(list(found.open_share))


def test_closing_after_the_follow_up_is_not_taken_for_never_closing():
    early, late = begun(24.0, [1.0] * 5 + [30.0] * 5, 10), begun(24.0, [1.0] * 5, 10)
    assert list(curve_of([early]).open_share) == list(curve_of([late]).open_share)


def test_those_closed_within_an_age_are_counted_among_those_old_enough():
    groups = [begun(200.0, [10.0] * 8 + [180.0], 10), begun(100.0, [10.0] * 90, 90)]
    found = closed_within(groups, 168.0)
    assert (8, 10) == (found.closed, found.count)
    assert proportion_confint(8, 10, method="wilson") == pytest.approx(found.interval)
    assert None is closed_within(groups, 300.0)


def test_a_steady_process_is_told_the_same_with_and_without_its_open_cases():
    """Of cases that take 40 hours on average, the newest days' are mostly open."""
    draw = np.random.default_rng(4)
    whole, cut = [], []
    for day in range(28):
        ages = draw.exponential(40.0, size=400)
        followed = 24.0 * (28 - day) - 12
        whole.append(begun(2000.0, ages, 400))
        cut.append(begun(followed, ages[ages <= followed], 400))
    truth, told = quantile(curve_of(whole), 0.5), quantile(curve_of(cut), 0.5)
    assert 40 * math.log(2) == pytest.approx(truth.age, rel=0.03)
    assert told.low <= truth.age <= told.high
    closed_alone = merge_sketches(each.closed for each in cut).quantile(0.5)
    assert closed_alone < told.low
