"""The breakdown, by looking at the figure."""

from dataclasses import replace

from callboard.charts import breakdown_chart
from callboard.charts.theme import Ink
from tests import sample_parts


def test_now_is_full_and_before_is_hollow() -> None:
    _, before, now = breakdown_chart(sample_parts.breakdown(), unit="%").data
    assert ("circle-open", (79.2, 92.4, 90.1)) == (before.marker.symbol, now.x)


def test_shape_and_colour_follow_the_meaning_of_the_change() -> None:
    now = breakdown_chart(sample_parts.breakdown(), unit="%").data[2]
    assert (
        ("square", "diamond", "circle"),
        (Ink.CONCERN, Ink.IMPROVEMENT, Ink.COMMON),
    ) == (now.marker.symbol, now.marker.color)


def test_a_segment_without_a_value_is_left_out() -> None:
    view = sample_parts.breakdown()
    segments = (replace(view.segments[0], value=None), *view.segments[1:])
    now = breakdown_chart(replace(view, segments=segments), unit="%").data[2]
    assert ("Own fleet", "Parcelo") == now.y


def test_no_segments_make_an_empty_figure() -> None:
    view = replace(sample_parts.breakdown(), segments=())
    assert () == breakdown_chart(view, unit="%").data[2].x
