"""Periods of one subject that overlap, unless one is a part of a much longer other."""

from collections.abc import Iterable, Iterator

import numpy as np
from numpy.typing import NDArray

from data_contracts.benchmarks.sheet import Sheet, keys_of
from data_contracts.findings import Reason, RowVerdict
from data_contracts.parsing.cells import Entry, Mask, Positions, Told, Trouble

_SPAN = 2  # a period may lie inside one that is at least so many times as long
_NEIGHBOURS = 1000
_NO_DAY = np.iinfo(np.int64).min


def overlap_entries(
    sheet: Sheet, good: Mask, lines: NDArray[np.int64], subject: Iterable[str]
) -> Iterator[Entry]:
    """Yield the good rows whose period overlaps that of another row of the same subject."""
    starts, ends = _days(sheet, "period_start"), _days(sheet, "period_end")
    if starts is None or ends is None:
        return
    rows = np.flatnonzero(good & (starts != _NO_DAY) & (ends != _NO_DAY))
    subjects = keys_of(sheet, subject, rows)
    several = subjects.again()
    if not several.any():
        return
    rows, numbers = rows[several], subjects.numbers[several]
    first, last = starts[rows], ends[rows]
    order = _sorted(numbers, subjects.size, (first, last))
    partners = _first_overlaps(numbers[order], first[order], last[order])
    touched = np.flatnonzero(partners >= 0)
    if touched.size:
        yield _entry(rows[order], partners, touched, lines, (starts, ends))


def _days(sheet: Sheet, name: str) -> NDArray[np.int64] | None:
    """A column of days as numbers; None where the file has none."""
    if not sheet.has(name):
        return None
    column = sheet.column(name)
    days = column.values.to_numpy(dtype="M8[D]").astype(np.int64)
    return np.asarray(np.append(days, _NO_DAY)[column.codes])


def _sorted(
    subjects: NDArray[np.int64], size: float, period: tuple[NDArray[np.int64], NDArray[np.int64]]
) -> NDArray[np.intp]:
    """By subject and beginning, longest first; as one number where it fits into one."""
    starts, ends = period
    first, last = int(min(starts.min(), ends.min())), int(max(starts.max(), ends.max()))
    span = last - first + 1
    if size * span * span < 2**62:
        return np.argsort((subjects * span + (starts - first)) * span + (last - ends))
    return np.lexsort((-ends, starts, subjects))


def _first_overlaps(
    subjects: NDArray[np.int64], starts: NDArray[np.int64], ends: NDArray[np.int64]
) -> NDArray[np.intp]:
    """For each period the nearest that it overlaps, -1 where there is none.

    Sorted by beginning, a period that does not reach the next one reaches none that follows.
    """
    partners = np.full(len(starts), -1, dtype=np.intp)
    reaching = np.arange(len(starts) - 1)
    lengths = ends - starts + 1
    for distance in range(1, min(len(starts), _NEIGHBOURS)):
        reaching = reaching[reaching + distance < len(starts)]
        other = reaching + distance
        is_same = subjects[reaching] == subjects[other]
        reaching = reaching[is_same & (starts[other] <= ends[reaching])]
        if not reaching.size:
            break
        other = reaching + distance
        is_part = (ends[other] <= ends[reaching]) & (lengths[reaching] >= _SPAN * lengths[other])
        one, two = reaching[~is_part], other[~is_part]
        for here, there in ((two, one), (one, two)):
            is_new = partners[here] < 0
            partners[here[is_new]] = there[is_new]
    return partners


def _entry(
    rows: NDArray[np.intp],
    partners: NDArray[np.intp],
    touched: NDArray[np.intp],
    lines: NDArray[np.int64],
    periods: tuple[NDArray[np.int64], NDArray[np.int64]],
) -> Entry:
    order = np.argsort(rows[touched])
    positions = rows[touched][order]
    others = rows[partners[touched]][order]

    def tell(asked: Positions) -> list[Told]:
        told = others[np.searchsorted(positions, asked)]
        days = [values[asked].astype("M8[D]").astype(str).tolist() for values in periods]
        return [
            (f"{start} to {end}", _trouble(line))
            for start, end, line in zip(*days, lines[told].tolist(), strict=True)
        ]

    return Entry(
        column="period_start",
        reason=Reason.OVERLAP,
        verdict=RowVerdict.QUARANTINE,
        positions=positions,
        tell=tell,
        suggestion="",
    )


def _trouble(line: int) -> Trouble:
    return Trouble(
        reason=Reason.OVERLAP,
        expected=f"periods of one subject that do not overlap; see line {line}",
    )
