"""The other columns of numbers: what their decimals leave open, asked and settled."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pyarrow.compute as pc

from data_contracts.findings import Reason
from data_contracts.importing.answers import ColumnAnswer
from data_contracts.importing.coded import Sheet
from data_contracts.importing.decimals import settle_decimals
from data_contracts.importing.questions import Asked
from data_contracts.model import Column, ColumnType, Contract
from data_contracts.parsing.cells import Issue

_WITH_SEPARATOR = r"[0-9][.,][0-9]"


@dataclass(slots=True)
class Others:
    """What was found in these columns."""

    asked: list[Asked] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)


def read_other_numbers(
    sheet: Sheet,
    contract: Contract,
    answers: Mapping[str, ColumnAnswer],
    headers: Mapping[str, str],
) -> Others:
    """Settle the decimals of every column of numbers but that of the values."""
    found = Others()
    for column in contract.columns:
        is_number = column.type in (ColumnType.NUMBER, ColumnType.INTEGER)
        if is_number and column.name != "value" and _has_separators(sheet, column):
            _read(sheet, column, answers.get(column.name), headers, found)
    return found


def _has_separators(sheet: Sheet, column: Column) -> bool:
    if column.name not in sheet or sheet.is_changed(column.name):
        return False
    cells = sheet.distinct(column.name)
    return bool(pc.any(pc.match_substring_regex(cells, _WITH_SEPARATOR)).as_py())


def _read(
    sheet: Sheet,
    column: Column,
    answer: ColumnAnswer | None,
    headers: Mapping[str, str],
    found: Others,
) -> None:
    everywhere = np.ones(sheet.rows, dtype=np.bool_)
    numbers = settle_decimals(
        sheet.column(column.name),
        among=everywhere,
        delimiter=sheet.table.delimiter,
        decimal=answer.decimal if answer else None,
        is_whole=column.type is ColumnType.INTEGER,
    )
    found.asked += numbers.ask(column.name, headers.get(column.name, column.name))
    if numbers.settled:
        sheet.put(column.name, numbers.written())
        found.issues += (
            each
            for each in numbers.issues(column.name, everywhere)
            if each.trouble.reason is not Reason.MISSING
        )
