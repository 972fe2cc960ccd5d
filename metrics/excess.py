"""How much more or less than normal was counted since a signal began, in cases.

Arrays are one segment of one series, oldest first, NaN where there is no value to judge.
"""

import math
from dataclasses import dataclass

import numpy as np

from metrics.limits import Floats
from metrics.spread import reach, spread_of

_ENOUGH = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Excess:
    """`cases` more than normal (fewer, where negative), with the 95 % range of that.

    `counted` of `base` since the signal began; `normal` is the share that was normal, of `before`
    periods, and `points` is the number of periods since.
    """

    cases: float
    low: float
    high: float
    counted: float
    base: float
    normal: float
    before: int
    points: int

    @property
    def is_clear(self) -> bool:
        """Whether the range leaves out nothing at all."""
        return not self.low <= 0 <= self.high


def excess_since(
    counted: Floats, base: Floats, *, began: int, follows_base: bool = False
) -> Excess | None:
    """What was counted from the point `began` on, less what would have been normal.

    Normal is sum over sum of the points before; its range is that of a prediction: sigma of single
    periods, and of the normal share itself. `follows_base`: sigma falls with the root of the base,
    for a series on a p'- or u'-chart. None with fewer than 8 points before, or none since.
    """
    known = ~np.isnan(counted) & (base > 0)
    before, since = known.copy(), known.copy()
    before[began:], since[:began] = False, False
    if before.sum() < _ENOUGH or not since.any():
        return None
    spread = spread_of(counted[:began], base[:began], follows_base=follows_base)
    if spread is None:
        return None
    normal = float(counted[before].sum() / base[before].sum())
    whole = float(base[since].sum())
    cases = float(counted[since].sum()) - normal * whole
    noise = math.hypot(spread.of_sum(base[since]), whole * spread.of_mean(base[before]))
    half = reach(int(before.sum())) * noise
    return Excess(
        cases=cases,
        low=cases - half,
        high=cases + half,
        counted=float(counted[since].sum()),
        base=whole,
        normal=normal,
        before=int(before.sum()),
        points=int(since.sum()),
    )
