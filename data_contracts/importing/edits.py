"""Cells that a person has put right, by the line and the header of the file."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from data_contracts.findings import Finding, Reason
from data_contracts.importing.answers import Edit
from data_contracts.parsing.headers import plain
from data_contracts.parsing.table import Refused, TextTable, refusal
from definition_files import nearest


def apply_edits(table: TextTable, edits: tuple[Edit, ...]) -> TextTable | Refused:
    """Return the file with its edited cells; an edit of a cell that is not there refuses it."""
    if not edits:
        return table
    headers = {plain(header): at for at, header in enumerate(table.headers)}
    rows = {int(line): at for at, line in enumerate(table.lines)}
    if refusals := tuple(_misplaced(table, edits, headers, rows)):
        return Refused(findings=refusals, encoding=table.encoding, delimiter=table.delimiter)
    cells = table.cells.copy()
    for column in {headers[plain(each.column)] for each in edits}:
        own = [each for each in edits if headers[plain(each.column)] == column]
        changed = cells[column].astype("object")
        changed.iloc[[rows[each.line] for each in own]] = [each.becomes for each in own]
        cells[column] = changed.astype("str")
    edited = np.array([each.line for each in edits])
    return replace(table, cells=cells, short=table.short - frozenset(edited.tolist()))


def _misplaced(
    table: TextTable, edits: tuple[Edit, ...], headers: dict[str, int], rows: dict[int, int]
) -> Iterator[Finding]:
    for edit in edits:
        if plain(edit.column) not in headers:
            yield refusal(
                Reason.FILE_HEADER,
                f"no column {edit.column!r}, which an edit names",
                "a column of the file",
                row=edit.line,
                column=edit.column,
                advice=nearest(edit.column, table.headers),
            )
        elif edit.line not in rows:
            yield refusal(
                Reason.FILE_HEADER,
                f"no row on line {edit.line}, which an edit names",
                f"a line from {table.lines[0]} to {table.lines[-1]}",
                row=edit.line,
                column=edit.column,
            )
