"""Comments on a chart: a square around the point they are about, their words in its hover."""

from collections.abc import Iterable, Mapping
from datetime import date
from textwrap import shorten, wrap

import plotly.graph_objects as go

from callboard.charts.theme import Ink, plain
from callboard.views import CommentRow, Point

_LONGEST = 150  # letters of a comment that a hover has room for; beside the chart stands the rest
_LINE = 52


def mark_comments(
    figure: go.Figure, points: Iterable[Point], comments: Iterable[CommentRow]
) -> None:
    """Draw a square around each point that somebody has commented on."""
    about = {each.start for each in comments}
    marked = [point for point in points if point.start in about and point.value is not None]
    if marked:
        figure.add_scatter(
            name="Comment",
            x=[point.start for point in marked],
            y=[point.value for point in marked],
            mode="markers",
            marker={
                "symbol": "square-open",
                "size": 17,
                "color": Ink.TEXT,
                "line": {"width": 1.25},
            },
            hoverinfo="skip",
        )


def hover_lines(comments: Iterable[CommentRow]) -> Mapping[date, str]:
    """What the hover of a point says of its comments: the newest, and how many there are."""
    found: dict[date, list[CommentRow]] = {}
    for each in comments:
        found.setdefault(each.start, []).append(each)
    return {start: _line(said) for start, said in found.items()}


def _line(said: list[CommentRow]) -> str:
    text = shorten(said[0].text, _LONGEST, placeholder=" …")
    more = f" (+{len(said) - 1} more)" if len(said) > 1 else ""
    lines = wrap(f"{said[0].actor}: {text}{more}", _LINE, break_long_words=True)
    return "".join(f"<br>{plain(line)}" for line in lines)
