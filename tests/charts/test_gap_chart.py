"""Gaps to the benchmarks, by looking at the figure."""

from callboard.charts import gap_chart
from callboard.charts.theme import Ink
from tests import sample_views


def drawn():
    return gap_chart(sample_views.gaps(), unit="pts")


def test_a_clear_gap_has_its_own_shape_and_colour_and_an_unclear_one_none():
    marker = drawn().data[0].marker
    assert ("square", "circle", "circle") == tuple(marker.symbol)
    assert (Ink.CONCERN, Ink.COMMON, Ink.COMMON) == tuple(marker.color)


def test_intervals_reach_from_low_to_high_and_an_unknown_one_is_not_drawn():
    gaps = drawn().data[0]
    assert [1.3, 0.6, 0] == [round(each, 9) for each in gaps.error_x.array]
    assert [1.1, 0.6, 0] == [round(each, 9) for each in gaps.error_x.arrayminus]


def test_we_are_the_line_at_zero_which_is_always_in_the_picture():
    figure = drawn()
    low, high = figure.layout.xaxis.range
    assert low < -7.9
    assert high > 0.8
    assert (0, 0) == (figure.layout.shapes[0].x0, figure.layout.shapes[0].x1)


def test_the_sides_are_told_in_words_with_the_unit():
    told = [each.text for each in drawn().layout.annotations]
    assert ["← we are behind", "we are ahead →"] == told
    assert "pts" == drawn().layout.xaxis.title.text
