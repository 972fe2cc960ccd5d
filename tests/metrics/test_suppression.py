"""Which segments are hidden so that none with too few cases can be had by subtraction."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.suppression import hide_derivable


@pytest.mark.parametrize(
    ("expected", "n"),
    [
        ([True, True, False], [5, 50, 95]),
        ([True, True, False], [6, 7, 95]),
        ([True, True, True], [4, 5, 30]),
        ([False, False], [30, 40]),
        ([False, True, True], [0, 3, 40]),
        ([True], [3]),
    ],
)
def test_the_smallest_are_hidden_until_together_they_are_enough(expected, n):
    cases = np.array(n, dtype=float)
    assert expected == hide_derivable(cases, cases < 10, least=10).tolist()


@given(st.lists(st.integers(0, 60), min_size=1, max_size=8), st.integers(2, 30))
def test_no_subtraction_gives_fewer_cases_than_may_be_shown(n, least):
    cases = np.array(n, dtype=float)
    hidden = hide_derivable(cases, cases < least, least=least)
    together = cases[hidden].sum()
    assert together == 0 or together >= least or not (cases[~hidden] > 0).any()
    assert not ((cases < least) & (cases > 0) & ~hidden).any()
