"""How many rows each touchpoint has day by day, and how many are usual: what volume gates judge."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from data_contracts.evidence import SliceEvidence
from data_contracts.gates.grid import judge_grid, judge_volume
from metrics.model import Grain
from metrics.volume import has_collapsed, look_back, usual_of

MISSING_FOR = 35  # so many days back a day without rows is told, and
COLLAPSED_FOR = 14  # so many one with far too few
_AHEAD = 8  # days after the last whole one whose usual number is told, of which one may be due
_USUAL, _WEEK = 10.0, 7
_STREAK = timedelta(days=14)  # missing days so far apart still belong together
_DAY = timedelta(days=1)
Counts = Mapping[date, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Volumes:
    """The rows of one touchpoint by day, and how many are usual, as far as that is known.

    `until` is the last day that the feed tells the whole of. `missing` are days without rows that
    were missing before: they stay so until rows come.
    """

    touchpoint: str
    rows: Counts
    usual: Mapping[date, float]
    collapsed: frozenset[date]
    until: date
    missing: frozenset[date] = frozenset()

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
            usual=self._since(min(self.until - (MISSING_FOR - 1) * _DAY, self._stopped)),
            until=missing_until,
            known=self.missing,
        )
        yield judge_volume(
            self.touchpoint,
            self.rows,
            usual=self._since(self.until - (COLLAPSED_FOR - 1) * _DAY),
            collapsed=self.collapsed,
            until=self.until,
        )

    @property
    def _stopped(self) -> date:
        """The first day after the last one with rows."""
        return max((day for day, n in self.rows.items() if n), default=self.until) + _DAY

    def _since(self, first: date) -> Mapping[date, float]:
        return {day: n for day, n in self.usual.items() if first <= day <= self.until}


@dataclass(frozen=True, slots=True, kw_only=True)
class Absence:
    """Which days without rows tell nothing of what is usual: those whose rows are missing.

    They were `missing` before, or are without rows `after` the last day that was judged, where some
    are usual. Where that `is_waived`, a day without rows is one with none.
    """

    missing: frozenset[date] = frozenset()
    after: date = date.max
    is_waived: bool = False

    def is_of(self, day: date, usual: float) -> bool:
        """Whether the rows of a day that has none are missing; `usual` is NaN where unknown."""
        is_new = day > self.after and usual >= _USUAL
        return not self.is_waived and (is_new or day in self.missing)


def needed_since(until: date, missing: Iterable[date] = ()) -> date:
    """From which day on rows have to be known, to judge the latest days.

    Where the latest ones are `missing`, what is usual is told from the days before them.
    """
    first = until
    for day in sorted(missing, reverse=True):
        if first - day > _STREAK:
            break
        first = min(first, day)
    return first - (MISSING_FOR + look_back(Grain.DAY)) * _DAY


def volumes_of(touchpoint: str, rows: Counts, *, until: date, absence: Absence) -> Volumes | None:
    """The rows of a touchpoint with what is usual; None where nothing is known before `until`.

    A day between its first and `until` that is not among `rows` has none.
    """
    missing = frozenset(day for day in absence.missing if not rows.get(day, 0))
    known = [day for day in rows if day <= until]
    if not known and not missing:
        return None
    usual = _usual(rows, since=min(known, default=until), until=until, absence=absence)
    days = sorted(usual)
    volumes = np.array([[float(rows.get(day, 0)) if day <= until else np.nan for day in days]])
    collapsed = has_collapsed(volumes, np.array([[usual[day] for day in days]]))[0]
    return Volumes(
        touchpoint=touchpoint,
        rows=rows,
        usual={day: n for day, n in usual.items() if n >= 0},
        collapsed=frozenset(days[i] for i in np.flatnonzero(collapsed)),
        until=until,
        missing=missing,
    )


def _usual(rows: Counts, *, since: date, until: date, absence: Absence) -> dict[date, float]:
    """What is usual on each day up to some after `until`, NaN where it cannot be told."""
    before: dict[int, list[float]] = {}
    usual = {}
    for n in range((until - since).days + 1 + _AHEAD):
        day = since + n * _DAY
        same = before.setdefault(day.weekday(), [])
        usual[day] = usual_of(same)
        number = rows.get(day, 0)
        if day <= until and (number or not absence.is_of(day, usual[day])):
            same.append(float(number))
    return usual
