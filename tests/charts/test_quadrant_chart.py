"""The quadrant, by looking at the figure."""

import pytest

from callboard.charts import quadrant_chart
from callboard.charts.theme import Ink
from tests.sample_standings import dot, quadrant


@pytest.mark.parametrize(
    ("low", "high", "ink", "shape"),
    [
        (0.1, 0.3, Ink.IMPROVEMENT, "diamond"),
        (-0.3, -0.1, Ink.CONCERN, "square"),
        (-0.1, 0.3, Ink.COMMON, "circle-open"),
    ],
)
def test_a_move_is_told_by_colour_and_shape(low, high, ink, shape):
    (drawn,) = quadrant_chart(quadrant(dot("fcr", 30.0, low, high))).data
    assert (ink, shape) == (drawn.marker.color, drawn.marker.symbol)
    assert (30.0, pytest.approx((low + high) / 2)) == (drawn.x[0], drawn.y[0])


def test_each_corner_says_what_it_means():
    told = {
        each.text for each in quadrant_chart(quadrant(dot("fcr", 30.0, 0, 1))).layout.annotations
    }
    assert {"Behind, gaining", "Ahead, gaining", "Behind, losing", "Ahead, losing"} <= told


def test_numbers_of_dots_that_touch_stand_on_different_sides():
    figure = quadrant_chart(quadrant(dot("fcr", 30.0, 0, 1), dot("otd", 30.0, 0, 1.01)))
    assert 2 == len({each.textposition for each in figure.data})


def test_without_dots_there_is_an_empty_cross():
    assert () == quadrant_chart(quadrant()).data
