"""A metric by weekday and hour: one hue, the deeper the farther an hour lies from all together.

A sign says the way of what differs by more than chance, so that no meaning hangs on the shade.
"""

import plotly.graph_objects as go

from callboard.charts.theme import THREE_LINES, Ink, new_figure, plain
from callboard.views import CellState, HourCell, HourMap

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_HIDDEN = "·"
_TINT = 0.15  # of the scale, so that an hour like all others is no blank
_SCALE = [[0.0, Ink.PAPER], [1.0, Ink.NEUTRAL]]


def hour_chart(view: HourMap) -> go.Figure:
    """Return the figure; hours without a case are blank, those too small to show have a dot."""
    figure = new_figure(height=292, unit="", left=8)
    hours = range(
        min((each.hour for each in view.cells), default=0),
        max((each.hour for each in view.cells), default=23) + 1,
    )
    _draw(figure, view, hours)
    ticks = [f"{hour:02d}" for hour in hours if hour % 3 == 0]
    figure.update_xaxes(type="category", showline=False, tickmode="array", tickvals=ticks)
    figure.update_yaxes(type="category", autorange="reversed", ticklabelstandoff=8, nticks=7)
    figure.update_layout(margin_t=12)
    return figure


def _draw(figure: go.Figure, view: HourMap, hours: range) -> None:
    by_place = {(each.weekday, each.hour): each for each in view.cells}
    rows = [[by_place.get((weekday, hour)) for hour in hours] for weekday in range(7)]
    far = max((abs(each.difference or 0.0) for each in view.cells), default=0.0)
    figure.add_heatmap(
        name="Hours",
        x=[f"{hour:02d}" for hour in hours],
        y=list(_DAYS),
        z=[[_distance(each) for each in row] for row in rows],
        zmin=-_TINT * (far or 1.0),
        zmax=far or 1.0,
        colorscale=_SCALE,
        showscale=False,
        xgap=1,
        ygap=1,
        text=[[_sign(each) for each in row] for row in rows],
        texttemplate="%{text}",
        textfont={"size": 12, "color": Ink.TEXT},
        customdata=[[_told(each) for each in row] for row in rows],
        hovertemplate=THREE_LINES,
        hoverongaps=False,
    )


def _distance(cell: HourCell | None) -> float | None:
    """None leaves the place blank; a hidden hour has the palest shade and its dot."""
    if cell is None:
        return None
    return abs(cell.difference or 0.0)


def _sign(cell: HourCell | None) -> str:
    if cell is None:
        return ""
    if cell.state is CellState.HIDDEN:
        return _HIDDEN
    if not cell.is_clear:
        return ""
    return "▲" if (cell.difference or 0.0) > 0 else "▼"


def _told(cell: HourCell | None) -> list[str]:
    if cell is None:
        return ["", "", ""]
    said = "differs from the other hours" if cell.is_clear else "no clear difference"
    if cell.state is CellState.HIDDEN:
        said = ""
    elif cell.p is None:
        said = "not tested"
    value = f"{cell.value_text} · n {cell.n:,}" if cell.value is not None else cell.value_text
    from_all = f"{cell.difference_text} from all hours together; " if cell.difference_text else ""
    return [plain(cell.name), plain(value), plain(f"{from_all}{said}")]
