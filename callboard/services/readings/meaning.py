"""Which way a number went, and what that means for its metric: better, worse, or neither."""

from callboard import figures
from callboard.views import Meaning, Movement
from metrics.model import Better, Metric


def movement_of(metric: Metric, now: float, before: float) -> Movement:
    """Which way the number went; a difference that is not shown is none."""
    if figures.format_change(metric, now, before).startswith("±"):
        return Movement.LEVEL
    return Movement.UP if now > before else Movement.DOWN


def meaning_of(metric: Metric, now: float, before: float) -> Meaning:
    """What the difference means for the metric; towards the band is good where there is a band."""
    if movement_of(metric, now, before) is Movement.LEVEL:
        return Meaning.NONE
    if metric.better is Better.NEUTRAL:
        return Meaning.NEUTRAL
    if metric.band is not None:
        closer = _outside(metric.band, before) - _outside(metric.band, now)
        return _MEANINGS[(closer > 0) - (closer < 0)]
    return Meaning.GOOD if (now > before) is (metric.better is Better.HIGHER) else Meaning.BAD


_MEANINGS = {1: Meaning.GOOD, 0: Meaning.NEUTRAL, -1: Meaning.BAD}


def _outside(band: tuple[float, float], value: float) -> float:
    return max(band[0] - value, value - band[1], 0.0)
