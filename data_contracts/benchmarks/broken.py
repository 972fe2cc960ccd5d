"""The contract's checks over the distinct words of a file -> entries in the words of the file."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache

import numpy as np
from numpy.typing import NDArray

from data_contracts.benchmarks.known import MOST_ADVISED
from data_contracts.benchmarks.sheet import Combined, Sheet, combine, each_row
from data_contracts.checks import REASON_OF
from data_contracts.evidence import Evidence
from data_contracts.findings import RowVerdict
from data_contracts.masks import run_checks
from data_contracts.model import Check, Kind, Severity
from data_contracts.parsing.cells import Entry, Mask, Positions, Told, Trouble
from data_contracts.parsing.table import TextTable
from definition_files import nearest


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """The contract's checks, the words each reference allows, and the moment they are run."""

    checks: tuple[Check, ...]
    references: Mapping[str, Collection[str]]
    now: datetime


def run_rules(
    sheet: Sheet, rules: Rules, table: TextTable, columns: Mapping[str, int]
) -> tuple[list[Entry], tuple[Evidence, ...]]:
    """Return the rows that break a critical check or a warning, and what each check has seen.

    Each combination of words is judged once, however many rows say it.
    """
    entries: list[Entry] = []
    evidence: list[Evidence] = []
    combined: dict[tuple[str, ...], Combined] = {}
    for check in rules.checks:
        failed, told = _run(sheet, check, rules, combined)
        evidence.append(told)
        if failed is not None and check.severity is not Severity.INFO:
            entries.append(_entry(check, np.flatnonzero(failed), table, columns))
    return entries, tuple(evidence)


def _run(
    sheet: Sheet, check: Check, rules: Rules, combined: dict[tuple[str, ...], Combined]
) -> tuple[Mask | None, Evidence]:
    names = _columns_of(check)
    if check.kind is not Kind.REQUIRED and not sheet.has(check.column):
        return None, Evidence(rule_id=check.rule_id, evaluated=0, failed=0)
    if names not in combined:
        is_of_rows = check.kind in (Kind.UNIQUE, Kind.OVERLAP)
        combined[names] = each_row(sheet, names) if is_of_rows else combine(sheet, names)
    together = combined[names]
    ((_, broken, evaluated),) = run_checks(
        together.frame, (check,), known=rules.references, now=rules.now
    )
    count = int(together.counts[broken].sum())
    seen = int(together.counts[evaluated].sum())
    told = Evidence(rule_id=check.rule_id, evaluated=seen, failed=count)
    return (broken[together.codes] if count else None), told


def _columns_of(check: Check) -> tuple[str, ...]:
    where = (check.where[0],) if check.where else ()
    other = (check.other,) if check.other else ()
    return tuple(dict.fromkeys((check.column, *check.columns, *other, *where)))


def _trouble(check: Check) -> Trouble:
    return Trouble(
        reason=REASON_OF[check.kind],
        expected=check.description.rstrip("."),
        verdict=RowVerdict.QUARANTINE if check.keeps_out else RowVerdict.PUBLISH,
    )


def _entry(
    check: Check, positions: NDArray[np.intp], table: TextTable, columns: Mapping[str, int]
) -> Entry:
    trouble = _trouble(check)
    at = columns.get(check.column)
    cells = None if at is None else table.cells[at]
    advised = frozenset[str]()
    if cells is not None and check.values and check.kind is not Kind.MISSING:
        advised = frozenset(cells.iloc[positions].unique()[:MOST_ADVISED])

    @cache
    def told(word: str) -> Told:
        """Looking for a close word takes time, so not for all."""
        advice = nearest(word, check.values) if word in advised else ""
        return word or "nothing", replace(trouble, suggestion=advice)

    def tell(asked: Positions) -> list[Told]:
        if cells is None:
            return [told("")] * len(asked)
        return [told(str(word)) for word in cells.iloc[asked].tolist()]

    return Entry(
        column=check.column,
        reason=trouble.reason,
        verdict=trouble.verdict,
        positions=positions,
        tell=tell,
        suggestion=None if advised else "",
    )
