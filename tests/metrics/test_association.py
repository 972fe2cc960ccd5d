"""What moves before what: scipy and statsmodels as judges, planted links, and false alarms."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.multitest import multipletests
from statsmodels.tsa.stattools import acf

from metrics.association import Association, Levels, TooShort, associate
from metrics.catalogue import load_catalogue
from metrics.multiplicity import benjamini_hochberg, holm
from metrics.rank_correlation import effective_share, interval, ranks, spearman
from metrics.stationary import changes, open_scale

WEEKS = 52.1775
LIBRARY = load_catalogue().metrics
numbers = st.lists(st.integers(-5, 5), min_size=3, max_size=40)
chances = st.lists(st.floats(1e-6, 1.0), min_size=1, max_size=20)


def walk(draw: np.random.Generator, n: int, memory: float) -> np.ndarray:
    """An AR(1) series."""
    found = np.zeros(n + 60)
    for at, shock in enumerate(draw.normal(size=n + 59), start=1):
        found[at] = memory * found[at - 1] + shock
    return found[60:]


def link(front, *behind, first=0):
    levels = [Levels(values=each, first=first) for each in behind]
    return associate(Levels(values=front), levels, cycle=WEEKS)


def planted(lag, n=113, seed=5):
    """A series that falls `lag` weeks after another rises, and five that have no part in it."""
    draw = np.random.default_rng(seed)
    cause = walk(draw, n, 0.5)
    before = np.concatenate([draw.normal(size=lag), cause[: n - lag]])
    return -1.5 * before + draw.normal(size=n), cause, [walk(draw, n, 0.5) for _ in range(5)]


@given(numbers)
def test_ranks_are_those_of_scipy(values):
    assert list(stats.rankdata(values)) == list(ranks(np.array(values, dtype=float)))


@given(st.lists(st.tuples(st.integers(-5, 5), st.integers(-5, 5)), min_size=3, max_size=40))
def test_rho_is_that_of_scipy(pairs):
    x, y = np.array(pairs, dtype=float).T
    if len(set(x)) > 1 and len(set(y)) > 1:
        assert stats.spearmanr(x, y).statistic == pytest.approx(spearman(x, y), abs=1e-12)
    else:
        assert spearman(x, y) == 0.0


def test_every_lag_has_the_rho_of_scipy_on_its_own_pairs():
    front, cause, _ = planted(3)
    found = link(front, cause)[0]
    x, y = changes(cause, cycle=WEEKS), changes(front, cycle=WEEKS)
    expected = [stats.spearmanr(x[: len(x) - k], y[k:]).statistic for k in range(9)]
    expected = [
        stats.spearmanr(x[k:], y[: len(y) - k]).statistic for k in range(8, 0, -1)
    ] + expected
    assert list(range(-8, 9)) == [each.lag for each in found.lags]
    assert expected == pytest.approx([each.rho for each in found.lags], abs=1e-12)


@given(chances)
def test_holm_is_that_of_statsmodels(p):
    assert multipletests(p, method="holm")[1] == pytest.approx(holm(np.array(p)))


@given(chances)
def test_benjamini_and_hochberg_are_those_of_statsmodels(p):
    assert multipletests(p, method="fdr_bh")[1] == pytest.approx(benjamini_hochberg(np.array(p)))


def test_the_interval_is_that_of_bonett_and_wright():
    half = 1.959964 * math.sqrt((1 + 0.6**2 / 2) / 47)
    expected = math.tanh(math.atanh(0.6) - half), math.tanh(math.atanh(0.6) + half)
    assert expected == pytest.approx(interval(0.6, 50), abs=1e-6)


def test_an_interval_for_nine_lags_together_is_wider_than_for_one():
    assert interval(0.4, 80, among=9)[0] < interval(0.4, 80)[0]


def test_pairs_count_for_less_by_the_autocorrelation_of_both():
    draw = np.random.default_rng(2)
    x, y = walk(draw, 400, 0.6), walk(draw, 400, 0.6)
    lags = np.arange(1, int(10 * math.log10(400)) + 1)
    one, other = (acf(stats.rankdata(each), nlags=len(lags))[1:] for each in (x, y))
    expected = 1 / (1 + 2 * np.sum((1 - lags / 400) * one * other))
    assert expected == pytest.approx(effective_share(x, y))
    assert 0.47 == pytest.approx(effective_share(x, y), abs=0.1)  # (1 - .36) / (1 + .36)


def test_a_planted_link_is_found_at_its_lag_with_its_sign():
    front, cause, others = planted(3)
    found = link(front, cause, *others)
    assert [True, False, False, False, False, False] == [each.holds for each in found]
    assert 3 == found[0].best.lag
    assert found[0].best.high < 0
    assert found[0].is_stable
    assert found[0].has_direction


def test_the_wrong_way_round_is_no_link_but_a_placebo():
    front, cause, _ = planted(3)
    found = link(cause, front)[0]
    assert not found.has_direction
    assert -3 == found.placebo.lag


def test_twenty_three_pairs_are_refused_and_twenty_four_are_not():
    draw = np.random.default_rng(1)
    short, long = ((draw.normal(size=n), draw.normal(size=n)) for n in (24, 25))
    assert TooShort(pairs=23) == link(*short)[0]
    assert isinstance(link(*long)[0], Association)


def test_no_lag_is_looked_at_with_fewer_than_twenty_four_pairs():
    draw = np.random.default_rng(1)
    found = link(draw.normal(size=28), draw.normal(size=28))[0]
    assert [-3, -2, -1, 0, 1, 2, 3] == [each.lag for each in found.lags]
    assert 24 == found.lags[-1].pairs


def test_a_break_cuts_the_sample():
    front, cause, _ = planted(2)
    steps = cause.copy()
    steps[:40] += 500.0
    expected = link(front[40:], cause[40:])[0]
    found = link(front, steps, first=40)[0]
    assert expected.best.rho == pytest.approx(found.best.rho, abs=0.02)
    assert expected.best.pairs == found.best.pairs


def test_weeks_before_the_first_value_change_nothing():
    front, cause, _ = planted(3)
    padded = [np.concatenate([np.full(40, np.nan), each]) for each in (front, cause)]
    expected, found = link(front, cause)[0], link(*padded)[0]
    assert expected.p == found.p
    assert expected.best.rho == pytest.approx(found.best.rho)


def test_a_gap_takes_out_the_two_changes_beside_it():
    front, cause, _ = planted(0)
    gappy = cause.copy()
    gappy[[20, 60]] = np.nan
    expected = link(front, cause)[0].best.pairs - 4
    assert expected == next(each for each in link(front, gappy)[0].lags if each.lag == 0).pairs


def test_the_same_question_has_the_same_answer():
    front, cause, others = planted(3)
    assert link(front, cause, *others) == link(front, cause, *others)


def test_a_series_that_never_changes_moves_before_nothing():
    front, _, _ = planted(3)
    found = link(front, np.ones(len(front)))[0]
    assert not found.holds
    assert 0.0 == found.best.rho


def test_a_monotone_scale_of_the_changes_alters_nothing():
    front, cause, _ = planted(3)
    expected, found = link(front, cause)[0].best, link(front * 7, cause * 3)[0].best
    assert expected.rho == pytest.approx(found.rho)
    assert expected.p == found.p


def test_a_season_that_two_series_share_is_taken_out_of_their_changes():
    weeks = np.arange(113)
    season = np.sin(2 * np.pi * weeks / WEEKS) + 0.5 * np.cos(4 * np.pi * weeks / WEEKS)
    assert 0.0 == pytest.approx(np.abs(changes(season + 0.1 * weeks, cycle=WEEKS)).max(), abs=1e-9)


def test_less_than_two_years_have_no_season_taken_out():
    weeks = np.arange(60)
    season = np.sin(2 * np.pi * weeks / WEEKS)
    steps = np.diff(season)
    assert list(steps - steps.mean()) == pytest.approx(list(changes(season, cycle=WEEKS)))


def test_a_share_is_taken_as_a_logit_and_a_time_as_a_log():
    values, counts = np.array([0.0, 50.0, np.nan]), np.array([0.0, 10.0, 3.0])
    share = open_scale(
        LIBRARY["abandon"], values, numerator=counts, denominator=np.array([20.0, 20.0, 20.0])
    )
    assert [math.log(0.5 / 20.5), 0.0] == pytest.approx(share[:2].tolist())
    assert np.isnan(share[2])
    time = open_scale(LIBRARY["asa"], np.array([0.0, math.e]), numerator=counts, denominator=counts)
    assert np.isnan(time[0])
    assert 1.0 == pytest.approx(time[1])


def false_share(make, families, n=113):
    """The share of families of four unrelated pairs in which any link is told."""
    draw, told = np.random.default_rng(11), 0
    for _ in range(families):
        front, *behind = (make(draw, n) for _ in range(5))
        found = associate(
            Levels(values=front),
            [Levels(values=each) for each in behind],
            cycle=WEEKS,
            permutations=1_999,
        )
        told += any(each.holds for each in found)
    return told / families


SEASON = 1.5 * math.sqrt(2) * np.sin(2 * np.pi * np.arange(113) / WEEKS)
UNRELATED = {
    "without memory": lambda draw, n: draw.normal(size=n),
    "with memory": lambda draw, n: walk(draw, n, 0.6),
    "wandering": lambda draw, n: np.cumsum(draw.normal(size=n)),
    "of one season": lambda draw, n: SEASON + draw.normal(size=n),
}


@pytest.mark.parametrize("kind", UNRELATED)
def test_unrelated_series_raise_few_false_links(kind):
    assert false_share(UNRELATED[kind], families=50) <= 0.06


@pytest.mark.full
@pytest.mark.parametrize("kind", UNRELATED)
def test_unrelated_series_raise_few_false_links_in_five_hundred_families(kind):
    assert false_share(UNRELATED[kind], families=500) <= 0.06
