"""CSV of what was kept out: rows in quarantine, and the findings of a file."""

from collections.abc import Iterable, Sequence

from callboard.services.export import Cell, write_csv
from callboard.views import FindingRow, QuarantinedRow

HASH_MARK = "sha256:"
QUARANTINE_TOLD = (
    *("id", "row_hash", "correction", "feed", "row_key", "status", "reasons", "suggestion"),
    *("first_seen", "note"),
)


def quarantine_csv(rows: Sequence[QuarantinedRow]) -> bytes:
    """Return rows that were kept out with what is told of them; it can be corrected and given back.

    The rows are of one feed. Id and hash say which row each is, `correction` what was seen of it.
    """
    names = tuple(rows[0].fields) if rows else ()
    return write_csv((*QUARANTINE_TOLD, *names), map(_quarantine_cells, rows))


def _quarantine_cells(row: QuarantinedRow) -> tuple[Cell, ...]:
    told = (
        *(row.id, f"{HASH_MARK}{row.row_hash}", row.correction, row.feed, row.row_key),
        *(row.status, "; ".join(row.reasons), row.suggestion, row.first_seen, row.note),
    )
    return (*told, *row.fields.values())


def findings_csv(findings: Iterable[FindingRow]) -> bytes:
    """Return the findings of a file as the command line writes them; row 0 is the whole file."""
    header = ("row", "column", "reason", "found", "expected", "suggestion", "verdict")
    return write_csv(
        header,
        (
            (
                *(each.row, each.column, each.reason_code, each.found),
                *(each.expected, each.suggestion, each.verdict_code),
            )
            for each in findings
        ),
    )
