"""Slopes, judged by scipy."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import theilslopes

from metrics.slope import theil_sen


@given(
    st.lists(
        st.one_of(st.integers(0, 5).map(float), st.floats(-1e3, 1e3)), min_size=8, max_size=20
    ),
    st.randoms(use_true_random=False),
)
def test_slope_and_interval_are_those_of_scipy(values: list[float], chance):
    at = np.array(sorted(chance.sample(range(40), len(values))), dtype=float)
    expected = theilslopes(values, at, 0.9)
    found = theil_sen(np.array(values), at)
    assert (expected.slope, expected.low_slope, expected.high_slope) == pytest.approx(
        (found.value, found.low, found.high), nan_ok=True
    )


def test_a_straight_line_has_its_own_slope_and_no_doubt():
    found = theil_sen(np.arange(12) * 0.5 + 90, np.arange(12.0))
    assert (0.5, 0.5, 0.5) == pytest.approx((found.value, found.low, found.high))
