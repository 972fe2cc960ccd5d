"""Findings, changes and the history of publishing, as tables."""

from markupsafe import Markup

from callboard import views
from callboard.figures import format_count
from callboard.ui.moments import day_and_time
from callboard.ui.tables import Column, Row, draw_table

_FINDINGS = (
    Column(title="Row", is_number=True),
    Column(title="Column"),
    Column(title="What is wrong"),
    Column(title="Found"),
    Column(title="Expected"),
    Column(title="Suggestion"),
    Column(title="What happens"),
)
_CHANGES = (
    Column(title="Change"),
    Column(title="Metric"),
    Column(title="Who"),
    Column(title="Period"),
    Column(title="Now", is_number=True),
    Column(title="After", is_number=True),
    Column(title="Difference", is_number=True),
)
_HISTORY = (
    Column(title="No.", is_number=True),
    Column(title="When"),
    Column(title="Who"),
    Column(title="File"),
    Column(title="Source"),
    Column(title="Rows", is_number=True),
    Column(title="Published", is_number=True),
    Column(title="Quarantined", is_number=True),
    Column(title="State"),
    Column(title="Note"),
)
_KINDS = {"add": "Adds", "change": "Changes", "leave": "Leaves", "remove": "Removes"}
_MOST_CHANGES = 200


def findings_table(findings: tuple[views.FindingRow, ...], *, total: int) -> Markup:
    """Return the findings row by row; the caption says how many there are in all."""
    rows = [
        Row(
            cells=(
                str(finding.row) if finding.row else "file",
                finding.column,
                finding.reason,
                finding.found,
                finding.expected,
                finding.suggestion,
                finding.verdict,
            )
        )
        for finding in findings
    ]
    more = "" if total == len(findings) else f", the first {format_count(len(findings))} shown"
    return draw_table(
        _FINDINGS, rows, caption=f"{format_count(total)} findings{more}", is_tall=len(rows) > 20
    )


def changes_table(changes: tuple[views.Change, ...]) -> Markup:
    """Return what publishing would change; what it leaves as it is comes last and pale."""
    order = tuple(_KINDS)
    ranked = sorted(changes, key=lambda change: order.index(change.kind))
    rows = [
        Row(
            cells=(
                _KINDS[change.kind],
                change.metric,
                change.entity,
                change.period,
                change.old,
                change.new,
                change.difference,
            ),
            look="pale" if change.kind == "leave" else "",
        )
        for change in ranked[:_MOST_CHANGES]
    ]
    return draw_table(
        _CHANGES,
        rows,
        caption="What publishing would change, value by value",
        is_tall=len(rows) > 20,
    )


def history_table(history: tuple[views.SubmissionRow, ...], *, zone: str) -> Markup:
    """Return the submissions in their order."""
    rows = [
        Row(
            cells=(
                str(row.id),
                day_and_time(row.at, zone),
                row.actor,
                row.file_name,
                row.source,
                format_count(row.rows_in),
                format_count(row.published),
                format_count(row.quarantined),
                row.state,
                row.note,
            ),
            look="pale" if row.state == "withdrawn" else "",
        )
        for row in history
    ]
    return draw_table(_HISTORY, rows, caption="Every file that was published or tried")
