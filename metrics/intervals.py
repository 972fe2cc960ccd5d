"""How far sampling error alone could carry a value: 95 % intervals of what is divided or ranked.

They measure sampling error only, not bias and not change over time (statistics.md 6.2).
"""

import math

from scipy import special  # not scipy.stats: it takes a second to load, and every page would wait

from metrics.model import Form, Metric
from metrics.sketch import ACCURACY, Sketch
from metrics.value import Parts

Interval = tuple[float, float]
Z = float(special.ndtri(0.975))
_EXACT_BELOW = 10
_NET_BOUND = 100.0
_ENOUGH_FOR_RANKS = 50


def wilson(successes: float, trials: float) -> Interval:
    """The score interval of a share (0-1), without continuity correction (Wilson 1927).

    Raises ValueError unless 0 <= successes <= trials and trials > 0.
    """
    if not 0 <= successes <= trials or trials <= 0:
        raise ValueError(f"{successes} of {trials}")
    # Numerator and denominator of the formula times n, so that no n is too large to be squared.
    middle, stretch = successes + Z**2 / 2, trials + Z**2
    half = Z * math.sqrt(successes * (1 - successes / trials) + Z**2 / 4)
    low, high = (middle - half) / stretch, (middle + half) / stretch
    return (0.0 if successes == 0 else low), (1.0 if successes == trials else high)


def poisson(events: float, exposure: float) -> Interval:
    """The interval of a rate per unit of exposure: exact below 10 events, Byar's from there.

    Raises ValueError for a negative count or an exposure that is not positive.
    """
    if events < 0 or exposure <= 0:
        raise ValueError(f"{events} in {exposure}")
    if events < _EXACT_BELOW:
        low = special.gammaincinv(events, 0.025) if events else 0.0
        return float(low) / exposure, float(special.gammaincinv(events + 1, 0.975)) / exposure
    return (
        events * (1 - 1 / (9 * events) - Z / (3 * math.sqrt(events))) ** 3 / exposure,
        (events + 1)
        * (1 - 1 / (9 * (events + 1)) + Z / (3 * math.sqrt(events + 1))) ** 3
        / exposure,
    )


def mean(total: float, count: float, sumsq: float) -> Interval | None:
    """The t interval of a mean from its sum, count and sum of squares, None below two values."""
    if count < 2:
        return None
    average = total / count
    variance = max(sumsq - count * average**2, 0.0) / (count - 1)
    half = float(special.stdtrit(count - 1, 0.975)) * math.sqrt(variance / count)
    return average - half, average + half


def quantile(sketch: Sketch, share: float) -> Interval | None:
    """The interval of a quantile by the ranks around its own, as wide as its buckets at least.

    The ranks are those between which a binomial count lies, in its normal approximation; None
    below 50 values, where that and the buckets are too coarse.
    """
    if sketch.count < _ENOUGH_FOR_RANKS:
        return None
    half = Z * math.sqrt(share * (1 - share) / sketch.count)
    low = sketch.quantile(max(share - half, 0.0)) or 0.0
    high = sketch.quantile(min(share + half, 1.0)) or 0.0
    return low * (1 - ACCURACY), high * (1 + ACCURACY)


def interval_of(metric: Metric, parts: Parts) -> Interval | None:
    """The interval of a value in the metric's unit; None where the parts do not give one.

    None for a stock and for a sum of amounts, which are no counts of independent events, for a
    percentile of few values, and for a ratio that is not a share of its denominator. The share of
    a stock has the interval of one day's snapshot: the others show largely the same cases.
    """
    if metric.percentile is not None and parts.sketch is not None:
        return quantile(parts.sketch, metric.percentile / 100)
    if metric.form is Form.COUNT:
        return _of_count(metric, parts.numerator)
    return _of_sums(metric, parts)


def inflated(value: float, interval: Interval, sigma_z: float) -> Interval:
    """An interval as wide as the process really varies: half-widths times max(1, `sigma_z`).

    `sigma_z` is how much wider than sampling error the series varies from period to period
    (Laney, Quality Engineering 14, 2002); below 1 nothing is narrowed.
    """
    stretch = max(1.0, sigma_z)
    return value - stretch * (value - interval[0]), value + stretch * (interval[1] - value)


def process_interval(metric: Metric, value: float, interval: Interval, sigma_z: float) -> Interval:
    """The `inflated` interval of a share or a rate, within what is possible."""
    low, high = inflated(value, interval, sigma_z)
    return max(low, 0.0), min(high, metric.scale) if metric.form is Form.RATIO else high


def _of_count(metric: Metric, events: float | None) -> Interval | None:
    """Rows counted are events; a stock, or an amount summed, is not."""
    adds_amounts = metric.numerator is not None and metric.numerator.sum is not None
    if events is None or events < 0 or adds_amounts or metric.stock is not None:
        return None
    return poisson(events, 1.0)


def _of_sums(metric: Metric, parts: Parts) -> Interval | None:
    numerator, denominator, sumsq = parts.numerator, parts.denominator, parts.sumsq
    if numerator is None or not denominator or denominator < 0:
        return None
    match metric.form:
        case Form.RATIO if 0 <= numerator <= denominator:
            snapshots = parts.days if metric.stock is not None else 1
            return _scaled(wilson(numerator / snapshots, denominator / snapshots), metric.scale)
        case Form.RATE if numerator >= 0:
            return _scaled(poisson(numerator, denominator), metric.scale)
        case Form.MEAN if sumsq is not None:
            return mean(numerator, denominator, sumsq)
        case Form.NET_SCORE if sumsq is not None:
            return _net_score(numerator / denominator, sumsq / denominator, denominator)
        case _:
            return None


def published_interval(metric: Metric, *, value: float, sample_size: float) -> Interval | None:
    """The interval of a published value from its sample size alone: for shares, else None."""
    if metric.form is not Form.RATIO or sample_size <= 0:
        return None
    successes = value / metric.scale * sample_size
    return interval_of(metric, Parts(numerator=successes, denominator=sample_size, n=sample_size))


def _scaled(interval: Interval, scale: float) -> Interval:
    return interval[0] * scale, interval[1] * scale


def _net_score(net: float, share_decided: float, answers: float) -> Interval:
    """Normal interval; the variance of +1, 0, -1 answers is (p + d) - (p - d) squared."""
    half = Z * math.sqrt(max(share_decided - net**2, 0.0) / answers) * _NET_BOUND
    centre = net * _NET_BOUND
    return max(centre - half, -_NET_BOUND), min(centre + half, _NET_BOUND)
