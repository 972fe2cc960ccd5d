"""How we stand among comparable peers: who counts as one, rank, quartile, gaps, band.

Published values are never carried forward: ranks use values of one and the same period only.
"""

import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from metrics.model import Better, Metric
from metrics.verdict import Standing

COMPETITOR = "competitor"
PLAIN_VALUES = frozenset({"value", "mean", "median"})
_QUARTILES_FROM = 4
_TIE = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class PeerValue:
    """A value that an entity published for the days from `start` to `end`, in the metric's unit."""

    entity: str
    value: float
    start: date
    end: date
    entity_type: str = COMPETITOR
    statistic: str = "value"


@dataclass(frozen=True, slots=True, kw_only=True)
class Gaps:
    """Our gap to the best and to the middle peer, in the metric's unit; negative is behind."""

    best: float
    median: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PeerBand:
    """The lowest, middle and highest comparable value of `peers` peers in one period."""

    start: date
    end: date
    low: float
    middle: float
    high: float
    peers: int


def is_peer(value: PeerValue, *, ourselves: Collection[str] = ()) -> bool:
    """Whether a value is a competitor's own: not ours, an industry's, a region's, a quantile."""
    return (
        value.entity_type == COMPETITOR
        and value.statistic in PLAIN_VALUES
        and value.entity.casefold() not in {name.casefold() for name in ourselves}
    )


def is_stale(value: PeerValue, *, on: date, months: int) -> bool:
    """Whether the period of `value` ended more than so many months before the day `on`."""
    age = (on.year - value.end.year) * 12 + on.month - value.end.month
    return age > months or (age == months and on.day > value.end.day)


def comparable_peers(
    values: Sequence[PeerValue], metric: Metric, *, on: date, ourselves: Collection[str] = ()
) -> tuple[PeerValue, ...]:
    """The peers' values of the one period that most of them share, the newest such, none stale.

    Compare them with our own value of exactly that period. Empty where there are none.
    """
    by_period: defaultdict[tuple[date, date], list[PeerValue]] = defaultdict(list)
    for each in one_of_each(values):
        fresh = not is_stale(each, on=on, months=metric.benchmark_max_age)
        if fresh and is_peer(each, ourselves=ourselves):
            by_period[each.end, each.start].append(each)
    if not by_period:
        return ()
    period = max(by_period, key=lambda period: (len(by_period[period]), period))
    return tuple(by_period[period])


def one_of_each(values: Iterable[PeerValue]) -> tuple[PeerValue, ...]:
    """One value of each entity and period, the first: a second source is no second peer."""
    found: dict[tuple[str, date, date], PeerValue] = {}
    for each in values:
        found.setdefault((each.entity, each.start, each.end), each)
    return tuple(found.values())


def standing_of(
    own: float | None, peers: Sequence[PeerValue], metric: Metric, *, period_label: str
) -> Standing | None:
    """Our rank among `peers` and ourselves, 1 the best, equals sharing a rank (1, 2, 2, 4).

    A quartile (1 the best) from four values on. None for neutral metrics, without our own value,
    and without peers.
    """
    if own is None or not peers or metric.better is Better.NEUTRAL:
        return None
    ours = _merit(own, metric)
    merits = [ours, *(_merit(each.value, metric) for each in peers)]
    return Standing(
        rank=1 + sum(_is_better(each, ours) for each in merits),
        peers=len(merits),
        quartile=_quartile(ours, merits) if len(merits) >= _QUARTILES_FROM else None,
        period_label=period_label,
    )


def gaps_of(own: float | None, peers: Sequence[PeerValue], metric: Metric) -> Gaps | None:
    """Our gap to the best and to the median peer; None where `standing_of` gives None."""
    if own is None or not peers or metric.better is Better.NEUTRAL:
        return None
    merits = [_merit(each.value, metric) for each in peers]
    ours = _merit(own, metric)
    return Gaps(best=ours - max(merits), median=ours - float(np.median(merits)))


def spreads(
    values: Sequence[PeerValue], *, ourselves: Collection[str] = ()
) -> tuple[PeerBand, ...]:
    """The peers' band in every period that any of them published, oldest first."""
    by_period: defaultdict[tuple[date, date], list[float]] = defaultdict(list)
    for each in one_of_each(values):
        if is_peer(each, ourselves=ourselves):
            by_period[each.start, each.end].append(each.value)
    return tuple(
        PeerBand(
            start=start,
            end=end,
            low=min(found),
            middle=float(np.median(found)),
            high=max(found),
            peers=len(found),
        )
        for (start, end), found in sorted(by_period.items())
    )


def _merit(value: float, metric: Metric) -> float:
    """A number that is higher where the value is better: for a band, minus the way back into it."""
    if metric.band is not None:
        low, high = metric.band
        return -max(low - value, value - high, 0.0)
    return value if metric.better is Better.HIGHER else -value


def _is_better(one: float, other: float) -> bool:
    return one > other and not math.isclose(one, other, rel_tol=_TIE, abs_tol=_TIE)


def _quartile(ours: float, merits: Sequence[float]) -> int:
    """The quartile by linear (type 7) cut points, a value on a cut in the better one."""
    cuts = np.quantile(merits, [0.75, 0.5, 0.25])
    return 1 + sum(_is_better(float(cut), ours) for cut in cuts)
