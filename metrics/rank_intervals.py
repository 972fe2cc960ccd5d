"""How far sampling error alone could move ranks and the middle of a set: a parametric draw.

Each value is drawn 20,000 times from what its own counts allow, with one fixed seed, so the same
figures always give the same interval.
"""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from metrics.intervals import Interval, Z
from metrics.peer_ranking import Chance, Contender, Ruler, ranks_of
from metrics.value import Numbers

DRAWS = 20_000
_SEED = 20_000
_BLOCK = 2_000
_TAIL = 0.025


def rank_intervals(
    contenders: Sequence[Contender], ruler: Ruler
) -> dict[str, tuple[int, int]] | None:
    """The 95 % interval of each rank by entity, among those whose sampling error is known.

    Widened to hold the rank of the values themselves. None where fewer than two are known.
    """
    known = _in_order([each for each in contenders if each.is_known(ruler)])
    if len(known) < 2:
        return None
    return dict(zip((each.entity for each in known), _rank_intervals(known, ruler), strict=True))


def rank_chances(contenders: Sequence[Contender], ruler: Ruler) -> Numbers:
    """The share of draws in which each contender (rows) takes each rank (columns, 1 first)."""
    ordered = _in_order(contenders)
    counts = _rank_counts(ordered, ruler)
    place = {each.entity: at for at, each in enumerate(ordered)}
    rows = [place[each.entity] for each in contenders]
    return counts[rows] / DRAWS


def median_interval(contenders: Sequence[Contender], ruler: Ruler) -> Interval | None:
    """The 95 % interval of the median value; None where the error of any of them is unknown.

    Widened to hold the median itself: none of a few cases each is drawn above none.
    """
    if not contenders or not all(each.is_known(ruler) for each in contenders):
        return None
    low, high = _median_interval(_in_order(contenders), ruler)
    middle = float(np.median([each.value for each in contenders]))
    return min(low, middle), max(high, middle)


def _in_order(contenders: Sequence[Contender]) -> tuple[Contender, ...]:
    """One order of the same contenders, so that draws do not hang on the order of a file."""
    return tuple(sorted(contenders, key=lambda each: (each.value, each.entity)))


@lru_cache(maxsize=512)
def _rank_intervals(known: tuple[Contender, ...], ruler: Ruler) -> list[tuple[int, int]]:
    """Remembered: the same peers stand on many tiles and pages."""
    sums = np.cumsum(_rank_counts(known, ruler), axis=1)
    lows = 1 + np.argmax(sums > _TAIL * DRAWS, axis=1)
    highs = 1 + np.argmax(sums >= (1 - _TAIL) * DRAWS, axis=1)
    ranks = ranks_of(ruler.merits(np.array([each.value for each in known], dtype=float)), ruler)
    return [
        (int(min(low, rank)), int(max(high, rank)))
        for low, high, rank in zip(lows, highs, ranks, strict=True)
    ]


@lru_cache(maxsize=512)
def _median_interval(contenders: tuple[Contender, ...], ruler: Ruler) -> Interval:
    random = np.random.default_rng(_SEED)
    medians = [_medians(_draw(contenders, ruler, random, _BLOCK)) for _ in range(DRAWS // _BLOCK)]
    low, high = np.quantile(np.concatenate(medians), [_TAIL, 1 - _TAIL])
    return float(low), float(high)


def _medians(drawn: Numbers) -> Numbers:
    """The median of each row; several times as fast as numpy's own for few columns."""
    ordered, middle = np.sort(drawn, axis=1), drawn.shape[1] // 2
    if drawn.shape[1] % 2:
        return ordered[:, middle]
    medians: Numbers = ordered[:, middle - 1 : middle + 1].mean(axis=1)
    return medians


def _rank_counts(contenders: Sequence[Contender], ruler: Ruler) -> Numbers:
    """How many draws give each contender (rows) each rank (columns), drawn block by block."""
    count, random = len(contenders), np.random.default_rng(_SEED)
    counts = np.zeros(count * count)
    offsets = np.arange(count) * count
    for _ in range(DRAWS // _BLOCK):
        merits = ruler.merits(_draw(contenders, ruler, random, _BLOCK))
        ranks = np.argsort(np.argsort(-merits, axis=1, kind="stable"), axis=1, kind="stable")
        if ruler.band is not None:
            ranks[merits == 0] = 0  # all inside the band share the first rank
        counts += np.bincount((ranks + offsets).ravel(), minlength=count * count)
    return counts.reshape(count, count)


def _draw(
    contenders: Sequence[Contender], ruler: Ruler, random: np.random.Generator, draws: int
) -> Numbers:
    """Values as they could have come out: rows are draws, columns contenders.

    Shares from Beta(x + ½, n − x + ½), rates from Gamma(x + ½) / exposure (Jeffreys' posteriors),
    others from a normal with the half-width of their interval.
    """
    shape = (draws, len(contenders))
    if ruler.chance is Chance.OTHER:
        values = np.array([each.value for each in contenders])
        spans = np.array([each.interval or (0.0, 0.0) for each in contenders])
        return random.normal(values, (spans[:, 1] - spans[:, 0]) / (2 * Z), shape)
    x = np.array([each.numerator or 0.0 for each in contenders])
    n = np.array([each.denominator or 0.0 for each in contenders])
    if ruler.chance is Chance.SHARE:
        return ruler.scale * random.beta(x + 0.5, n - x + 0.5, shape)
    drawn: Numbers = ruler.scale * random.gamma(x + 0.5, 1.0, shape) / n
    return drawn
