"""Alerts: what somebody wants to be told of, and where it is so now."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingRow:
    """Where a rule has gone off and is not over; `sentence` is what people were told, `since` when.

    `now` is the newest figure in words, `95.0 % in week 47, 2026`; "" where that was it.
    """

    metric: str
    touchpoint: str
    metric_name: str
    touchpoint_name: str
    since: datetime
    sentence: str
    now: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertRow:
    """A rule in words, and where it stands, as far as the reader may see."""

    alert: str
    name: str
    told_when: str
    told_to: str
    standing: tuple[StandingRow, ...]
