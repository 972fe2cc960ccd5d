"""Centre and limits on a control chart: steps where they vary, a gap where a break starts anew."""

from collections.abc import Sequence
from itertools import pairwise

import plotly.graph_objects as go

from callboard.charts.theme import Ink
from callboard.views import ControlChart, Point

LINES = (
    ("Near limit above", "near_upper", Ink.NEAR, "dot"),
    ("Near limit below", "near_lower", Ink.NEAR, "dot"),
    ("Upper limit", "upper", Ink.LIMIT, "solid"),
    ("Lower limit", "lower", Ink.LIMIT, "solid"),
    ("Centre", "centre", Ink.CENTRE, "solid"),
)


def draw_limits(figure: go.Figure, view: ControlChart) -> None:
    """Draw each line as far as the metric can go; the judgement keeps what lies beyond."""
    for name, field, ink, dash in LINES:
        levels = [_possible(view, getattr(point, field)) for point in view.points]
        if any(level is not None for level in levels):
            figure.add_scatter(
                name=name,
                **_steps(view.points, levels),
                mode="lines",
                line={"color": ink, "width": 1.25, "dash": dash, "shape": "hvh"},
                connectgaps=False,
                hoverinfo="skip",
            )


def is_possible(view: ControlChart, value: float) -> bool:
    """A limit below zero or above a hundred percent is not drawn; the judgement keeps it."""
    low, high = view.natural_low, view.natural_high
    return (low is None or value >= low) and (high is None or value <= high)


def _possible(view: ControlChart, level: float | None) -> float | None:
    return level if level is not None and is_possible(view, level) else None


def _steps(points: Sequence[Point], levels: Sequence[float | None]) -> dict[str, list[object]]:
    """The line's points, with one that is empty between two segments."""
    x: list[object] = [points[0].start]
    y: list[object] = [levels[0]]
    for (before, point), level in zip(pairwise(points), levels[1:], strict=True):
        if point.segment != before.segment:
            x.append(point.start)
            y.append(None)
        x.append(point.start)
        y.append(level)
    return {"x": x, "y": y}
