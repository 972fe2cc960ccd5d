"""The season of a series: found where it is, never where it is not, and never from what is judged."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.tsa.seasonal import STL

from metrics.adjusting import judge_in_season
from metrics.judgement import judge_many
from metrics.laney import Fractions
from metrics.model import Better
from metrics.season import WEEK_OF_DAYS, YEAR_OF_MONTHS, find_seasons
from metrics.stl import decompose

WEEKDAYS = np.array([1.5, 0.8, 0.3, 0.0, -0.3, -0.8, -1.5])
DAYS, MONTHS = WEEK_OF_DAYS.history, YEAR_OF_MONTHS.history
SERIES = 4000


def places(points, length, rows=1, *, end=3):
    return np.broadcast_to((np.arange(points) - points + 1 + end) % length, (rows, points))


def noise(points, rows=1, *, seed=1):
    return np.random.default_rng(seed).normal(size=(rows, points))


def seasons_of(values, cycle=WEEK_OF_DAYS, *, end=3, by_shares=False):
    where = places(values.shape[1], cycle.length, len(values), end=end)
    shares = np.full(len(values), by_shares)
    return find_seasons(values, where, cycle=cycle, by_shares=shares), where


def judged(values, cycle=WEEK_OF_DAYS):
    found, where = seasons_of(values, cycle)
    empty = np.full_like(values, np.nan)
    fractions = Fractions(
        numerator=empty,
        denominator=empty,
        scale=np.ones(len(values)),
        charts=np.zeros(len(values), dtype=int),
    )
    better = [Better.HIGHER] * len(values)
    return judge_in_season(values, found, where, better=better, fractions=fractions), found


@pytest.mark.parametrize(
    ("points", "length", "trend", "robust"),
    [(84, 7, 11, True), (84, 7, 11, False), (36, 12, 19, True), (24, 12, 19, False)],
)
def test_trend_and_effects_are_those_of_statsmodels_stl(points, length, trend, robust):
    where = places(points, length)
    values = noise(points) + np.sin(where * 2 * np.pi / length) + 0.1 * np.arange(points)
    values[0, 5] += 8
    found = decompose(values, where, length=length, is_robust=robust)
    # a season window far beyond the series, of degree 0, is what R calls periodic
    theirs = STL(
        values[0],
        period=length,
        seasonal=1000 * points + 1,
        seasonal_deg=0,
        trend=trend,
        robust=robust,
    ).fit()
    assert theirs.trend == pytest.approx(found.trend[0], abs=1e-5)
    assert theirs.seasonal == pytest.approx(found.effects[0][where[0]], abs=1e-5)


def test_the_strength_is_one_less_the_share_that_stl_leaves_over():
    values = noise(DAYS) + 2 * WEEKDAYS[places(DAYS, 7)]
    found, _ = seasons_of(values)
    base = values[0, found.first[0] : found.last[0] + 1]
    theirs = STL(base, period=7, seasonal=100_001, seasonal_deg=0, trend=11, robust=True).fit()
    expected = 1 - np.var(theirs.resid) / np.var(theirs.seasonal + theirs.resid)
    assert expected == pytest.approx(found.strength[0], abs=1e-4)


def test_effects_of_known_size_come_out_again():
    values = noise(DAYS, 400) + WEEKDAYS[places(DAYS, 7, 400)]
    found, _ = seasons_of(values)
    assert WEEKDAYS == pytest.approx(found.effects.mean(axis=0), abs=0.05)
    assert 0.9 < found.is_strong.mean()


def test_effects_of_an_amount_are_shares_of_its_level():
    shares = np.array([0.2, 0.1, 0.0, 0.0, 0.1, -0.1, -0.3])
    level = 100 + 0.5 * np.arange(DAYS)
    values = level * (1 + shares[places(DAYS, 7, 200)]) + 3 * noise(DAYS, 200)
    found, _ = seasons_of(values, by_shares=True)
    assert found.is_relative.all()
    assert shares == pytest.approx(found.effects.mean(axis=0), abs=0.01)


def test_a_day_on_which_next_to_nothing_happens_is_told_in_the_unit():
    effects = np.array([40.0, 40, 40, 40, 40, -90, -98])
    found, _ = seasons_of(100 + effects[places(DAYS, 7)] + noise(DAYS), by_shares=True)
    assert not found.is_relative[0]
    assert [40, -98] == pytest.approx([found.effects[0, 0], found.effects[0, 6]], abs=15)


@pytest.mark.parametrize(("cycle", "points"), [(WEEK_OF_DAYS, DAYS), (YEAR_OF_MONTHS, MONTHS)])
def test_chance_alone_makes_a_season_in_one_series_of_a_thousand(cycle, points):
    found, _ = seasons_of(noise(points, SERIES), cycle)
    assert 0.004 > found.is_clear.mean()


def test_two_years_alike_by_luck_are_no_season_if_samples_vary_more_than_that():
    where = places(MONTHS, 12, 2)
    values = 0.1 * noise(MONTHS, 2) + np.cos(where * np.pi / 6)
    shares = np.zeros(2, dtype=bool)
    variance = np.full(values.shape, 0.1)
    variance[1] = 4.0  # 24 cosines squared add up to 12, chance makes 31 times the variance
    alone = find_seasons(values, where, cycle=YEAR_OF_MONTHS, by_shares=shares)
    found = find_seasons(values, where, cycle=YEAR_OF_MONTHS, by_shares=shares, sampling=variance)
    assert [True, True] == alone.is_clear.tolist()
    assert [True, False] == found.is_clear.tolist()


def test_two_years_of_noise_have_a_strength_above_the_threshold_more_often_than_seldom():
    found, _ = seasons_of(noise(MONTHS, SERIES), YEAR_OF_MONTHS)
    assert 0.3 < (found.strength > 0.4).mean()  # why strength alone does not make a season


@given(st.floats(-1e3, 1e3), st.integers(0, 6))
def test_no_effect_depends_on_the_week_that_is_judged(value, end):
    values = noise(DAYS) + 2 * WEEKDAYS[places(DAYS, 7, end=end)]
    before, _ = seasons_of(values, end=end)
    values[0, DAYS - 1 - end :] = value
    after, _ = seasons_of(values, end=end)
    assert before.effects.tolist() == after.effects.tolist()
    assert before.strength.tolist() == after.strength.tolist()


@given(st.floats(-1e3, 1e3))
def test_no_effect_depends_on_the_month_that_is_judged(value):
    values = noise(MONTHS) + 6 * np.cos(places(MONTHS, 12) * np.pi / 6)
    before, _ = seasons_of(values, YEAR_OF_MONTHS)
    values[0, -1] = value
    after, _ = seasons_of(values, YEAR_OF_MONTHS)
    assert before.effects.tolist() == after.effects.tolist()


def test_effects_add_up_to_nothing_over_the_days_they_were_made_of():
    values = noise(DAYS) + 2 * WEEKDAYS[places(DAYS, 7)]
    values[0, [20, 21, 40]] = np.nan
    found, where = seasons_of(values)
    base = slice(found.first[0], found.last[0] + 1)
    seen = ~np.isnan(values[0, base])
    assert 0.0 == pytest.approx(found.effects[0][where[0, base]][seen].sum(), abs=1e-9)


@pytest.mark.parametrize(
    ("cycle", "points"), [(WEEK_OF_DAYS, 56), (YEAR_OF_MONTHS, 24), (WEEK_OF_DAYS, DAYS - 4)]
)
def test_a_short_history_has_no_season(cycle, points):
    found, _ = seasons_of(noise(points) + 9 * (places(points, cycle.length) == 2), cycle)
    assert (False, -1) == (bool(found.is_strong[0]), int(found.first[0]))
    assert np.isnan(found.strength[0])


def test_a_shop_closed_on_sundays_has_a_week_of_six_days():
    where = places(DAYS, 7)
    values = np.where(where == 6, np.nan, noise(DAYS) + 2 * WEEKDAYS[where])
    found, _ = seasons_of(values)
    assert (True, 0.0) == (bool(found.is_strong[0]), float(found.effects[0, 6]))


def test_a_day_seen_too_seldom_leaves_the_week_unadjusted():
    where = places(DAYS, 7)
    values = noise(DAYS) + 2 * WEEKDAYS[where]
    values[0, np.flatnonzero(where[0] == 6)[:-5]] = np.nan
    assert not seasons_of(values)[0].is_strong[0]


def test_an_outlier_does_not_bend_the_week():
    values = noise(DAYS) + 2 * WEEKDAYS[places(DAYS, 7)]
    bent = values.copy()
    bent[0, 30] += 100
    effects = [seasons_of(each)[0].effects for each in (values, bent)]
    assert effects[0] == pytest.approx(effects[1], abs=0.4)


@pytest.mark.parametrize("by_shares", [True, False])
def test_what_was_adjusted_is_as_it_was_when_restored(by_shares):
    values = 100 + noise(DAYS) + 5 * WEEKDAYS[places(DAYS, 7)]
    found, where = seasons_of(values, by_shares=by_shares)
    assert found.is_strong[0]
    assert found.is_relative[0] == by_shares
    assert values == pytest.approx(found.restored(found.adjusted(values, where), where))


def test_adding_a_constant_changes_no_signal():
    values = noise(DAYS, 50) + 2 * WEEKDAYS[places(DAYS, 7, 50)]
    here, there = (judged(each)[0].signals for each in (values, values + 1000))
    assert here.tolist() == there.tolist()


def last_flagged(rules):
    return 100 * (rules[:, -1] > 0).mean()


@pytest.mark.parametrize(
    ("cycle", "points", "size"), [(WEEK_OF_DAYS, DAYS, 3.0), (YEAR_OF_MONTHS, MONTHS, 4.0)]
)
def test_an_adjusted_season_signals_hardly_more_often_than_chance(cycle, points, size):
    wave = np.cos(places(points, cycle.length, SERIES) * 2 * np.pi / cycle.length)
    quiet = noise(points, SERIES)
    chance = last_flagged(judge_many(quiet, better=Better.HIGHER).rules)
    found, seasons = judged(quiet + size * wave, cycle)
    assert 0.9 < seasons.is_strong.mean()
    assert chance == pytest.approx(last_flagged(found.rules[seasons.is_strong]), abs=2.0)


def test_unadjusted_a_wave_over_the_year_signals_in_one_of_ten_series():
    wave = 1.5 * np.cos(places(MONTHS, 12, SERIES) * np.pi / 6)
    found = judge_many(noise(MONTHS, SERIES) + wave, better=Better.HIGHER)
    assert 9.5 == pytest.approx(last_flagged(found.rules), abs=2.0)


def test_limits_go_up_and_down_with_the_season_and_hold_the_values():
    values = noise(DAYS) + 5 * WEEKDAYS[places(DAYS, 7)]
    found, seasons = judged(values)
    centre, upper = found.limits.centre[0], found.limits.upper[0]
    assert 5 * (1.5 + 1.5) == pytest.approx(np.ptp(centre[-7:]), abs=1.0)
    assert np.ptp(upper - centre) == pytest.approx(0.0, abs=1e-9)
    assert 0.95 < (upper > values[0]).mean()
    assert seasons.widening[0] == pytest.approx((13 / 11) ** 0.5)
