"""What a score and a rank owe to their weights."""

import numpy as np
import pytest

from metrics.robustness import rank_interval, score_interval, varied_weights, without_each
from tests.metrics.composites import airline_quality_rating, component, composite


@pytest.mark.parametrize("weights", [(1.0, 1.0), (1.0,) * 5, (40.0, 25.0, 20.0, 15.0)])
def test_a_component_of_average_weight_varies_by_a_quarter(weights: tuple[float, ...]) -> None:
    """The share of a Dirichlet draw follows a beta distribution: scipy says where 95 % of it lies."""
    from scipy import stats

    count = len(weights)
    concentration = (count - 1) * (1.959964 / 0.25) ** 2 - 1
    average = stats.beta(concentration / count, concentration * (1 - 1 / count))
    low, high = average.ppf([0.025, 0.975]) * count
    assert pytest.approx([0.75, 1.25], abs=0.03) == [low, high]
    share = weights[0] / sum(weights)
    expected = stats.beta(concentration * share, concentration * (1 - share)).ppf([0.025, 0.975])
    found = np.percentile(varied_weights(weights)[:, 0], [2.5, 97.5])
    assert pytest.approx(expected.tolist(), rel=0.02) == found.tolist()


def test_varied_weights_add_up_and_are_the_declared_ones_on_average() -> None:
    drawn = varied_weights((40.0, 25.0, 20.0, 15.0))
    assert pytest.approx(np.ones(len(drawn))) == drawn.sum(axis=1)
    assert pytest.approx([0.4, 0.25, 0.2, 0.15], abs=0.002) == drawn.mean(axis=0).tolist()


def test_equal_components_leave_the_weights_nothing_to_say() -> None:
    metric = composite([component(5), component(2), component(1)])
    assert pytest.approx((7.0, 7.0)) == score_interval(metric, np.array([7.0, 7.0, 7.0]))


def test_the_interval_holds_the_declared_score_and_stays_among_the_components() -> None:
    metric = composite([component(5), component(2), component(3)])
    interval = score_interval(metric, np.array([10.0, 50.0, 90.0]))
    assert interval is not None
    assert 10 < interval[0] < (50 + 100 + 270) / 10 < interval[1] < 90


def test_without_all_components_no_interval_is_told() -> None:
    metric = airline_quality_rating()
    assert score_interval(metric, np.array([80.2, np.nan, 2.46, 1.35])) is None


def test_the_score_without_a_component_is_that_of_the_others() -> None:
    metric = composite([component(5), component(2), component(3)])
    expected = [(2 * 50 + 3 * 90) / 5, (5 * 10 + 3 * 90) / 8, (5 * 10 + 2 * 50) / 7]
    assert pytest.approx(expected) == without_each(metric, np.array([10.0, 50.0, 90.0])).tolist()


def test_one_that_is_better_in_everything_is_first_with_any_weights() -> None:
    metric = composite([component(5), component(2), component(3)])
    values = np.array([[10.0, 9.0, 8.0], [10.0, 9.0, 8.0], [10.0, 9.0, 8.0]])
    assert [(1, 1, 1), (2, 2, 2), (3, 3, 3)] == [
        rank_interval(metric, values, of=unit) for unit in range(3)
    ]


def test_where_lower_is_better_the_lowest_is_first() -> None:
    metric = composite([component(1, better="lower"), component(1, better="lower")], better="lower")
    assert (1, 1, 1) == rank_interval(metric, np.array([[1.0, 2.0], [1.0, 2.0]]), of=0)


def test_a_rank_that_hangs_on_the_weights_has_a_wide_interval() -> None:
    metric = composite([component(1), component(1)])
    values = np.array([[60.0, 40.0, 0.0], [41.0, 60.0, 0.0]])
    assert (1, 1, 2) == rank_interval(metric, values, of=0)


def test_equals_share_their_rank() -> None:
    metric = composite([component(1), component(1)])
    values = np.array([[60.0, 60.0, 0.0], [40.0, 40.0, 0.0]])
    assert [(1, 1, 1), (1, 1, 1)] == [rank_interval(metric, values, of=unit) for unit in (0, 1)]


def test_a_unit_that_lacks_a_component_is_not_ranked() -> None:
    metric = composite([component(1), component(1)])
    values = np.array([[60.0, 40.0, 10.0], [np.nan, 50.0, 10.0]])
    assert None is rank_interval(metric, values, of=0)
    assert (1, 1, 1) == rank_interval(metric, values, of=1)
    assert None is rank_interval(metric, values[:, :2], of=1)
