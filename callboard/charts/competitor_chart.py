"""Us among competitors: a league of dots with their intervals, and the trend over periods."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from statistics import median

import plotly.graph_objects as go

from callboard.charts.break_lines import draw_break_days
from callboard.charts.line_labels import LineLabel, label_lines
from callboard.charts.theme import Ink, new_figure, padded_range, plain, show_dates
from callboard.figures import format_number
from callboard.views import Competitor, CompetitorTrend

_Values = Sequence[tuple[date, date, float | None]] | Sequence[tuple[date, date, float]]

_ROW, _LONGEST, _MOST_NAMED, _LABEL = 34, 36, 7, 18
_HOVER = "<b>%{y}</b><br>%{customdata[0]}<br>%{customdata[1]}<extra></extra>"
_TREND_HOVER = "<b>%{customdata[0]}</b><br>%{customdata[1]}<extra></extra>"


def league_chart(league: Sequence[Competitor], *, unit: str) -> go.Figure:
    """Return the figure of a league, best first; hollow may not be compared, crossed is too old."""
    names = dict(zip(map(id, league), league_names(league), strict=True))
    figure = new_figure(height=66 + _ROW * max(1, len(league)), unit=unit, left=8)
    groups = (
        ("Competitors", [c for c in league if c.comparable and not c.is_us], Ink.COMMON, "circle"),
        ("Not comparable", _hollow(league, is_stale=False), Ink.COMMON, "circle-open"),
        ("Too old", _hollow(league, is_stale=True), Ink.COMMON, "circle-x-open"),
        ("Us", [c for c in league if c.is_us and c.comparable], Ink.OURS, "diamond"),
    )
    for title, members, ink, shape in groups:
        shown = [_label(c, names[id(c)]) for c in members]
        _draw_league(figure, members, shown, {"name": title, "color": ink, "symbol": shape})
    labels = [_label(c, names[id(c)]) for c in league]
    figure.update_xaxes(range=padded_range(_edges(league), share=0.08), showgrid=True)
    figure.update_yaxes(
        range=[len(league) - 0.5, -0.5],
        type="category",
        ticklabelstandoff=8,
        categoryorder="array",
        categoryarray=labels,
        tickmode="array",
        tickvals=labels,
    )
    return figure


def _hollow(league: Sequence[Competitor], *, is_stale: bool) -> list[Competitor]:
    return [each for each in league if not each.comparable and each.is_stale is is_stale]


def league_names(league: Sequence[Competitor]) -> list[str]:
    """Return a name for each row; a later row of the same entity is told apart by its source."""
    names: list[str] = []
    for competitor in league:
        name = competitor.entity
        names.append(f"{name}, {competitor.source}" if name in names else name)
    return names


def _edges(league: Sequence[Competitor]) -> list[float]:
    """Every value is in the picture; an interval that is far too wide may leave it.

    One value that stands on a few cases must not press all others together.
    """
    values = [c.value for c in league]
    compared = [c for c in league if c.comparable]
    whole = [(c.low, c.high) for c in compared if c.low is not None and c.high is not None]
    usual = median(high - low for low, high in whole) if whole else 0.0
    room = max(max(values) - min(values), usual)
    low = min([*values, *(low for low, _ in whole)])
    high = max([*values, *(high for _, high in whole)])
    return [max(low, min(values) - room), min(high, max(values) + room)] if values else []


def _label(competitor: Competitor, name: str) -> str:
    text = plain(name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1]}…")
    return f"<b>{text}</b>" if competitor.is_us else text


def _draw_league(
    figure: go.Figure, members: Sequence[Competitor], labels: list[str], look: dict[str, str]
) -> None:
    if not members:
        return
    figure.add_scatter(
        name=look["name"],
        x=[c.value for c in members],
        y=labels,
        mode="markers",
        marker={
            "color": look["color"],
            "symbol": look["symbol"],
            "size": 13 if look["name"] == "Us" else 10,
        },
        error_x={
            "type": "data",
            "symmetric": False,
            "array": [c.high - c.value if c.high is not None else 0 for c in members],
            "arrayminus": [c.value - c.low if c.low is not None else 0 for c in members],
            "thickness": 1.5,
            "width": 0,
            "color": Ink.LIMIT,
        },
        customdata=[_told(c) for c in members],
        hovertemplate=_HOVER,
    )


def _told(competitor: Competitor) -> list[str]:
    passport = f"{competitor.source} · {competitor.period_label} · n {competitor.n_text}"
    return [plain(f"{competitor.value_text} {competitor.note}".strip()), plain(passport)]


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
    peers: dict[str, object] = {"color": Ink.NEAR if is_crowded else Ink.LIMIT, "width": 1.25}
    for entity, values in view.peers.items():
        _draw_trend(figure, entity, values, _spans(view, values), line=peers)
    ours: dict[str, object] = {"color": Ink.OURS, "width": 2.5}
    _draw_trend(figure, "Us", view.ours, _spans(view, view.ours), line=ours)
    label_lines(figure, _line_labels(view, is_crowded=is_crowded), width=128)
    return figure


def _of_one_length(view: CompetitorTrend) -> CompetitorTrend:
    spans = [each[:2] for values in view.peers.values() for each in values]
    lengths = Counter(_length(*span) for span in spans or [each[:2] for each in view.ours])
    if len(lengths) < 2:
        return view
    usual = lengths.most_common(1)[0][0]
    return replace(
        view,
        ours=tuple(each for each in view.ours if _length(*each[:2]) == usual),
        peers={
            entity: kept
            for entity, values in view.peers.items()
            if (kept := tuple(each for each in values if _length(*each[:2]) == usual))
        },
        band=tuple(b for b in view.band if _length(b.start, b.end) == usual),
    )


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
