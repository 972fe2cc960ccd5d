"""Baselines on the control chart: a bracket under what makes the limits, rings round the rest."""

from dataclasses import replace
from datetime import date, timedelta

import plotly.graph_objects as go

from callboard.charts import control_chart
from callboard.views import ControlChart
from tests import sample_views

VIEW = sample_views.baselined_chart()
STARTS = [point.start for point in VIEW.points]


def with_bracket(first: date, last: date, reason: str = "Before the depot") -> ControlChart:
    return replace(
        VIEW, baselines=(replace(VIEW.baselines[0], start=first, end=last, reason=reason),)
    )


def brackets(figure: go.Figure) -> list[tuple[date, date]]:
    return [(each.x0, each.x1) for each in figure.layout.shapes if each.name == "Baseline"]


def name_of(figure: go.Figure) -> go.layout.Annotation:
    (found,) = [each for each in figure.layout.annotations if each.text.startswith("Baseline")]
    return found


def test_a_bracket_spans_the_periods_that_make_the_limits_and_is_named() -> None:
    figure = control_chart(VIEW)
    first, last = STARTS[0], STARTS[11]
    assert [(first, last), (first, first), (last, last)] == brackets(figure)
    assert "Baseline: Before the depot" == name_of(figure).text


def test_what_was_set_aside_is_ringed_and_has_no_bracket() -> None:
    figure = control_chart(VIEW)
    (rings,) = [each for each in figure.data if each.name == "Set aside"]
    assert (STARTS[20], STARTS[21]) == tuple(rings.x)
    assert (VIEW.points[20].value, VIEW.points[21].value) == tuple(rings.y)
    assert "circle-open" == rings.marker.symbol


def test_hovering_tells_what_was_set_aside_and_why() -> None:
    told = [text for trace in control_chart(VIEW).data for text in (trace.customdata or ())]
    assert 2 == sum(each[2].endswith("set aside: Carrier's strike") for each in told)


def test_of_a_baseline_that_reaches_in_the_part_on_the_chart_is_drawn() -> None:
    figure = control_chart(with_bracket(STARTS[0] - timedelta(weeks=20), STARTS[5]))
    assert (STARTS[0], STARTS[5]) == brackets(figure)[0]


def test_a_baseline_before_the_chart_is_not_drawn_and_takes_no_room() -> None:
    old = with_bracket(STARTS[0] - timedelta(weeks=20), STARTS[0] - timedelta(weeks=9))
    plain = control_chart(replace(VIEW, baselines=()))
    assert [] == brackets(control_chart(old))
    assert plain.layout.yaxis.range == control_chart(old).layout.yaxis.range


def test_the_bracket_stands_below_all_that_is_drawn() -> None:
    figure, plain = control_chart(VIEW), control_chart(replace(VIEW, baselines=()))
    low, high = plain.layout.yaxis.range
    room = (low - figure.layout.yaxis.range[0]) / (high - figure.layout.yaxis.range[0])
    drawn = figure.layout.height - figure.layout.margin.t - figure.layout.margin.b
    assert high == figure.layout.yaxis.range[1]
    assert 18 <= room * drawn + 0.05 * drawn  # a line of text, and the air that was there


def test_a_name_goes_where_there_is_room_and_is_cut_to_it() -> None:
    late = name_of(
        control_chart(with_bracket(STARTS[25], STARTS[32], "Since the new depot opened"))
    )
    assert ("right", STARTS[32]) == (late.xanchor, late.x)
    middle = name_of(control_chart(with_bracket(STARTS[14], STARTS[20], "Quiet weeks of spring")))
    assert ("left", "Baseline: Quiet wee") == (middle.xanchor, middle.text[:19])
    assert middle.text.endswith("…")
    assert len(middle.text) <= 34 * 22 / 35


def test_two_baselines_do_not_write_over_each_other() -> None:
    first = VIEW.baselines[0]
    second = replace(first, start=STARTS[14], end=STARTS[22])
    figure = control_chart(replace(VIEW, baselines=(first, second)))
    names = [each.text for each in figure.layout.annotations if "Baseline" in each.text]
    assert ["Baseline", "Baseline"] == names
    assert 6 == len(brackets(figure))
