"""The funnel, by looking at the figure."""

from dataclasses import replace
from math import log10

from callboard.charts import funnel_chart
from callboard.charts.theme import Ink
from metrics.signals import Signal
from tests.sample_comparisons import comparison


def test_limits_are_curves_and_the_target_a_line() -> None:
    figure = funnel_chart(comparison())
    drawn = [each.name for each in figure.data if each.mode == "lines"]
    assert ["99.8 % limit"] * 2 + ["95 % limit"] * 2 + ["Together"] == drawn
    assert (88.2, 88.2) == next(each.y for each in figure.data if each.name == "Together")


def test_a_unit_stands_at_its_size_and_its_value() -> None:
    quiet = next(
        each for each in funnel_chart(comparison()).data if each.name == "Within the limits"
    )
    assert (2000.0, 90.0) == (quiet.x[1], quiet.y[1])


def test_who_stands_apart_is_told_by_shape_colour_and_word() -> None:
    figure = funnel_chart(comparison())
    worse = next(each for each in figure.data if each.name == "Worse than the rest")
    assert ("square", Ink.CONCERN) == (worse.marker.symbol, worse.marker.color)
    assert "Slowline: worse than the rest" in [note.text for note in figure.layout.annotations]


def test_outside_the_inner_limit_alone_is_not_coloured() -> None:
    figure = funnel_chart(comparison())
    quiet = next(each for each in figure.data if each.name == "Within the limits")
    assert 790 / 1000 * 100 in quiet.y
    assert Ink.COMMON == quiet.marker.color


def test_the_others_are_named_only_while_they_are_few() -> None:
    few = comparison()
    many = comparison(
        units=few.units + tuple(replace(few.units[2], name=f"u{n}") for n in range(9))
    )
    named = [[note.text for note in funnel_chart(view).layout.annotations] for view in (few, many)]
    assert "Northway" in named[0]
    assert "Northway" not in named[1]
    assert "Slowline: worse than the rest" in named[1]
    assert "Bike &amp; Co" in named[1]


def test_hover_tells_value_counts_interval_and_finding() -> None:
    worse = next(each for each in funnel_chart(comparison()).data if each.marker.symbol == "square")
    assert (
        "Slowline",
        "70.0 % · 700 of 1,000 orders",
        "95 % interval 68.5 to 71.4 %",
        "below the 99.8 % limit: worse than the rest",
    ) == tuple(worse.customdata[0])


def test_sizes_far_apart_are_drawn_on_a_logarithmic_axis_that_says_so() -> None:
    near, view = funnel_chart(comparison()), comparison()
    small = replace(view.units[0], denominator=40.0)
    curves = replace(view.curves, sizes=(32.0, 3000.0, 11_000.0)) if view.curves else None
    far = funnel_chart(comparison(units=(small, *view.units[1:]), curves=curves))
    assert ["linear", "log"] == [each.layout.xaxis.type for each in (near, far)]
    assert "Orders (logarithmic)" == far.layout.xaxis.title.text
    assert [100.0, 1000.0, 10_000.0] == list(far.layout.xaxis.tickvals)
    word = next(note for note in far.layout.annotations if note.text.startswith("Slowline"))
    assert log10(40.0) == word.x


def test_every_unit_and_its_limits_are_in_the_picture() -> None:
    low, high = funnel_chart(comparison()).layout.yaxis.range
    assert low < 70.0
    assert 96.7 < high <= 104.0


def test_a_neutral_metric_is_high_or_low_never_good_or_bad() -> None:
    view = comparison()
    units = tuple(
        replace(each, signal=Signal.LOW if each.signal is Signal.CONCERN else each.signal)
        for each in view.units
    )
    low = next(
        each for each in funnel_chart(comparison(units=units)).data if each.name == "Unusually low"
    )
    assert ("triangle-down", Ink.NEUTRAL) == (low.marker.symbol, low.marker.color)
