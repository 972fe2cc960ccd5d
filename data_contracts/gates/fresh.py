"""Freshness of a slice: whether its newest row is older than promised, by the days that count."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from data_contracts.business_time import counted_age, due_at
from data_contracts.evidence import Gate, SliceEvidence
from data_contracts.gates.wording import spoken_age
from data_contracts.model import Contract, Weekdays

_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """How old the newest row may be, on which days its age counts, and where those days are."""

    age: timedelta
    zone: str
    days: Weekdays = Weekdays.EVERY_DAY
    holidays: frozenset[date] = frozenset()

    def counted(self, since: datetime, now: datetime) -> timedelta:
        """How old something of `since` is by the days that count."""
        return counted_age(since, now, zone=self.zone, days=self.days, holidays=self.holidays)

    def due(self, since: datetime) -> datetime:
        """When something newer than `since` is due, in UTC."""
        return due_at(since, self.age, zone=self.zone, days=self.days, holidays=self.holidays)


def tell_freshness(contract: Contract) -> str:
    """Return how old the newest row may be, in the words of its result."""
    if contract.freshness is None:
        return "The newest row may be of any age."
    is_business = contract.freshness_days is Weekdays.BUSINESS_DAYS
    which = ", counted on business days" if is_business else ""
    return f"The newest row is at most {contract.freshness / _HOUR:g} hours old{which}."


def judge_freshness(
    touchpoint: str, newest: datetime | None, *, promised: Promise, now: datetime
) -> SliceEvidence:
    """Judge a slice with a newest row; the day that breaks is the local day its next was due."""
    if newest is None:
        return SliceEvidence(gate=Gate.FRESHNESS, touchpoint=touchpoint, judged=0)
    age = promised.counted(newest, now)
    is_late = age > promised.age
    due = promised.due(newest).astimezone(ZoneInfo(promised.zone)).date()
    which = ", counted on business days" if promised.days is Weekdays.BUSINESS_DAYS else ""
    return SliceEvidence(
        gate=Gate.FRESHNESS,
        touchpoint=touchpoint,
        judged=1,
        broken=(due,) if is_late else (),
        message=f"The newest row is {spoken_age(age)} old{which}." if is_late else "",
    )
