"""Process limits once more, in plain loops over one series: to hold the real ones against."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import sqrt


@dataclass(frozen=True)
class Lines:
    """Centre and limits as somebody with paper would find them."""

    centre: float
    lower: float
    upper: float


def plain_xmr(values: Sequence[float | None]) -> Lines:
    """XmR limits of neighbouring values; None is a gap, whose neighbours are none of each other."""
    known = [value for value in values if value is not None]
    centre = sum(known) / len(known)
    reach = 2.66 * _screened(values)
    return Lines(centre, centre - reach, centre + reach)


def plain_p_prime(
    cases: Sequence[float | None], sizes: Sequence[float], *, at_size: float
) -> Lines:
    """Laney's limits in percent, for a period of some size; None among the cases is a gap."""
    known = [(x, n) for x, n in zip(cases, sizes, strict=True) if x is not None]
    share = sum(x for x, _ in known) / sum(n for _, n in known)
    scores = [
        None if x is None else (x / n - share) / sqrt(share * (1 - share) / n)
        for x, n in zip(cases, sizes, strict=True)
    ]
    reach = 3 * sqrt(share * (1 - share) / at_size) * _screened(scores) / 1.128
    return Lines(100 * share, 100 * max(share - reach, 0), 100 * min(share + reach, 1))


def _screened(values: Sequence[float | None]) -> float:
    ranges = [
        abs(later - earlier)
        for earlier, later in pairwise(values)
        if earlier is not None and later is not None
    ]
    mean = sum(ranges) / len(ranges)
    kept = [each for each in ranges if each < 3.267 * mean]
    return sum(kept) / len(kept)
