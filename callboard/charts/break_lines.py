"""Breaks on a chart: an upright line where limits start anew, with its day and reason above."""

from collections.abc import Sequence
from datetime import date, datetime, time

import plotly.graph_objects as go

from callboard.charts.theme import Ink, plain
from callboard.views import BreakMark

_ROW = 17  # pixels from one reason to the next above it
_UNIT = 26  # pixels above the plot that the unit needs
_MOST = 3  # breaks named on a chart of everybody
_LONGEST = 34  # letters of day and reason that a phone has room for
_SHORTER = 29  # beside the names of competitors


def draw_breaks(
    figure: go.Figure, marks: Sequence[BreakMark], starts: Sequence[date], *, above: int = 0
) -> None:
    """Draw the breaks between the periods that begin on `starts`; the margin grows with them.

    `above` are the pixels over the plot that are taken by other things.
    """
    places = [list(starts).index(mark.start) for mark in marks if mark.start in starts[1:]]
    between = [
        datetime.combine(starts[place - 1], time()) + (starts[place] - starts[place - 1]) / 2
        for place in places
    ]
    drawn = [mark for mark in marks if mark.start in starts[1:]]
    late = [place > len(starts) / 2 for place in places]
    lines = list(zip(drawn, between, late, strict=True))
    _draw(figure, lines, longest=_LONGEST, above=above)


def draw_break_days(figure: go.Figure, marks: Sequence[BreakMark], span: tuple[date, date]) -> None:
    """Draw the newest breaks within a span at their own days."""
    drawn = [mark for mark in marks if span[0] < mark.day <= span[1]][-_MOST:]
    middle = span[0] + (span[1] - span[0]) / 2
    _draw(
        figure,
        [(mark, datetime.combine(mark.day, time()), mark.day > middle) for mark in drawn],
        longest=_SHORTER,
    )


def _draw(
    figure: go.Figure,
    lines: Sequence[tuple[BreakMark, datetime, bool]],
    *,
    longest: int,
    above: int = 0,
) -> None:
    """Draw each line up to its own row of text, on the side of it that has room."""
    margin = figure.layout.margin
    height = figure.layout.height - margin.t - margin.b - _ROW * len(lines)
    figure.update_layout(margin_t=margin.t + _ROW * len(lines))
    for row, (mark, moment, is_late) in enumerate(lines):
        up = above + _UNIT + _ROW * row
        figure.add_shape(
            name="Break",
            type="line",
            x0=moment,
            x1=moment,
            xref="x",
            yref="paper",
            y0=0,
            y1=1 + (up + _ROW) / height,
            line={"color": Ink.COMMON, "width": 1, "dash": "dot"},
        )
        figure.add_annotation(
            text=plain(_told(mark, longest)),
            x=moment,
            xanchor="right" if is_late else "left",
            xshift=-4 if is_late else 4,
            yref="paper",
            y=1,
            yanchor="bottom",
            yshift=up,
            showarrow=False,
            font={"size": 12, "color": Ink.TEXT},
        )


def _told(mark: BreakMark, longest: int) -> str:
    day = f"{mark.text}, provisional: " if mark.is_provisional else f"{mark.text}: "
    room = longest - len(day)
    return day + (mark.reason if len(mark.reason) <= room else f"{mark.reason[: room - 1]}…")
