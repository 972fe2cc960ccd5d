"""How many rows broke a rule from day to day: bars on a calendar, the number of rows on hover."""

from datetime import timedelta

import plotly.graph_objects as go

from callboard.charts.theme import THREE_LINES, Ink, new_figure, plain, show_dates
from callboard.figures import format_count, format_day
from callboard.views import RuleTrend

_WIDTH = 18 * 3_600_000  # a bar leaves a quarter of its day free, in milliseconds
_AROUND = timedelta(days=4)


def failures_chart(view: RuleTrend) -> go.Figure:
    """Return the figure of a rule's failures; a day on which it was kept has a bar of none.

    No colour says good or bad: a rule is kept or it is broken.
    """
    figure = new_figure(height=220, unit="broken, in the last run of each day")
    figure.add_bar(
        name="Broken",
        x=[day for day, _, _ in view.points],
        y=[failed for _, failed, _ in view.points],
        marker={"color": Ink.COMMON, "line": {"width": 0}},
        width=_WIDTH,
        customdata=[
            [
                plain(format_day(day)),
                plain(f"{format_count(failed)} broken"),
                plain(f"of {format_count(evaluated)}"),
            ]
            for day, failed, evaluated in view.points
        ],
        hovertemplate=THREE_LINES,
    )
    show_dates(figure)
    if view.points:
        days = [day for day, _, _ in view.points]
        figure.update_xaxes(range=[min(days) - _AROUND, max(days) + _AROUND])
    figure.update_yaxes(rangemode="tozero")
    return figure
