"""Our level among the peers against our move: one dot a metric, words in the corners."""

import plotly.graph_objects as go

from callboard.charts.theme import THREE_LINES, Ink, new_figure, note, plain
from callboard.views import Quadrant, QuadrantDot
from metrics.peer_direction import Moving

_INK = {Moving.GAINING: Ink.IMPROVEMENT, Moving.LOSING: Ink.CONCERN, Moving.UNCLEAR: Ink.COMMON}
_SHAPE = {Moving.GAINING: "diamond", Moving.LOSING: "square", Moving.UNCLEAR: "circle-open"}
MOVING_WORD = {
    Moving.GAINING: "gains ground",
    Moving.LOSING: "loses ground",
    Moving.UNCLEAR: "no clear move",
}
_TOUCHING = 0.05  # of the height and the width
_CORNERS = (
    ("Behind, gaining", 0, 1, "left", "top"),
    ("Ahead, gaining", 1, 1, "right", "top"),
    ("Behind, losing", 0, 0, "left", "bottom"),
    ("Ahead, losing", 1, 0, "right", "bottom"),
)


def quadrant_chart(view: Quadrant, *, height: int = 420) -> go.Figure:
    """Return the figure: to the right we are ahead, upwards we gain; numbers name the metrics.

    A hollow dot is one whose move may be chance.
    """
    figure = new_figure(height=height, unit="", left=8)
    figure.update_layout(margin_b=48, margin_t=40)
    _draw_cross(figure)
    reach = max((abs(dot.direction.slope.value) for dot in view.dots), default=1.0) or 1.0
    sides = _sides(view, reach)
    for number, (dot, side) in enumerate(zip(view.dots, sides, strict=True), 1):
        _draw_dot(figure, number, dot, side)
    figure.update_yaxes(range=[-1.35 * reach, 1.35 * reach], showticklabels=False)
    figure.update_xaxes(
        range=[-4, 104],
        tickvals=[0, 50, 100],
        ticktext=["last", "the middle peer", "first"],
    )
    note(figure, "↑ we gain on the middle peer", x=0, y=1, anchor="left")
    return figure


def _draw_cross(figure: go.Figure) -> None:
    figure.add_vline(x=50, line={"color": Ink.NEAR, "width": 1}, layer="below")
    figure.add_hline(y=0, line={"color": Ink.NEAR, "width": 1}, layer="below")
    for text, x, y, across, along in _CORNERS:
        figure.add_annotation(
            text=text,
            x=x,
            y=y,
            xref="paper",
            yref="paper",
            xanchor=across,
            yanchor=along,
            showarrow=False,
            font={"size": 12, "color": Ink.LIMIT},
        )


def _sides(view: Quadrant, reach: float) -> list[str]:
    """On which side of each dot its number stands: numbers of dots that touch stand apart."""
    sides: list[str] = []
    for at, dot in enumerate(view.dots):
        side = "middle left" if dot.place > 50 else "middle right"
        before = view.dots[at - 1] if at else None
        if before and abs(dot.place - before.place) < _TOUCHING * 100:
            near = abs(dot.direction.slope.value - before.direction.slope.value)
            if near < 2 * reach * _TOUCHING and sides[-1] == side:
                side = "middle right" if side == "middle left" else "middle left"
        sides.append(side)
    return sides


def _draw_dot(figure: go.Figure, number: int, dot: QuadrantDot, side: str) -> None:
    moving = dot.direction.moving
    figure.add_scatter(
        name=plain(dot.name),
        x=[dot.place],
        y=[dot.direction.slope.value],
        mode="markers+text",
        text=[str(number)],
        textposition=side,
        textfont={"size": 13, "color": Ink.TEXT},
        marker={
            "color": _INK[moving],
            "symbol": _SHAPE[moving],
            "size": 12,
            "line": {"width": 2, "color": _INK[moving]},
        },
        customdata=[
            [
                plain(f"{number} {dot.name}"),
                plain(f"{dot.rank_text}, {dot.period_label}"),
                f"{MOVING_WORD[moving]} over {dot.direction.periods} periods",
            ]
        ],
        hovertemplate=THREE_LINES,
    )
