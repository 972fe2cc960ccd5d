"""Which signals are asked for; apart, so that the command line need not load the rest."""

from enum import StrEnum


class Kind(StrEnum):
    """Which signals: those that are good, those that are bad, or both and what is neither."""

    BOTH = "both"
    GOOD = "good"
    BAD = "bad"


class Standing(StrEnum):
    """Which signals: all, those that nobody has acknowledged, or the others."""

    ALL = "all"
    OPEN = "open"
    ACKNOWLEDGED = "acknowledged"
