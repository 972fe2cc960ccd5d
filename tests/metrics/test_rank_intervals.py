"""Rank intervals: against exact probabilities, and what must hold of any set."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import integrate, special, stats

from metrics.model import Better
from metrics.peer_ranking import Chance, Contender, Ruler
from metrics.rank_intervals import DRAWS, median_interval, rank_chances, rank_intervals
from tests.metrics.contenders import (
    HIGHER,
    LOWER,
    OTHERS,
    PAIRS,
    RATES,
    SETS,
    rate,
    share,
    shares,
    unknown,
)

FOUR_ERRORS = 4 * (0.25 / DRAWS) ** 0.5  # of a share of draws, at its widest


def chance_of_a_higher_share(one, other):
    """P(p1 > p2) with Jeffreys' posteriors, by numerical integration."""
    (x1, n1), (x2, n2) = one, other
    first, second = stats.beta(x1 + 0.5, n1 - x1 + 0.5), stats.beta(x2 + 0.5, n2 - x2 + 0.5)
    return integrate.quad(lambda p: first.pdf(p) * second.cdf(p), 0, 1, limit=500)[0]


@pytest.mark.parametrize(
    ("one", "other"), [((90, 100), (80, 100)), ((19, 20), (900, 1000)), ((5, 50), (6, 40))]
)
def test_a_higher_share_is_first_as_often_as_integration_says(one, other):
    chances = rank_chances(shares(one, other), HIGHER)
    expected = chance_of_a_higher_share(one, other)
    assert expected == pytest.approx(chances[0, 0], abs=FOUR_ERRORS)
    assert 1 - expected == pytest.approx(chances[0, 1], abs=FOUR_ERRORS)


@pytest.mark.parametrize(("one", "other"), [((3, 1000), (9, 2000)), ((40, 900), (55, 1000))])
def test_a_lower_rate_is_first_as_often_as_the_beta_distribution_says(one, other):
    (x1, n1), (x2, n2) = one, other
    # of two gamma variables the first one's part of their sum is a beta variable
    expected = special.betainc(x1 + 0.5, x2 + 0.5, n1 / (n1 + n2))
    chances = rank_chances([rate("One", x1, n1), rate("Other", x2, n2)], RATES)
    assert expected == pytest.approx(chances[0, 0], abs=FOUR_ERRORS)


def test_other_values_are_drawn_from_a_normal():
    one = Contender(entity="One", value=10.0, interval=(8.0, 12.0))
    other = Contender(entity="Other", value=11.0, interval=(10.0, 12.0))
    expected = stats.norm.cdf(-1 / ((2**2 + 1**2) ** 0.5 / stats.norm.ppf(0.975)))
    assert expected == pytest.approx(rank_chances([one, other], OTHERS)[0, 0], abs=FOUR_ERRORS)


def test_a_rank_that_sampling_cannot_move_has_no_width():
    assert {"Best": (1, 1), "Worst": (2, 2)} == rank_intervals(
        [share("Worst", 100, 1000), share("Best", 900, 1000)], HIGHER
    )


def test_ranks_within_sampling_error_are_wide():
    assert {"E0": (1, 2), "E1": (1, 2)} == rank_intervals(shares((90, 100), (85, 100)), HIGHER)


def test_a_value_whose_n_is_unknown_has_no_interval_and_takes_no_place():
    found = rank_intervals([*shares((900, 1000), (100, 1000)), unknown("Nobody", 0.5)], HIGHER)
    assert {"E0": (1, 1), "E1": (2, 2)} == found


def test_one_known_value_alone_has_no_interval():
    assert rank_intervals([share("E", 1, 2), unknown("Other", 0.5)], HIGHER) is None


def test_a_band_gives_all_draws_inside_it_the_first_rank():
    band = Ruler(better=Better.BAND, chance=Chance.OTHER, band=(0.0, 100.0))
    inside = [Contender(entity=each, value=50.0, interval=(49.0, 51.0)) for each in "AB"]
    assert {"A": (1, 1), "B": (1, 1)} == rank_intervals(inside, band)


@settings(max_examples=40)
@given(SETS, st.randoms(use_true_random=False))
def test_the_order_of_the_file_does_not_matter(contenders, random):
    mixed = random.sample(contenders, len(contenders))
    assert rank_intervals(contenders, HIGHER) == rank_intervals(mixed, HIGHER)


@settings(max_examples=40)
@given(SETS)
def test_reversing_the_direction_mirrors_the_intervals(contenders):
    up, down = rank_intervals(contenders, HIGHER), rank_intervals(contenders, LOWER)
    count = len(contenders)
    values = [each.value for each in contenders]
    if len(set(values)) == count:  # the ranks of equals do not mirror, and intervals hold ranks
        assert up == {
            name: (count + 1 - high, count + 1 - low) for name, (low, high) in down.items()
        }


@settings(max_examples=40)
@given(SETS)
def test_an_interval_holds_the_rank_itself(contenders):
    values = [each.value for each in contenders]
    found = rank_intervals(contenders, HIGHER)
    for each in contenders:
        low, high = found[each.entity]
        assert 1 <= low <= 1 + sum(value > each.value for value in values) <= high <= len(values)


def test_the_median_of_one_peer_has_about_its_own_interval():
    low, high = median_interval([share("E", 900, 1000)], HIGHER)
    assert stats.beta.interval(0.95, 900.5, 100.5) == pytest.approx((low, high), abs=1e-3)


def test_the_median_of_an_even_number_lies_between_the_middle_two():
    peers = shares((100, 1000), (400, 1000), (600, 1000), (900, 1000))
    low, high = median_interval(peers, HIGHER)
    spread = (0.4 * 0.6 / 1000 * 2) ** 0.5 / 2  # of the mean of the middle two
    assert (0.5 - 1.96 * spread, 0.5 + 1.96 * spread) == pytest.approx((low, high), abs=2e-3)


@given(PAIRS)
def test_the_median_has_no_interval_where_an_n_is_unknown(pair):
    assert median_interval([share("E", *pair), unknown("Other", 0.5)], HIGHER) is None


def test_the_interval_of_the_median_holds_the_median():
    """None of one case each: every draw lies above 0."""
    nobody = [Contender(entity=name, value=0.0, numerator=0, denominator=1) for name in "abcde"]
    found = median_interval(nobody, Ruler(better=Better.HIGHER))
    assert found is not None
    assert 0.0 == found[0] < found[1]
