"""What all figures share: colours keyed by meaning, the template, and the escaping of text.

A colour is a slot that Streamlit fills in the browser from `.streamlit/config.toml`, so one figure
serves the light and the dark theme and can be cached for both (streamlit.md 4.1).
"""

import html
from collections.abc import Sequence
from enum import StrEnum

import plotly.graph_objects as go

from metrics.signals import Signal


class Ink(StrEnum):
    """Slots of the theme's ten categorical colours, then two greys that Streamlit derives."""

    IMPROVEMENT = "#000001"
    CONCERN = "#000002"
    NEUTRAL = "#000003"
    COMMON = "#000004"
    CENTRE = "#000005"
    LIMIT = "#000006"
    NEAR = "#000007"
    TARGET = "#000008"
    BAND = "#000009"
    OURS = "#000010"
    TEXT = "#000036"
    PAPER = "#000038"


LIGHT = (
    "#1c6fb8",
    "#b8500a",
    "#6f4fb0",
    "#737b85",
    "#3c444d",
    "#8b939c",
    "#d4d7db",
    "#16191d",
    "#ece8df",
    "#16191d",
)
DARK = (
    "#69b1f0",
    "#f29b4f",
    "#b8a0ec",
    "#98a2ad",
    "#c9d0d8",
    "#78828d",
    "#3b444e",
    "#eef1f4",
    "#262a2e",
    "#eef1f4",
)

SIGNAL_INK = {
    Signal.NONE: Ink.COMMON,
    Signal.IMPROVEMENT: Ink.IMPROVEMENT,
    Signal.CONCERN: Ink.CONCERN,
    Signal.HIGH: Ink.NEUTRAL,
    Signal.LOW: Ink.NEUTRAL,
    Signal.NO_DATA: Ink.COMMON,
}
SIGNAL_SHAPE = {
    Signal.NONE: "circle",
    Signal.IMPROVEMENT: "diamond",
    Signal.CONCERN: "square",
    Signal.HIGH: "triangle-up",
    Signal.LOW: "triangle-down",
    Signal.NO_DATA: "circle-open",
}
SIGNAL_WORD = {
    Signal.NONE: "As usual",
    Signal.IMPROVEMENT: "Improvement",
    Signal.CONCERN: "Concern",
    Signal.HIGH: "Unusually high",
    Signal.LOW: "Unusually low",
    Signal.NO_DATA: "No data",
}

# What a hovered point tells: its period, its figure, and what it says.
THREE_LINES = "<b>%{customdata[0]}</b><br>%{customdata[1]}<br>%{customdata[2]}<extra></extra>"

PLOT_CONFIG: dict[str, bool] = {"displayModeBar": False, "scrollZoom": False, "doubleClick": False}

_HOVER = {"font": {"size": 13, "family": "Inter, sans-serif"}, "align": "left"}


def plain(text: str) -> str:
    """Return text that plotly shows letter by letter: no tag, link or style survives (F6)."""
    return html.escape(text, quote=False)


_DATE_TICKS = [
    {"dtickrange": [None, "M1"], "value": "%-d %b\n%Y"},
    {"dtickrange": ["M1", None], "value": "%b\n%Y"},
]


def show_dates(figure: go.Figure) -> None:
    """Make the horizontal axis one of dates; the year is told once, so labels fit a phone."""
    figure.update_xaxes(type="date", nticks=5, tickangle=0, tickformatstops=_DATE_TICKS)
    figure.update_layout(margin_b=44)


def new_figure(*, height: int, unit: str, left: int = 56) -> go.Figure:
    """Return an empty figure in the one template; `unit` is written above the vertical axis."""
    axis = {
        "showgrid": False,
        "zeroline": False,
        "fixedrange": True,
        "automargin": True,
        "separatethousands": True,  # as in every text: 12,000 and not 12k
        "exponentformat": "none",
    }
    figure = go.Figure(
        layout={
            "height": height,
            "margin": {"l": left, "r": 16, "t": 34, "b": 30},
            "font": {"size": 13, "family": "Inter, sans-serif"},
            "hovermode": "closest",
            "hoverlabel": _HOVER,
            "showlegend": False,
            "dragmode": False,
            "xaxis": axis | {"ticklen": 5, "showline": True, "linecolor": Ink.NEAR},
            "yaxis": axis | {"nticks": 6},
        }
    )
    if unit:
        note(figure, unit, x=0, y=1, anchor="left")
    return figure


def note(figure: go.Figure, text: str, *, x: float, y: float, anchor: str) -> None:
    """Write a small text above the plot, `x` as a share of its width."""
    figure.add_annotation(
        text=plain(text),
        x=x,
        y=y,
        xref="paper",
        yref="paper",
        xanchor=anchor,
        yanchor="bottom",
        yshift=8,
        showarrow=False,
        font={"size": 12, "color": Ink.TEXT},
    )


def padded_range(values: Sequence[float], *, share: float = 0.08) -> list[float]:
    """Return the lowest and highest of the values with some air around them; 0 to 1 for none."""
    low, high = min(values, default=0.0), max(values, default=1.0)
    air = (high - low) * share or abs(high) * share or 1.0
    return [low - air, high + air]
