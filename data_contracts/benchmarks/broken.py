"""Broken checks of the contract -> issues of single cells, in the words of the file."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from data_contracts.benchmarks.known import MOST_ADVISED
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
        positions = np.flatnonzero(judgement.failed[check.rule_id])
        at = headers.columns.get(check.column)
        found = [""] * len(positions) if at is None else table.cells[at].iloc[positions].tolist()
        distinct = list(dict.fromkeys(found))[:MOST_ADVISED] if check.values else []
        advice = {word: nearest(word, check.values) for word in distinct}
        for position, word in zip(positions, found, strict=True):
            yield Issue(
                position=int(position),
                column=check.column,
                found=word or "nothing",
                trouble=replace(trouble, suggestion=advice.get(word, "")),
            )


def _trouble(check: Check) -> Trouble:
    is_critical = check.severity is Severity.CRITICAL
    return Trouble(
        reason=REASON_OF[check.kind],
        expected=check.description.rstrip("."),
        verdict=RowVerdict.QUARANTINE if is_critical else RowVerdict.PUBLISH,
    )
