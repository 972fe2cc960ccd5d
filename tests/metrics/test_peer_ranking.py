"""Ranks, percentiles and quartiles: against scipy, numpy and plain counting."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from metrics.catalogue import load_catalogue
from metrics.model import Better
from metrics.peer_ranking import Chance, Contender, Place, Ruler, places_of, ruler_of
from tests.metrics.contenders import HIGHER, LOWER, RATES, unknown

LIBRARY = load_catalogue().metrics
VALUES = st.lists(st.integers(0, 30).map(float), min_size=1, max_size=30)


def places(values, ruler=HIGHER):
    return places_of([unknown(str(at), value) for at, value in enumerate(values)], ruler)


def test_nobody_has_no_place():
    assert () == places([])


def test_nine_that_all_differ_have_the_places_counted_by_hand():
    found = places([90, 80, 70, 60, 50, 40, 30, 20, 10])
    assert list(range(1, 10)) == [each.rank for each in found]
    assert [1, 1, 1, 2, 2, 3, 3, 4, 4] == [each.quartile for each in found]
    assert [(9 - rank + 0.5) / 9 * 100 for rank in range(1, 10)] == pytest.approx(
        [each.percentile for each in found]
    )


def test_equals_share_rank_percentile_and_quartile():
    first, *equals, last = places([95, 90, 90, 80])
    assert (1, 4) == (first.rank, last.rank)
    assert [Place(rank=2, of=4, percentile=50.0, quartile=2)] * 2 == equals


def test_fewer_than_four_have_no_quartile():
    assert [None] * 3 == [each.quartile for each in places([1, 2, 3])]


@given(VALUES)
def test_ranks_are_those_of_scipy(values):
    expected = stats.rankdata([-value for value in values], method="min")
    assert list(expected) == [each.rank for each in places(values)]


@given(VALUES)
def test_percentiles_are_those_of_scipy(values):
    expected = [stats.percentileofscore(values, value, kind="mean") for value in values]
    assert expected == pytest.approx([each.percentile for each in places(values)])


@given(st.lists(st.integers(0, 30).map(float), min_size=4, max_size=30))
def test_quartiles_are_by_numpys_type_7_cut_points(values):
    cuts = [np.quantile(values, cut, method="linear") for cut in (0.75, 0.5, 0.25)]
    expected = [1 + sum(value < cut - 1e-9 for cut in cuts) for value in values]
    assert expected == [each.quartile for each in places(values)]


@given(VALUES)
def test_reversing_the_direction_mirrors_ranks_and_percentiles(values):
    for value, up, down in zip(values, places(values), places(values, LOWER), strict=True):
        assert len(values) + 2 - values.count(value) == up.rank + down.rank
        assert 100 == pytest.approx(up.percentile + down.percentile)


@given(VALUES, st.randoms(use_true_random=False))
def test_the_order_of_the_file_does_not_matter(values, random):
    by_entity = dict(zip(values, places(values), strict=True))
    mixed = random.sample(values, len(values))
    assert by_entity == dict(zip(mixed, places(mixed), strict=True))


@given(VALUES, st.integers(0, 30))
def test_adding_a_worse_peer_never_worsens_a_rank(values, further):
    worse = min(values) - 1 - further
    assert [each.rank for each in places(values)] == [
        each.rank for each in places([*values, worse])[:-1]
    ]


def test_inside_a_band_all_are_level_and_both_sides_are_bad():
    band = Ruler(better=Better.BAND, chance=Chance.OTHER, band=(240.0, 300.0))
    assert [1, 1, 3, 4] == [each.rank for each in places([250, 300, 230, 330], band)]


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("otd", Ruler(better=Better.HIGHER, chance=Chance.SHARE, scale=100.0)),
        ("abandon", Ruler(better=Better.LOWER, chance=Chance.SHARE, scale=100.0)),
        ("complaints", Ruler(better=Better.LOWER, chance=Chance.RATE, scale=1000.0)),
        ("asa", Ruler(better=Better.LOWER, chance=Chance.OTHER)),
        ("aht", None),
    ],
)
def test_a_metric_is_ranked_by_its_own_form_and_direction(code, expected):
    metric = LIBRARY[code]
    scale = {} if expected is None else {"scale": metric.scale}
    assert (expected and Ruler(better=expected.better, chance=expected.chance, **scale)) == (
        ruler_of(metric)
    )


def test_a_share_of_more_than_all_is_not_counted():
    share = {"entity": "E", "value": 1.2, "denominator": 10.0}
    assert not Contender(numerator=12.0, **share).is_known(HIGHER)
    assert not Contender(numerator=-1.0, **share).is_known(HIGHER)
    assert Contender(numerator=9.0, **share).is_known(HIGHER)
    assert Contender(numerator=12.0, **share).is_known(RATES)


def test_small_rates_that_differ_are_not_level():
    """3 and 4 events in a thousand million hours; a difference of rounding is level all the same."""
    rates = Ruler(better=Better.LOWER, chance=Chance.RATE)
    assert [1, 2, 3] == ranks_in(rates, [3e-9, 4e-9, 5e-9])
    assert [1, 1, 3] == ranks_in(rates, [0.1 + 0.2, 0.3, 0.4])
    assert [1, 1, 3] == ranks_in(rates, [0.0, 1e-17, 0.4])


def test_a_band_keeps_its_edges_in_spite_of_rounding():
    band = Ruler(better=Better.BAND, band=(0.1 + 0.2, 0.5))
    assert [1, 1, 3] == ranks_in(band, [0.3, 0.4, 0.6])


def ranks_in(ruler: Ruler, values: list[float]) -> list[int]:
    entities = [Contender(entity=str(at), value=value) for at, value in enumerate(values)]
    return [place.rank for place in places_of(entities, ruler)]
