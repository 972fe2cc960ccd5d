"""Where the year will end, as a table: each promise against its target, in words and numbers."""

from collections.abc import Iterator
from dataclasses import replace

from callboard.views import ReportColumn, ReportSection, ReportTable, ToDate, ToDateRow
from callboard.views.report import Cell

_TITLE = "Where the year will end"
_MOST_LISTED = 9  # rows that a slide has room for


def year_sections(view: ToDate) -> Iterator[ReportSection]:
    """Yield the section, what needs a look first; nothing where nothing is promised."""
    if not view.rows:
        return
    table = ReportTable(
        title=_TITLE, columns=_columns(view), rows=tuple(_cells(row) for row in view.rows)
    )
    hidden = (f"{view.hidden_count} more are not shown.",) if view.hidden_count else ()
    yield ReportSection(
        title=_TITLE,
        verdict=f"The year’s end of {_promises(len(view.rows))}: {view.summary}.",
        tables=(table,),
        listed=_listed(table),
        why=(
            f"To {view.until} at the latest, sums over sums of whole days. The year end is the "
            f"95 % range if everything stays as it is, from whole {view.whole_periods}.",
            *hidden,
        ),
    )


def _promises(count: int) -> str:
    return "1 promise" if count == 1 else f"{count} promises"


def _columns(view: ToDate) -> tuple[ReportColumn, ...]:
    told = (
        *("Promise", "Touchpoint", f"{view.quarter} to date", f"{view.year} to date", "Target"),
        *("Year end", "Outlook"),
    )
    numbers = (view.quarter, view.year, "Target, number", "Year end from", "Year end to")
    return (
        *(ReportColumn(title=title) for title in told),
        *(ReportColumn(title=title, is_number=True, is_for_machines=True) for title in numbers),
        ReportColumn(title="Unit", is_for_machines=True),
    )


def _cells(row: ToDateRow) -> tuple[Cell, ...]:
    base = f" {row.base_text}" if row.base_text else ""
    return (
        *(row.metric_name, row.touchpoint_name, row.quarter_text, row.year_text),
        *(f"{row.target_text}{base}", row.range_text, row.word),
        *(row.quarter, row.year, row.target, row.low, row.high, row.unit_text),
    )


def _listed(table: ReportTable) -> ReportTable:
    """The table as a slide has room for it."""
    places = [at for at, each in enumerate(table.columns) if not each.is_for_machines]
    rows = tuple(tuple(row[at] for at in places) for row in table.rows[:_MOST_LISTED])
    return replace(table, columns=tuple(table.columns[at] for at in places), rows=rows)
