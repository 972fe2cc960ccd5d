"""p' and u' charts against the formulas in plain arithmetic, and what must not change them."""

from itertools import pairwise
from math import sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.chosen import Chosen
from metrics.judgement import judge_many
from metrics.laney import Fractions, choose_charts
from metrics.limits import CHARTS, Chart
from metrics.model import Better
from metrics.signals import RULES, Rule

LATE = [31, 42, 28, 65, 50, 39, 44, 71, 38, 29, 60, 47, 52, 41]
SENT = [410, 560, 350, 820, 700, 480, 560, 930, 470, 400, 800, 610, 640, 520]


def judge(cases, base, *, chart=Chart.P_PRIME, scale=100.0, **options):
    numerator, denominator = (np.array([each], dtype=float) for each in (cases, base))
    fractions = Fractions(
        numerator=numerator,
        denominator=denominator,
        scale=np.array([scale]),
        charts=np.array([CHARTS.index(chart)]),
    )
    with np.errstate(invalid="ignore", divide="ignore"):
        values = scale * numerator / denominator
    return judge_many(values, better=Better.LOWER, fractions=fractions, **options)


def laney_by_hand(cases, base, *, is_share):
    """Centre, sigma-z and sigma of every point, by the book and in plain loops."""
    centre = sum(cases) / sum(base)
    chance = [sqrt(centre * (1 - centre if is_share else 1) / each) for each in base]
    scores = [(x / n - centre) / sd for x, n, sd in zip(cases, base, chance, strict=True)]
    ranges = [abs(later - earlier) for earlier, later in pairwise(scores)]
    limit = 3.267 * sum(ranges) / len(ranges)
    kept = [each for each in ranges if each < limit]
    sigma_z = sum(kept) / len(kept) / 1.128
    return centre, sigma_z, [sigma_z * sd for sd in chance]


@pytest.mark.parametrize(("chart", "is_share"), [(Chart.P_PRIME, True), (Chart.U_PRIME, False)])
def test_centre_and_limits_are_those_of_the_book(chart, is_share):
    centre, sigma_z, sigmas = laney_by_hand(LATE, SENT, is_share=is_share)
    limits = judge(LATE, SENT, chart=chart).limits
    np.testing.assert_allclose(100 * centre, limits.centre[0])
    np.testing.assert_allclose(sigma_z, limits.sigma_z[0])
    np.testing.assert_allclose(100 * np.array(sigmas), limits.sigma[0])
    np.testing.assert_allclose([100 * (centre + 3 * each) for each in sigmas], limits.upper[0])
    np.testing.assert_allclose([100 * (centre - 2 * each) for each in sigmas], limits.near_lower[0])
    assert chart is limits.at(0, 5).chart


def test_a_large_jump_between_neighbours_is_screened_once():
    cases = [*LATE[:7], 400, *LATE[8:]]
    _, sigma_z, _ = laney_by_hand(cases, SENT, is_share=True)
    judged = judge(cases, SENT)
    assert sigma_z == pytest.approx(judged.limits.sigma_z[0, 0])
    assert Rule.OUTSIDE_ABOVE is RULES[judged.rules[0, 7]]


def test_with_one_size_of_sample_it_is_the_xmr_chart_by_another_constant():
    base = [500] * len(LATE)
    values = np.array([LATE]) / 5
    prime, plain = judge(LATE, base).limits, judge_many(values, better=Better.LOWER).limits
    np.testing.assert_allclose(plain.centre, prime.centre)
    np.testing.assert_allclose(plain.sigma * 3 / 2.66 / 1.128, prime.sigma)


def test_binomial_counts_vary_as_chance_has_it():
    random = np.random.default_rng(7)
    base = random.integers(200, 2000, size=(2000, 36))
    cases = random.binomial(base, 0.2)
    fractions = Fractions(
        numerator=cases.astype(float),
        denominator=base.astype(float),
        scale=np.ones(2000),
        charts=np.full(2000, CHARTS.index(Chart.P_PRIME)),
    )
    judged = judge_many(cases / base, better=Better.LOWER, fractions=fractions)
    found = judged.limits.sigma_z[:, 0].mean()
    assert 0.98 == pytest.approx(found, abs=0.02)  # screening takes 0.02 away
    assert (judged.rules[:, -1] > 0).mean() < 0.03


def test_a_limit_ends_where_the_scale_does_and_no_value_is_judged_otherwise_for_it():
    judged = judge([95, 190, 99, 48, 97, 196, 93, 50, 98, 200], [100, 200] * 5).limits
    assert 100.0 == judged.upper.max()
    assert 0.0 == judge([1, 0, 3, 0, 2, 1, 0, 4, 0, 1], [90, 200] * 5).limits.lower.min()
    assert judge([190] * 5 + [210] * 5, [100] * 10, chart=Chart.U_PRIME).limits.upper.min() > 100


def test_a_period_without_cases_has_limits_and_no_value():
    base = [*SENT[:6], np.nan, *SENT[7:]]
    cases = [*LATE[:6], np.nan, *LATE[7:]]
    limits = judge(cases, base).limits
    mean = (sum(SENT) - SENT[6]) / 13
    share = limits.centre[0, 6] / 100
    assert 100 * sqrt(share * (1 - share) / mean) * limits.sigma_z[0, 6] == pytest.approx(
        limits.sigma[0, 6]
    )
    assert 13 == limits.points[0, 6]


@pytest.mark.parametrize("cases", [[0] * 14, SENT])
def test_a_share_of_none_or_all_throughout_has_no_variation_and_no_signal(cases):
    judged = judge(cases, SENT)
    assert not judged.rules.any()
    np.testing.assert_array_equal(judged.limits.centre, judged.limits.upper)


def test_too_few_points_have_no_limits():
    assert np.isnan(judge(LATE[:7], SENT[:7]).limits.upper).all()


def test_each_segment_has_its_own_share():
    cases, base = LATE + [3 * each for each in LATE], SENT + SENT
    segments = np.array([0] * 14 + [1] * 14)
    limits = judge(cases, base, segments=segments).limits
    np.testing.assert_allclose(3 * limits.centre[0, 0], limits.centre[0, -1])


def test_charts_of_many_kinds_are_judged_in_one_call():
    values = np.array([[x / n for x, n in zip(LATE, SENT, strict=True)]] * 3)
    fractions = Fractions(
        numerator=np.array([LATE] * 3, dtype=float),
        denominator=np.array([SENT] * 3, dtype=float),
        scale=np.ones(3),
        charts=np.array([CHARTS.index(each) for each in (Chart.XMR, Chart.P_PRIME, Chart.U_PRIME)]),
    )
    together = judge_many(values, better=Better.LOWER, fractions=fractions).limits
    alone = judge_many(values[:1], better=Better.LOWER).limits
    np.testing.assert_array_equal(alone.upper[0], together.upper[0])
    for row, chart in ((1, Chart.P_PRIME), (2, Chart.U_PRIME)):
        own = judge(LATE, SENT, chart=chart, scale=1.0).limits
        np.testing.assert_allclose(own.upper[0], together.upper[row])
    assert [0, 1, 2] == together.charts.tolist()


@pytest.mark.parametrize("chart", [Chart.P_PRIME, Chart.U_PRIME])
def test_counting_in_larger_lots_leaves_limits_and_shrinks_what_chance_explains(chart):
    once = judge(LATE, SENT, chart=chart)
    tenfold = judge([10 * each for each in LATE], [10 * each for each in SENT], chart=chart)
    np.testing.assert_allclose(once.limits.upper, tenfold.limits.upper)
    np.testing.assert_allclose(sqrt(10) * once.limits.sigma_z, tenfold.limits.sigma_z)
    np.testing.assert_array_equal(once.hits, tenfold.hits)


def test_another_scale_moves_the_limits_and_no_signal():
    share, percent = (judge(LATE, SENT, scale=scale) for scale in (1.0, 100.0))
    np.testing.assert_allclose(100 * share.limits.lower, percent.limits.lower)
    np.testing.assert_array_equal(share.hits, percent.hits)


def test_the_baseline_alone_makes_centre_and_spread():
    first = judge(LATE[:12], SENT[:12]).limits
    later = judge([*LATE[:12], 400, 10], [*SENT[:12], 500, 500], fix_after=12)
    only = np.arange(13)[None, :] > 0
    chosen = Chosen(only=only, aside=np.zeros_like(only))
    span = judge([400, *LATE[:12]], [500, *SENT[:12]], chosen=chosen).limits
    for found in (later.limits.sigma_z[0, -1], span.sigma_z[0, 0]):
        assert first.sigma_z[0, 0] == pytest.approx(found)
    assert Rule.OUTSIDE_ABOVE is RULES[later.rules[0, 12]]


periods = st.lists(
    st.lists(st.tuples(st.integers(0, 50), st.integers(1, 500)), min_size=1, max_size=4),
    min_size=8,
    max_size=20,
)


@given(periods)
def test_parting_the_cases_of_a_period_changes_nothing(parts):
    split = [[(min(x, n), n) for x, n in period] for period in parts]
    cases = [sum(x for x, _ in period) for period in split]
    base = [sum(n for _, n in period) for period in split]
    whole = judge(cases, base)
    reversed_parts = [list(reversed(period)) for period in split]
    again = judge(
        [float(sum(x for x, _ in period)) for period in reversed_parts],
        [float(sum(n for _, n in period)) for period in reversed_parts],
    )
    np.testing.assert_array_equal(whole.limits.upper, again.limits.upper)
    assert sum(cases) / sum(base) * 100 == pytest.approx(whole.limits.centre[0, 0])


@given(periods, st.sampled_from([Chart.P_PRIME, Chart.U_PRIME]))
def test_whatever_the_cases_limits_surround_the_centre(parts, chart):
    cases = [min(x, n) for (x, n), *_ in parts]
    base = [n for (_, n), *_ in parts]
    limits = judge(cases, base, chart=chart).limits
    assert (limits.lower <= limits.near_lower).all()
    assert (limits.near_lower <= limits.centre + 1e-9).all()
    assert (limits.centre <= limits.near_upper + 1e-9).all()
    assert (limits.near_upper <= limits.upper).all()


@pytest.mark.parametrize(
    ("cases", "base", "chart"),
    [
        ([50] * 12, [500] * 12, Chart.XMR),
        ([50] * 12, [500] * 11 + [800], Chart.P_PRIME),
        ([6] * 12, [60] * 12, Chart.XMR),
        ([18] * 12, [20] * 12, Chart.P_PRIME),
        ([3] * 12, [500] * 12, Chart.P_PRIME),
        ([50] * 7, [500] * 7, Chart.RUN),
        ([np.nan] * 12, [np.nan] * 12, Chart.RUN),
    ],
)
def test_the_chart_of_a_share_follows_its_denominators(cases, base, chart):
    assert chart is _chosen(cases, base, is_share=True)


def test_rates_have_charts_of_their_own_and_other_forms_have_xmr():
    uneven = [500] * 11 + [800]
    assert Chart.U_PRIME is _chosen([50] * 12, uneven, is_rate=True)
    assert Chart.U_PRIME is _chosen([2] * 12, uneven, is_rate=True)
    assert Chart.XMR is _chosen([2] * 12, uneven)


def _chosen(cases, base, *, is_share=False, is_rate=False):
    numerator, denominator = (np.array([each], dtype=float) for each in (cases, base))
    chosen = choose_charts(
        numerator, denominator, is_share=np.array([is_share]), is_rate=np.array([is_rate])
    )
    return CHARTS[chosen[0]]
