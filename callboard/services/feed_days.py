"""How far a feed tells of its days: which are whole, seen from when it was last read well. Pure."""

from collections.abc import Collection
from datetime import date, datetime
from zoneinfo import ZoneInfo

from callboard.storage.runs import FeedState
from data_contracts.business_time import counted_age
from data_contracts.model import Clock, Contract
from metrics.calendar import DAY


def whole_until(
    contract: Contract, state: FeedState, zone: str, *, holidays: Collection[date] = ()
) -> date | None:
    """The last local day that a feed has told the whole of; None where it never told anything.

    It was over when the feed was last read well, and rows reach it: of rare events none need do so.
    Where the newest row was older than promised, by the days that count, the feed may have stopped
    within that row's day.
    """
    if state.last_day is None or state.last_good_at is None:
        return state.last_day
    over = day_of(state.last_good_at, zone) - DAY
    if contract.is_sparse:
        return over
    reached = min(over, state.last_day)
    promised, newest = contract.freshness, state.as_of
    if promised is None or newest is None or contract.clock is Clock.DATE:
        return reached
    days = contract.freshness_days
    age = counted_age(newest, state.last_good_at, zone=zone, days=days, holidays=holidays)
    is_late = age > promised
    return min(reached, day_of(newest, zone) - DAY) if is_late else reached


def day_of(moment: datetime, zone: str) -> date:
    """The local day of an aware moment."""
    return moment.astimezone(ZoneInfo(zone)).date()
