"""How far sampling error alone could carry the difference of two values."""

import math
from typing import NamedTuple

from metrics.intervals import Interval


class Estimate(NamedTuple):
    """A value with its 95 % interval; None where n is unknown."""

    value: float
    interval: Interval | None


def interval_of_difference(one: Estimate, other: Estimate) -> Interval | None:
    """Return the 95 % interval of `one` less `other`; None where one of theirs is unknown.

    The square-and-add rule of Newcombe's method 10, which for two shares is exactly that method;
    Zou and Donner (Statistics in Medicine 27, 2008) for the others.
    """
    if one.interval is None or other.interval is None:
        return None
    (low, high), (other_low, other_high) = one.interval, other.interval
    difference = one.value - other.value
    return (
        difference - math.hypot(one.value - low, other_high - other.value),
        difference + math.hypot(high - one.value, other.value - other_low),
    )
