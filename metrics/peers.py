"""How we stand among comparable peers: who counts as one, our place among them, their band.

Published values are never carried forward: ranks use values of one and the same period only.
"""

from calendar import monthrange
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from metrics.intervals import Interval
from metrics.model import Metric
from metrics.peer_ranking import PERCENTILES_FROM, Contender, places_of, ruler_of
from metrics.rank_intervals import rank_intervals
from metrics.standing import Standing

COMPETITOR = "competitor"
PLAIN_VALUES = frozenset({"value", "mean", "median"})


@dataclass(frozen=True, slots=True, kw_only=True)
class PeerValue:
    """A value that an entity published for the days from `start` to `end`, in the metric's unit.

    `numerator`, `denominator` and `interval` are None where they are not known.
    """

    entity: str
    value: float
    start: date
    end: date
    entity_type: str = COMPETITOR
    statistic: str = "value"
    numerator: float | None = None
    denominator: float | None = None
    interval: Interval | None = None

    @property
    def days(self) -> int:
        """How many days its period has."""
        return (self.end - self.start).days + 1

    def as_contender(self) -> Contender:
        """The value as the ranks take it."""
        return Contender(
            entity=self.entity,
            value=self.value,
            numerator=self.numerator,
            denominator=self.denominator,
            interval=self.interval,
        )


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
    return is_stale_since(value.end, on=on, months=months)


def is_stale_since(end: date, *, on: date, months: int) -> bool:
    """Whether a period that ended on `end` did so more than so many months before the day `on`."""
    age = (on.year - end.year) * 12 + on.month - end.month
    return age > months or (age == months and on.day > end.day)


def ages_on(end: date, *, months: int) -> date:
    """The first day on which a value that ended on `end` is older than so many months."""
    year, place = divmod(end.year * 12 + end.month - 1 + months, 12)
    days = monthrange(year, place + 1)[1]
    return date(year, place + 1, min(end.day, days)) + timedelta(days=1)


def is_left_behind(value: PeerValue, *, by: date) -> bool:
    """Whether a value ended more than two of its own periods before `by`, the end of the others."""
    return (by - value.end).days > 2 * value.days


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
    own: Contender | None, peers: Sequence[PeerValue], metric: Metric, *, period_label: str
) -> Standing | None:
    """Our place among `peers` and ourselves, 1 the best, equals sharing a rank (1, 2, 2, 4).

    A quartile (1 the best) from four values on, a percentile from eight. None for neutral metrics,
    without our own value, and without peers.
    """
    ruler = ruler_of(metric)
    if own is None or not peers or ruler is None:
        return None
    contenders = [own, *(each.as_contender() for each in peers)]
    place = places_of(contenders, ruler)[0]
    known = rank_intervals(contenders, ruler) or {}
    low, high = known.get(own.entity, (None, None))
    return Standing(
        rank=place.rank,
        peers=place.of,
        quartile=place.quartile,
        period_label=period_label,
        percentile=place.percentile if place.of >= PERCENTILES_FROM else None,
        rank_low=low,
        rank_high=high,
        rank_among=len(known) if low is not None else 0,
    )


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
