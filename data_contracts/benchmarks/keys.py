"""Rows that speak of the same thing: copies collapse, contradictions and overlaps stay out."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from data_contracts.model import Reason
from data_contracts.parsing.cells import Issue, Trouble

Mask = NDArray[np.bool_]
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
_SPAN = 2  # a period may lie inside one that is at least so many times as long
_NEIGHBOURS = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeats:
    """`collapsed` rows say in every column what an earlier row says; `issues` are of the others."""

    collapsed: Mask
    issues: tuple[Issue, ...]


def find_repeats(frame: pd.DataFrame, good: Mask, lines: NDArray[np.int64]) -> Repeats:
    """Look for copies, contradictions and overlapping periods among the good rows."""
    collapsed = good & _repeated(frame, good, list(frame.columns), keep="first")
    left = good & ~collapsed
    contrary = left & _repeated(frame, left, list(KEY), keep=False)
    issues = [*_contradictions(frame, contrary, lines)]
    issues += _overlaps(frame, left & ~contrary, lines)
    return Repeats(collapsed=collapsed, issues=tuple(issues))


def _repeated(frame: pd.DataFrame, among: Mask, columns: list[str], keep: object) -> Mask:
    repeated = np.zeros(len(frame), dtype=np.bool_)
    repeated[among] = frame.loc[among, columns].duplicated(keep=keep).to_numpy()  # type: ignore[arg-type]
    return repeated


def _contradictions(
    frame: pd.DataFrame, contrary: Mask, lines: NDArray[np.int64]
) -> Iterator[Issue]:
    groups = frame[contrary].groupby(list(KEY), dropna=False, sort=False).indices
    places = np.flatnonzero(contrary)
    for positions in groups.values():
        rows = places[positions]
        told = ", ".join(str(lines[row]) for row in rows[:5])
        trouble = Trouble(
            reason=Reason.DUPLICATE_KEY,
            expected=f"one row per metric, entity, period and source; lines {told} differ",
            suggestion="Keep the right one.",
        )
        for row in rows:
            found = f"{frame['value'].iloc[row]:.10g}"
            yield Issue(position=int(row), column="value", found=found, trouble=trouble)


def _overlaps(frame: pd.DataFrame, good: Mask, lines: NDArray[np.int64]) -> Iterator[Issue]:
    """Find periods of one subject that overlap, unless one is a part of a much longer other."""
    periods = _Periods(frame, good)
    partner = periods.first_overlap()
    for row, other in partner.items():
        trouble = Trouble(
            reason=Reason.OVERLAP,
            expected=f"periods of one subject that do not overlap; see line {lines[other]}",
        )
        found = f"{periods.shown(row)}"
        yield Issue(position=row, column="period_start", found=found, trouble=trouble)


class _Periods:
    """The good rows with both ends, sorted by subject and beginning, longest first."""

    def __init__(self, frame: pd.DataFrame, good: Mask) -> None:
        both = good & (frame["period_start"].notna() & frame["period_end"].notna()).to_numpy()
        self._frame = frame
        rows = np.flatnonzero(both)
        subject = frame.loc[both].groupby(list(SUBJECT), dropna=False, sort=False).ngroup()
        starts = frame["period_start"].to_numpy(dtype="M8[D]")[rows].astype(np.int64)
        ends = frame["period_end"].to_numpy(dtype="M8[D]")[rows].astype(np.int64)
        order = np.lexsort((-ends, starts, subject.to_numpy()))
        self._rows, self._subject = rows[order], subject.to_numpy()[order]
        self._starts, self._ends = starts[order], ends[order]

    def shown(self, row: int) -> str:
        """A row's period as text."""
        start, end = (self._frame[name].iloc[row] for name in ("period_start", "period_end"))
        return f"{start:%Y-%m-%d} to {end:%Y-%m-%d}"

    def first_overlap(self) -> dict[int, int]:
        """Each row that overlaps another, with the nearest of those.

        Sorted by beginning, rows further apart than the first distance without any overlap cannot
        overlap either.
        """
        found: dict[int, int] = {}
        for distance in range(1, min(len(self._rows), _NEIGHBOURS)):
            touches = self._touches(distance)
            if not touches.any():
                break
            for at in np.flatnonzero(touches & ~self._is_part(distance)):
                first, second = int(self._rows[at]), int(self._rows[at + distance])
                found.setdefault(first, second)
                found.setdefault(second, first)
        return found

    def _touches(self, distance: int) -> Mask:
        same = self._subject[:-distance] == self._subject[distance:]
        return np.asarray(same & (self._starts[distance:] <= self._ends[:-distance]))

    def _is_part(self, distance: int) -> Mask:
        """Whether the later period lies inside the earlier and is far shorter."""
        lengths = self._ends - self._starts + 1
        inside = self._ends[distance:] <= self._ends[:-distance]
        return np.asarray(inside & (lengths[:-distance] >= _SPAN * lengths[distance:]))
