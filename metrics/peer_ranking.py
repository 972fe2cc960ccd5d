"""Places among peers: competition rank, percentile and quartile of each value in a set.

Whether values may stand in one set is decided in `metrics.peers`, not here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from metrics.intervals import Interval
from metrics.model import Better, Form, Metric
from metrics.value import Numbers

QUARTILES_FROM = 4
PERCENTILES_FROM = 8
_TIE, _ROUNDING = 1e-9, 1e-12


class Chance(StrEnum):
    """How a value varies by sampling alone: as a share, as a rate of events, or in another way."""

    SHARE = "share"
    RATE = "rate"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruler:
    """What a set of values is ranked by: value = scale × numerator / denominator, and its good way.

    `better` is higher, lower or, with a `band`, band; a neutral metric has no ruler.
    """

    better: Better
    chance: Chance = Chance.SHARE
    scale: float = 1.0
    band: tuple[float, float] | None = None

    def merits(self, values: Numbers) -> Numbers:
        """Numbers that are higher where values are better: for a band, minus the way back in."""
        if self.band is not None:
            low, high = self.band
            return -np.maximum(np.maximum(low - values, values - high), 0.0)
        return values if self.better is Better.HIGHER else -values


@dataclass(frozen=True, slots=True, kw_only=True)
class Contender:
    """One value in a ranking, and what is known of its size and sampling error.

    `numerator` and `denominator` are None where they were not published, `interval` (95 %) where n
    is unknown.
    """

    entity: str
    value: float
    numerator: float | None = None
    denominator: float | None = None
    interval: Interval | None = None

    def is_counted(self, ruler: Ruler) -> bool:
        """Whether its cases are known, so that it can be pooled with others."""
        if self.numerator is None or self.denominator is None or self.denominator <= 0:
            return False
        match ruler.chance:
            case Chance.SHARE:
                return 0 <= self.numerator <= self.denominator
            case Chance.RATE:
                return self.numerator >= 0
            case _:
                return True

    def is_known(self, ruler: Ruler) -> bool:
        """Whether its sampling error is known, so that a chance can be told."""
        if ruler.chance is Chance.OTHER:
            return self.interval is not None
        return self.is_counted(ruler)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """The place of one contender among `of` (itself counted); what is too few for is None."""

    rank: int
    of: int
    percentile: float
    quartile: int | None


def ruler_of(metric: Metric) -> Ruler | None:
    """The ruler of a metric, None for a neutral one."""
    if metric.better is Better.NEUTRAL:
        return None
    chances = {Form.RATIO: Chance.SHARE, Form.RATE: Chance.RATE}
    return Ruler(
        better=metric.better,
        chance=chances.get(metric.form, Chance.OTHER),
        scale=metric.scale,
        band=metric.band,
    )


def places_of(contenders: Sequence[Contender], ruler: Ruler) -> tuple[Place, ...]:
    """The place of each, in their order.

    Equals share a rank and the next one is skipped (1, 2, 2, 4). The percentile is 100 × (those
    below + half of those level, itself among them) / all, so 100 would be best. Quartiles are by
    type-7 cut points (Hyndman and Fan 1996), 1 the best, a value on a cut in the better one.
    """
    if not contenders:
        return ()
    merits = ruler.merits(np.array([each.value for each in contenders], dtype=float))
    slack = _slack(merits, ruler)
    better, level = _compare(merits, merits, slack)
    count = len(merits)
    ranks, levels = 1 + better.sum(axis=1), level.sum(axis=1)
    percentiles = 100 * (count - (ranks - 1) - levels / 2) / count
    cuts = np.quantile(merits, [0.75, 0.5, 0.25])
    quartiles = 1 + _compare(merits, cuts, slack)[0].sum(axis=1)
    return tuple(
        Place(
            rank=int(rank),
            of=count,
            percentile=float(percentile),
            quartile=int(quartile) if count >= QUARTILES_FROM else None,
        )
        for rank, percentile, quartile in zip(ranks, percentiles, quartiles, strict=True)
    )


def ranks_of(merits: Numbers, ruler: Ruler) -> NDArray[np.int64]:
    """The rank of each merit, 1 the best, equals sharing one."""
    better, _ = _compare(merits, merits, _slack(merits, ruler))
    ranks: NDArray[np.int64] = 1 + better.sum(axis=1, dtype=np.int64)
    return ranks


def _slack(merits: Numbers, ruler: Ruler) -> float:
    """What rounding alone may part merits by: next to nothing of the largest number in them."""
    return _ROUNDING * float(np.abs([*merits.tolist(), *(ruler.band or ())]).max())


def _compare(
    ours: Numbers, theirs: Numbers, slack: float
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """For each of ours (rows) which of theirs (columns) are better, and which are level."""
    level = np.isclose(ours[:, None], theirs[None, :], rtol=_TIE, atol=slack)
    return (theirs[None, :] > ours[:, None]) & ~level, level
