"""History, target and peers put together: a verdict as data and as one sentence."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from metrics.limits import Footing
from metrics.signals import Rule, Signal


class Promise(StrEnum):
    """Whether the process, as it is, keeps the target."""

    ALWAYS = "always"
    SOMETIMES = "sometimes"
    NEVER = "never"
    NONE = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Variation:
    """Is it changing? The signal at the last complete period, its rule and when it began."""

    signal: Signal
    rule: Rule
    since: date | None
    footing: Footing
    points_since: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Assurance:
    """Will the promise be kept? Judged from the process limits, never from past passes."""

    promise: Promise
    target: float | None
    is_trial: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How we stand among comparable peers; None throughout where none are comparable."""

    rank: int
    peers: int
    quartile: int | None
    period_label: str
