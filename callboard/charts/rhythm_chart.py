"""What the week or the year looks like: how far each weekday or month lies from the level."""

import plotly.graph_objects as go

from callboard.charts.theme import THREE_LINES, Ink, new_figure, padded_range, plain
from callboard.views import Rhythm


def rhythm_chart(view: Rhythm) -> go.Figure:
    """Return the figure of a rhythm: a bar up or down from the level for each place.

    No colour: a busy Monday is neither good nor bad.
    """
    unit = "% of the level" if view.is_relative else f"{view.unit_text} from the level"
    figure = new_figure(height=260, unit=unit)
    figure.add_bar(
        name="Effect",
        x=[plain(place.name[:3]) for place in view.places],
        y=[place.effect for place in view.places],
        marker={"color": Ink.COMMON, "line": {"width": 0}},
        width=0.62,
        customdata=[
            [
                plain(place.name),
                plain(f"{place.effect_text}, usually {place.usual_text}"),
                plain(f"seen {place.counted} times"),
            ]
            for place in view.places
        ],
        hovertemplate=THREE_LINES,
    )
    figure.add_hline(y=0, line={"color": Ink.CENTRE, "width": 1.25})
    figure.update_xaxes(type="category", showline=False)
    figure.update_yaxes(range=padded_range([0.0, *(place.effect for place in view.places)]))
    return figure
