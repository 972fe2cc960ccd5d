"""Units in a funnel: each by its size and its value, between the limits of what is usual."""

from collections.abc import Sequence
from math import floor, log10

import plotly.graph_objects as go

from callboard.charts.line_labels import LineLabel, label_lines
from callboard.charts.theme import (
    SIGNAL_INK,
    SIGNAL_SHAPE,
    Ink,
    new_figure,
    padded_range,
    plain,
)
from callboard.views import ComparedUnit, Comparison, Curves
from metrics.funnel import Outside
from metrics.signals import Signal

_HOVER = (
    "<b>%{customdata[0]}</b><br>%{customdata[1]}<br>%{customdata[2]}<br>%{customdata[3]}"
    "<extra></extra>"
)
_WORD = {
    Signal.NONE: "Within the limits",
    Signal.CONCERN: "Worse than the rest",
    Signal.IMPROVEMENT: "Better than the rest",
    Signal.HIGH: "Unusually high",
    Signal.LOW: "Unusually low",
}
_FEW, _LONGEST, _WIDE = 9, 22, 20.0


def funnel_chart(view: Comparison, *, height: int = 440) -> go.Figure:
    """Return the figure of a comparison that has limits."""
    figure = new_figure(height=height, unit=view.unit_text)
    _set_axes(figure, view)
    if view.curves is not None:
        _draw_curves(figure, view.curves)
    if view.centre is not None and view.curves is not None:
        ends = [view.curves.sizes[0], view.curves.sizes[-1]]
        line = {"color": Ink.CENTRE, "width": 1.25}
        _draw_line(figure, "Together", (ends, [view.centre] * 2), line)
    for signal in _WORD:
        _draw_units(figure, signal, [unit for unit in view.units if unit.signal is signal])
    _name_units(figure, view)
    label_lines(figure, _line_labels(view), width=78)
    return figure


def _set_axes(figure: go.Figure, view: Comparison) -> None:
    sizes = view.curves.sizes if view.curves else [_size(unit) for unit in view.units]
    low, high = min(sizes, default=1.0), max(sizes, default=1.0)
    is_wide = high > _WIDE * low
    title = f"{view.size_text} (logarithmic)" if is_wide else view.size_text
    figure.update_xaxes(
        type="log" if is_wide else "linear",
        range=[log10(low), log10(high)] if is_wide else [low, high],
        title={"text": plain(title[:1].upper() + title[1:]), "font": {"size": 12}},
        tickformat=",~g",
        nticks=6,
    )
    if is_wide:
        figure.update_xaxes(tickmode="array", tickvals=_round_sizes(low, high), tickangle=0)
    figure.update_yaxes(range=_vertical_range(view))
    figure.update_layout(margin_b=52)


def _round_sizes(low: float, high: float) -> list[float]:
    """Return 1, 10, 100 … between two sizes; where these are few, 2, 5, 20, 50 … as well."""
    steps = (1, 2, 5) if high < 40 * low else (1,)
    powers = range(floor(log10(low)), floor(log10(high)) + 1)
    return [step * 10.0**p for p in powers for step in steps if low <= step * 10.0**p <= high]


def _vertical_range(view: Comparison) -> list[float]:
    """All units and, at their own sizes, the limits; a curve may leave it left of the first."""
    limits = [unit.limits for unit in view.units if unit.limits is not None]
    edges = [edge for each in limits for edge in (each.lower_998, each.upper_998)]
    low, high = padded_range([*(unit.value for unit in view.units), *edges])
    if view.natural_low is not None:
        low = max(low, view.natural_low - 0.04 * (high - low))
    if view.natural_high is not None:
        high = min(high, view.natural_high + 0.04 * (high - low))
    return [low, high]


def _draw_curves(figure: go.Figure, curves: Curves) -> None:
    outer = {"color": Ink.LIMIT, "width": 1.5, "shape": "linear"}
    inner = {"color": Ink.LIMIT, "width": 1.25, "dash": "dot"}
    for name, levels, line in (
        ("99.8 % limit", curves.lower_998, outer),
        ("99.8 % limit", curves.upper_998, outer),
        ("95 % limit", curves.lower_95, inner),
        ("95 % limit", curves.upper_95, inner),
    ):
        _draw_line(figure, name, (curves.sizes, levels), line)


def _draw_line(
    figure: go.Figure,
    name: str,
    points: tuple[Sequence[float], Sequence[float]],
    line: dict[str, object],
) -> None:
    figure.add_scatter(
        name=name, x=list(points[0]), y=list(points[1]), mode="lines", line=line, hoverinfo="skip"
    )


def _draw_units(figure: go.Figure, signal: Signal, units: Sequence[ComparedUnit]) -> None:
    if not units:
        return
    is_quiet = signal is Signal.NONE
    figure.add_scatter(
        name=_WORD[signal],
        x=[_size(unit) for unit in units],
        y=[unit.value for unit in units],
        mode="markers",
        marker={
            "color": SIGNAL_INK[signal],
            "symbol": SIGNAL_SHAPE[signal],
            "size": 9 if is_quiet else 12,
            "line": {"width": 1, "color": Ink.PAPER},
        },
        customdata=[_told(unit) for unit in units],
        hovertemplate=_HOVER,
    )


def _told(unit: ComparedUnit) -> list[str]:
    interval = f"95 % interval {unit.interval_text}" if unit.low is not None else ""
    value = f"{unit.value_text} · {unit.n_text}"
    return [plain(unit.name), plain(value), plain(interval), plain(unit.finding)]


def _name_units(figure: go.Figure, view: Comparison) -> None:
    """Write the name of a unit that stands apart, with its word; of the others while they are few.

    On the outer side of its point, on paper of its own, so that no limit runs through it.
    """
    is_few = len(view.units) <= _FEW
    for unit in view.units:
        is_apart = unit.signal is not Signal.NONE
        if not (is_apart or is_few or unit.outside is not Outside.NONE):
            continue
        is_above = unit.value >= (view.centre or 0.0)
        name = unit.name if len(unit.name) <= _LONGEST else f"{unit.name[: _LONGEST - 1]}…"
        figure.add_annotation(
            text=plain(f"{name}: {_WORD[unit.signal].lower()}" if is_apart else name),
            x=_at(figure, _size(unit)),
            y=unit.value,
            xanchor=_anchor(view, unit),
            yanchor="bottom" if is_above else "top",
            yshift=8 if is_above else -8,
            showarrow=False,
            font={"size": 12, "color": SIGNAL_INK[unit.signal] if is_apart else Ink.TEXT},
            bgcolor=Ink.PAPER,
        )


def _at(figure: go.Figure, size: float) -> float:
    """Annotations on a logarithmic axis stand at the logarithm."""
    return log10(size) if figure.layout.xaxis.type == "log" else size


def _anchor(view: Comparison, unit: ComparedUnit) -> str:
    """A name stays in the frame: it leans inwards at either side."""
    order = sorted(_size(each) for each in view.units)
    place = order.index(_size(unit)) / max(1, len(order) - 1)
    return "left" if place < 0.25 else "right" if place > 0.75 else "center"


def _line_labels(view: Comparison) -> list[LineLabel]:
    curves = view.curves
    if curves is None or view.centre is None:
        return []
    low, high = _vertical_range(view)
    found = [
        LineLabel(text="99.8 %", level=curves.upper_998[-1], ink=Ink.TEXT),
        LineLabel(text="95 %", level=curves.upper_95[-1], ink=Ink.TEXT),
        LineLabel(text="Together", level=view.centre, ink=Ink.CENTRE),
        LineLabel(text="95 %", level=curves.lower_95[-1], ink=Ink.TEXT),
        LineLabel(text="99.8 %", level=curves.lower_998[-1], ink=Ink.TEXT),
    ]
    return [each for each in found if low <= each.level <= high]


def _size(unit: ComparedUnit) -> float:
    return unit.denominator or 1.0
