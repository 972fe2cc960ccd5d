"""How much more than normal since a signal began, against plain arithmetic."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.excess import Excess, excess_since
from metrics.spread import reach

NAN = np.nan
BASE = np.array([1000.0] * 12)
LATE = np.array([48.0, 52.0] * 5 + [90.0, 110.0])


def _excess(counted=LATE, base=BASE, *, began: int = 10) -> Excess:
    found = excess_since(counted, base, began=began)
    assert found is not None
    return found


def test_it_is_what_was_counted_less_the_normal_share_of_the_base():
    """50 of 1,000 were normal; since then 200 of 2,000, which is 100 more."""
    found = _excess()
    assert (100.0, 200.0, 2000.0, 0.05, 10, 2) == (
        pytest.approx(found.cases),
        found.counted,
        found.base,
        pytest.approx(found.normal),
        found.before,
        found.points,
    )


def test_normal_is_sum_over_sum_and_no_mean_of_shares():
    counted, base = np.array([*[10.0] * 8, 500.0, 60.0]), np.array([*[100.0] * 8, 10_000.0, 100.0])
    assert pytest.approx(60 - 100 * 580 / 10_800) == _excess(counted, base, began=9).cases


def test_its_range_is_that_of_a_prediction():
    """Two periods of 1,000 and a normal share of ten: sigma x 1000 x root(2 + 4/10)."""
    sigma = 0.004 / 1.128
    half = reach(10) * sigma * 1000 * np.sqrt(2 + 4 / 10)
    found = _excess()
    assert (pytest.approx(100 - half), pytest.approx(100 + half)) == (found.low, found.high)
    assert found.is_clear


def test_a_point_that_is_not_judged_counts_neither_before_nor_since():
    gaps = LATE.copy()
    gaps[[3, 11]] = NAN
    found = _excess(gaps)
    assert (9, 1, 90.0) == (found.before, found.points, found.counted)


@pytest.mark.parametrize("began", [0, 7, 12])
def test_without_eight_points_before_or_any_since_nothing_is_said(began: int):
    assert excess_since(LATE, BASE, began=began) is None


def test_what_chance_could_do_is_not_clear():
    assert not _excess(np.array([48.0, 52.0] * 6)).is_clear


Counts = st.lists(st.integers(0, 900).map(float), min_size=9, max_size=30)


@given(Counts, st.integers(1, 9))
def test_counting_the_misses_instead_turns_the_sign(counted: list[float], times: int):
    hits, base = np.array(counted), np.full(len(counted), 900.0 * times)
    one, other = _excess(hits, base, began=8), _excess(base - hits, base, began=8)
    assert pytest.approx(one.cases, abs=1e-6) == -other.cases
    assert pytest.approx(one.low, abs=1e-6) == -other.high


@given(Counts)
def test_as_many_more_of_each_thousand_throughout_changes_nothing(counted: list[float]):
    hits, base = np.array(counted), np.full(len(counted), 1000.0)
    one, other = _excess(hits, base, began=8), _excess(hits + 50, base, began=8)
    assert pytest.approx(one.cases, abs=1e-6) == other.cases
    assert pytest.approx(one.high, abs=1e-6) == other.high


def test_the_range_holds_the_true_excess_in_95_of_100_shifted_series():
    chance, held, trials = np.random.default_rng(20), 0, 2000
    for _ in range(trials):
        base = chance.integers(700, 900, 31).astype(float)
        counted = base * chance.normal(0.1, 0.01, 31)
        counted[24:] += 0.02 * base[24:]
        found = _excess(counted, base, began=24)
        held += found.low <= 0.02 * base[24:].sum() <= found.high
    assert 0.93 <= held / trials <= 0.97


@pytest.mark.parametrize("since", [100, 5000])
def test_the_range_holds_the_true_excess_of_shares_of_uneven_size(since: int):
    """Weeks of 100 and of 5,000 cases by chance alone; since the signal all small or all large."""
    chance, held, trials = np.random.default_rng(11), 0, 2000
    base = np.array([100.0, 5000.0] * 13 + [float(since)] * 5)
    for _ in range(trials):
        counted = chance.binomial(base.astype(int), 0.1).astype(float)
        counted[26:] += 0.04 * base[26:]
        found = excess_since(counted, base, began=26, follows_base=True)
        assert found is not None
        held += found.low <= 0.04 * base[26:].sum() <= found.high
    assert 0.93 <= held / trials <= 0.97
