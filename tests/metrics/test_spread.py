"""How far periods scatter, and how far a 95 % range reaches."""

import numpy as np
import pytest
from scipy import stats

from metrics.spread import Spread, process_sigma, reach, spread_of


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


def test_a_spread_that_follows_the_base_is_sigma_z_times_what_chance_does_to_one_case():
    """The scores of 10 % of n are +1 and -1 in turn: sigma z is 2 / 1.128."""
    base = np.array([100.0, 400.0] * 6)
    counted = 0.1 * base + np.array([1.0, -1.0] * 6) * 0.3 * np.sqrt(base)
    counted[1::2] += 3.0  # so that the sum of all stays a tenth
    found = spread_of(counted, base, follows_base=True)
    scores = (counted / base - counted.sum() / base.sum()) / (0.3 / np.sqrt(base))
    assert pytest.approx(np.abs(np.diff(scores)).mean() / 1.128 * 0.3) == found.sigma


def test_what_periods_add_up_to_scatters_by_the_root_of_their_bases_or_by_the_bases():
    base = np.array([300.0, 400.0])
    assert (pytest.approx(1000.0), pytest.approx(1000 / 700)) == (
        Spread(sigma=2.0).of_sum(base),
        Spread(sigma=2.0).of_mean(base),
    )
    assert pytest.approx(2 * np.sqrt(700)) == Spread(sigma=2.0, follows_base=True).of_sum(base)
