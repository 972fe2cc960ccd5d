"""From values to places on a picture, and round numbers for an axis."""

import math
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """Places values between `low` and `high` from one end of an axis to the other."""

    low: float
    high: float
    start: float
    end: float

    def at(self, value: float) -> float:
        """The place of a value, in pixels."""
        return self.start + (value - self.low) / (self.high - self.low) * (self.end - self.start)


def scale_for(values: Sequence[float], *, start: float, end: float) -> Scale:
    """Return a scale that holds all values with a little air; around nothing for none."""
    low, high = min(values, default=0.0), max(values, default=1.0)
    air = (high - low) * 0.08 or abs(high) * 0.08 or 1.0
    return Scale(low=low - air, high=high + air, start=start, end=end)


def ticks(scale: Scale, *, most: int = 5) -> list[float]:
    """Return round values inside the scale, `most` of them at the most."""
    raw = (scale.high - scale.low) / most
    size = 10.0 ** math.floor(math.log10(raw))
    step = next(each * size for each in (1, 2, 2.5, 5, 10) if each * size >= raw)
    first = math.ceil(scale.low / step)
    return [round(at * step, 10) for at in range(first, math.floor(scale.high / step) + 1)]
