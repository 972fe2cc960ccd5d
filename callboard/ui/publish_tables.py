"""Findings, changes and the history of publishing, as tables."""

from collections.abc import Sequence

from markupsafe import Markup

from callboard import views
from callboard.figures import format_count
from callboard.ui.markup import tag
from callboard.ui.moments import day_and_time
from callboard.ui.tables import Column, Row, draw_table

_FINDINGS = (
    Column(title="Row", is_number=True),
    Column(title="Column"),
    Column(title="What is wrong"),
    Column(title="Found"),
    Column(title="Expected"),
    Column(title="What to do"),
    Column(title="What happens"),
)
_GROUPS = (
    Column(title="What is wrong"),
    Column(title="Column"),
    Column(title="How often", is_number=True),
    Column(title="For instance"),
    Column(title="Expected"),
    Column(title="What to do"),
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
    Column(title="How"),
    Column(title="SHA-256"),
    Column(title="Contract"),
    Column(title="Note"),
)
_KINDS = {"add": "Adds", "change": "Changes", "leave": "Leaves", "remove": "Removes"}
_MODES = {"by_key": "by value", "publisher": "whole publisher"}
MOST_FINDINGS = _MOST_CHANGES = 200


def groups_table(groups: tuple[views.FindingGroup, ...]) -> Markup:
    """Return what is wrong by the repair it needs, what keeps most rows out first."""
    rows = [
        Row(
            cells=(
                group.reason,
                group.column,
                format_count(group.count),
                _instance(group),
                group.expected,
                group.suggestion,
                group.verdict,
            ),
            look="pale" if group.is_note else "",
        )
        for group in groups
    ]
    return draw_table(_GROUPS, rows, caption="What to mend, each kind once", is_stacked=True)


def _instance(group: views.FindingGroup) -> str:
    return f"{group.example} in row {group.rows[0]}" if group.rows[0] else group.example


def findings_table(findings: Sequence[views.FindingRow], *, of: int = 0) -> Markup:
    """Return the findings row by row; the caption says how many there are in all.

    Where `findings` are only the first, `of` says how many there are.
    """
    count = of or len(findings)
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
        for finding in findings[:MOST_FINDINGS]
    ]
    noun = "finding" if count == 1 else "findings"
    caption = f"{format_count(count)} {noun}{_cut(count, MOST_FINDINGS)}"
    return draw_table(_FINDINGS, rows, caption=caption, is_tall=len(rows) > 20, is_stacked=True)


def _cut(count: int, most: int) -> str:
    return f", the first {format_count(most)} shown" if count > most else ""


def changes_table(changes: tuple[views.Change, ...], *, of: int = 0) -> Markup:
    """Return what publishing would change; what it leaves as it is comes last and pale.

    Where `changes` are only the first, `of` says how many there are.
    """
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
    cut = _cut(max(of, len(changes)), _MOST_CHANGES)
    return draw_table(
        _CHANGES,
        rows,
        caption=f"What publishing would change, value by value{cut}",
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
                _MODES.get(row.mode, row.mode),
                tag("code", row.sha256[:10], title=row.sha256),
                row.contract_version,
                row.note,
            ),
            look="pale" if row.state == "withdrawn" else "",
        )
        for row in history
    ]
    return draw_table(
        _HISTORY, rows, caption="Every file that was published or tried", is_stacked=True
    )
