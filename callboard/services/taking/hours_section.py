"""A metric by weekday and hour as a section: a grid to see, a table to count with."""

from callboard.figures import format_day
from callboard.services.taking.columns import number, words
from callboard.views import CellState, ControlChart, HourCell, HourMap, ReportSection, ReportTable
from callboard.views.report import Cell, ReportGrid, ReportShade

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def hours_section(view: HourMap, chart: ControlChart) -> ReportSection | None:
    """Return the hours of the week; None where the metric has none. A hidden hour stays hidden."""
    if not view.cells:
        return None
    since = f" Hours have been kept since {format_day(view.since)}." if view.since else ""
    span = f"{view.span}, local time; all hours together {view.overall_text}.{since} {view.how}"
    is_drawn = any(each.value is not None for each in view.cells)
    title = f"By hour, {chart.metric_name}, {chart.touchpoint_name}"
    return ReportSection(
        title=title,
        verdict=view.sentence,
        metric=chart.metric_name,
        chart=_grid(view, title) if is_drawn else None,
        tables=(_table(view, chart, title),),
        why=tuple(filter(None, (view.legend if is_drawn else "", span.strip()))),
    )


def _grid(view: HourMap, title: str) -> ReportGrid:
    there = [each.hour for each in view.cells]
    hours = range(min(there), max(there) + 1)
    by_place = {(each.weekday, each.hour): each for each in view.cells}
    far = max(abs(each.difference or 0.0) for each in view.cells) or 1.0
    return ReportGrid(
        title=title,
        rows=_DAYS,
        columns=tuple(f"{hour:02d}" for hour in hours),
        shades=tuple(
            tuple(_shade(by_place.get((weekday, hour)), far) for hour in hours)
            for weekday in range(len(_DAYS))
        ),
        alt=view.alt,
    )


def _shade(cell: HourCell | None, far: float) -> ReportShade | None:
    if cell is None:
        return None
    if cell.state is CellState.HIDDEN:
        return ReportShade(depth=0.0, sign="·")
    difference = cell.difference or 0.0
    sign = ("▲" if difference > 0 else "▼") if cell.is_clear else ""
    return ReportShade(depth=abs(difference) / far, sign=sign)


def _table(view: HourMap, chart: ControlChart, title: str) -> ReportTable:
    unit, decimals = view.unit_text, chart.decimals
    columns = (
        *words("Hour"),
        number("Value", unit=unit, decimals=decimals),
        number("From all", unit=unit, decimals=decimals),
        *(number("n", decimals=0), number("Days", decimals=0)),
        *words("Against chance"),
    )
    return ReportTable(title=title, columns=columns, rows=tuple(map(_row, view.cells)))


def _row(cell: HourCell) -> tuple[Cell, ...]:
    return (cell.name, cell.value, cell.difference, cell.n, cell.days, _against_chance(cell))


def _against_chance(cell: HourCell) -> str:
    if cell.state is CellState.HIDDEN:
        return cell.value_text
    if cell.p is None:
        return "not tested"
    return "differs" if cell.is_clear else "no clear difference"
