"""Breaks on a chart: an upright line where limits start anew, with its day and reason above."""

from collections.abc import Sequence
from datetime import date, datetime, time

import plotly.graph_objects as go

from callboard.charts.theme import Ink, plain
from callboard.views import BreakMark

_ROW = 17  # pixels from one reason to the next above it
_UNIT = 26  # pixels above the plot that the unit needs
_LONGEST = 34  # letters of day and reason that a phone has room for


def draw_breaks(figure: go.Figure, marks: Sequence[BreakMark], starts: Sequence[date]) -> None:
    """Draw the breaks between the periods that begin on `starts`; the margin grows with them."""
    drawn = [mark for mark in marks if mark.start in starts[1:]]
    if not drawn:
        return
    margin = figure.layout.margin
    height = figure.layout.height - margin.t - margin.b - _ROW * len(drawn)
    figure.update_layout(margin_t=margin.t + _ROW * len(drawn))
    for row, mark in enumerate(drawn):
        place = list(starts).index(mark.start)
        _draw_line(
            figure,
            mark,
            between=(starts[place - 1], mark.start),
            up=_UNIT + _ROW * row,
            height=height,
            is_late=place > len(starts) / 2,
        )


def _draw_line(
    figure: go.Figure,
    mark: BreakMark,
    *,
    between: tuple[date, date],
    up: int,
    height: float,
    is_late: bool,
) -> None:
    """Its text is on the side of the line that has room."""
    middle = datetime.combine(between[0], time()) + (between[1] - between[0]) / 2
    figure.add_shape(
        name="Break",
        type="line",
        x0=middle,
        x1=middle,
        xref="x",
        yref="paper",
        y0=0,
        y1=1 + (up + _ROW) / height,
        line={"color": Ink.COMMON, "width": 1, "dash": "dot"},
    )
    figure.add_annotation(
        text=plain(_told(mark)),
        x=middle,
        xanchor="right" if is_late else "left",
        xshift=-4 if is_late else 4,
        yref="paper",
        y=1,
        yanchor="bottom",
        yshift=up,
        showarrow=False,
        font={"size": 12, "color": Ink.TEXT},
    )


def _told(mark: BreakMark) -> str:
    day = f"{mark.text}, provisional: " if mark.is_provisional else f"{mark.text}: "
    room = _LONGEST - len(day)
    return day + (mark.reason if len(mark.reason) <= room else f"{mark.reason[: room - 1]}…")
