"""The chart of what lies between rare events."""

from dataclasses import replace

from callboard.charts.between_chart import SHOWN, between_chart
from callboard.charts.theme import SIGNAL_INK, SIGNAL_SHAPE
from metrics.signals import Signal
from tests.sample_parts import event_gaps

VIEW = event_gaps()


def traces(view=VIEW):
    return {trace.name: trace for trace in between_chart(view).data}


def test_each_gap_stands_at_the_event_that_ended_it():
    ended = [gap for gap in VIEW.gaps if not gap.is_running]
    gaps = traces()["Gaps"]
    assert ([gap.end for gap in ended], [gap.length for gap in ended]) == (
        list(gaps.x),
        list(gaps.y),
    )


def test_a_signal_has_its_shape_colour_and_word():
    caught = traces()["Concern"]
    assert (SIGNAL_SHAPE[Signal.CONCERN], SIGNAL_INK[Signal.CONCERN]) == (
        caught.marker.symbol,
        caught.marker.color,
    )
    told = [each.text for each in between_chart(VIEW).layout.annotations]
    assert (1, 1) == (told.count("Concern"), told.count("Improvement"))


def test_the_gap_that_runs_is_hollow_and_apart_from_the_line():
    running = traces()["Since the last"]
    assert ("diamond-open", (60.0,)) == (running.marker.symbol, running.y)
    assert 60.0 not in traces()["Gaps"].y


def test_a_running_gap_that_is_not_known_is_not_drawn():
    gaps = (*VIEW.gaps[:-1], replace(VIEW.gaps[-1], length=None))
    assert "Since the last" not in traces(replace(VIEW, gaps=gaps))


def test_the_lines_are_those_of_the_limits_and_a_missing_one_is_not_drawn():
    lines = traces(replace(VIEW, limits=replace(VIEW.limits, lower=None)))
    assert (30.0, 30.0) == lines["Upper limit"].y
    assert "Lower limit" not in lines


def test_of_very_many_gaps_the_last_are_drawn():
    many = replace(VIEW, gaps=VIEW.gaps[:-1] * 10 + VIEW.gaps[-1:])
    assert SHOWN - 1 == len(traces(many)["Gaps"].x)


def test_between_zero_and_the_upper_limit_everything_is_in_the_frame():
    low, high = between_chart(VIEW).layout.yaxis.range
    assert low < 0
    assert high > 60
