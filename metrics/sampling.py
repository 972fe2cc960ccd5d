"""How much sampling error alone makes values vary: variances in the metric's unit, squared."""

from typing import cast

import numpy as np

from metrics.model import Form, Metric
from metrics.value import Numbers


def sampling_variances(
    metric: Metric, *, numerator: Numbers, denominator: Numbers, sumsq: Numbers
) -> Numbers:
    """The variance of each value from its parts, 0 where the parts do not tell it.

    p(1 - p)/n for shares, events over exposure squared for rates, the count itself for counts, and
    the variance of the single values over n for means and net scores. Stocks have none.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        value = numerator / denominator
        match metric.form:
            case _ if metric.stock is not None:
                found = np.zeros_like(numerator)
            case Form.RATIO:
                found = np.clip(value * (1 - value), 0.0, None) / denominator
            case Form.RATE:
                found = value / denominator
            case Form.COUNT:
                found = numerator
            case Form.MEAN | Form.NET_SCORE:
                found = np.clip(sumsq / denominator - value**2, 0.0, None) / denominator
            case _:
                found = np.zeros_like(numerator)
    return cast(Numbers, np.nan_to_num(metric.scale**2 * found, posinf=0.0))
