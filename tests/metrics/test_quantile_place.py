"""Our place among published quantiles, against numpy's interpolation and plain cases."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.model import Better
from metrics.quantile_place import QUANTILES, place_between

# first reply by e-mail, hours: median 6.3, top quartile 1.8 (product.md, second hand)
REPLY = {"p25": 1.8, "median": 6.3, "p75": 24.0}


def test_half_way_between_two_quantiles_is_half_way_between_their_places():
    found = place_between({"p25": 70.0, "median": 80.0}, 75.0, Better.HIGHER)
    assert found is not None
    assert (25.0, 50.0, 37.5) == (found.low, found.high, found.at)


def test_where_lower_is_better_the_low_quantile_is_the_top():
    found = place_between(REPLY, 4.05, Better.LOWER)
    assert found is not None
    assert (50.0, 75.0, 62.5) == (found.low, found.high, found.at)


def test_quantiles_that_were_turned_to_top_is_best_say_the_same():
    turned = {"p25": 24.0, "median": 6.3, "p75": 1.8}
    assert place_between(REPLY, 4.05, Better.LOWER) == place_between(turned, 4.05, Better.LOWER)


@pytest.mark.parametrize(
    ("value", "low", "high", "best", "worst"),
    [(1.0, 75.0, 100.0, True, False), (30.0, 0.0, 25.0, False, True)],
)
def test_beyond_the_outermost_quantile_there_is_no_place(value, low, high, best, worst):
    found = place_between(REPLY, value, Better.LOWER)
    assert found is not None
    assert (None, low, high) == (found.at, found.low, found.high)
    assert (best, worst) == (found.is_beyond_the_best, found.is_beyond_the_worst)


@pytest.mark.parametrize(
    ("quantiles", "better"),
    [
        ({"p25": 80.0, "p75": 70.0}, Better.HIGHER),
        ({"p25": 70.0, "median": 80.0, "p75": 75.0}, Better.HIGHER),
        ({"p25": 70.0, "median": 70.0}, Better.HIGHER),
        ({"median": 70.0}, Better.HIGHER),
        ({"p25": 70.0, "p75": 80.0}, Better.NEUTRAL),
        ({}, Better.LOWER),
    ],
)
def test_quantiles_whose_order_says_something_else_give_no_place(quantiles, better):
    assert None is place_between(quantiles, 72.0, better)


@given(
    st.lists(st.sampled_from(sorted(QUANTILES)), min_size=2, unique=True),
    st.lists(
        st.integers(0, 1_000_000),
        min_size=len(QUANTILES),
        max_size=len(QUANTILES),
        unique=True,
    ),
    st.floats(-10, 1010),
)
def test_the_place_is_numpys_interpolation_and_nothing_beyond(names, thousandths, value):
    levels = [each / 1000 for each in sorted(thousandths[: len(names)])]
    known = list(zip(sorted(QUANTILES[name] for name in names), levels, strict=True))
    quantiles = dict(zip(sorted(names, key=QUANTILES.__getitem__), levels, strict=True))
    found = place_between(quantiles, value, Better.HIGHER)
    assert found is not None
    if levels[0] <= value <= levels[-1]:
        expected = np.interp(value, levels, [place for place, _ in known])
        assert float(expected) == pytest.approx(found.at, abs=1e-6)
    else:
        assert None is found.at
