"""What a metric counts, in words: cases, or the time that a mean adds up to. Pure."""

import math
from dataclasses import dataclass

from callboard import figures
from metrics.model import Better, Form, Metric, Unit

_HOURS = {
    Unit.MILLISECONDS: 1 / 3_600_000,
    Unit.SECONDS: 1 / 3600,
    Unit.MINUTES: 1 / 60,
    Unit.HOURS: 1.0,
    Unit.DAYS: 24.0,
}
_UNCOUNTED = (Form.PERCENTILE, Form.NET_SCORE, Form.COMPOSITE)
_SHORT = 5.0  # hours; less is told in minutes


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """How sums of a metric are told: so many `words`, or of a time so many `unit` of it.

    `are_misses`: told by what the numerator does not hold. `factor` turns a sum into what is told.
    """

    words: str
    are_misses: bool = False
    unit: str = ""
    factor: float = 1.0

    def amount(self, told: float) -> str:
        """`1,240`, `310 hours`."""
        return f"{figures.format_count(abs(told))} {self.unit}".rstrip()

    def more(self, told: float) -> str:
        """`1,240 more late deliveries`, `310 hours less waiting`."""
        less = "less" if self.unit else "fewer"
        return f"{self.amount(told)} {'more' if told > 0 else less} {self.words}".rstrip()


def counted_by(metric: Metric, cases: float) -> Counted | None:
    """How a sum such as `cases` is told, None where the metric adds up to nothing that reads well.

    What is better high is told by its misses where the definition names them, since they are what
    matters. Percentiles, scores, stocks, and means without a word for their total have none.
    """
    if metric.form in _UNCOUNTED or metric.stock is not None:
        return None
    if metric.form is Form.MEAN:
        return _time(metric, cases)
    if metric.misses and metric.better is Better.HIGHER:
        return Counted(words=metric.misses, are_misses=True)
    if metric.form is Form.COUNT:
        return Counted(words=metric.counts or metric.base or "cases")
    return Counted(words=metric.counts)


def _time(metric: Metric, total: float) -> Counted | None:
    hours = _HOURS.get(metric.unit)
    if hours is None or not metric.counts:
        return None
    if abs(total) * hours < _SHORT:
        return Counted(words=metric.counts, unit="minutes", factor=hours * 60)
    return Counted(words=metric.counts, unit="hours", factor=hours)


def round_step(half: float) -> float:
    """The power of ten to round to, so that rounding is small beside a range of half that width."""
    return float(10 ** math.floor(math.log10(half / 2))) if half >= 2 else 1.0


def rounded(amount: float, step: float) -> float:
    """The amount to the nearest step."""
    return round(amount / step) * step
