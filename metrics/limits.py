"""Process limits of a series: what is normal for us, and how far chance alone carries a point.

XmR limits after NHS England's Making Data Count; docs/method.md lists where `callboard` differs.
Limits for varying denominators are in `metrics.laney`. Arrays are series x points, NaN where there
is no value; a column is one period of the calendar.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import numpy as np

from metrics.chosen import Chosen
from metrics.profiles import Method
from metrics.segments import (
    Floats,
    Ints,
    Mask,
    counts_of,
    group_numbers,
    means_of,
    segment_starts,
    steps_of,
)

__all__ = [
    "CHARTS",
    "FOOTINGS",
    "NO_LIMITS",
    "SCREEN",
    "Baseline",
    "Chart",
    "Floats",
    "Footing",
    "Ints",
    "LimitArrays",
    "Limits",
    "Mask",
    "are_trial",
    "lay_baseline",
    "mean_ranges",
    "process_limits",
]


class Chart(StrEnum):
    """Which kind of chart a series is judged on.

    `xmr`: each value by its moving ranges. `p_prime`, `u_prime`: shares and rates whose limits
    follow the denominator. `t`, `g`: time, or cases, between rare events. `run`: too few points
    for limits.
    """

    XMR = "xmr"
    P_PRIME = "p_prime"
    U_PRIME = "u_prime"
    T = "t"
    G = "g"
    RUN = "run"


class Footing(StrEnum):
    """How much history the limits stand on: too few points, trial limits, full limits.

    `gaps`: more than a fifth of the expected periods have no value, so nothing is concluded.
    """

    NONE = "none"
    TRIAL = "trial"
    FULL = "full"
    GAPS = "gaps"


FOOTINGS = tuple(Footing)
CHARTS = tuple(Chart)
SCREEN = (
    3.267  # moving ranges of so many times their mean, the upper limit of an R chart, are left out
)
_REACH = 2.66
_NEAR = 2 * (_REACH / 3)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Centre line and limits in the metric's unit, None where there are too few points.

    `baseline_start`/`baseline_end` are the first and last period that made them, `points` how many.
    `sigma` is a third of the way from the centre to a limit, before the limit was cut off at the
    end of the scale. `sigma_z` says of a p'- or u'-chart how many times more it varies than chance
    alone would have it.
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
    sigma: float | None = None
    sigma_z: float | None = None
    chart: Chart = Chart.XMR


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
class LimitArrays:
    """The limits in force at every point, series x points, NaN where there are none.

    `groups` numbers the segments over all series, `footing` indexes `FOOTINGS`, `feeds` marks the
    points that made the limits and `points` says how many those were. `charts` (one per series)
    indexes `CHARTS`. `mean_range` is in the unit of the values on an XmR chart, in sigma on p' and
    u' charts; `sigma` is always in the unit of the values, `sigma_z` NaN on an XmR chart.
    """

    groups: Ints
    centre: Floats
    mean_range: Floats
    sigma: Floats
    sigma_z: Floats
    lower: Floats
    upper: Floats
    near_lower: Floats
    near_upper: Floats
    footing: Ints
    feeds: Mask
    points: Ints
    charts: Ints

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
            sigma=_known(self.sigma[where]),
            sigma_z=_known(self.sigma_z[where]),
            chart=CHARTS[self.charts[series]],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Baseline:
    """Which points make the limits: those in `feeds`. `points` and `footing` are per group."""

    groups: Ints
    feeds: Mask
    points: Ints
    footing: Ints
    is_enough: Mask

    def of(self, rows: Mask) -> "Baseline":
        """That of some series; their groups are numbered anew, in the same order."""
        kept, groups = np.unique(self.groups[rows], return_inverse=True)
        return Baseline(
            groups=groups.reshape(self.groups[rows].shape),
            feeds=self.feeds[rows],
            points=self.points[kept],
            footing=self.footing[kept],
            is_enough=self.is_enough[kept],
        )


def lay_baseline(
    values: Floats,
    *,
    method: Method,
    segments: Ints | None = None,
    fix_after: int | None = None,
    chosen: Chosen | None = None,
) -> Baseline:
    """Which points make the limits of each segment of each series, and how much they stand on.

    `segments` (series x points, or points) counts up from 0 where a break begins a new segment.
    `fix_after` lets only so many first points of each segment make the limits (12 or more),
    `chosen` only those that a person has chosen.
    """
    groups = group_numbers(values.shape, segments)
    feeds = _feeding(values, groups, method=method, fix_after=fix_after)
    if chosen is not None:
        only = chosen.in_force(feeds, groups, least=method.trial_from).only
        feeds &= ~chosen.aside & (only | (counts_of(only, groups) == 0)[groups])
    points = counts_of(feeds, groups)
    return Baseline(
        groups=groups,
        feeds=feeds,
        points=points,
        footing=_footing(values, groups, points, method=method),
        is_enough=points >= method.trial_from,
    )


def process_limits(values: Floats, baseline: Baseline, *, method: Method) -> LimitArrays:
    """The XmR limits of each segment of each series."""
    groups = baseline.groups
    feeding = np.where(baseline.feeds, values, np.nan)
    centre = np.where(baseline.is_enough, means_of(feeding, groups), np.nan)[groups]
    ranges = mean_ranges(feeding, groups, method=method)
    spread = np.where(baseline.is_enough, ranges, np.nan)[groups]
    return LimitArrays(
        groups=groups,
        centre=centre,
        mean_range=spread,
        sigma=_REACH / 3 * spread,
        sigma_z=np.full(values.shape, np.nan),
        lower=centre - _REACH * spread,
        upper=centre + _REACH * spread,
        near_lower=centre - _NEAR * spread,
        near_upper=centre + _NEAR * spread,
        footing=baseline.footing[groups],
        feeds=baseline.feeds,
        points=baseline.points[groups],
        charts=np.full(len(values), CHARTS.index(Chart.XMR)),
    )


def mean_ranges(feeding: Floats, groups: Ints, *, method: Method) -> Floats:
    """The mean moving range of each group, the large ones left out where the method screens."""
    ranges = np.abs(steps_of(feeding, groups))
    raw = means_of(ranges, groups)
    if not method.screens:
        return raw
    kept = np.where(ranges < (SCREEN * raw)[groups], ranges, np.nan)
    screened = means_of(kept, groups)
    return np.where(screened > 0, screened, raw) if method.guarded else screened


def _known(value: np.float64) -> float | None:
    return None if np.isnan(value) else float(value)


def _feeding(values: Floats, groups: Ints, *, method: Method, fix_after: int | None) -> Mask:
    known = ~np.isnan(values)
    if fix_after is None:
        return known
    if fix_after < 12:
        raise ValueError(f"limits fixed after {fix_after} points; at least 12 are needed")
    counted = known if method.guarded else np.ones_like(known)
    seen = np.cumsum(counted, axis=1)
    before = np.where(segment_starts(groups), seen - counted, 0)
    return known & (seen - np.maximum.accumulate(before, axis=1) <= fix_after)


def are_trial(limits: LimitArrays, *, method: Method) -> Mask:
    """Whether each point's limits stand on too few points, or rows, to be final."""
    rows = np.bincount(limits.groups.ravel())[limits.groups]
    counted = limits.points if method.guarded else rows
    return counted < method.full_from


def _footing(values: Floats, groups: Ints, points: Ints, *, method: Method) -> Ints:
    known = ~np.isnan(values)
    expected = counts_of(np.maximum.accumulate(known, axis=1), groups)
    missing = expected - counts_of(known, groups)
    rows = counts_of(np.ones_like(known), groups)
    enough = (points if method.guarded else rows) >= method.full_from
    footing = np.where(enough, FOOTINGS.index(Footing.FULL), FOOTINGS.index(Footing.TRIAL))
    footing[missing > method.most_missing * expected] = FOOTINGS.index(Footing.GAPS)
    footing[points < max(method.trial_from, 2)] = FOOTINGS.index(Footing.NONE)
    return footing
