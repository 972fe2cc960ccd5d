"""Units as dots with their intervals, where they have no funnel; what all do together as a line."""

from collections.abc import Sequence
from statistics import median

import plotly.graph_objects as go

from callboard.charts.theme import Ink, new_figure, padded_range, plain
from callboard.views import ComparedUnit, Comparison

_ROW, _LONGEST = 30, 30
_HOVER = "<b>%{y}</b><br>%{customdata[0]}<br>%{customdata[1]}<extra></extra>"


def unit_chart(view: Comparison) -> go.Figure:
    """Return the figure, the first unit on top.

    Where values were drawn towards the whole, those are the dots with their intervals and the
    values themselves are hollow.
    """
    names = _names(view.units)
    figure = new_figure(height=70 + _ROW * max(1, len(names)), unit=view.unit_text, left=8)
    is_shrunken = any(unit.shrunken for unit in view.units)
    if is_shrunken:
        _draw(figure, view.units, names, is_raw=True)
    _draw(figure, view.units, names, is_raw=False)
    if view.centre is not None:
        figure.add_vline(
            name="Together", x=view.centre, line={"color": Ink.CENTRE, "width": 1.25, "dash": "dot"}
        )
    figure.update_xaxes(range=padded_range(_edges(view), share=0.06), showgrid=True)
    figure.update_yaxes(
        range=[len(names) - 0.5, -0.5],
        type="category",
        ticklabelstandoff=8,
        tickmode="array",
        tickvals=names,
    )
    return figure


def _names(units: Sequence[ComparedUnit]) -> list[str]:
    """A name for each row; two that are cut to the same text stay two rows."""
    names: list[str] = []
    for unit in units:
        text = unit.name if len(unit.name) <= _LONGEST else f"{unit.name[: _LONGEST - 1]}…"
        names.append(plain(text if plain(text) not in names else f"{text} ({unit.code})"))
    return names


def _draw(
    figure: go.Figure, units: Sequence[ComparedUnit], names: list[str], *, is_raw: bool
) -> None:
    points = [(unit.value, None, None) if is_raw else _drawn(unit) for unit in units]
    figure.add_scatter(
        name="As counted" if is_raw else "Value",
        x=[value for value, _, _ in points],
        y=names,
        mode="markers",
        marker={
            "color": Ink.COMMON,
            "symbol": "circle-open" if is_raw else "circle",
            "size": 9 if is_raw else 10,
        },
        error_x={
            "type": "data",
            "symmetric": False,
            "array": [0 if high is None else high - value for value, _, high in points],
            "arrayminus": [0 if low is None else value - low for value, low, _ in points],
            "thickness": 1.5,
            "width": 0,
            "color": Ink.LIMIT,
        },
        customdata=[_told(unit) for unit in units],
        hovertemplate=_HOVER,
    )


def _drawn(unit: ComparedUnit) -> tuple[float, float | None, float | None]:
    if unit.shrunken is not None:
        return unit.shrunken.value, unit.shrunken.low, unit.shrunken.high
    return unit.value, unit.low, unit.high


def _told(unit: ComparedUnit) -> list[str]:
    value = f"{unit.value_text} · {unit.n_text}"
    if unit.shrunken is not None:
        less = f"without chance's part {unit.shrunken.text}; rank {unit.shrunken.rank_text}"
        return [plain(value), plain(less)]
    return [
        plain(value),
        plain(f"95 % interval {unit.interval_text}" if unit.low is not None else ""),
    ]


def _edges(view: Comparison) -> list[float]:
    """Every value is in the picture; an interval that is far too wide may leave it."""
    drawn = [_drawn(unit) for unit in view.units]
    values = [*(unit.value for unit in view.units), *(value for value, _, _ in drawn)]
    spans = [(low, high) for _, low, high in drawn if low is not None and high is not None]
    usual = median(high - low for low, high in spans) if spans else 0.0
    room = max(max(values) - min(values), usual)
    low = min([*values, *(low for low, _ in spans)])
    high = max([*values, *(high for _, high in spans)])
    return [max(low, min(values) - room), min(high, max(values) + room)]
