"""Age by the days that count: what is due by Friday night is not late on Sunday."""

from collections.abc import Collection, Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from data_contracts.model import Weekdays

_DAY = timedelta(days=1)
_SATURDAY = 5


def counted_age(
    since: datetime, now: datetime, *, zone: str, days: Weekdays, holidays: Collection[date] = ()
) -> timedelta:
    """Return how much time has passed between two moments on the local days of `zone` that count.

    On business days time stands still on Saturdays, Sundays and `holidays`. A day has as many hours
    as its clock gives it. Nothing has passed before `since`. ValueError for a naive moment.
    """
    start, end = _in_utc(since), _in_utc(now)
    if days is Weekdays.EVERY_DAY:
        return max(end - start, timedelta())
    counted = timedelta()
    for first, last in _counted_spans(start, zone, holidays):
        if first >= end:
            break
        counted += min(last, end) - first
    return counted


def due_at(
    since: datetime,
    promised: timedelta,
    *,
    zone: str,
    days: Weekdays,
    holidays: Collection[date] = (),
) -> datetime:
    """Return the first moment, in UTC, at which `since` is `promised` old by the days that count.

    Friday 18:00 and 26 hours of business days make Monday 20:00. ValueError for a naive moment.
    """
    start = _in_utc(since)
    if days is Weekdays.EVERY_DAY or promised <= timedelta():
        return start + max(promised, timedelta())
    left = promised
    for first, last in _counted_spans(start, zone, holidays):
        if left <= last - first:
            return first + left
        left -= last - first
    raise ValueError("no day counts any more")  # the calendar of Python ends in the year 9999


def _counted_spans(
    start: datetime, zone: str, holidays: Collection[date]
) -> Iterator[tuple[datetime, datetime]]:
    """From when to when (UTC) the time of each business day counts, from `start` on."""
    place, off = ZoneInfo(zone), frozenset(holidays)
    day = start.astimezone(place).date()
    while day < date.max - _DAY:
        if day.weekday() < _SATURDAY and day not in off:
            yield max(_midnight(day, place), start), _midnight(day + _DAY, place)
        day += _DAY


def _midnight(day: date, place: ZoneInfo) -> datetime:
    """When a local day begins; where its clock leaves midnight out, when the day before ends."""
    return datetime.combine(day, time(), place).astimezone(UTC)


def _in_utc(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError(f"found {moment}, a moment without a time zone")
    return moment.astimezone(UTC)
