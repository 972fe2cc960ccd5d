"""A metric at another touchpoint, beside the one that is looked at."""

from dataclasses import dataclass

from callboard.views.history import ControlChart


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """The same metric at two touchpoints over the same periods, each judged by its own limits.

    `sentence` tells the difference in the period that is told, with its 95 % interval.
    """

    ours: ControlChart
    other: ControlChart
    sentence: str
    alt: str
