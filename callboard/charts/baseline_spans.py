"""Baselines on a chart: a bracket under the periods that make the limits, rings round the others.

The bracket stands below the values, so that it hides none of them.
"""

from collections.abc import Sequence

import plotly.graph_objects as go

from callboard.charts.theme import Ink, plain
from callboard.views import BaselineMark, ControlChart, Point
from metrics.chosen import BaselineUse

_LONGEST = 40  # letters that fit over a bracket on a phone
_TICK = 0.02  # of the plot's height


def draw_baselines(figure: go.Figure, view: ControlChart) -> None:
    """Draw a bracket under each baseline, named after its reason."""
    for mark in view.baselines:
        if mark.use is BaselineUse.ONLY and view.points:
            _draw_bracket(figure, mark, view)


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


def _draw_bracket(figure: go.Figure, mark: BaselineMark, view: ControlChart) -> None:
    start, end = max(mark.start, view.points[0].start), min(mark.end, view.points[-1].start)
    if start > end:
        return
    line = {"color": Ink.CENTRE, "width": 1.5}
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
            line=line,
        )
    text = f"Baseline: {mark.reason}"
    figure.add_annotation(
        text=plain(text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"),
        x=start,
        xanchor="left",
        yref="paper",
        y=0,
        yanchor="bottom",
        yshift=3,
        xshift=4,
        showarrow=False,
        font={"size": 12, "color": Ink.TEXT},
    )
