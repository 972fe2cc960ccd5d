"""Where we stand among an unknown many of whom only quantiles were published.

Between two neighbouring quantiles the place is interpolated; beyond the outermost nothing is known
but that. Which way is better is what our metric says: the order of the quantiles only has to agree.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from metrics.model import Better

QUANTILES = {"p10": 10.0, "p25": 25.0, "median": 50.0, "p75": 75.0, "p90": 90.0}


@dataclass(frozen=True, slots=True, kw_only=True)
class QuantilePlace:
    """Between which places we are, 0 the worst and 100 the best, both of them published.

    `at` is the interpolated place, None beyond the outermost quantile, where `low` or `high` is
    the end of the scale.
    """

    low: float
    high: float
    at: float | None

    @property
    def is_beyond_the_best(self) -> bool:
        """Whether we are better than the best quantile that was published."""
        return self.at is None and self.high == 100.0

    @property
    def is_beyond_the_worst(self) -> bool:
        """Whether we are worse than the worst quantile that was published."""
        return self.at is None and self.low == 0.0


def place_between(
    quantiles: Mapping[str, float], value: float, better: Better
) -> QuantilePlace | None:
    """Return where `value` is among published quantiles, by their statistic (`p25`, `median` …).

    Some publishers turn their quantiles so that the top is the best; then those of a metric that
    is better lower fall. None where they neither rise nor fall throughout, where they fall though
    higher is better, for fewer than two, and where neither way is better.
    """
    places = _by_merit(quantiles, better)
    if not places:
        return None
    way = 1.0 if better is Better.HIGHER else -1.0
    merit = way * value
    if merit < way * places[0][1]:
        return QuantilePlace(low=0.0, high=places[0][0], at=None)
    if merit > way * places[-1][1]:
        return QuantilePlace(low=places[-1][0], high=100.0, at=None)
    for (low, worse), (high, best) in pairwise(places):
        if merit <= way * best:
            share = (value - worse) / (best - worse)
            return QuantilePlace(low=low, high=high, at=low + share * (high - low))
    return None


def _by_merit(quantiles: Mapping[str, float], better: Better) -> list[tuple[float, float]]:
    """Place (100 the best) and value of each quantile, the worst first; empty where unclear."""
    known = sorted((QUANTILES[name], value) for name, value in quantiles.items())
    steps = [after[1] - before[1] for before, after in pairwise(known)]
    rises, falls = all(step > 0 for step in steps), all(step < 0 for step in steps)
    if not steps or better not in (Better.HIGHER, Better.LOWER):
        return []
    if better is Better.HIGHER:
        return known if rises else []
    if rises:
        return [(100.0 - place, value) for place, value in reversed(known)]
    return known if falls else []
