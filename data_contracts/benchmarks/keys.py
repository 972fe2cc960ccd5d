"""Rows that speak of the same thing: copies collapse, contradictions stay out."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from data_contracts.benchmarks.overlaps import overlap_entries
from data_contracts.benchmarks.sheet import Keys, Sheet, keys_of
from data_contracts.benchmarks.values import shown
from data_contracts.findings import Reason, RowVerdict
from data_contracts.parsing.cells import Entry, Mask, Positions, Told, Trouble

SUBJECT = (
    "metric",
    "entity",
    "statistic",
    "region",
    "industry",
    "segment",
    "touchpoint",
    "source_name",
)
KEY = (*SUBJECT, "period_start", "period_end")
_TOLD = 5
_KEEP_ONE = "Keep the right one."


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeats:
    """`collapsed` rows say in every column what an earlier row says; `entries` tell of others."""

    collapsed: Mask
    entries: tuple[Entry, ...]


def find_repeats(
    sheet: Sheet, good: Mask, lines: NDArray[np.int64], columns: Iterable[str]
) -> Repeats:
    """Look for copies, contradictions and overlapping periods among the good rows.

    `columns` are all of the contract's; a copy says the same in each.
    """
    rows = np.flatnonzero(good)
    keys = keys_of(sheet, KEY, rows)
    again = np.flatnonzero(keys.again())  # places in `rows`
    collapsed = np.zeros(sheet.rows, dtype=np.bool_)
    contrary = np.zeros(sheet.rows, dtype=np.bool_)
    entries: list[Entry] = []
    if len(again):
        said = keys_of(sheet, columns, rows[again]).numbers
        copies = pd.Series(said).duplicated(keep="first").to_numpy()
        collapsed[rows[again[copies]]] = True
        left = again[~copies]
        differing = left[Keys(numbers=keys.numbers[left], size=keys.size).again()]
        contrary[rows[differing]] = True
        entries.append(_contradictions(sheet, rows[differing], keys.numbers[differing], lines))
    entries += overlap_entries(sheet, good & ~collapsed & ~contrary, lines, SUBJECT)
    return Repeats(collapsed=collapsed, entries=tuple(entries))


def _contradictions(
    sheet: Sheet, rows: NDArray[np.intp], keys: NDArray[np.int64], lines: NDArray[np.int64]
) -> Entry:
    """The rows that share a key and differ; each is told on which lines the others stand."""
    order = np.argsort(keys, kind="stable")
    by_key, ordered = keys[order], rows[order]
    found = shown(sheet, "value")

    def tell(asked: Positions) -> list[Told]:
        own = keys[np.searchsorted(rows, asked)]
        begins = np.searchsorted(by_key, own, side="left").tolist()
        ends = np.searchsorted(by_key, own, side="right").tolist()
        return [
            (value, _differ(lines[ordered[begin : min(end, begin + _TOLD)]]))
            for value, begin, end in zip(found(asked), begins, ends, strict=True)
        ]

    return Entry(
        column="value",
        reason=Reason.DUPLICATE_KEY,
        verdict=RowVerdict.QUARANTINE,
        positions=rows,
        tell=tell,
        suggestion=_KEEP_ONE,
    )


def _differ(lines: NDArray[np.int64]) -> Trouble:
    told = ", ".join(str(line) for line in lines.tolist())
    return Trouble(
        reason=Reason.DUPLICATE_KEY,
        expected=f"one row per metric, entity, period and source; lines {told} differ",
        suggestion=_KEEP_ONE,
    )
