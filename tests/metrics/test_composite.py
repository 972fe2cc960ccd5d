"""Composite indices: the published rating, every scale, and what holds for any weights."""

import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.composite import is_beyond, score
from metrics.model import Metric
from tests.metrics.composites import AQR_WEIGHTS, airline_quality_rating, component, composite

US_INDUSTRY_2017 = (80.2, 0.34, 2.46, 1.35)
RANGE = {"transform": "min_max", "range": (20, 60)}
sizes = st.integers(2, 7)
values = st.floats(-1e6, 1e6)
weights = st.floats(0.01, 1e3)


def scores_of(metric: Metric, *numbers: float) -> float:
    return float(score(metric, np.array(numbers)).scores)


def test_the_us_industry_of_2017_has_its_published_rating() -> None:
    found = scores_of(airline_quality_rating(), *US_INDUSTRY_2017)
    assert pytest.approx(-0.7865, abs=5e-5) == found
    assert "-0.79" == f"{found:.2f}"


def test_the_published_divisor_is_the_sum_of_the_weights() -> None:
    assert pytest.approx(31.75, abs=1e-12) == sum(AQR_WEIGHTS)
    declared = scores_of(airline_quality_rating(divisor=31.75), *US_INDUSTRY_2017)
    assert pytest.approx(declared, abs=1e-12) == scores_of(
        airline_quality_rating(), *US_INDUSTRY_2017
    )


@pytest.mark.parametrize(
    ("scale", "better", "value", "expected"),
    [
        ({"transform": "identity", "scale": 0.01}, "higher", 80, 0.8),
        ({"transform": "identity", "scale": 0.01}, "lower", 80, -0.8),
        (RANGE, "higher", 30, 25.0),
        (RANGE, "lower", 30, 75.0),
        (RANGE, "higher", 70, 125.0),
        (
            {"transform": "z", "reference": {"mean": 50, "sd": 4, "period": "2024"}},
            "higher",
            56,
            1.5,
        ),
        (
            {"transform": "z", "reference": {"mean": 50, "sd": 4, "period": "2024"}},
            "lower",
            56,
            -1.5,
        ),
        ({"transform": "percentile", "quantiles": (0, 10, 40)}, "higher", 10, 50.0),
        ({"transform": "percentile", "quantiles": (0, 10, 40)}, "higher", 25, 75.0),
        ({"transform": "percentile", "quantiles": (0, 10, 40)}, "lower", 25, 25.0),
        ({"transform": "percentile", "quantiles": (0, 10, 40)}, "higher", 99, 100.0),
    ],
)
def test_a_value_is_brought_onto_the_declared_scale(
    scale: dict[str, object], better: str, value: float, expected: float
) -> None:
    metric = composite([component(1, better=better, **scale), component(1, **scale)])
    assert pytest.approx(expected) == score(metric, np.array([value, 0.0])).scaled[0]


def test_where_lower_is_better_more_of_what_is_good_lowers_the_score() -> None:
    metric = composite([component(1), component(1, better="lower")], better="lower")
    assert pytest.approx(-1.0) == scores_of(metric, 4.0, 2.0)


@pytest.mark.parametrize(("value", "expected"), [(20, False), (60, False), (61, True), (19, True)])
def test_a_value_beyond_the_fixed_range_is_told(value: float, expected: bool) -> None:
    metric = composite([component(1, **RANGE), component(1, **RANGE)])
    assert expected == is_beyond((metric.components or ())[0], value)


def test_without_all_components_there_is_no_score() -> None:
    assert np.isnan(scores_of(airline_quality_rating(), 80.2, 0.34, np.nan, 1.35))


def test_up_to_a_fifth_of_the_weight_may_be_missing_where_the_file_says_so() -> None:
    metric = composite([component(8), component(2)], missing="reweight")
    found = score(metric, np.array([[5.0, np.nan], [np.nan, 5.0]]))
    assert [5.0] == found.scores[:1].tolist()
    assert np.isnan(found.scores[1])
    assert pytest.approx([0.2, 0.8]) == found.left_out


def test_a_reweighted_score_is_of_the_components_that_are_left() -> None:
    metric = airline_quality_rating(missing="reweight")
    four = composite(
        [component(8, transform="identity", scale=1), component(7), component(1)],
        missing="reweight",
    )
    assert pytest.approx((8 * 3 + 7 * 4) / 15) == scores_of(four, 3, 4, np.nan)
    assert np.isnan(scores_of(metric, 80.2, 0.34, 2.46, np.nan))  # 7.17 of 31.75 is too much


@given(data=st.data(), size=sizes)
def test_contributions_add_up_to_the_score(data: st.DataObject, size: int) -> None:
    metric = composite([component(data.draw(weights)) for _ in range(size)])
    found = score(metric, np.array(data.draw(st.lists(values, min_size=size, max_size=size))))
    total = float(found.contributions.sum())
    assert pytest.approx(total, rel=1e-12, abs=1e-12) == float(found.scores)


@given(data=st.data(), size=sizes)
def test_turning_every_direction_turns_the_score(data: st.DataObject, size: int) -> None:
    chosen = [data.draw(weights) for _ in range(size)]
    numbers = data.draw(st.lists(values, min_size=size, max_size=size))
    up = composite([component(weight) for weight in chosen])
    down = composite([component(weight, better="lower") for weight in chosen])
    assert pytest.approx(scores_of(up, *numbers)) == -scores_of(down, *numbers)


@given(data=st.data(), size=sizes, factor=st.floats(0.1, 100))
def test_scaling_all_weights_changes_nothing(data: st.DataObject, size: int, factor: float) -> None:
    chosen = [data.draw(weights) for _ in range(size)]
    numbers = data.draw(st.lists(values, min_size=size, max_size=size))
    one, other = (
        composite([component(weight * times) for weight in chosen]) for times in (1.0, factor)
    )
    assert pytest.approx(scores_of(one, *numbers), rel=1e-9, abs=1e-6) == scores_of(other, *numbers)


@given(data=st.data(), size=sizes)
def test_the_order_of_the_components_changes_nothing(data: st.DataObject, size: int) -> None:
    pairs = [(data.draw(weights), data.draw(values)) for _ in range(size)]
    mixed = data.draw(st.permutations(pairs))
    one, other = (
        scores_of(composite([component(weight) for weight, _ in each]), *(x for _, x in each))
        for each in (pairs, mixed)
    )
    assert pytest.approx(one, rel=1e-9, abs=1e-6) == other


def test_many_periods_at_once_are_the_same_as_one_by_one_in_plain_arithmetic() -> None:
    chance = random.Random(5)
    metric = composite(
        [component(3, **RANGE), component(2, better="lower", **RANGE), component(1, **RANGE)]
    )
    rows = [[chance.uniform(0, 80) for _ in range(40)] for _ in range(3)]
    expected = [
        (3 * (a - 20) / 40 * 100 + 2 * (60 - b) / 40 * 100 + 1 * (c - 20) / 40 * 100) / 6
        for a, b, c in zip(*rows, strict=True)
    ]
    assert pytest.approx(expected) == score(metric, np.array(rows)).scores.tolist()
