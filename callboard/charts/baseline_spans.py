"""Baselines on a chart: a bracket under the periods that make the limits, rings round the others.

The bracket stands below the values, so that it hides none of them.
"""

from collections.abc import Sequence
from datetime import date, timedelta

import plotly.graph_objects as go

from callboard.charts.theme import Ink, plain
from callboard.views import BaselineMark, ControlChart, Point
from metrics.chosen import BaselineUse

_ACROSS = 34  # letters that fit beside each other over the whole plot on a phone
_TICK = 0.02  # of the plot's height
_ROOM = 0.08  # of the plot's height, for a bracket and its name

Span = tuple[date, date]


def draw_baselines(figure: go.Figure, view: ControlChart) -> None:
    """Draw a bracket under each baseline, a single one named after its reason."""
    spans = _spans(view)
    for mark, span in spans:
        told = f"Baseline: {mark.reason}" if len(spans) == 1 else "Baseline"
        _draw_bracket(figure, span)
        _name_bracket(figure, told, span, (view.points[0].start, view.points[-1].start))


def with_room(view: ControlChart, low: float, high: float) -> list[float]:
    """Return the vertical range with room for the brackets that are drawn."""
    return [low - _ROOM * (high - low) if _spans(view) else low, high]


def ring_asides(figure: go.Figure, points: Sequence[Point]) -> None:
    """Draw a ring round each value that was set aside."""
    aside = [point for point in points if point.aside and point.value is not None]
    if aside:
        figure.add_scatter(
            name="Set aside",
            x=[point.start for point in aside],
            y=[point.value for point in aside],
            mode="markers",
            marker={
                "color": Ink.TEXT,
                "symbol": "circle-open",
                "size": 17,
                "line": {"width": 1.25},
            },
            hoverinfo="skip",
        )


def _spans(view: ControlChart) -> list[tuple[BaselineMark, Span]]:
    """The baselines that reach into the chart, as far as they do."""
    if not view.points:
        return []
    first, last = view.points[0].start, view.points[-1].start
    return [
        (mark, (max(mark.start, first), min(mark.end, last)))
        for mark in view.baselines
        if mark.use is BaselineUse.ONLY and mark.start <= last and mark.end >= first
    ]


def _draw_bracket(figure: go.Figure, span: Span) -> None:
    start, end = span
    for x0, x1, y1 in ((start, end, 0.0), (start, start, _TICK), (end, end, _TICK)):
        figure.add_shape(
            name="Baseline",
            type="line",
            x0=x0,
            x1=x1,
            xref="x",
            yref="paper",
            y0=0.0,
            y1=y1,
            line={"color": Ink.CENTRE, "width": 1.5},
        )


def _name_bracket(figure: go.Figure, told: str, span: Span, whole: Span) -> None:
    """Write a name over a bracket, towards the side with more room and no longer than that."""
    to_the_right, to_the_left = whole[1] - span[0], span[1] - whole[0]
    is_right = to_the_right >= to_the_left
    share = max(to_the_right, to_the_left) / max(whole[1] - whole[0], timedelta(days=1))
    letters = int(_ACROSS * share)
    figure.add_annotation(
        text=plain(told if len(told) <= letters else f"{told[: letters - 1].rstrip()}…"),
        x=span[0] if is_right else span[1],
        xanchor="left" if is_right else "right",
        yref="paper",
        y=0,
        yanchor="bottom",
        yshift=3,
        xshift=4 if is_right else -4,
        showarrow=False,
        font={"size": 12, "color": Ink.TEXT},
    )
