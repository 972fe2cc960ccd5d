"""The control chart, by looking at the figure."""

from dataclasses import replace
from datetime import date
from itertools import pairwise

import plotly.graph_objects as go
import pytest

from callboard.charts import control_chart
from callboard.charts.theme import SIGNAL_WORD, Ink
from callboard.views import ControlChart
from metrics.model import Better
from metrics.peers import PeerBand
from metrics.signals import Rule, Signal
from tests import sample_views


@pytest.fixture
def figure() -> go.Figure:
    return control_chart(sample_views.control_chart())


def trace(figure: go.Figure, name: str) -> go.Scatter:
    found = [each for each in figure.data if each.name == name]
    assert len(found) == 1, f"{name}: {[each.name for each in figure.data]}"
    return found[0]


def with_limits(view: ControlChart, **limits: float | None) -> ControlChart:
    points = tuple(replace(point, **limits) for point in view.points)
    return replace(view, points=points, limits=replace(view.limits, **limits))


def test_values_are_joined_by_a_line_with_a_gap_where_there_is_none(figure: go.Figure) -> None:
    line = trace(figure, "Values")
    assert (36, None, False) == (len(line.y), line.y[9], line.connectgaps)


def test_the_centre_and_the_limits_lie_where_the_view_says(figure: go.Figure) -> None:
    levels = {name: trace(figure, name).y[0] for name in ("Centre", "Upper limit", "Lower limit")}
    assert {"Centre": 90.8, "Upper limit": 94.2, "Lower limit": 87.4} == levels


def test_a_point_with_comments_is_marked_and_its_hover_says_the_newest() -> None:
    view = sample_views.commented_chart()
    figure = control_chart(view)
    mark = trace(figure, "Comment")
    assert [view.points[-3].start, view.points[-1].start] == list(mark.x)
    assert [view.points[-3].value, view.points[-1].value] == list(mark.y)
    hovers = [each[2] for drawn in figure.data for each in drawn.customdata or ()]
    said = [each.partition("<br>")[2] for each in hovers if "<br>" in each]
    assert ["lea: Ice", "lea: Two vans (+1 more)"] == sorted(said)


def test_near_limits_are_faint(figure: go.Figure) -> None:
    assert Ink.NEAR == trace(figure, "Near limit above").line.color


def test_a_concern_has_its_own_shape_colour_and_word(figure: go.Figure) -> None:
    concern = trace(figure, "Concern")
    words = [each.text for each in figure.layout.annotations]
    assert ("square", Ink.CONCERN, 7, 1) == (
        concern.marker.symbol,
        concern.marker.color,
        len(concern.x),
        words.count("Concern"),
    )


@pytest.mark.parametrize(("lift", "side"), [(-8.0, -1), (8.0, 1)])
def test_the_word_of_a_signal_stands_on_its_outer_side_and_hides_the_lines_behind_it(
    lift: float, side: int
) -> None:
    view = sample_views.control_chart()
    points = tuple(
        replace(point, value=point.value + lift, signal=Signal.CONCERN)
        if place == 20 and point.value is not None
        else replace(point, signal=Signal.NONE)
        for place, point in enumerate(view.points)
    )
    words = control_chart(replace(view, points=points)).layout.annotations
    word = next(each for each in words if each.text == "Concern")
    assert (side * 17, Ink.PAPER) == (word.yshift, word.bgcolor)


@pytest.mark.parametrize(
    ("signal", "shape", "ink"),
    [
        (Signal.IMPROVEMENT, "diamond", Ink.IMPROVEMENT),
        (Signal.HIGH, "triangle-up", Ink.NEUTRAL),
        (Signal.LOW, "triangle-down", Ink.NEUTRAL),
    ],
)
def test_every_signal_has_a_shape_of_its_own(signal: Signal, shape: str, ink: Ink) -> None:
    view = sample_views.control_chart()
    points = (*view.points[:-1], replace(view.points[-1], signal=signal))
    drawn = trace(control_chart(replace(view, points=points)), SIGNAL_WORD[signal])
    assert (shape, ink) == (drawn.marker.symbol, drawn.marker.color)


def test_the_target_is_dashed(figure: go.Figure) -> None:
    target = trace(figure, "Target")
    assert ((92.0, 92.0), "6px,4px") == (target.y, target.line.dash)


def test_the_peers_are_a_band_for_each_of_their_periods(figure: go.Figure) -> None:
    bands = [(shape.y0, shape.y1) for shape in figure.layout.shapes if shape.name == "Peers"]
    assert [(88.1, 93.9), (88.9, 94.4)] == bands


def test_a_limit_above_the_possible_is_not_drawn() -> None:
    view = sample_views.control_chart()
    figure = control_chart(with_limits(view, upper=101.0))
    assert "Upper limit" not in [each.name for each in figure.data]


def test_without_limits_the_values_stand_alone() -> None:
    view = sample_views.control_chart()
    view = with_limits(view, centre=None, lower=None, upper=None, near_lower=None, near_upper=None)
    names = [each.name for each in control_chart(view).data]
    assert ["Target", "Values", "As usual", "Concern"] == names


def test_a_running_period_is_hollow_and_not_joined() -> None:
    view = sample_views.control_chart()
    running = replace(
        view.points[-1], status="partial", is_complete=False, signal=Signal.NONE, rule=Rule.NONE
    )
    figure = control_chart(replace(view, points=(*view.points[:-1], running)))
    assert ("circle-open", 35) == (
        trace(figure, "Still running").marker.symbol,
        len(trace(figure, "Values").x),
    )


def test_hovering_tells_period_value_count_and_rule(figure: go.Figure) -> None:
    told = trace(figure, "Concern").customdata[-1]
    assert ("week 46, 2026", "7 in a row below the centre") == (told[0], told[2])
    assert "n = 1,200" in told[1]


def test_hover_templates_hold_no_text_of_the_view(figure: go.Figure) -> None:
    templates = {each.hovertemplate for each in figure.data if each.hovertemplate}
    assert {
        "<b>%{customdata[0]}</b><br>%{customdata[1]}<br>%{customdata[2]}<extra></extra>"
    } == templates


def test_names_at_the_edge_do_not_cover_each_other() -> None:
    view = sample_views.control_chart()
    figure = control_chart(with_limits(view, centre=92.0, upper=92.05, lower=91.95))
    names = {"Upper limit", "Centre", "Lower limit", "Target", "6 peers"}
    levels = sorted(note.y for note in figure.layout.annotations if note.text in names)
    low, high = figure.layout.yaxis.range
    drawn = figure.layout.height - figure.layout.margin.t - figure.layout.margin.b
    gaps = [(b - a) / (high - low) * drawn for a, b in pairwise(levels)]
    assert 5 == len(levels)
    assert min(gaps) >= 14.9


def test_a_name_longer_than_the_margin_makes_it_wider() -> None:
    view = sample_views.control_chart()
    usual = control_chart(view).layout.margin.r
    far = replace(view.peer_band[-1], low=1.0, middle=2.0, high=3.0, peers=14)
    figure = control_chart(replace(view, peer_band=(far,)))
    assert 84 == usual
    assert 100 < figure.layout.margin.r  # for "14 peers, below"


def test_a_period_hardly_begun_does_not_flatten_the_others() -> None:
    view = sample_views.control_chart(peer_band=())
    low, high = control_chart(view).layout.yaxis.range
    begun = replace(view.points[-1], status="partial", is_complete=False, value=-1000.0)
    figure = control_chart(replace(view, points=(*view.points[:-1], begun)))
    assert (low, high) == pytest.approx(figure.layout.yaxis.range, rel=0.05)


def test_the_words_of_two_signals_side_by_side_do_not_cover_each_other() -> None:
    view = sample_views.control_chart()
    places = {20: Signal.HIGH, 21: Signal.LOW}
    points = tuple(
        replace(point, signal=places.get(at, Signal.NONE), value=92.0, centre=95.0)
        for at, point in enumerate(view.points)
    )
    figure = control_chart(replace(view, points=points))
    words = [each.yshift for each in figure.layout.annotations if "Unusually" in each.text]
    assert 2 == len(words)
    assert 17 <= abs(words[0] - words[1])


def test_a_single_point_is_drawn() -> None:
    view = sample_views.control_chart()
    figure = control_chart(
        replace(view, points=view.points[-1:], targets=(), peer_band=(), better=Better.LOWER)
    )
    assert 1 == len(trace(figure, "Concern").x)


def test_the_band_reaches_to_the_end_of_its_last_day() -> None:
    band = PeerBand(
        start=date(2026, 10, 1), end=date(2026, 10, 31), low=1.0, middle=2.0, high=3.0, peers=4
    )
    figure = control_chart(sample_views.control_chart(peer_band=(band,)))
    assert date(2026, 11, 1) == figure.layout.shapes[0].x1


def test_peers_who_lie_far_apart_do_not_flatten_our_own_history() -> None:
    plain = control_chart(sample_views.control_chart(peer_band=()))
    low, high = plain.layout.yaxis.range
    far = PeerBand(
        start=date(2026, 10, 1), end=date(2026, 10, 31), low=0.0, middle=1.0, high=99.0, peers=4
    )
    figure = control_chart(sample_views.control_chart(peer_band=(far,)))
    bottom, top = figure.layout.yaxis.range
    assert bottom < low < high < top
    assert top - bottom < 3.01 * (high - low)
    (label,) = [each for each in figure.layout.annotations if "peers" in each.text]
    assert "4 peers, below" == label.text
    assert bottom <= label.y < low


def test_limits_that_vary_are_drawn_as_steps() -> None:
    view = sample_views.control_chart()
    points = tuple(
        replace(point, upper=94.0 + place % 2) for place, point in enumerate(view.points)
    )
    upper = trace(control_chart(replace(view, points=points)), "Upper limit")
    assert (("hvh", 94.0, 95.0)) == (upper.line.shape, *upper.y[:2])


def test_the_limits_stop_before_a_break_and_start_anew_after_it() -> None:
    view = sample_views.control_chart()
    points = tuple(
        replace(point, segment=1, centre=88.0) if place >= 20 else point
        for place, point in enumerate(view.points)
    )
    centre = trace(control_chart(replace(view, points=points)), "Centre")
    assert (90.8, None, 88.0) == tuple(centre.y[19:22])
    assert points[19].start == centre.x[19]
    assert points[20].start == centre.x[21]


def test_a_break_is_a_line_in_the_gap_of_the_limits_with_its_day_and_reason() -> None:
    view = sample_views.broken_chart()
    drawn = control_chart(view)
    (line,) = [each for each in drawn.layout.shapes if each.name == "Break"]
    before, after = view.points[23].start, view.points[24].start
    assert before < line.x0.date() < after
    assert line.x0 == line.x1
    assert "31 Aug: A new carrier" in [each.text for each in drawn.layout.annotations]
    centre = trace(drawn, "Centre")
    assert None in centre.y
    assert {view.points[0].centre, 84.0} == set(centre.y) - {None}


def test_a_provisional_break_says_so_and_a_long_reason_is_cut() -> None:
    view = sample_views.broken_chart()
    mark = replace(view.breaks[0], reason="A carrier " * 9, is_provisional=True)
    drawn = control_chart(replace(view, breaks=(mark,)))
    (text,) = [each.text for each in drawn.layout.annotations if "31 Aug" in (each.text or "")]
    assert text.startswith("31 Aug, provisional: A carrier")
    assert len(text) <= 34


def test_several_breaks_do_not_write_over_each_other() -> None:
    view = sample_views.broken_chart()
    other = replace(view.breaks[0], start=view.points[26].start, text="14 Sep")
    drawn = control_chart(replace(view, breaks=(*view.breaks, other)))
    heights = [each.yshift for each in drawn.layout.annotations if "carrier" in (each.text or "")]
    assert 2 == len(set(heights))


def test_without_breaks_the_chart_is_as_high_as_ever(figure: go.Figure) -> None:
    assert 34 == figure.layout.margin.t
    assert [] == [each for each in figure.layout.shapes if each.name == "Break"]
