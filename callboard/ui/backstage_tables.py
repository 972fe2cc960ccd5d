"""The tables beside the lags: one pair lag by lag, and every pair that was looked at."""

from markupsafe import Markup

from callboard import views
from callboard.figures import NO_VALUE, format_count, format_number
from callboard.ui.tables import Column, Row, draw_table

_LAGS = (
    Column(title="Weeks later"),
    Column(title="ρ", is_number=True),
    Column(title="Interval", is_number=True),
    Column(title="Weeks", is_number=True),
)
_PAIRS = (
    Column(title="Backstage"),
    Column(title="Service"),
    Column(title="Likeliest lag", is_number=True),
    Column(title="ρ", is_number=True),
    Column(title="Interval", is_number=True),
    Column(title="Earlier, then later half"),
    Column(title="Weeks", is_number=True),
    Column(title="What it says"),
)


def lags_table(pair: views.BackstagePair) -> Markup:
    """Return the lags of a pair; those the wrong way round are pale."""
    rows = [
        Row(
            cells=(
                format_number(each.lag, 0),
                format_number(each.rho, 2),
                _interval(each),
                format_count(each.pairs),
            ),
            look="pale" if each.lag < 0 else "ours" if pair.holds and each == pair.best else "",
        )
        for each in pair.lags
    ]
    return draw_table(_LAGS, rows, caption=f"{pair.name}, by lag", is_tall=True)


def pairs_table(view: views.Backstage) -> Markup:
    """Return every pair that was looked at, the strongest first."""
    rows = [
        Row(cells=_pair(each), look="" if each.best is not None else "pale") for each in view.pairs
    ]
    return draw_table(_PAIRS, rows, caption=f"Looked at behind {view.metric_name}")


def _pair(pair: views.BackstagePair) -> tuple[str, ...]:
    best = pair.best
    if best is None:
        none = (NO_VALUE,) * 5
        return (pair.metric_name, pair.touchpoint_name, *none, "too little history")
    return (
        pair.metric_name,
        pair.touchpoint_name,
        format_number(best.lag, 0),
        format_number(best.rho, 2),
        _interval(best),
        pair.halves_text,
        format_count(best.pairs),
        "moves together" if pair.holds else "no more than chance",
    )


def _interval(lag: views.LagPoint) -> str:
    return f"{format_number(lag.low, 2)} to {format_number(lag.high, 2)}"
