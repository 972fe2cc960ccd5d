"""What was said for all rows: texts for the contract's columns where no cell says otherwise."""

from collections.abc import Iterator

import numpy as np

from data_contracts.findings import Finding, Reason
from data_contracts.importing.answers import Answers
from data_contracts.importing.coded import Coded, Sheet
from data_contracts.model import Contract
from data_contracts.parsing.headers import plain
from data_contracts.parsing.table import refusal
from definition_files import nearest

UNIT_OF_METRIC = "metric"  # said as the constant unit: each metric in the unit it is told in here


def put_constants(sheet: Sheet, contract: Contract, answers: Answers) -> tuple[Finding, ...]:
    """Fill the empty cells; a constant that contradicts a filled one refuses the file."""
    known = [*(each.name for each in contract.columns), "period"]
    found = [*_unknown(answers, known)]
    for field, text in answers.constants.items():
        if field in known and text.strip():
            found += _put(sheet, field, text.strip())
    return tuple(found)


def fill(sheet: Sheet, field: str, texts: Coded) -> None:
    """Put texts, one a row, into the cells of a column that are empty."""
    empty = sheet.column(field).where(lambda word: not word)
    if empty.any():
        sheet.put_cells(field, empty, texts)


def for_all(sheet: Sheet, text: str) -> Coded:
    """The same text in every row."""
    return Coded((text,), np.zeros(sheet.rows, dtype=np.intp))


def _put(sheet: Sheet, field: str, text: str) -> Iterator[Finding]:
    column = sheet.column(field)
    against = column.where(lambda word: bool(word) and plain(word) != plain(text))
    if against.any() and not (field == "unit" and text == UNIT_OF_METRIC):
        at = int(np.flatnonzero(against)[0])
        yield refusal(
            Reason.FILE_HEADER,
            f"{column.words[column.codes[at]]!r} in {int(against.sum()):,} of {sheet.rows:,} rows",
            f"nothing, or {text!r}, which was said for all rows",
            row=int(sheet.table.lines[at]),
            column=field,
            advice="Ignore the column, or take the constant back.",
        )
        return
    fill(sheet, field, for_all(sheet, text))


def _unknown(answers: Answers, known: list[str]) -> Iterator[Finding]:
    for field in answers.constants:
        if field not in known:
            yield refusal(
                Reason.FILE_HEADER,
                f"a constant for {field!r}",
                "a column of the contract, or period",
                column=field,
                advice=nearest(field, known),
            )
