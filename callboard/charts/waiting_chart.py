"""The share of cases still open by age, as steps inside their interval."""

import plotly.graph_objects as go

from callboard.charts.theme import Ink, new_figure, plain
from callboard.figures import format_count, format_number
from callboard.views import OpenShare, Waiting

_HOVER = "<b>%{customdata[0]}</b><br>%{customdata[1]}<extra></extra>"
_LEFT = 0.02  # beyond the age at which so few are open, the curve says no more


def waiting_chart(view: Waiting, *, height: int = 300) -> go.Figure:
    """Return the figure of a curve, from all open at the beginning to what is left."""
    figure = new_figure(height=height, unit="% still open")
    ages, last = [0.0, *(each.age for each in view.steps)], _last_age(view)
    end = max(last, ages[-1])
    low = [100.0, *(each.low for each in view.steps)]
    high = [100.0, *(each.high for each in view.steps)]
    shares = [100.0, *(each.share for each in view.steps)]
    figure.update_xaxes(range=[0, last], title=_title(f"{view.unit_text} since it was opened"))
    figure.update_yaxes(range=[0, 104], tickvals=[0, 25, 50, 75, 100])
    figure.update_layout(margin_b=52)
    _line(figure, "Upper bound", [*ages, end], [*high, high[-1]], width=0)
    _line(figure, "Interval", [*ages, end], [*low, low[-1]], width=0, fill="tonexty")
    figure.add_scatter(
        name="Still open",
        x=[*ages, end],
        y=[*shares, shares[-1]],
        mode="lines",
        line={"color": Ink.OURS, "width": 2, "shape": "hv"},
        customdata=[["At the beginning", "all open"], *map(_told, view.steps), ["", ""]],
        hovertemplate=_HOVER,
    )
    if view.median is not None:
        _mark_median(figure, view.median)
    return figure


def _line(
    figure: go.Figure, name: str, x: list[float], y: list[float], *, width: int, fill: str = ""
) -> None:
    figure.add_scatter(
        name=name,
        x=x,
        y=y,
        mode="lines",
        line={"color": Ink.NEAR, "width": width, "shape": "hv"},
        fill=fill or None,
        fillcolor=Ink.NEAR,
        hoverinfo="skip",
    )


def _mark_median(figure: go.Figure, median: float) -> None:
    figure.add_scatter(
        name="Half",
        x=[0, median, median],
        y=[50, 50, 0],
        mode="lines",
        line={"color": Ink.LIMIT, "width": 1.25, "dash": "dot"},
        hoverinfo="skip",
    )
    figure.add_annotation(
        text="half settled",
        x=median,
        y=50,
        xanchor="left",
        xshift=6,
        yanchor="bottom",
        showarrow=False,
        font={"size": 12, "color": Ink.TEXT},
    )


def _title(text: str) -> dict[str, object]:
    return {"text": plain(text), "font": {"size": 12}, "standoff": 4}


def _last_age(view: Waiting) -> float:
    few = [each.age for each in view.steps if each.share <= 100 * _LEFT]
    return (min(few) if few else view.longest) * 1.05


def _told(step: OpenShare) -> list[str]:
    span = f"{format_number(step.low, 1)} to {format_number(step.high, 1)} %"
    told = f"{format_number(step.share, 1)} % still open ({span})"
    return [plain(step.age_text), plain(f"{told} · {format_count(step.at_risk)} followed so far")]
