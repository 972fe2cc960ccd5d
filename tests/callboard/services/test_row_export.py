"""Rows that leave: numbers and days as such, everything else the text it is."""

import csv
import io
from datetime import date, datetime

from callboard.services.row_export import plain_values, rows_csv
from callboard.views import RowsBehind

VIEW = RowsBehind(
    columns=("id", "n", "share", "day", "name", "odd", "at"),
    rows=(
        ("007", "-3", "0.5", "2026-11-09", "=1+1", "2026-02-31", "2026-11-09 07:05:00"),
        ("12", "", "12.25", "", "•••", "2026-02-01", ""),
    ),
    limit=200,
    sentence="All 2 rows.",
)


def test_a_column_is_of_numbers_or_days_only_where_every_cell_is() -> None:
    assert (
        ("007", -3, 0.5, date(2026, 11, 9), "=1+1", "2026-02-31", datetime(2026, 11, 9, 7, 5)),  # noqa: DTZ001 - as it stands
        ("12", None, 12.25, None, "•••", "2026-02-01", None),
    ) == plain_values(VIEW)
    assert () == plain_values(RowsBehind(columns=("id",), rows=(), limit=1, sentence=""))


def test_rows_leave_without_a_cell_that_a_spreadsheet_runs() -> None:
    first = next(csv.DictReader(io.StringIO(rows_csv(VIEW).decode())))
    assert ("-3", "'=1+1", "007") == (first["n"], first["name"], first["id"])
