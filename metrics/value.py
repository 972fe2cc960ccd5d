"""The value of a metric from its stored parts, in its declared unit.

Ratios are sums over sums; there is no way here to average percentages.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from metrics.model import Form, Metric, Stock
from metrics.sketch import Sketch, merge_sketches, read_sketch

Numbers = NDArray[np.float64]
_DIVIDED = frozenset({Form.RATIO, Form.RATE, Form.MEAN, Form.NET_SCORE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What adds up: one day or period of a metric at a touchpoint, or several merged.

    `days` is over how many daily snapshots a stock was summed; flows do not use it.
    """

    numerator: float | None = None
    denominator: float | None = None
    n: float = 0.0
    sumsq: float | None = None
    sketch: Sketch | None = None
    days: int = 1


def value_of(metric: Metric, parts: Parts) -> float | None:
    """The value in the metric's unit; None where there was no activity or a part is missing."""
    if metric.form is Form.PERCENTILE:
        return parts.sketch.quantile(_share(metric)) if parts.sketch else None
    if parts.numerator is None:
        return None
    if metric.form is Form.COUNT:
        return parts.numerator / (parts.days if metric.stock is Stock.MEAN else 1)
    if not parts.denominator:
        return None
    return metric.scale * parts.numerator / parts.denominator


def values_of(
    metric: Metric, *, numerator: Numbers, denominator: Numbers, days: Numbers
) -> Numbers:
    """`value_of` for whole arrays of any one shape, NaN for None; not for percentiles."""
    if metric.form is Form.COUNT:
        return numerator / days if metric.stock is Stock.MEAN else numerator.astype(float)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(denominator == 0, np.nan, metric.scale * numerator / denominator)


def percentiles_of(metric: Metric, sketches: Sequence[str | None]) -> Numbers:
    """The percentile of each stored sketch, NaN where there is none or it is empty."""
    share = _share(metric)
    return np.array([_quantile(text, share) if text else np.nan for text in sketches], dtype=float)


def merge_days(metric: Metric, parts: Sequence[Parts]) -> Parts:
    """One whole of several days or periods, oldest first, of one touchpoint and segment.

    A part without numerator, or without the denominator its form needs, is left out whole.
    """
    whole = _whole(metric, parts)
    if metric.stock is Stock.LAST:
        return whole[-1] if whole else Parts()
    return _merged(whole, days=sum(each.days for each in whole))


def merge_segments(metric: Metric, parts: Sequence[Parts]) -> Parts:
    """One whole of several segments or touchpoints of the same days."""
    whole = _whole(metric, parts)
    days = max((each.days for each in whole), default=1)
    if metric.stock is Stock.MEAN and metric.form is Form.COUNT:
        whole = [_over(each, days) for each in whole]
    return _merged(whole, days=days)


def is_shown(metric: Metric, n: float) -> bool:
    """Whether `n` is enough to show a value; counts are always shown, they divide by nothing."""
    return metric.form is Form.COUNT or n >= metric.min_n


@lru_cache(maxsize=1 << 14)
def _quantile(text: str, share: float) -> float:
    """Remembered, because of the thousands of sketches on a page most are those of the last one."""
    found = read_sketch(text).quantile(share)
    return math.nan if found is None else found


def _share(metric: Metric) -> float:
    assert metric.percentile is not None
    return metric.percentile / 100


def _whole(metric: Metric, parts: Iterable[Parts]) -> list[Parts]:
    if metric.form is Form.PERCENTILE:
        return [each for each in parts if each.sketch is not None]
    divided = metric.form in _DIVIDED
    return [
        each
        for each in parts
        if each.numerator is not None and not (divided and each.denominator is None)
    ]


def _merged(parts: Sequence[Parts], *, days: int) -> Parts:
    sketches = [each.sketch for each in parts if each.sketch is not None]
    return Parts(
        numerator=_sum(each.numerator for each in parts),
        denominator=_sum(each.denominator for each in parts),
        n=sum(each.n for each in parts),
        sumsq=_sum(each.sumsq for each in parts),
        sketch=merge_sketches(sketches) if sketches else None,
        days=max(days, 1),
    )


def _over(stock: Parts, days: int) -> Parts:
    """The sum of a stock as it would be over `days` days of the same mean."""
    return replace(stock, numerator=(stock.numerator or 0) * days / stock.days, days=days)


def _sum(numbers: Iterable[float | None]) -> float | None:
    known = [number for number in numbers if number is not None]
    return sum(known) if known else None
