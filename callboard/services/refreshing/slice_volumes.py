"""How many rows each touchpoint has day by day, and how many are usual: what volume gates judge."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from data_contracts.evidence import SliceEvidence
from data_contracts.gates.grid import judge_grid, judge_volume
from metrics.model import Grain
from metrics.volume import has_collapsed, look_back, usual_volumes

MISSING_FOR = 35  # so many days back a day without rows is told, and
COLLAPSED_FOR = 14  # so many one with far too few
_AHEAD = 8  # days after the last whole one whose usual number is told, of which one may be due
_USUAL, _WEEK = 10.0, 7
_DAY = timedelta(days=1)
Counts = Mapping[date, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Volumes:
    """The rows of one touchpoint by day, and how many are usual, as far as that is known.

    `until` is the last day that the feed tells the whole of.
    """

    touchpoint: str
    rows: Counts
    usual: Mapping[date, float]
    collapsed: frozenset[date]
    until: date

    @property
    def comes_daily(self) -> bool:
        """Whether rows are to be expected on most days, so that a touchpoint can be late."""
        last = (self.until - n * _DAY for n in range(_WEEK))
        return sum(self.is_usual(day) for day in last) > _WEEK // 2

    def is_usual(self, day: date) -> bool:
        """Whether rows are to be expected on a day: ten at least."""
        return self.usual.get(day, 0.0) >= _USUAL

    def judge(self, *, missing_until: date) -> Iterator[SliceEvidence]:
        """Judge the latest days: completeness up to `missing_until`, and volume."""
        yield judge_grid(
            self.touchpoint,
            self.rows,
            usual=self._latest(MISSING_FOR),
            until=missing_until,
        )
        yield judge_volume(
            self.touchpoint,
            self.rows,
            usual=self._latest(COLLAPSED_FOR),
            collapsed=self.collapsed,
            until=self.until,
        )

    def _latest(self, days: int) -> Mapping[date, float]:
        last = (self.until - n * _DAY for n in range(days))
        return {day: self.usual[day] for day in last if day in self.usual}


def needed_since(until: date) -> date:
    """From which day on rows have to be known, to judge the latest days."""
    return until - (MISSING_FOR + look_back(Grain.DAY)) * _DAY


def volumes_of(
    touchpoint: str, rows: Counts, *, unknown: Collection[date], until: date
) -> Volumes | None:
    """The rows of a touchpoint with what is usual; None where nothing is known before `until`.

    A day between its first and `until` that has no rows has none, but for those in `unknown`.
    """
    since = needed_since(until)
    known = [day for day in rows if since <= day <= until]
    if not known:
        return None
    first = min(known)
    days = [first + n * _DAY for n in range((until - first).days + 1 + _AHEAD)]
    numbers = [_number(rows, day, unknown=unknown, until=until) for day in days]
    volumes = np.array([numbers])
    usual = usual_volumes(volumes, Grain.DAY)
    collapsed = has_collapsed(volumes, usual)[0]
    return Volumes(
        touchpoint=touchpoint,
        rows=rows,
        usual={day: float(n) for day, n in zip(days, usual[0], strict=True) if n >= 0},
        collapsed=frozenset(days[i] for i in np.flatnonzero(collapsed)),
        until=until,
    )


def _number(rows: Counts, day: date, *, unknown: Collection[date], until: date) -> float:
    return np.nan if day > until or day in unknown else float(rows.get(day, 0))
