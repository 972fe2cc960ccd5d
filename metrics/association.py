"""Whether one series moves before another: rank correlations of their changes, lag by lag.

Associated, not caused: what leads may be driven by the same thing. Every number is one of a
declared family, and is judged as such (statistics.md 6.9, 6.10).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from metrics.limits import Floats
from metrics.multiplicity import benjamini_hochberg, holm
from metrics.rank_correlation import PERMUTATIONS, chance, effective_share, interval, spearman
from metrics.stationary import changes

LEAST_PAIRS = 24
LONGEST_LAG = 8
RATE = 0.05  # of false findings among those told


@dataclass(frozen=True, slots=True, kw_only=True)
class Levels:
    """A series on a scale without ends, NaN where there is no value; `first` begins its sample.

    A break cuts the sample: `first` is then the first period after it.
    """

    values: Floats
    first: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Lag:
    """The rank correlation of the changes of one series with those of another `lag` periods later.

    The interval holds for all lags from 0 on together. `p` is what chance alone would do, among all
    lags (Holm); None for a negative lag, which is there as a placebo: the future moves no past.
    """

    lag: int
    rho: float
    low: float
    high: float
    pairs: int
    effective: float
    p: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Association:
    """What was found between two series; `holds` says whether it stands out of its whole family.

    `lags` go from the most negative to the longest; `best` is the likeliest from 0 on. `halves` are
    the correlations at `best` in the earlier and the later half of the pairs.
    """

    lags: tuple[Lag, ...]
    best: Lag
    halves: tuple[float, float]
    p: float
    holds: bool

    @property
    def is_stable(self) -> bool:
        """Whether both halves go the same way as the whole."""
        return all(half * self.best.rho > 0 for half in self.halves)

    @property
    def placebo(self) -> Lag | None:
        """The largest correlation the wrong way round."""
        behind = [each for each in self.lags if each.lag < 0]
        return max(behind, key=lambda each: abs(each.rho), default=None)

    @property
    def has_direction(self) -> bool:
        """Whether the one leads the other more than the other way round."""
        return self.placebo is None or abs(self.placebo.rho) < abs(self.best.rho)


@dataclass(frozen=True, slots=True, kw_only=True)
class TooShort:
    """Too little to say anything: `pairs` of changes where `LEAST_PAIRS` are needed."""

    pairs: int


def associate(
    front: Levels,
    behind: Sequence[Levels],
    *,
    cycle: float,
    permutations: int = PERMUTATIONS,
) -> tuple[Association | TooShort, ...]:
    """Say of each series of `behind` whether `front` follows it; all of them are one family.

    All are on one axis of periods, `cycle` of which make a year.
    """
    whole = _changes(front, cycle)
    span = _span(whole)
    y, leading = whole[span], [_changes(each, cycle)[span] for each in behind]
    pairs = [int(np.count_nonzero(~np.isnan(x) & ~np.isnan(y))) for x in leading]
    judged = [number for number, count in enumerate(pairs) if count >= LEAST_PAIRS]
    found: list[Association | TooShort] = [TooShort(pairs=count) for count in pairs]
    if not judged:
        return tuple(found)
    longest = [_longest_lag(leading[number], y) for number in judged]
    by_chance = chance(
        np.array([leading[number] for number in judged]),
        y,
        lags=max(longest) + 1,
        permutations=permutations,
    )
    adjusted = [holm(p[: most + 1]) for p, most in zip(by_chance, longest, strict=True)]
    family = benjamini_hochberg(np.array([p.min() for p in adjusted]))
    for number, p, q in zip(judged, adjusted, family.tolist(), strict=True):
        found[number] = _association(leading[number], y, p, holds=q <= RATE)
    return tuple(found)


def _changes(levels: Levels, cycle: float) -> Floats:
    cut = np.where(np.arange(len(levels.values)) >= levels.first, levels.values, np.nan)
    return changes(cut, cycle=cycle)


def _span(series: Floats) -> slice:
    """From the first to the last known value: what is turned in a circle must have no empty end."""
    known = np.flatnonzero(~np.isnan(series))
    return slice(int(known[0]), int(known[-1]) + 1) if len(known) else slice(0)


def _longest_lag(x: Floats, y: Floats) -> int:
    """The longest lag that may be looked at: every lag before it has pairs enough."""
    most = min(LONGEST_LAG, int(np.count_nonzero(~np.isnan(x) & ~np.isnan(y))) // 5)
    for lag in range(most + 1):
        if len(_pairs(x, y, lag)[0]) < LEAST_PAIRS:
            return lag - 1
    return most


def _association(x: Floats, y: Floats, p: Floats, *, holds: bool) -> Association:
    share, among = effective_share(x, y), len(p)
    behind = [_lag(x, y, lag, share, None, among) for lag in range(1 - among, 0)]
    ahead = [_lag(x, y, lag, share, float(p[lag]), among) for lag in range(among)]
    likeliest = min(ahead, key=lambda each: (each.p, -abs(each.rho)))
    best = _pairs(x, y, likeliest.lag)
    middle = len(best[0]) // 2
    return Association(
        lags=(*behind, *ahead),
        best=likeliest,
        halves=(
            spearman(best[0][:middle], best[1][:middle]),
            spearman(best[0][middle:], best[1][middle:]),
        ),
        p=float(p.min()),
        holds=holds and not likeliest.low <= 0 <= likeliest.high,
    )


def _lag(x: Floats, y: Floats, lag: int, share: float, p: float | None, among: int) -> Lag:
    one, other = _pairs(x, y, lag)
    rho, effective = spearman(one, other), share * len(one)
    low, high = interval(rho, effective, among=among)
    return Lag(lag=lag, rho=rho, low=low, high=high, pairs=len(one), effective=effective, p=p)


def _pairs(x: Floats, y: Floats, lag: int) -> tuple[Floats, Floats]:
    """The changes of `x` beside those of `y` that many periods later, where both are known."""
    n = len(x) - abs(lag)
    one = x[:n] if lag >= 0 else x[-lag:]
    other = y[lag:] if lag >= 0 else y[:n]
    known = ~np.isnan(one) & ~np.isnan(other)
    return one[known], other[known]
