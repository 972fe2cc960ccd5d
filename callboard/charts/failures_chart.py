"""How many rows broke a rule from day to day: bars on a calendar, the number of rows on hover."""

import plotly.graph_objects as go

from callboard.charts.theme import THREE_LINES, Ink, new_figure, plain, show_dates
from callboard.figures import format_count, format_day
from callboard.views import RuleTrend


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
    figure.update_yaxes(rangemode="tozero")
    return figure
