"""Standing among peers: who counts, rank, quartile, gaps, band."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.catalogue import load_catalogue
from metrics.model import Better
from metrics.peer_ranking import Contender
from metrics.peers import (
    PeerBand,
    PeerValue,
    ages_on,
    comparable_peers,
    is_left_behind,
    is_stale,
    spreads,
    standing_of,
)
from metrics.standing import Standing

LIBRARY = load_catalogue().metrics
HIGHER, LOWER, NEUTRAL = (LIBRARY[code] for code in ("otd", "abandon", "aht"))
BAND = NEUTRAL.model_copy(update={"better": Better.BAND, "band": (240.0, 300.0)})
TODAY = date(2026, 11, 22)


def peer(entity, value, year=2025, **other):
    return PeerValue(
        entity=entity, value=value, start=date(year, 1, 1), end=date(year, 12, 31), **other
    )


def peers(*values):
    return [peer(f"Peer {at}", value) for at, value in enumerate(values)]


def ours(value):
    return None if value is None else Contender(entity="", value=value)


def ranked(own, values, metric=HIGHER):
    standing = standing_of(ours(own), peers(*values), metric, period_label="2025")
    return (standing.rank, standing.peers, standing.quartile)


@pytest.mark.parametrize(
    ("own", "values", "metric", "expected"),
    [
        (90, [80, 85, 95], HIGHER, (2, 4, 2)),
        (90, [80, 85, 95], LOWER, (3, 4, 3)),
        (90, [90, 95, 80], HIGHER, (2, 4, 2)),
        (80, [90, 90, 95], HIGHER, (4, 4, 4)),
        (90, [80, 95], HIGHER, (2, 3, None)),
        (90, [90], HIGHER, (1, 2, None)),
        (99, [10, 20, 30, 40, 50, 60, 70], HIGHER, (1, 8, 1)),
        (32, [10, 20, 30, 40], HIGHER, (2, 5, 1)),  # R's quantile(c(10, 20, 30, 32, 40), .75) is 32
        (15, [10, 30, 40, 50, 60], HIGHER, (5, 6, 4)),  # and a quarter of these lie below 18.75
        (270, [230, 250, 400], BAND, (1, 4, 1)),
        (320, [230, 250, 400], BAND, (3, 4, 3)),
    ],
)
def test_the_best_is_first_by_the_metrics_own_direction(own, values, metric, expected):
    assert expected == ranked(own, values, metric)


def test_equals_share_a_rank_and_the_next_one_is_skipped():
    assert (2, 2, 4) == (
        ranked(80, [90, 80, 70])[0],
        ranked(80.0 + 1e-12, [90, 80, 70])[0],
        ranked(70, [90, 80, 80])[0],
    )


@pytest.mark.parametrize(
    ("own", "values", "metric"), [(None, [1], HIGHER), (1, [], HIGHER), (1, [1], NEUTRAL)]
)
def test_there_is_no_standing_without_own_value_peers_or_direction(own, values, metric):
    assert standing_of(ours(own), peers(*values), metric, period_label="") is None


def test_industries_regions_quantiles_and_ourselves_are_no_peers():
    values = [
        peer("Atlas", 80),
        peer("Sector", 81, entity_type="industry"),
        peer("North", 82, entity_type="region"),
        peer("Everybody", 83, entity_type="all"),
        peer("Borea", 84, statistic="p90"),
        peer("Harbour stores", 85),
    ]
    found = comparable_peers(values, HIGHER, on=TODAY, ourselves=["Harbour Stores"])
    assert ["Atlas"] == [each.entity for each in found]


def test_the_newest_period_that_most_peers_share_is_compared():
    values = [
        *(peer(name, 80, 2024) for name in "ABC"),
        *(peer(name, 85, 2025) for name in "ABC"),
        PeerValue(entity="A", value=99, start=date(2026, 1, 1), end=date(2026, 6, 30)),
    ]
    found = comparable_peers(values, HIGHER, on=date(2026, 1, 5))
    assert {date(2025, 12, 31)} == {each.end for each in found}


@pytest.mark.parametrize(
    ("end", "months", "stale"),
    [
        (date(2025, 5, 22), 18, False),
        (date(2025, 5, 21), 18, True),
        (date(2025, 4, 30), 18, True),
        (date(2025, 12, 31), 18, False),
        (date(2026, 10, 31), 1, False),
    ],
)
def test_a_value_is_stale_when_its_period_ended_too_long_ago(end, months, stale):
    value = PeerValue(entity="Atlas", value=1, start=end, end=end)
    assert stale == is_stale(value, on=TODAY, months=months)


def test_stale_values_are_no_peers():
    assert () == comparable_peers([peer("Atlas", 80, 2024)], HIGHER, on=TODAY)


def test_the_band_of_each_period_spans_its_peers():
    values = [*peers(80, 95, 90), peer("Atlas", 70, 2024), peer("All", 1, entity_type="all")]
    assert (
        PeerBand(
            start=date(2024, 1, 1), end=date(2024, 12, 31), low=70, middle=70, high=70, peers=1
        ),
        PeerBand(
            start=date(2025, 1, 1), end=date(2025, 12, 31), low=80, middle=90, high=95, peers=3
        ),
    ) == spreads(values)


@given(st.integers(0, 100), st.lists(st.integers(0, 100), min_size=1, max_size=30))
def test_reversing_the_direction_reverses_the_rank(own, values):
    up, down = (ranked(own, values, metric)[0] for metric in (HIGHER, LOWER))
    ties = values.count(own)
    assert len(values) + 2 - ties == up + down


@given(st.integers(0, 100), st.lists(st.integers(0, 100), min_size=3, max_size=30))
def test_a_better_value_never_has_a_worse_standing(own, values):
    (rank, _, quartile), (better_rank, _, better_quartile) = (
        ranked(own, values),
        ranked(own + 1, values),
    )
    assert better_rank <= rank
    assert better_quartile <= quartile


def test_a_standing_carries_the_period_it_is_of():
    assert Standing(rank=1, peers=2, quartile=None, period_label="2025") == standing_of(
        ours(90), peers(80), HIGHER, period_label="2025"
    )


def test_from_eight_on_a_standing_tells_the_percentile():
    values = [95, 90, 80, 70, 60, 50]
    seven = standing_of(ours(85), peers(*values), HIGHER, period_label="")
    eight = standing_of(ours(85), peers(*values, 40), HIGHER, period_label="")
    assert (None, 100 * 5.5 / 8) == (seven.percentile, eight.percentile)


def test_the_interval_of_a_rank_is_among_those_whose_n_is_known():
    known = [peer(name, 90, numerator=900, denominator=1000) for name in "AB"]
    own = Contender(entity="", value=50.0, numerator=500, denominator=1000)
    found = standing_of(own, [*known, peer("C", 95)], HIGHER, period_label="")
    assert (4, 4, 3, 3, 3) == (
        found.rank,
        found.peers,
        found.rank_low,
        found.rank_high,
        found.rank_among,
    )


def test_our_unknown_n_leaves_the_rank_without_interval():
    known = [peer(name, 90, numerator=900, denominator=1000) for name in "AB"]
    found = standing_of(ours(50), known, HIGHER, period_label="")
    assert (None, None, 0) == (found.rank_low, found.rank_high, found.rank_among)


@pytest.mark.parametrize(("end", "behind"), [(date(2026, 8, 31), False), (date(2026, 7, 31), True)])
def test_a_month_is_left_behind_after_two_more_of_its_length(end, behind):
    value = PeerValue(entity="Atlas", value=1, start=end.replace(day=1), end=end)
    assert behind == is_left_behind(value, by=date(2026, 10, 31))


@given(st.dates(date(2000, 1, 1), date(2040, 1, 1)), st.integers(1, 40))
def test_a_value_is_stale_from_the_day_on_that_is_told_and_not_before(end, months):
    value = PeerValue(entity="Alder", value=1.0, start=end, end=end)
    first = ages_on(end, months=months)
    assert is_stale(value, on=first, months=months)
    assert not is_stale(value, on=first - timedelta(days=1), months=months)
