"""Process limits of a series: what is normal for us, and how far chance alone carries a point.

XmR limits after NHS England's Making Data Count; docs/method.md lists where `callboard` differs.
Arrays are series x points, NaN where there is no value; a column is one period of the calendar.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import cast

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


class Profile(StrEnum):
    """Which published method is followed; statistics.md and docs/method.md tell them apart."""

    CALLBOARD = "callboard"
    MDC = "mdc"
    MDC_EXCEL = "mdc_excel"


class Footing(StrEnum):
    """How much history the limits stand on: too few points, trial limits, full limits.

    `gaps`: more than a fifth of the expected periods have no value, so nothing is concluded.
    """

    NONE = "none"
    TRIAL = "trial"
    FULL = "full"
    GAPS = "gaps"


FOOTINGS = tuple(Footing)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Centre line and limits in the metric's unit, None where there are too few points.

    `baseline_start`/`baseline_end` are the first and last period that made them, `points` how many.
    """

    centre: float | None
    lower: float | None
    upper: float | None
    near_lower: float | None
    near_upper: float | None
    footing: Footing
    points: int
    baseline_start: date | None = None
    baseline_end: date | None = None


NO_LIMITS = Limits(
    centre=None,
    lower=None,
    upper=None,
    near_lower=None,
    near_upper=None,
    footing=Footing.NONE,
    points=0,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    """What sets the profiles apart.

    `guarded`: ties and series without variation are dealt with, where the original lets rounding
    noise or missing limits decide. `trial_from` and `full_from` count points, `most_missing` is
    the share of a segment's periods that may lack a value.
    """

    screens: bool
    guarded: bool
    trial_from: int
    full_from: int
    most_missing: float

    @property
    def tolerance(self) -> float:
        """How near to a line, relative to the centre, counts as on it."""
        return 1e-9 if self.guarded else 0.0


_METHODS = {
    Profile.CALLBOARD: Method(
        screens=True, guarded=True, trial_from=8, full_from=12, most_missing=0.2
    ),
    Profile.MDC: Method(screens=True, guarded=False, trial_from=1, full_from=13, most_missing=1.0),
    Profile.MDC_EXCEL: Method(
        screens=False, guarded=False, trial_from=1, full_from=13, most_missing=1.0
    ),
}


def method_of(profile: Profile) -> Method:
    """The rules of a profile."""
    return _METHODS[profile]


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitArrays:
    """The limits in force at every point, series x points, NaN where there are none.

    `groups` numbers the segments over all series, `footing` indexes `FOOTINGS`, `feeds` marks the
    points that made the limits and `points` says how many those were.
    """

    groups: Ints
    centre: Floats
    mean_range: Floats
    lower: Floats
    upper: Floats
    near_lower: Floats
    near_upper: Floats
    footing: Ints
    feeds: NDArray[np.bool_]
    points: Ints

    def at(self, series: int, point: int, *, starts: Sequence[date] | None = None) -> Limits:
        """The limits in force at one point; `starts` are the periods' first days."""
        where = (series, point)
        made_by = np.flatnonzero(self.feeds[series] & (self.groups[series] == self.groups[where]))
        return Limits(
            centre=_known(self.centre[where]),
            lower=_known(self.lower[where]),
            upper=_known(self.upper[where]),
            near_lower=_known(self.near_lower[where]),
            near_upper=_known(self.near_upper[where]),
            footing=FOOTINGS[self.footing[where]],
            points=int(self.points[where]),
            baseline_start=starts[made_by[0]] if starts and len(made_by) else None,
            baseline_end=starts[made_by[-1]] if starts and len(made_by) else None,
        )


def process_limits(
    values: Floats, *, method: Method, segments: Ints | None = None, fix_after: int | None = None
) -> LimitArrays:
    """The XmR limits of each segment of each series.

    `segments` (series x points, or points) counts up from 0 where a break begins a new segment.
    `fix_after` lets only so many first points of each segment make the limits (12 or more).
    """
    groups = _group_numbers(values.shape, segments)
    feeds = _feeding(values, groups, method=method, fix_after=fix_after)
    feeding = np.where(feeds, values, np.nan)
    points = _counts(feeds, groups)
    enough = points >= method.trial_from
    centre = np.where(enough, _means(feeding, groups), np.nan)
    mean_range = np.where(enough, _mean_range(feeding, groups, method=method), np.nan)
    footing = _footing(values, groups, points, method=method, fix_after=fix_after)
    spread, centred = mean_range[groups], centre[groups]
    return LimitArrays(
        groups=groups,
        centre=centred,
        mean_range=spread,
        lower=centred - 2.66 * spread,
        upper=centred + 2.66 * spread,
        near_lower=centred - 2 / 3 * 2.66 * spread,
        near_upper=centred + 2 / 3 * 2.66 * spread,
        footing=footing[groups],
        feeds=feeds,
        points=points[groups],
    )


def steps_of(values: Floats, groups: Ints) -> Floats:
    """Each value less the one before, NaN at a segment's first point and beside a gap."""
    steps = np.full(values.shape, np.nan)
    steps[:, 1:] = np.diff(values, axis=1)
    steps[:, 1:][groups[:, 1:] != groups[:, :-1]] = np.nan
    return steps


def _known(value: np.float64) -> float | None:
    return None if np.isnan(value) else float(value)


def _group_numbers(shape: tuple[int, ...], segments: Ints | None) -> Ints:
    within = np.broadcast_to(0 if segments is None else segments, shape)
    per_series = int(within.max(initial=0)) + 1
    return cast(Ints, within + per_series * np.arange(shape[0])[:, None])


def _feeding(
    values: Floats, groups: Ints, *, method: Method, fix_after: int | None
) -> NDArray[np.bool_]:
    known = ~np.isnan(values)
    if fix_after is None:
        return known
    if fix_after < 12:
        raise ValueError(f"limits fixed after {fix_after} points; at least 12 are needed")
    counted = known if method.guarded else np.ones_like(known)
    seen = np.cumsum(counted, axis=1)
    before = np.where(segment_starts(groups), seen - counted, 0)
    return known & (seen - np.maximum.accumulate(before, axis=1) <= fix_after)


def segment_starts(groups: Ints) -> NDArray[np.bool_]:
    """Whether each point is the first of its segment."""
    first = np.ones(groups.shape, dtype=bool)
    first[:, 1:] = groups[:, 1:] != groups[:, :-1]
    return first


def _counts(chosen: NDArray[np.bool_], groups: Ints) -> Ints:
    return np.bincount(groups[chosen], minlength=_size(groups))


def _size(groups: Ints) -> int:
    return int(groups.max(initial=-1)) + 1


def _means(values: Floats, groups: Ints) -> Floats:
    """The mean per group, in two passes so that equal values have exactly their own mean."""
    known = ~np.isnan(values)
    which, numbers = groups[known], values[known]
    count = np.bincount(which, minlength=_size(groups))
    with np.errstate(invalid="ignore"):
        mean = np.bincount(which, weights=numbers, minlength=len(count)) / count
        rest = np.bincount(which, weights=numbers - mean[which], minlength=len(count)) / count
    return mean + rest


def _mean_range(feeding: Floats, groups: Ints, *, method: Method) -> Floats:
    ranges = np.abs(steps_of(feeding, groups))
    raw = _means(ranges, groups)
    if not method.screens:
        return raw
    screened = _means(np.where(ranges < 3.267 * raw[groups], ranges, np.nan), groups)
    if not method.guarded:
        return screened
    return np.where(screened > 0, screened, raw)


def _footing(
    values: Floats, groups: Ints, points: Ints, *, method: Method, fix_after: int | None
) -> Ints:
    known = ~np.isnan(values)
    expected = _counts(np.maximum.accumulate(known, axis=1), groups)
    missing = expected - _counts(known, groups)
    enough = min(method.full_from, fix_after or method.full_from)
    footing = np.where(
        points >= enough, FOOTINGS.index(Footing.FULL), FOOTINGS.index(Footing.TRIAL)
    )
    footing[missing > method.most_missing * expected] = FOOTINGS.index(Footing.GAPS)
    footing[points < max(method.trial_from, 2)] = FOOTINGS.index(Footing.NONE)
    return footing
