"""Our gaps to what peers show: to the best, the achievable, the middle and the pooled rest.

Every gap is told from our side: negative is behind, whichever way is better.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from metrics.achievable import leaders
from metrics.differences import Estimate, interval_of_difference
from metrics.intervals import Interval, poisson, wilson
from metrics.model import Better
from metrics.peer_ranking import Chance, Contender, Ruler
from metrics.rank_intervals import median_interval

LARGE_ENOUGH = 30  # cases, to be taken for the best


class Against(StrEnum):
    """What we are held against. The achievable is the one to quote: no small sample makes it."""

    ACHIEVABLE = "achievable"
    BEST = "best"
    BEST_LARGE = "best_large"
    MEDIAN = "median"
    REST = "rest"


@dataclass(frozen=True, slots=True, kw_only=True)
class PeerGap:
    """Our value less a benchmark's, in the unit, turned so that negative is behind.

    `interval` is None where n is unknown. `entities` are those the benchmark is made of, us among
    them where we are one of the leaders.
    """

    against: Against
    value: float
    gap: float
    interval: Interval | None
    entities: tuple[str, ...]

    @property
    def is_clear(self) -> bool | None:
        """Whether more than sampling error makes the gap; None where that is not known."""
        return None if self.interval is None else not self.interval[0] <= 0 <= self.interval[1]


def gaps_of(
    own: Contender, others: Sequence[Contender], ruler: Ruler, *, min_n: float = LARGE_ENOUGH
) -> dict[Against, PeerGap]:
    """Our gaps to each benchmark that these peers give, in the order of `Against`.

    The best of those with at least `min_n` cases is told apart from the best of all. Intervals are
    by the square-and-add rule (Newcombe 1998 for shares). A band has no pooled benchmarks: values
    on both sides of it would make a good one together.
    """
    if not others:
        return {}
    others = sorted(others, key=lambda each: (-(each.denominator or 0.0), each.entity))
    large = [each for each in others if (each.denominator or 0.0) >= min_n]
    found = (
        _achievable(own, others, ruler),
        _best(Against.BEST, own, others, ruler),
        _best(Against.BEST_LARGE, own, large, ruler),
        _median(own, others, ruler),
        _rest(own, others, ruler),
    )
    return {each.against: each for each in found if each is not None}


def pool(contenders: Sequence[Contender], ruler: Ruler, *, name: str = "") -> Contender | None:
    """All cases taken together, Σ numerator / Σ denominator; None where counts are not known."""
    if not contenders or not all(each.is_counted(ruler) for each in contenders):
        return None
    x = math.fsum(each.numerator or 0.0 for each in contenders)
    n = math.fsum(each.denominator or 0.0 for each in contenders)
    return Contender(
        entity=name,
        value=ruler.scale * x / n,
        numerator=x,
        denominator=n,
        interval=_pooled_interval(contenders, ruler, x=x, n=n),
    )


def _pooled_interval(
    contenders: Sequence[Contender], ruler: Ruler, *, x: float, n: float
) -> Interval | None:
    if ruler.chance is not Chance.OTHER:
        chance = wilson if ruler.chance is Chance.SHARE else poisson
        low, high = chance(x, n)
        return low * ruler.scale, high * ruler.scale
    if any(each.interval is None for each in contenders):
        return None
    middle = ruler.scale * x / n
    sides = np.array(
        [
            (each.value - low, high - each.value)
            for each in contenders
            for low, high in [each.interval or (0.0, 0.0)]
        ]
    )
    weights = np.array([each.denominator or 0.0 for each in contenders])[:, None] / n
    below, above = np.sqrt(((weights * sides) ** 2).sum(axis=0))
    return middle - float(below), middle + float(above)


def _achievable(own: Contender, others: Sequence[Contender], ruler: Ruler) -> PeerGap | None:
    """The leaders are of all, us among them; None where most peers' counts are not known.

    What we add ourselves is no gap to anybody: where we are a leader with the share w of the
    leaders' cases, our gap is (1 - w) times the one to the other leaders, exactly, and so is its
    interval.
    """
    if 2 * sum(each.is_counted(ruler) for each in others) < len(others):
        return None
    best = leaders([own, *others], ruler)
    whole = pool(best, ruler)
    if whole is None:
        return None
    names = tuple(each.entity for each in best)
    rest = pool([each for each in best if each != own], ruler)
    if rest is None:
        return PeerGap(
            against=Against.ACHIEVABLE, value=whole.value, gap=0.0, interval=None, entities=names
        )
    part = 1 - (own.denominator or 0.0) / (whole.denominator or 1.0) if own in best else 1.0
    gap, interval = difference_between(own, rest, ruler)
    return PeerGap(
        against=Against.ACHIEVABLE,
        value=whole.value,
        gap=part * gap,
        interval=interval and (part * interval[0], part * interval[1]),
        entities=names,
    )


def _best(
    against: Against, own: Contender, others: Sequence[Contender], ruler: Ruler
) -> PeerGap | None:
    if not others:
        return None
    merits = ruler.merits(np.array([each.value for each in others], dtype=float))
    return _gap(against, own, others[int(np.argmax(merits))], ruler)


def _median(own: Contender, others: Sequence[Contender], ruler: Ruler) -> PeerGap:
    """For a band: the median distance from it, of which no interval is known."""
    names = tuple(each.entity for each in others)
    values = np.array([each.value for each in others], dtype=float)
    middle = float(np.median(values))
    if ruler.band is not None:
        ours = float(ruler.merits(np.array([own.value]))[0])
        gap, interval = ours - float(np.median(ruler.merits(values))), None
    else:
        median = Contender(entity="", value=middle, interval=median_interval(others, ruler))
        gap, interval = difference_between(own, median, ruler)
    return PeerGap(against=Against.MEDIAN, value=middle, gap=gap, interval=interval, entities=names)


def _rest(own: Contender, others: Sequence[Contender], ruler: Ruler) -> PeerGap | None:
    counted = [each for each in others if each.is_counted(ruler)]
    rest = pool(counted, ruler) if ruler.band is None else None
    if rest is None:
        return None
    gap, interval = difference_between(own, rest, ruler)
    return PeerGap(
        against=Against.REST,
        value=rest.value,
        gap=gap,
        interval=interval,
        entities=tuple(each.entity for each in counted),
    )


def _gap(against: Against, own: Contender, other: Contender, ruler: Ruler) -> PeerGap:
    gap, interval = difference_between(own, other, ruler)
    return PeerGap(
        against=against,
        value=other.value,
        gap=gap,
        interval=interval,
        entities=(other.entity,),
    )


def difference_between(
    own: Contender, other: Contender, ruler: Ruler
) -> tuple[float, Interval | None]:
    """Our merit less theirs, and its interval; a band has none, its distances fold."""
    ours, theirs = ruler.merits(np.array([own.value, other.value], dtype=float))
    if ruler.band is not None:
        return float(ours - theirs), None
    interval = interval_of_difference(
        Estimate(own.value, own.interval), Estimate(other.value, other.interval)
    )
    if interval is None or ruler.better is Better.HIGHER:
        return float(ours - theirs), interval
    return float(ours - theirs), (-interval[1], -interval[0])
