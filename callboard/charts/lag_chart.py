"""Rank correlation by lag: what leads to the right, the placebo of the wrong way round shaded."""

import plotly.graph_objects as go

from callboard.charts.theme import Ink, new_figure, note, plain
from callboard.views import BackstagePair, LagPoint

_HOVER = "<b>%{customdata[0]}</b><br>%{customdata[1]}<extra></extra>"


def lag_chart(pair: BackstagePair, *, height: int = 280) -> go.Figure:
    """Return the figure of one pair: ρ with its interval at every lag, the best one marked."""
    figure = new_figure(height=height, unit="ρ")
    first, last = pair.lags[0].lag, pair.lags[-1].lag
    edges = [edge for each in pair.lags for edge in (each.low, each.high)]
    low, high = min(-0.5, *edges), max(0.5, *edges)
    figure.update_xaxes(range=[first - 0.6, last + 0.6], dtick=2 if last > 4 else 1, zeroline=False)
    figure.update_xaxes(title={"text": "weeks later", "font": {"size": 12}, "standoff": 4})
    figure.update_yaxes(range=[low - 0.05, high + 0.05])
    figure.update_layout(margin_b=52)
    figure.add_shape(
        name="Placebo",
        type="rect",
        x0=first - 0.6,
        x1=-0.5,
        y0=low - 0.05,
        y1=high + 0.05,
        fillcolor=Ink.BAND,
        line={"width": 0},
        layer="below",
    )
    figure.add_hline(y=0, line={"color": Ink.CENTRE, "width": 1})
    note(figure, "the other way round", x=0.08, y=1, anchor="left")
    others = [each for each in pair.lags if not (pair.holds and each == pair.best)]
    _draw(figure, "Lags", others, ink=Ink.COMMON, shape="circle", size=7)
    if pair.holds and pair.best is not None:
        _draw(figure, "Holds", [pair.best], ink=Ink.NEUTRAL, shape="diamond", size=12)
    return figure


def _draw(
    figure: go.Figure, name: str, lags: list[LagPoint], *, ink: Ink, shape: str, size: int
) -> None:
    figure.add_scatter(
        name=name,
        x=[each.lag for each in lags],
        y=[each.rho for each in lags],
        mode="markers",
        marker={"color": ink, "symbol": shape, "size": size},
        error_y={
            "type": "data",
            "symmetric": False,
            "array": [each.high - each.rho for each in lags],
            "arrayminus": [each.rho - each.low for each in lags],
            "thickness": 1.5,
            "width": 0,
            "color": Ink.LIMIT,
        },
        customdata=[_told(each) for each in lags],
        hovertemplate=_HOVER,
    )


def _told(lag: LagPoint) -> list[str]:
    ahead = f"{abs(lag.lag)} week{'s' * (abs(lag.lag) != 1)}"
    where = "Same week" if lag.lag == 0 else f"{ahead} {'later' if lag.lag > 0 else 'earlier'}"
    span = f"{lag.low:.2f} to {lag.high:.2f}".replace("-", "−")
    return [plain(where), plain(f"ρ {lag.rho:.2f}".replace("-", "−") + f" ({span})")]
