"""How long cases stay open, counting those that still are: Kaplan and Meier's estimate.

A mean or median of closed cases alone is too short, because the long ones are still open. Here an
open case counts for as long as it could be followed (Kaplan and Meier, JASA 53, 1958).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import special

from metrics.intervals import Interval, wilson
from metrics.limits import Floats
from metrics.sketch import Sketch, bucket_value

Z = float(special.ndtri(0.975))
_ALMOST = 1e-12


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """The share still open after each age at which a case was closed, with its 95 % interval.

    Arrays of one length, ages rising; `at_risk` counts the cases followed up to an age and open
    until then. `total` are all cases, `longest` the oldest age that any was followed to.
    """

    ages: Floats
    open_share: Floats
    low: Floats
    high: Floats
    at_risk: Floats
    closed: Floats
    total: int
    longest: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantile:
    """The age at which a share is closed; None where the curve, or its bound, never comes there."""

    age: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """The cases that began together: how old all of them are at least, and what became of them.

    `closed` are the ages at closing. The others of `count` were still open at `followed`, or are.
    """

    followed: float
    closed: Sketch
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Within:
    """How many of the cases that began long enough ago were closed within an age."""

    age: float
    closed: int
    count: int
    interval: Interval


def kaplan_meier(ages: Floats, closed: Floats, still_open: Floats) -> Curve:
    """The curve of cases that were closed at some ages, and of others that were open at theirs.

    The arrays are of one length. A case that was open at an age at which another was closed was
    at risk of it.
    """
    times, place = np.unique(ages, return_inverse=True)
    ended: Floats = np.bincount(place, weights=closed, minlength=len(times)).astype(float)
    lost: Floats = np.bincount(place, weights=still_open, minlength=len(times)).astype(float)
    total = float(ended.sum() + lost.sum())
    before = np.concatenate([[0.0], np.cumsum(ended + lost)[:-1]])
    at_risk = np.asarray(total - before, dtype=np.float64)
    seen = np.flatnonzero((ended > 0) & (at_risk > 0))
    share: Floats = np.cumprod(1 - ended[seen] / at_risk[seen], dtype=np.float64)
    low, high = _bounds(share, ended[seen], at_risk[seen])
    return Curve(
        ages=times[seen],
        open_share=share,
        low=low,
        high=high,
        at_risk=at_risk[seen],
        closed=ended[seen],
        total=round(total),
        longest=float(times[-1]) if len(times) else 0.0,
    )


def _bounds(share: Floats, ended: Floats, at_risk: Floats) -> tuple[Floats, Floats]:
    """Greenwood's variance on the log-minus-log scale, which stays within 0 and 1.

    Where all are closed there is no variance left: the upper bound stays where it was.
    """
    low, high = np.zeros(len(share)), np.ones(len(share))
    with np.errstate(divide="ignore", invalid="ignore"):
        spread = np.sqrt(np.cumsum(ended / (at_risk * (at_risk - ended))))
        reach = Z * spread / np.log(share)
    inside = (share > _ALMOST) & (share < 1)
    low[inside] = share[inside] ** np.exp(-reach[inside])
    high[inside] = share[inside] ** np.exp(reach[inside])
    if inside.any():
        high[share <= _ALMOST] = high[inside][-1]
    return low, high


def quantile(curve: Curve, share: float) -> Quantile:
    """The age at which `share` (0-1) is closed: the first at which no more than the rest is open.

    Its bounds are where those of the curve come there (Brookmeyer and Crowley, Biometrics 38,
    1982).
    """
    left = 1 - share
    return Quantile(
        age=_first_at(curve, curve.open_share, left),
        low=_first_at(curve, curve.low, left),
        high=_first_at(curve, curve.high, left),
    )


def _first_at(curve: Curve, line: Floats, level: float) -> float | None:
    there = np.flatnonzero(line <= level + _ALMOST)
    return float(curve.ages[there[0]]) if len(there) else None


def open_after(curve: Curve, age: float) -> tuple[float, float, float]:
    """The share still open just after `age`, with its bounds; all are at the beginning."""
    place = int(np.searchsorted(curve.ages, age, side="right")) - 1
    if place < 0:
        return 1.0, 1.0, 1.0
    return (
        float(curve.open_share[place]),
        float(curve.low[place]),
        float(curve.high[place]),
    )


def at_risk_after(groups: Iterable[Begun], age: float) -> int:
    """How many cases were followed to `age` and are known to have been open then."""
    followed = [each for each in groups if each.followed >= age]
    return sum(each.count - _closed_by(each.closed, age) for each in followed)


def curve_of(groups: Sequence[Begun]) -> Curve:
    """The curve of cases that began in groups, each followed for one and the same time.

    Of a case closed later than its whole group was followed, only that it was open then is used:
    an open one of the same group could not have told more. Groups not followed at all stay out.
    """
    ages: list[float] = []
    closed: list[float] = []
    still_open: list[float] = []
    for group in groups:
        if group.followed <= 0:
            continue
        seen = _ages(group.closed, group.followed)
        ages += [*seen, group.followed]
        closed += [*seen.values(), 0.0]
        still_open += [0.0] * len(seen) + [max(group.count - sum(seen.values()), 0.0)]
    return kaplan_meier(np.array(ages), np.array(closed), np.array(still_open))


def closed_within(groups: Iterable[Begun], age: float) -> Within | None:
    """Of the cases that began at least `age` ago, those closed within it; None where none did."""
    followed = [each for each in groups if each.followed >= age and each.count]
    count = sum(each.count for each in followed)
    if not count:
        return None
    closed = sum(_closed_by(each.closed, age) for each in followed)
    return Within(age=age, closed=closed, count=count, interval=wilson(closed, count))


def _ages(sketch: Sketch, until: float) -> dict[float, float]:
    """How many were closed at each age up to one, as far as a sketch tells ages apart."""
    told = {0.0: float(sketch.zeros)} if sketch.zeros else {}
    for bucket in sorted(sketch.buckets):
        age = bucket_value(bucket)
        if age > until:
            break
        told[age] = float(sketch.buckets[bucket])
    return told


def _closed_by(sketch: Sketch, age: float) -> int:
    return round(sum(_ages(sketch, age).values()))
