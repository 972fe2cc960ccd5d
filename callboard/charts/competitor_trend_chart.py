"""Us against the peers over periods: our line over their band, what does not compare pale."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

import plotly.graph_objects as go

from callboard.charts.break_lines import draw_break_days
from callboard.charts.line_labels import LineLabel, label_lines
from callboard.charts.theme import Ink, new_figure, padded_range, plain, show_dates
from callboard.figures import format_number
from callboard.views import CompetitorTrend

_Values = Sequence[tuple[date, date, float | None]] | Sequence[tuple[date, date, float]]

_MOST_NAMED, _LABEL = 7, 18
_TREND_HOVER = "<b>%{customdata[0]}</b><br>%{customdata[1]}<extra></extra>"


def trend_chart(view: CompetitorTrend, *, height: int = 340) -> go.Figure:
    """Return the figure of our readings over the band and the lines of the peers.

    Values of one length of period are drawn, the most frequent one: a month does not lie on one
    line with a year.
    """
    view = _of_one_length(view)
    figure = new_figure(height=height, unit=view.unit_text)
    figure.update_yaxes(range=padded_range(_values(view)))
    show_dates(figure)
    if view.ours:
        draw_break_days(figure, view.breaks, (view.ours[0][0], view.ours[-1][1]))
    _draw_band(figure, view)
    is_crowded = len(view.peers) > _MOST_NAMED
    pale: dict[str, object] = {"color": Ink.LIMIT, "width": 1, "dash": "dot"}
    for entity, values in view.pale.items():
        name = f"{entity} (not compared)"
        _draw_trend(figure, name, values, _spans(view, values), line=pale)
    peers: dict[str, object] = {"color": Ink.NEAR if is_crowded else Ink.LIMIT, "width": 1.25}
    for entity, values in view.peers.items():
        _draw_trend(figure, entity, values, _spans(view, values), line=peers)
    ours: dict[str, object] = {"color": Ink.OURS, "width": 2.5}
    _draw_trend(figure, "Us", view.ours, _spans(view, view.ours), line=ours)
    label_lines(figure, _line_labels(view, is_crowded=is_crowded), width=128)
    return figure


def _of_one_length(view: CompetitorTrend) -> CompetitorTrend:
    spans = [each[:2] for values in view.peers.values() for each in values]
    spans = spans or [each[:2] for values in view.pale.values() for each in values]
    lengths = Counter(_length(*span) for span in spans or [each[:2] for each in view.ours])
    if len(lengths) < 2:
        return view
    usual = lengths.most_common(1)[0][0]
    return replace(
        view,
        ours=tuple(each for each in view.ours if _length(*each[:2]) == usual),
        peers=_kept(view.peers, usual),
        pale=_kept(view.pale, usual),
        band=tuple(b for b in view.band if _length(b.start, b.end) == usual),
    )


def _kept(
    lines: Mapping[str, tuple[tuple[date, date, float], ...]], usual: int
) -> dict[str, tuple[tuple[date, date, float], ...]]:
    return {
        entity: kept
        for entity, values in lines.items()
        if (kept := tuple(each for each in values if _length(*each[:2]) == usual))
    }


def _length(start: date, end: date) -> int:
    """Days of a short period, months (as a negative) of a long one: all quarters are alike."""
    days = (end - start).days + 1
    return days if days < 28 else -round(days / 30.44)


def _draw_band(figure: go.Figure, view: CompetitorTrend) -> None:
    for band in view.band:
        figure.add_shape(
            name="Peers",
            type="rect",
            x0=band.start,
            x1=band.end + timedelta(days=1),
            y0=band.low,
            y1=band.high,
            fillcolor=Ink.BAND,
            line={"width": 0},
            layer="below",
        )


def _draw_trend(
    figure: go.Figure, entity: str, values: _Values, told: list[str], *, line: dict[str, object]
) -> None:
    figure.add_scatter(
        name=plain(entity),
        x=[start + (end - start) / 2 for start, end, _ in values],
        y=[value for _, _, value in values],
        mode="lines+markers",
        line=line,
        marker={"size": 7 if entity == "Us" else 4, "color": line["color"]},
        customdata=[[plain(entity), plain(text)] for text in told],
        hovertemplate=_TREND_HOVER,
    )


def _spans(view: CompetitorTrend, values: _Values) -> list[str]:
    return [
        f"{format_number(value, view.decimals)} {view.unit_text}, {_day(start)} to {_day(end)}"
        if value is not None
        else ""
        for start, end, value in values
    ]


def _day(day: date) -> str:
    return f"{day.day} {day:%b %Y}"


def _line_labels(view: CompetitorTrend, *, is_crowded: bool) -> list[LineLabel]:
    """We are named always; each peer while they are few, the band alone where they are many."""
    ours = [value for _, _, value in view.ours if value is not None]
    found = [LineLabel(text="Us", level=ours[-1], ink=Ink.OURS)] if ours else []
    if is_crowded and view.band:
        last = view.band[-1]
        return [*found, LineLabel(text=f"{last.peers} peers", level=last.high, ink=Ink.TEXT)]
    return found + [
        LineLabel(text=_short(entity), level=values[-1][2], ink=Ink.TEXT)
        for entity, values in view.peers.items()
        if values
    ]


def _short(entity: str) -> str:
    return entity if len(entity) <= _LABEL else f"{entity[: _LABEL - 1]}…"


def _values(view: CompetitorTrend) -> list[float]:
    ours = [value for _, _, value in view.ours if value is not None]
    theirs = [value for values in view.peers.values() for _, _, value in values]
    bands = [edge for band in view.band for edge in (band.low, band.high)]
    return [*ours, *theirs, *bands]
