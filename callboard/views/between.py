"""Rare events: what lies between them, ready to draw."""

from dataclasses import dataclass
from datetime import date

from metrics.limits import Limits
from metrics.signals import Rule, Signal


@dataclass(frozen=True, slots=True, kw_only=True)
class EventGap:
    """What lies between the event on the day `end` and the one before it, on the day `start`.

    `length` is None where days between are not known. The running gap ends with the last day told.
    """

    start: date
    end: date
    start_label: str
    label: str
    length: float | None
    length_text: str
    rule: Rule
    rule_text: str
    signal: Signal
    is_running: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class EventGaps:
    """The gaps between the rare events of a metric at a touchpoint, oldest first, and their limits.

    `noun` is what they are counted in: days or cases; `events` what the events are called.
    """

    noun: str
    events: str
    gaps: tuple[EventGap, ...]
    limits: Limits
    sentence: str
    why: str
    alt: str
