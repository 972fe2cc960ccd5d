"""A reading by segment: each segment's value now and before, as two dots on one scale."""

import plotly.graph_objects as go

from callboard.charts.theme import Ink, new_figure, padded_range, plain
from callboard.views import Breakdown, Meaning, Segment

_ROW = 34
_HOVER = "<b>%{y}</b><br>%{customdata[0]}<extra></extra>"
_INK = {
    Meaning.GOOD: Ink.IMPROVEMENT,
    Meaning.BAD: Ink.CONCERN,
    Meaning.NEUTRAL: Ink.COMMON,
    Meaning.NONE: Ink.COMMON,
}
_SHAPE = {
    Meaning.GOOD: "diamond",
    Meaning.BAD: "square",
    Meaning.NEUTRAL: "circle",
    Meaning.NONE: "circle",
}


def breakdown_chart(view: Breakdown, *, unit: str) -> go.Figure:
    """Return the figure of a breakdown, its first segment on top; hollow dots are the past."""
    shown = [segment for segment in view.segments if segment.value is not None]
    names = [plain(segment.name) for segment in shown]
    figure = new_figure(height=66 + _ROW * max(1, len(shown)), unit=unit, left=8)
    _draw_changes(figure, shown, names)
    _draw_before(figure, shown, names)
    _draw_now(figure, shown, names)
    values = [v for s in shown for v in (s.value, s.before) if v is not None]
    figure.update_xaxes(range=padded_range(values, share=0.12), showgrid=True)
    figure.update_yaxes(
        range=[len(shown) - 0.5, -0.5],
        type="category",
        ticklabelstandoff=8,
        tickmode="array",
        tickvals=names,
    )
    return figure


def _draw_before(figure: go.Figure, shown: list[Segment], names: list[str]) -> None:
    figure.add_scatter(
        name="Before",
        x=[segment.before for segment in shown],
        y=names,
        mode="markers",
        marker={"color": Ink.COMMON, "symbol": "circle-open", "size": 9},
        customdata=[[plain(f"before: {segment.before_text}")] for segment in shown],
        hovertemplate=_HOVER,
    )


def _draw_now(figure: go.Figure, shown: list[Segment], names: list[str]) -> None:
    figure.add_scatter(
        name="Now",
        x=[segment.value for segment in shown],
        y=names,
        mode="markers",
        marker={
            "color": [_INK[segment.chip.meaning] for segment in shown],
            "symbol": [_SHAPE[segment.chip.meaning] for segment in shown],
            "size": 11,
        },
        customdata=[[_told(segment)] for segment in shown],
        hovertemplate=_HOVER,
    )


def _draw_changes(figure: go.Figure, shown: list[Segment], names: list[str]) -> None:
    x: list[float | None] = []
    y: list[str | None] = []
    for segment, name in zip(shown, names, strict=True):
        x += [segment.before, segment.value, None]
        y += [name, name, None]
    figure.add_scatter(
        name="Change",
        x=x,
        y=y,
        mode="lines",
        line={"color": Ink.NEAR, "width": 3},
        hoverinfo="skip",
    )


def _told(segment: Segment) -> str:
    change = f"{segment.chip.text} {segment.chip.word}".strip()
    return plain(f"{segment.value_text} · n {segment.n:,} · {change}")
