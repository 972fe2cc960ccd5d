"""How far periods scatter, and how far a 95 % range reaches."""

import numpy as np
import pytest
from scipy import stats

from metrics.spread import process_sigma, reach


def test_sigma_is_the_mean_range_over_1128():
    assert pytest.approx(2 / 1.128) == process_sigma(np.array([91.0, 89.0] * 6))


def test_sigma_bridges_no_gap():
    values = np.array([91.0, 89.0] * 5 + [np.nan, 500.0])
    assert pytest.approx(2 / 1.128) == process_sigma(values)


@pytest.mark.parametrize("values", [[], [1.0] * 7, [np.nan] * 9])
def test_too_few_values_scatter_by_nothing_that_is_known(values):
    assert process_sigma(np.array(values)) is None


def test_a_range_reaches_as_far_as_students_t_with_what_mean_ranges_are_worth():
    assert pytest.approx(stats.t(0.605 * 36).ppf(0.975)) == reach(36)
    assert 1.96 < reach(1000) < reach(36) < reach(12)
