"""Units as dots, by looking at the figure."""

from dataclasses import replace

from callboard.charts import unit_chart
from callboard.views import Picture
from tests.sample_comparisons import comparison, systematic


def test_the_first_unit_is_on_top_with_its_interval() -> None:
    figure = unit_chart(comparison(Picture.DOTS))
    drawn = figure.data[0]
    assert ("Slowline", 70.0) == (drawn.y[0], drawn.x[0])
    assert (1.5, 1.4) == (round(drawn.error_x.arrayminus[0], 9), round(drawn.error_x.array[0], 9))
    assert (4.5, -0.5) == figure.layout.yaxis.range


def test_what_all_do_together_is_a_line() -> None:
    line = next(each for each in unit_chart(comparison(Picture.DOTS)).layout.shapes)
    assert (88.2, 88.2) == (line.x0, line.x1)


def test_values_without_chances_part_are_full_and_the_counted_ones_hollow() -> None:
    counted, less = unit_chart(systematic()).data
    assert ("As counted", "circle-open", 70.0) == (
        counted.name,
        counted.marker.symbol,
        counted.x[0],
    )
    assert ("circle", 70.4) == (less.marker.symbol, less.x[0])
    assert "rank 1 of 5" in less.customdata[0][1]


def test_an_interval_far_too_wide_does_not_squeeze_the_rest() -> None:
    view = comparison(Picture.DOTS)
    few = replace(view.units[0], low=-300.0, high=400.0)
    low, high = unit_chart(
        comparison(Picture.DOTS, units=(few, *view.units[1:]))
    ).layout.xaxis.range
    assert 0 < low < 70
    assert 97 < high < 200


def test_two_names_cut_to_the_same_text_stay_two_rows() -> None:
    view = comparison(Picture.DOTS)
    twins = tuple(
        replace(view.units[0], name="The long name of a carrier that goes on " + end, code=end)
        for end in ("east", "west")
    )
    assert 2 == len(set(unit_chart(comparison(Picture.DOTS, units=twins)).data[0].y))
