"""Broken checks of the contract -> issues of single cells, in the words of the file."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from data_contracts.checks import REASON_OF
from data_contracts.masks import Judgement
from data_contracts.model import Check, RowVerdict, Severity
from data_contracts.parsing.cells import Issue, Trouble
from data_contracts.parsing.headers import Mapping
from data_contracts.parsing.table import TextTable
from definition_files import nearest


def check_issues(judgement: Judgement, table: TextTable, headers: Mapping) -> Iterator[Issue]:
    """Yield an issue for every row that breaks a critical check or a warning."""
    for check in judgement.checks:
        if check.severity is Severity.INFO:
            continue
        trouble = _trouble(check)
        at = headers.columns.get(check.column)
        for position in np.flatnonzero(judgement.failed[check.rule_id]):
            found = "" if at is None else str(table.cells[at].iloc[position])
            yield Issue(
                position=int(position),
                column=check.column,
                found=found or "nothing",
                trouble=replace(trouble, suggestion=nearest(found, check.values)),
            )


def _trouble(check: Check) -> Trouble:
    is_critical = check.severity is Severity.CRITICAL
    return Trouble(
        reason=REASON_OF[check.kind],
        expected=check.description.rstrip("."),
        verdict=RowVerdict.QUARANTINE if is_critical else RowVerdict.PUBLISH,
    )
