"""Annotations on a chart: small numbered flags above the plot, one for those close together."""

from collections.abc import Sequence
from datetime import date, timedelta

import plotly.graph_objects as go

from callboard.charts.theme import Ink, plain
from callboard.views import AnnotationMark

FLAG_ROW = 22  # pixels above the plot that the flags take
_CLOSE = 22  # flags nearer than the plot's width by this would hide each other
_LINE = 60  # letters of hover text in a line


def draw_flags(
    figure: go.Figure, marks: Sequence[AnnotationMark], span: tuple[date, date], *, by_day: bool
) -> int:
    """Draw the flags and return how much higher what stands above the plot has to begin.

    They stand at the first day of their periods, or `by_day` at their own days; the unit, written
    before, makes room.
    """
    placed = [(mark, *_days(mark, span, by_day=by_day)) for mark in marks]
    if not placed:
        return 0
    figure.update_layout(margin_t=figure.layout.margin.t + FLAG_ROW)
    for unit in figure.layout.annotations:
        unit.yshift += FLAG_ROW
    for _, start, end in placed:
        if start < end:
            _draw_span(figure, start, end)
    for start, together in _grouped(placed, (span[1] - span[0]) / _CLOSE):
        _draw_flag(figure, start, together)
    return FLAG_ROW


def draw_panel_flags(
    figure: go.Figure, marks: Sequence[AnnotationMark], span: tuple[date, date], *, axis: str
) -> None:
    """Draw the flags of one of several panels, at its top; `axis` is its vertical one.

    They stand at the first day of their periods.
    """
    placed = [(mark, *_days(mark, span, by_day=False)) for mark in marks]
    for start, together in _grouped(placed, (span[1] - span[0]) / _CLOSE):
        _draw_flag(figure, start, together, panel=f"{axis} domain")


def _days(mark: AnnotationMark, span: tuple[date, date], *, by_day: bool) -> tuple[date, date]:
    start, end = (mark.first, mark.last) if by_day else (mark.start, mark.end)
    return min(max(start, span[0]), span[1]), max(min(end, span[1]), span[0])


def _grouped(
    placed: Sequence[tuple[AnnotationMark, date, date]], close: timedelta
) -> list[tuple[date, list[AnnotationMark]]]:
    groups: list[tuple[date, list[AnnotationMark]]] = []
    for mark, start, _ in placed:
        if groups and start - groups[-1][0] < close:
            groups[-1][1].append(mark)
        else:
            groups.append((start, [mark]))
    return groups


def _draw_flag(
    figure: go.Figure, start: date, marks: Sequence[AnnotationMark], *, panel: str = "paper"
) -> None:
    """Above the plot, or within a panel at its top: above it stands the panel's name."""
    numbers = [mark.number for mark in marks]
    several = f"{numbers[0]}–{numbers[-1]}" if len(numbers) > 1 else str(numbers[0])
    _draw_stem(figure, start, panel)
    is_alone = panel == "paper"
    figure.add_annotation(
        name="Annotation",
        text=several,
        x=start,
        xref="x",
        xanchor="center",
        yref=panel,
        y=1,
        yanchor="bottom" if is_alone else "top",
        yshift=3 if is_alone else 0,
        showarrow=False,
        font={"size": 12, "color": Ink.TEXT},
        bordercolor=Ink.COMMON,
        borderwidth=1,
        borderpad=2,
        bgcolor=Ink.PAPER,
        hovertext="<br>".join(_told(mark) for mark in marks),
    )


def _draw_stem(figure: go.Figure, start: date, panel: str) -> None:
    figure.add_shape(
        name="Annotation",
        type="line",
        x0=start,
        x1=start,
        xref="x",
        yref=panel,
        y0=0,
        y1=1,
        line={"color": Ink.NEAR, "width": 1},
        layer="below",
    )


def _draw_span(figure: go.Figure, start: date, end: date) -> None:
    figure.add_shape(
        name="Annotated days",
        type="line",
        x0=start,
        x1=end,
        xref="x",
        yref="paper",
        y0=1,
        y1=1,
        line={"color": Ink.COMMON, "width": 3},
    )


def _told(mark: AnnotationMark) -> str:
    lines = _wrapped(f"{mark.number} · {mark.days} · {mark.tag.value}: {mark.text}")
    return "<br>".join(plain(line) for line in lines)


def _wrapped(text: str) -> list[str]:
    lines = [""]
    for word in text.split():
        if lines[-1] and len(lines[-1]) + len(word) >= _LINE:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".lstrip()
    return lines
