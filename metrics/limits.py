"""Process limits of a series: what is normal for us, and how far chance alone carries a point."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Profile(StrEnum):
    """Which published method is followed; statistics.md and docs/method.md tell them apart."""

    CALLBOARD = "callboard"
    MDC = "mdc"
    MDC_EXCEL = "mdc_excel"
    STRICT = "strict"


class Footing(StrEnum):
    """How much history the limits stand on: too few points, trial limits, full limits."""

    NONE = "none"
    TRIAL = "trial"
    FULL = "full"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Centre line and limits in the metric's unit, None where there are too few points.

    `baseline_start`/`baseline_end` are the first and last period that made them, `points` how many.
    """

    centre: float | None
    lower: float | None
    upper: float | None
    near_lower: float | None
    near_upper: float | None
    footing: Footing
    points: int
    baseline_start: date | None = None
    baseline_end: date | None = None
