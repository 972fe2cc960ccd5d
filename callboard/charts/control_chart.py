"""A metric's history as a control chart: values, what is normal, signals, promise and peers."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise

import plotly.graph_objects as go

from callboard.charts.annotation_flags import draw_flags
from callboard.charts.baseline_spans import draw_baselines, ring_asides, with_room
from callboard.charts.break_lines import draw_breaks
from callboard.charts.comment_marks import hover_lines, mark_comments
from callboard.charts.limit_lines import draw_limits, is_possible
from callboard.charts.line_labels import LineLabel, label_lines
from callboard.charts.theme import (
    SIGNAL_INK,
    SIGNAL_SHAPE,
    SIGNAL_WORD,
    THREE_LINES,
    Ink,
    new_figure,
    padded_range,
    plain,
    show_dates,
)
from callboard.views import ControlChart, Point
from metrics.signals import Signal

_DAY = timedelta(days=1)
_WORD_HEIGHT = 17
_FARTHEST = 40  # pixels between a point and its word; farther, nobody would see them together


def control_chart(view: ControlChart, *, height: int = 420) -> go.Figure:
    """Return the figure of a metric's history at a touchpoint."""
    figure = new_figure(height=height, unit=view.unit_text)
    figure.update_yaxes(range=_vertical_range(view))
    figure.update_xaxes(range=_horizontal_range(view))
    show_dates(figure)
    span = _span(view)
    above = draw_flags(figure, view.annotations, span, by_day=False) if span else 0
    starts = [point.start for point in view.points]
    draw_breaks(figure, view.breaks, starts, above=above)
    draw_baselines(figure, view)
    _draw_peer_band(figure, view)
    draw_limits(figure, view)
    _draw_targets(figure, view)
    _draw_values(figure, view)
    ring_asides(figure, view.points)
    mark_comments(figure, view.points, view.comments)
    _name_signals(figure, view)
    label_lines(figure, _line_labels(view))
    return figure


def _draw_values(figure: go.Figure, view: ControlChart) -> None:
    drawn = [point for point in view.points if point.status != "partial"]
    said = hover_lines(view.comments)
    figure.add_scatter(
        name="Values",
        x=[point.start for point in drawn],
        y=[point.value for point in drawn],
        mode="lines",
        line={"color": Ink.COMMON, "width": 1.25},
        connectgaps=False,
        hoverinfo="skip",
    )
    for signal in Signal:
        is_quiet = signal in (Signal.NONE, Signal.NO_DATA)
        marker: dict[str, object] = {
            "color": SIGNAL_INK[signal],
            "symbol": SIGNAL_SHAPE[signal],
            "size": (6 if is_quiet else 10) if len(drawn) < 130 else (3.5 if is_quiet else 7),
            "line": {"width": 1 if len(drawn) < 130 else 0, "color": Ink.PAPER},
        }
        caught = [point for point in drawn if point.signal is signal]
        _draw_points(figure, SIGNAL_WORD[signal], caught, marker, said)
    running = [point for point in view.points if point.status == "partial"]
    hollow: dict[str, object] = {
        "color": Ink.COMMON,
        "symbol": "circle-open",
        "size": 9,
        "line": {"width": 1.5},
    }
    _draw_points(figure, "Still running", running, hollow, said)


def _draw_points(
    figure: go.Figure,
    name: str,
    points: list[Point],
    marker: dict[str, object],
    said: Mapping[date, str],
) -> None:
    points = [point for point in points if point.value is not None]
    if points:
        figure.add_scatter(
            name=name,
            x=[point.start for point in points],
            y=[point.value for point in points],
            mode="markers",
            marker=marker,
            customdata=[_told(point, said) for point in points],
            hovertemplate=THREE_LINES,
        )


def _name_signals(figure: go.Figure, view: ControlChart) -> None:
    """Write the word of a signal where it begins, and not again soon after."""
    drawn = [point for point in view.points if point.value is not None]
    soon = max(1, len(drawn) // 8)  # a word is about as wide as so many periods
    last: dict[Signal, int] = {}
    written: list[tuple[int, float]] = []
    for place, point in enumerate(drawn):
        if point.signal in (Signal.NONE, Signal.NO_DATA):
            continue
        is_news = place - last.get(point.signal, -len(drawn)) > soon
        last[point.signal] = place
        if is_news:
            anchor = "left" if place < 2 else "right" if place > len(drawn) - 3 else "center"
            before = 0 if anchor == "left" else soon // 2 if anchor == "center" else soon
            near = drawn[max(0, place - before) : place - before + soon + 1]
            taken = [height for at, height in written if place - at <= soon]
            written.append(
                (place, _write_word(figure, point, beside=near, anchor=anchor, taken=taken))
            )


def _write_word(
    figure: go.Figure, point: Point, *, beside: Sequence[Point], anchor: str, taken: Sequence[float]
) -> float:
    """Keep the word on the outer side of its point, clear of the line through those `beside` it.

    And clear of the words near it, which stand at the heights `taken`; return its own, in pixels.
    """
    low, high = figure.layout.yaxis.range
    drawn = figure.layout.height - figure.layout.margin.t - figure.layout.margin.b
    outward = 1 if _value(point) >= (point.centre or 0.0) else -1
    beyond = max(outward * (_value(each) - _value(point)) for each in (point, *beside))
    clear = beyond * drawn / (high - low)
    at = (_value(point) - low) * drawn / (high - low)
    shift = outward * (17 + (clear if clear <= _FARTHEST else 0))
    while any(abs(at + shift - each) < _WORD_HEIGHT for each in taken):
        shift += outward * _WORD_HEIGHT
    figure.add_annotation(
        text=SIGNAL_WORD[point.signal],
        x=point.start,
        xanchor=anchor,
        y=point.value,
        yshift=shift,
        showarrow=False,
        font={"size": 12, "color": SIGNAL_INK[point.signal]},
        bgcolor=Ink.PAPER,
        borderpad=1,
    )
    return float(at + shift)


def _value(point: Point) -> float:
    return point.value or 0.0


def _told(point: Point, said: Mapping[date, str]) -> list[str]:
    reason = point.rule_text or ("still running" if point.status == "partial" else "as usual")
    counted = " · ".join(filter(None, (point.value_text, point.n_text)))
    set_aside = f"; set aside: {point.aside}" if point.aside else ""
    comment = said.get(point.start, "")
    return [plain(point.label), plain(counted), plain(reason + set_aside) + comment]


def _draw_targets(figure: go.Figure, view: ControlChart) -> None:
    for start, end, value in view.targets:
        line = {"color": Ink.TARGET, "width": 1.75, "dash": "6px,4px"}
        _draw_level(figure, "Target", (start, end), value, line)


def _draw_level(
    figure: go.Figure,
    name: str,
    span: tuple[date, date],
    value: float,
    line: dict[str, object],
) -> None:
    figure.add_scatter(
        name=name, x=list(span), y=[value, value], mode="lines", line=line, hoverinfo="skip"
    )


def _draw_peer_band(figure: go.Figure, view: ControlChart) -> None:
    """Shade the peers' range as steps, one rectangle a period, so that no slope is invented.

    A range whose edges are both out of the frame would only tint the whole plot: it is not drawn.
    """
    low, high = _vertical_range(view)
    for band in view.peer_band:
        if band.low <= low and band.high >= high:
            continue
        figure.add_shape(
            name="Peers",
            type="rect",
            x0=band.start,
            x1=band.end + _DAY,
            y0=band.low,
            y1=band.high,
            fillcolor=Ink.BAND,
            line={"width": 0},
            layer="below",
        )


def _line_labels(view: ControlChart) -> list[LineLabel]:
    limits = view.limits
    found: list[tuple[str, float | None, Ink]] = [
        ("Upper limit", limits.upper, Ink.TEXT),
        ("Centre", limits.centre, Ink.CENTRE),
        ("Lower limit", limits.lower, Ink.TEXT),
    ]
    if view.targets and view.targets[-1][1].isoformat() >= view.period:
        found.append(("Target", view.targets[-1][2], Ink.TARGET))
    if view.peer_band:
        found.append(_peers_label(view))
    return [
        LineLabel(text=text, level=level, ink=ink)
        for text, level, ink in found
        if level is not None and is_possible(view, level)
    ]


def _peers_label(view: ControlChart) -> tuple[str, float, Ink]:
    """Where the middle peer is out of the frame, the label stands at its edge and says so."""
    last, (low, high) = view.peer_band[-1], _vertical_range(view)
    is_around = last.low <= low and last.high >= high
    low = low if view.natural_low is None else max(low, view.natural_low)
    high = high if view.natural_high is None else min(high, view.natural_high)
    beyond = ", above" if last.middle > high else ", below" if last.middle < low else ""
    beyond = ": beyond the frame" if is_around else beyond
    return f"{last.peers} peers{beyond}", min(max(last.middle, low), high), Ink.TEXT


def _span(view: ControlChart) -> tuple[date, date] | None:
    if not view.points:
        return None
    return view.points[0].start, view.points[-1].end


def _vertical_range(view: ControlChart) -> list[float]:
    """Our own history fills a third of the height or more, however far the peers lie apart.

    A running period of which too little has been counted to lie near the others is out of frame.
    """
    limits = [limit for point in view.points for limit in (point.lower, point.upper)]
    lines = [limit for limit in limits if limit is not None and is_possible(view, limit)]
    known = [point for point in view.points if point.value is not None]
    values = [_value(point) for point in known if point.status != "partial"]
    targets = [value for _, _, value in view.targets]
    running = [_value(point) for point in known if point.status == "partial"]
    bands = [edge for band in view.peer_band for edge in (band.low, band.high)]
    ours = [*lines, *values, *targets]
    if not ours or min(ours) == max(ours):
        return with_room(view, *padded_range([*ours, *running, *bands]))
    low, high = 2 * min(ours) - max(ours), 2 * max(ours) - min(ours)
    near = [value for value in running if low <= value <= high]
    edges = [min(max(edge, low), high) for edge in bands]
    return with_room(view, *padded_range([*ours, *near, *edges]))


def _horizontal_range(view: ControlChart) -> list[date] | None:
    span = _span(view)
    if span is None:
        return None
    starts = [point.start for point in view.points]
    step = min((after - before for before, after in pairwise(starts)), default=_DAY)
    air = max(step / 2, _DAY)
    return [span[0] - air, span[1] + air]
