"""Special causes: which points are unlikely to be chance, and by which rule."""

from enum import StrEnum


class Rule(StrEnum):
    """The rule a point was caught by; where several caught it, the first of this order wins."""

    NONE = "none"
    OUTSIDE_ABOVE = "outside_above"
    OUTSIDE_BELOW = "outside_below"
    TREND_UP = "trend_up"
    TREND_DOWN = "trend_down"
    TWO_OF_THREE_ABOVE = "two_of_three_above"
    TWO_OF_THREE_BELOW = "two_of_three_below"
    SHIFT_ABOVE = "shift_above"
    SHIFT_BELOW = "shift_below"


class Signal(StrEnum):
    """What a caught point means; `high`/`low` for neutral metrics, where neither is good."""

    NONE = "none"
    IMPROVEMENT = "improvement"
    CONCERN = "concern"
    HIGH = "high"
    LOW = "low"
    NO_DATA = "no_data"
