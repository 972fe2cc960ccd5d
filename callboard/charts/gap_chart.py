"""Our gaps to the benchmarks of our peers: dots with intervals around ourselves at zero."""

from collections.abc import Sequence

import plotly.graph_objects as go

from callboard.charts.theme import Ink, new_figure, note, padded_range, plain
from callboard.views import BenchmarkGap, Meaning

_ROW = 34
_HOVER = "<b>%{y}</b><br>%{customdata[0]}<br>%{customdata[1]}<extra></extra>"
_INK = {Meaning.GOOD: Ink.IMPROVEMENT, Meaning.BAD: Ink.CONCERN}
_SHAPE = {Meaning.GOOD: "diamond", Meaning.BAD: "square"}


def gap_chart(gaps: Sequence[BenchmarkGap], *, unit: str) -> go.Figure:
    """Return the figure of our gaps: left of the line we are behind, right of it ahead.

    A dot whose interval crosses the line is grey and round: no clear difference.
    """
    figure = new_figure(height=72 + _ROW * max(1, len(gaps)), unit="", left=8)
    names = [plain(each.name) for each in gaps]
    figure.add_scatter(
        name="Gaps",
        x=[each.gap for each in gaps],
        y=names,
        mode="markers",
        marker={
            "color": [_INK.get(each.meaning, Ink.COMMON) for each in gaps],
            "symbol": [_SHAPE.get(each.meaning, "circle") for each in gaps],
            "size": 11,
        },
        error_x=_intervals(gaps),
        customdata=[
            [plain(f"{each.value_text}: {each.text}"), plain(each.made_of)] for each in gaps
        ],
        hovertemplate=_HOVER,
    )
    _draw_ourselves(figure, unit)
    ends = [end for each in gaps for end in (each.gap, each.low, each.high) if end is not None]
    figure.update_xaxes(range=padded_range([0.0, *ends]), showgrid=True)
    figure.update_yaxes(
        range=[len(gaps) - 0.5, -0.5],
        type="category",
        ticklabelstandoff=8,
        tickmode="array",
        tickvals=names,
    )
    return figure


def _intervals(gaps: Sequence[BenchmarkGap]) -> dict[str, object]:
    return {
        "type": "data",
        "symmetric": False,
        "array": [each.high - each.gap if each.high is not None else 0 for each in gaps],
        "arrayminus": [each.gap - each.low if each.low is not None else 0 for each in gaps],
        "thickness": 1.5,
        "width": 0,
        "color": Ink.LIMIT,
    }


def _draw_ourselves(figure: go.Figure, unit: str) -> None:
    figure.add_vline(x=0, line={"color": Ink.OURS, "width": 1.5}, layer="below")
    note(figure, "← we are behind", x=0, y=1, anchor="left")
    note(figure, "we are ahead →", x=1, y=1, anchor="right")
    if unit:
        title = {"text": plain(unit), "font": {"size": 12, "color": Ink.TEXT}, "standoff": 6}
        figure.update_xaxes(title=title)
        figure.update_layout(margin_b=52, height=figure.layout.height + 20)
