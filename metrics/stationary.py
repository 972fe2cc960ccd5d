"""Series made fit to be correlated: on a scale without ends, as changes, without their season.

Two series that merely drift, or that both have a Christmas, agree without having to do with each
other (Yule 1926; Granger and Newbold 1974). What is left here moves for reasons of its own.
"""

import numpy as np

from metrics.formula import TIMES
from metrics.limits import Floats
from metrics.model import Form, Metric, Unit

_HARMONICS = 2
_CYCLES = 2  # a season is taken out where so many whole ones were seen


def open_scale(metric: Metric, values: Floats, *, numerator: Floats, denominator: Floats) -> Floats:
    """Shares as logits, rates and times as logs, all others as they are.

    Half a case is added to the counts (Haldane 1955; Anscombe 1956), so that none and all have a
    place on the scale too. A time that is not positive has none.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        if metric.form is Form.RATIO and metric.unit is Unit.PERCENT:
            logit = np.log((numerator + 0.5) / (denominator - numerator + 0.5))
            return np.where(np.isnan(values), np.nan, logit)
        if metric.form is Form.RATE:
            return np.where(np.isnan(values), np.nan, np.log((numerator + 0.5) / denominator))
        if metric.unit in TIMES:
            return np.where(values > 0, np.log(np.where(values > 0, values, 1.0)), np.nan)
    return values.astype(float)


def changes(levels: Floats, *, cycle: float) -> Floats:
    """The change from each period to the next, without drift and season; NaN beside a gap.

    `cycle` is how many periods make a year. From two whole years on, the season is what two
    harmonics of the year explain: means of 52 weeks would be bought with half of two years' weeks,
    and would leave each week as the mirror of the same week of the other year.
    """
    steps = np.diff(levels)
    known = ~np.isnan(steps)
    if not known.any():
        return steps
    columns = [np.ones(len(steps))]
    if known.sum() + 1 >= _CYCLES * cycle:
        turns = 2 * np.pi * np.arange(len(steps)) / cycle
        for order in range(1, _HARMONICS + 1):
            columns += [np.cos(order * turns), np.sin(order * turns)]
    design = np.column_stack(columns)
    fitted = np.linalg.lstsq(design[known], steps[known], rcond=None)[0]
    return steps - design @ fitted
