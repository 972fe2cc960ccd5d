"""How checked files and submissions are written: columns of tables, the document for programs."""

from dataclasses import asdict
from typing import TYPE_CHECKING

from callboard.cli.printing import Cell, count_of, say

if TYPE_CHECKING:
    from callboard.services.publishing.looking import LookedAt
    from callboard.views import FindingRow, Preview, SubmissionRow

FINDING_COLUMNS = ("row", "column", "reason", "found", "expected", "suggestion", "verdict")
CHANGE_COLUMNS = ("kind", "metric", "entity", "period", "old", "new", "difference")
SUBMISSION_COLUMNS = (
    *("id", "at", "actor", "file_name", "source", "rows_in", "published", "quarantined"),
    *("collapsed", "state", "publication", "note"),
)


def findings_of(preview: "Preview") -> tuple["FindingRow", ...]:
    """Return what was found of the file, then of its rows."""
    return (*preview.file_findings, *preview.findings)


def cells_of_finding(finding: "FindingRow") -> tuple[str | int, ...]:
    """Return a finding in the order of its columns, with the codes that programs rely on."""
    return (
        finding.row,
        finding.column,
        finding.reason_code,
        finding.found,
        finding.expected,
        finding.suggestion,
        finding.verdict_code,
    )


def submission_cells(row: "SubmissionRow") -> tuple[Cell, ...]:
    """Return a submission in the order of its columns."""
    return tuple(getattr(row, name) for name in SUBMISSION_COLUMNS)


def say_preview(looked: "LookedAt") -> None:
    """Say what is to know beside the findings; the sentence of what would happen comes last."""
    for each in looked.report.asked:
        where = f" of the column {each.header!r}" if each.header else ""
        options = " or ".join(value for value, _ in each.options)
        wait = "waits" if each.rows == 1 else "wait"
        waiting = f"{count_of(each.rows, 'row')} {wait} for it"
        say(f"Open: {each.question.value}{where}, {options}; {waiting}.")
    preview = looked.preview
    for sentence in (*preview.notes, preview.same_as, preview.sentence):
        if sentence:
            say(sentence)


def document_of(looked: "LookedAt") -> dict[str, object]:
    """Return a checked file as JSON has it: counts, findings, how it was read, what is open."""
    preview, report = looked.preview, looked.report
    findings = [
        dict(zip(FINDING_COLUMNS, cells_of_finding(each), strict=True))
        for each in findings_of(preview)
    ]
    return {
        "file": preview.file_name,
        "sha256": preview.sha256,
        "encoding": preview.encoding,
        "delimiter": preview.delimiter,
        "lines_in": report.lines_in,
        "rows_in": preview.rows_in,
        "published": preview.published,
        "quarantined": preview.quarantined,
        "collapsed": preview.collapsed,
        "refused": preview.refused,
        "same_as": preview.same_as,
        "changes": {"counts": dict(preview.change_counts), "first": _all(preview.changes)},
        "jumps": _all(preview.jumps),
        "asked": _all(report.asked),
        "reading": None if report.reading is None else asdict(report.reading),
        "mapping": asdict(report.mapping),
        "findings": findings,
    }


def _all(parts: tuple[object, ...]) -> list[dict[str, object]]:
    return [asdict(each) for each in parts]  # type: ignore[call-overload]  # frozen dataclasses
