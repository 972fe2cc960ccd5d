"""A metric at two touchpoints: two thin lines, one below the other, on the same scales."""

from collections.abc import Sequence

import plotly.graph_objects as go

from callboard.charts.annotation_flags import draw_panel_flags
from callboard.charts.theme import (
    SIGNAL_INK,
    SIGNAL_SHAPE,
    THREE_LINES,
    Ink,
    new_figure,
    padded_range,
    plain,
    show_dates,
)
from callboard.views import Beside, ControlChart, Point
from metrics.signals import Signal

_AIR = 0.14  # of the height, between the two
_QUIET = (Signal.NONE, Signal.NO_DATA)


def beside_chart(view: Beside) -> go.Figure:
    """Return the figure: ours above, the other below; limits are each one's own and not drawn."""
    figure = new_figure(height=340, unit=view.ours.unit_text)
    show_dates(figure)
    scale = padded_range([each.value or 0.0 for chart in _both(view) for each in _known(chart)])
    half = (1 - _AIR) / 2
    figure.update_layout(
        yaxis={"domain": [1 - half, 1], "range": scale, "nticks": 4},
        yaxis2={**_plain_axis(figure), "domain": [0, half], "range": scale, "anchor": "x"},
    )
    figure.update_xaxes(anchor="y2")
    for chart, axis, top in zip(_both(view), ("y", "y2"), (1.0, half), strict=True):
        _draw(figure, chart, axis)
        _name(figure, chart, top)
        if known := _known(chart):
            span = (known[0].start, known[-1].start)
            draw_panel_flags(figure, chart.annotations, span, axis=axis)
    return figure


def _both(view: Beside) -> tuple[ControlChart, ControlChart]:
    return view.ours, view.other


def _known(chart: ControlChart) -> list[Point]:
    return [each for each in chart.points if each.value is not None and each.status != "partial"]


def _plain_axis(figure: go.Figure) -> dict[str, object]:
    """The template's vertical axis, for the second one."""
    axis: dict[str, object] = figure.layout.yaxis.to_plotly_json()
    return {**axis, "nticks": 4}


def _draw(figure: go.Figure, chart: ControlChart, axis: str) -> None:
    points = [each for each in chart.points if each.status != "partial"]
    figure.add_scatter(
        name=plain(chart.touchpoint_name),
        x=[each.start for each in points],
        y=[each.value for each in points],
        mode="lines",
        line={"color": Ink.COMMON, "width": 1.25},
        connectgaps=False,
        hoverinfo="skip",
        yaxis=axis,
    )
    _mark(figure, _known(chart), axis)


def _mark(figure: go.Figure, points: Sequence[Point], axis: str) -> None:
    """Every value, small; those that signal by shape and colour, as on the large chart."""
    figure.add_scatter(
        name="Values",
        x=[each.start for each in points],
        y=[each.value for each in points],
        mode="markers",
        marker={
            "color": [SIGNAL_INK[each.signal] for each in points],
            "symbol": [SIGNAL_SHAPE[each.signal] for each in points],
            "size": [4 if each.signal in _QUIET else 8 for each in points],
            "opacity": 1,
        },
        customdata=[
            [plain(each.label), plain(each.value_text), plain(each.rule_text or "as usual")]
            for each in points
        ],
        hovertemplate=THREE_LINES,
        yaxis=axis,
    )


def _name(figure: go.Figure, chart: ControlChart, top: float) -> None:
    figure.add_annotation(
        text=plain(chart.touchpoint_name),
        x=1,
        y=top,
        xref="paper",
        yref="paper",
        xanchor="right",
        yanchor="bottom",
        yshift=4,
        showarrow=False,
        font={"size": 12, "color": Ink.TEXT},
    )
