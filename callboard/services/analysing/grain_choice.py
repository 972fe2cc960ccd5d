"""What may be said of how long the periods of a file are; imports nothing, for a quick command."""

from enum import StrEnum


class GrainChoice(StrEnum):
    """How long a period is: found from the dates, not looked at, or said."""

    AUTO = "auto"
    NONE = "none"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
