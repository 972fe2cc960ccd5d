"""Us among competitors: a league of dots with their intervals, lines of reference behind them."""

from collections.abc import Sequence
from statistics import median

import plotly.graph_objects as go

from callboard.charts.theme import Ink, new_figure, padded_range, plain
from callboard.views import Competitor

_ROW, _LONGEST = 34, 36
_HOVER = "<b>%{y}</b><br>%{customdata[0]}<br>%{customdata[1]}<extra></extra>"


def league_chart(league: Sequence[Competitor], *, unit: str) -> go.Figure:
    """Return the figure of a league, best first; hollow may not be compared, crossed is too old.

    What is of grade D is not drawn. A dotted line is a value of an industry, a region or all; a
    pale bar is what several sources say of one.
    """
    names = dict(zip(map(id, league), league_names(league), strict=True))
    league = [each for each in league if each.is_drawn]
    figure = new_figure(height=66 + _ROW * max(1, len(league)), unit=unit, left=8)
    groups = (
        ("Competitors", [c for c in league if c.comparable and not c.is_us], Ink.COMMON, "circle"),
        ("Not comparable", _hollow(league, is_stale=False), Ink.COMMON, "circle-open"),
        ("Too old", _hollow(league, is_stale=True), Ink.COMMON, "circle-x-open"),
        ("Us", [c for c in league if c.is_us and c.comparable], Ink.OURS, "diamond"),
    )
    _draw_references(figure, league)
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
    """Return a name for each row: what is no value of its own says what it is of the group.

    A later row of the same name is told apart by its source.
    """
    names: list[str] = []
    for competitor in league:
        told = competitor.statistic != "value" and not competitor.is_us
        name = f"{competitor.entity}, {competitor.statistic}" if told else competitor.entity
        names.append(f"{name}, {competitor.source}" if name in names else name)
    return names


def _edges(league: Sequence[Competitor]) -> list[float]:
    """Every value is in the picture; an interval that is far too wide may leave it.

    One value that stands on a few cases must not press all others together.
    """
    values = [c.value for c in league if c.value is not None]
    compared = [c for c in league if c.comparable]
    whole = [(c.low, c.high) for c in compared if c.low is not None and c.high is not None]
    if not values:
        return []
    usual = median(high - low for low, high in whole) if whole else 0.0
    room = max(max(values) - min(values), usual)
    ends = [*values, *(end for c in league for end in c.envelope or ())]
    low = min([*ends, *(low for low, _ in whole)])
    high = max([*ends, *(high for _, high in whole)])
    return [max(low, min(ends) - room), min(high, max(ends) + room)]


def _draw_references(figure: go.Figure, league: Sequence[Competitor]) -> None:
    """Dotted lines of what may only be looked at, and bars of what several sources say."""
    for at, each in enumerate(league):
        if each.is_reference and not each.is_us:
            line = {"color": Ink.LIMIT, "width": 1, "dash": "dot"}
            figure.add_vline(x=each.value, line=line, layer="below")
        if not each.comparable and each.low is not None and each.high is not None:
            figure.add_shape(
                type="line",
                x0=each.low,
                x1=each.high,
                y0=at,
                y1=at,
                line={"color": Ink.LIMIT, "width": 1.25, "dash": "dot"},
                layer="below",
            )
        if each.envelope:
            figure.add_shape(
                name="Sources",
                type="rect",
                x0=each.envelope[0],
                x1=each.envelope[1],
                y0=at - 0.28,
                y1=at + 0.28,
                fillcolor=Ink.BAND,
                line={"width": 0},
                layer="below",
            )


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
            "array": [_arm(c.value, c.high) if c.comparable else 0 for c in members],
            "arrayminus": [_arm(c.low, c.value) if c.comparable else 0 for c in members],
            "thickness": 1.5,
            "width": 0,
            "color": Ink.LIMIT,
        },
        customdata=[_told(c) for c in members],
        hovertemplate=_HOVER,
    )


def _arm(near: float | None, far: float | None) -> float:
    return far - near if near is not None and far is not None else 0.0


def _told(competitor: Competitor) -> list[str]:
    passport = f"{competitor.source} · {competitor.period_label} · n {competitor.n_text}"
    graded = f"grade {competitor.grade}" if competitor.grade else ""
    told = " · ".join(filter(None, (competitor.value_text, graded, competitor.note)))
    return [plain(told), plain(passport)]
