"""Gaps to benchmarks: plain arithmetic, Newcombe's intervals by statsmodels, and signs."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.proportion import confint_proportions_2indep

from metrics.model import Better
from metrics.peer_gaps import Against, gaps_of, pool
from metrics.peer_ranking import Chance, Contender, Ruler
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

OWN = share("We", 850, 1000)
PEERS = shares((480, 500), (9, 9), (1600, 2000), (700, 1000))


def newcombe(one, other):
    return confint_proportions_2indep(*one, *other, method="newcomb")


def test_the_gaps_of_a_share_are_those_of_plain_arithmetic():
    gaps = gaps_of(OWN, PEERS, HIGHER)
    expected = {
        Against.ACHIEVABLE: 0.85 - 480 / 500,  # 500 of 4,509 cases are over a tenth
        Against.BEST: 0.85 - 1.0,
        Against.BEST_LARGE: 0.85 - 0.96,
        Against.MEDIAN: 0.85 - (0.96 + 0.8) / 2,
        Against.REST: 0.85 - (480 + 9 + 1600 + 700) / 3509,
    }
    assert expected == pytest.approx({against: each.gap for against, each in gaps.items()})


def test_the_intervals_of_gaps_between_shares_are_newcombes():
    gaps = gaps_of(OWN, PEERS, HIGHER)
    for against, other in (
        (Against.ACHIEVABLE, (480, 500)),
        (Against.BEST, (9, 9)),
        (Against.BEST_LARGE, (480, 500)),
        (Against.REST, (2789, 3509)),
    ):
        assert newcombe((850, 1000), other) == pytest.approx(gaps[against].interval, abs=1e-9)


def test_a_gap_is_clear_where_its_interval_leaves_out_zero():
    gaps = gaps_of(share("We", 50, 100), [share("They", 52, 100)], HIGHER)
    assert {False} == {each.is_clear for each in gaps.values()}
    gaps = gaps_of(share("We", 500, 1000), [share("They", 700, 1000)], HIGHER)
    assert {True} == {each.is_clear for each in gaps.values()}


def test_behind_is_negative_whichever_way_is_better():
    own, peers = share("We", 60, 1000), shares((20, 1000), (40, 1000))
    gaps = gaps_of(own, peers, LOWER)
    assert (-0.04, -0.03) == pytest.approx((gaps[Against.BEST].gap, gaps[Against.MEDIAN].gap))
    low, high = newcombe((60, 1000), (20, 1000))
    assert (-high, -low) == pytest.approx(gaps[Against.BEST].interval)


@settings(max_examples=60)
@given(PAIRS, SETS)
def test_counting_the_failures_instead_gives_the_same_gaps(pair, peers):
    failures = shares(*((one.denominator - one.numerator, one.denominator) for one in peers))
    up = gaps_of(share("We", *pair), peers, HIGHER)
    down = gaps_of(share("We", pair[1] - pair[0], pair[1]), failures, LOWER)
    assert {one.against: one.gap for one in up.values()} == pytest.approx(
        {one.against: one.gap for one in down.values()}, abs=1e-9
    )


@settings(max_examples=60)
@given(PAIRS, SETS, st.randoms(use_true_random=False))
def test_the_order_of_the_file_does_not_matter(pair, peers, random):
    own, mixed = share("We", *pair), random.sample(peers, len(peers))
    one, other = gaps_of(own, peers, HIGHER), gaps_of(own, mixed, HIGHER)
    assert [(each.value, each.gap, each.interval) for each in one.values()] == [
        (each.value, each.gap, each.interval) for each in other.values()
    ]


@settings(max_examples=60)
@given(PAIRS, SETS)
def test_a_gap_is_our_value_less_the_benchmarks(pair, peers):
    own = share("We", *pair)
    for each in gaps_of(own, peers, HIGHER).values():
        assert own.value - each.value == pytest.approx(each.gap, abs=1e-9)


def test_one_of_several_leaders_is_held_against_the_others_only_by_their_part():
    both = gaps_of(share("We", 95, 100), shares((98, 100), (900, 1500)), HIGHER)
    gap = both[Against.ACHIEVABLE]
    assert ("E0", "We") == gap.entities
    assert 0.95 - 193 / 200 == pytest.approx(gap.gap)
    assert tuple(each / 2 for each in newcombe((95, 100), (98, 100))) == pytest.approx(gap.interval)


def test_who_leads_alone_has_no_gap_to_the_achievable():
    gap = gaps_of(share("We", 990, 1000), shares((500, 1000)), HIGHER)[Against.ACHIEVABLE]
    assert (0.0, None, ("We",)) == (gap.gap, gap.interval, gap.entities)


def test_an_unknown_n_has_a_gap_without_interval_and_no_pooled_rest():
    gaps = gaps_of(OWN, [unknown("They", 0.9)], HIGHER)
    assert {Against.BEST, Against.MEDIAN} == set(gaps)
    assert [None, None] == [each.is_clear for each in gaps.values()]


def test_the_rest_is_of_those_whose_counts_are_known():
    gaps = gaps_of(OWN, [*PEERS, unknown("Nobody", 0.5)], HIGHER)
    assert {each.entity for each in PEERS} == set(gaps[Against.REST].entities)


def test_of_equally_good_peers_the_largest_is_the_best():
    gaps = gaps_of(OWN, shares((9, 10), (900, 1000), (90, 100)), HIGHER)
    assert ("E1",) == gaps[Against.BEST].entities


def test_nobody_large_enough_gives_no_best_of_the_large():
    assert Against.BEST_LARGE not in gaps_of(OWN, shares((9, 10)), HIGHER)
    assert Against.BEST_LARGE in gaps_of(OWN, shares((9, 10)), HIGHER, min_n=10)


def test_without_peers_there_are_no_gaps():
    assert {} == gaps_of(OWN, [], HIGHER)


def test_a_rate_is_pooled_over_its_exposure():
    gap = gaps_of(rate("We", 12, 1000), [rate("A", 8, 1000), rate("B", 30, 2000)], RATES)
    assert (12.0 - 38 / 3 - 0) * -1 == pytest.approx(gap[Against.REST].gap)


def test_pooled_means_are_weighted_by_their_cases():
    one = Contender(entity="A", value=10.0, numerator=1000, denominator=100, interval=(8, 12))
    two = Contender(entity="B", value=20.0, numerator=6000, denominator=300, interval=(19, 21))
    both = pool([one, two], OTHERS)
    assert 17.5 == both.value
    spread = ((0.25 * 2) ** 2 + (0.75 * 1) ** 2) ** 0.5  # independent errors, each by its weight
    assert (17.5 - spread, 17.5 + spread) == pytest.approx(both.interval)


def test_a_band_is_held_against_distances_and_never_pooled():
    band = Ruler(better=Better.BAND, chance=Chance.SHARE, band=(0.4, 0.6))
    gaps = gaps_of(share("We", 70, 100), shares((50, 100), (80, 100), (10, 100)), band)
    assert {Against.BEST: -0.1, Against.BEST_LARGE: -0.1, Against.MEDIAN: 0.1} == pytest.approx(
        {against: each.gap for against, each in gaps.items()}
    )
    assert {None} == {each.interval for each in gaps.values()}
