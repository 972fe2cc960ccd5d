"""The local day and hour of a feed's moments as SQL, per dialect: daylight saving time is right.

SQLite knows no time zones, so the few changes of a zone's UTC offset in the span of the data are
written out; PostgreSQL has its own zones. Days are text (`YYYY-MM-DD`) on SQLite, dates elsewhere.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import pairwise
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy import ColumnElement

from callboard.storage.feeds.question import FeedQuestion
from callboard.storage.feeds.table import FeedTable, Value
from data_contracts.model import Clock

Years = tuple[int, int]
_DAY = timedelta(days=1)
_STEP = timedelta(hours=12)
_BRIDGED = timedelta(days=4)
_MANY = 20  # spans, above which one long span is the better question


@dataclass(frozen=True, slots=True, kw_only=True)
class OffsetChange:
    """From `since` on (UTC, naive; None for the first), the zone is `seconds` ahead of UTC."""

    since: datetime | None
    seconds: int


@cache
def offset_changes(zone: str, years: Years) -> tuple[OffsetChange, ...]:
    """Every UTC offset of `zone` from the first to the last year, and when each began."""
    place = ZoneInfo(zone)
    first, last = (datetime(year, 1, 1, tzinfo=UTC) for year in (years[0], years[1] + 1))
    seconds = _offset(place, first)
    changes = [OffsetChange(since=None, seconds=seconds)]
    moment = first
    while moment < last:
        following = moment + _STEP
        if (now := _offset(place, following)) != seconds:
            since = _moment_of_change(place, moment, following)
            changes.append(OffsetChange(since=since.replace(tzinfo=None), seconds=now))
            seconds = now
        moment = following
    return tuple(changes)


def _offset(place: ZoneInfo, moment: datetime) -> int:
    offset = moment.astimezone(place).utcoffset()
    assert offset is not None
    return int(offset.total_seconds())


def _moment_of_change(place: ZoneInfo, before: datetime, after: datetime) -> datetime:
    old = _offset(place, before)
    while after - before > timedelta(seconds=1):
        middle = before + (after - before) // 2
        middle = middle.replace(microsecond=0)
        before, after = (middle, after) if _offset(place, middle) == old else (before, middle)
    return after


def local_day(table: FeedTable, question: FeedQuestion, years: Years) -> Value:
    """The local day of each row at its touchpoint, NULL where the time is missing.

    `years` are the first and the last that the feed's times fall in.
    """
    contract = question.contract
    moment = table.values[contract.time]
    if contract.clock is Clock.DATE:
        return moment if table.is_sqlite else sa.cast(moment, sa.Date)
    if table.is_sqlite:
        if contract.clock is Clock.LOCAL:
            return sa.func.substr(moment, 1, 10)
        return _by_zone(table, question, lambda zone: _sqlite_day(moment, zone, years))
    return sa.cast(_postgresql_wall_time(table, question), sa.Date)


def local_hour(table: FeedTable, question: FeedQuestion, years: Years) -> Value:
    """The local hour (0-23) of each row at its touchpoint; for feeds with moments, not days."""
    moment = table.values[question.contract.time]
    if not table.is_sqlite:
        return sa.cast(sa.extract("hour", _postgresql_wall_time(table, question)), sa.Integer)
    if question.contract.clock is Clock.LOCAL:
        return _hour_of(moment)
    return _by_zone(
        table,
        question,
        lambda zone: _by_offset(moment, zone, years, lambda seconds: _hour_of(moment, seconds)),
    )


def day_spans(table: FeedTable, question: FeedQuestion) -> list[tuple[Value, Value]]:
    """Half-open spans of the time column, in its own form, that hold all local days asked for.

    On SQLite whole days are added: text in any readable form then sorts within its span.
    """
    spans = _runs(sorted(question.days or ()))
    time, clock = question.contract.time, question.contract.clock
    if table.is_sqlite:
        margin = _DAY * (0 if clock is Clock.DATE else 2)
        return [(_text(first - margin), _text(last + margin + _DAY)) for first, last in spans]
    if clock is Clock.DATE:
        return [(_typed(table, time, f), _typed(table, time, last + _DAY)) for f, last in spans]
    bounds = (_moments(question, first, last) for first, last in spans)
    return [(_typed(table, time, low), _typed(table, time, high)) for low, high in bounds]


def _runs(days: Sequence[date]) -> list[tuple[date, date]]:
    """The first and last day of each run; short gaps are bridged, so that there are few."""
    runs: list[tuple[date, date]] = []
    for day in days:
        if runs and day - runs[-1][1] <= _BRIDGED:
            runs[-1] = (runs[-1][0], day)
        else:
            runs.append((day, day))
    return runs if len(runs) <= _MANY else [(runs[0][0], runs[-1][1])]


def _text(day: date) -> Value:
    return sa.literal(day.isoformat(), sa.Text)


def _typed(table: FeedTable, column: str, value: date) -> Value:
    """A bound in the column's own type, so that an index on it serves."""
    return sa.cast(sa.literal(value), table.types[column])


def _moments(question: FeedQuestion, first: date, last: date) -> tuple[datetime, datetime]:
    """The moments between which all local days from `first` to `last` lie, in UTC."""
    if question.contract.clock is Clock.LOCAL:
        return datetime.combine(first - _DAY, time()), datetime.combine(last + 2 * _DAY, time())
    zones = [ZoneInfo(zone) for zone in {*question.zones.values(), question.default_zone}]
    begins = [datetime.combine(first, time(), zone).astimezone(UTC) for zone in zones]
    ends = [datetime.combine(last + _DAY, time(), zone).astimezone(UTC) for zone in zones]
    return min(begins).replace(tzinfo=None), max(ends).replace(tzinfo=None)


def _by_zone(table: FeedTable, question: FeedQuestion, expression: Callable[[str], Value]) -> Value:
    """One expression where all touchpoints share a zone, else each zone's for its touchpoints."""
    names = _names_by_zone(question)
    other = names.pop(question.default_zone, None)
    if not names:
        return expression(question.default_zone)
    if len(names) == 1 and other is None:
        return expression(next(iter(names)))
    touchpoint = table.text(question.contract.touchpoint)
    cases = [(touchpoint.in_(each), expression(zone)) for zone, each in sorted(names.items())]
    return sa.case(*cases, else_=expression(question.default_zone))


def _names_by_zone(question: FeedQuestion) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, code in sorted(question.touchpoints.items()):
        found.setdefault(question.zones[code], []).append(name)
    return found


def _postgresql_wall_time(table: FeedTable, question: FeedQuestion) -> Value:
    moment = table.values[question.contract.time]
    has_zone = bool(getattr(table.types[question.contract.time], "timezone", False))
    if not has_zone:
        moment = sa.cast(moment, sa.DateTime)
        if question.contract.clock is Clock.LOCAL:
            return moment
        moment = sa.func.timezone("UTC", moment)
    zone = _by_zone(table, question, lambda name: sa.literal(name, sa.Text))
    return sa.func.timezone(zone, moment, type_=sa.DateTime())


def _sqlite_day(moment: Value, zone: str, years: Years) -> Value:
    """The first ten characters, unless the time of day may fall on a neighbouring local day."""
    offsets = [each.seconds for each in offset_changes(zone, years)]
    same_from, same_to = max(-min(offsets), 0), 86_400 - max(*offsets, 0)
    day, clock = sa.func.substr(moment, 1, 10), sa.func.substr(moment, 12, 8)
    near_midnight = _by_offset(moment, zone, years, lambda seconds: _moved(moment, seconds))
    tests: list[ColumnElement[bool]] = []
    if same_from:
        tests.append(clock >= _clock_text(same_from))
    if same_to < 86_400:
        tests.append(clock < _clock_text(same_to))
    return sa.case((sa.and_(*tests), day), else_=near_midnight) if tests else day


def _moved(moment: Value, seconds: int) -> Value:
    """The local day under one fixed offset."""
    day, clock = sa.func.substr(moment, 1, 10), sa.func.substr(moment, 12, 8)
    if seconds == 0:
        return day
    if seconds > 0:
        is_next = clock >= _clock_text(86_400 - seconds)
        return sa.case((is_next, sa.func.date(moment, "+1 day")), else_=day)
    is_before = clock < _clock_text(-seconds)
    return sa.case((is_before, sa.func.date(moment, "-1 day")), else_=day)


def _clock_text(seconds: int) -> str:
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"


def _hour_of(moment: Value, seconds: int = 0) -> Value:
    moved = sa.func.strftime("%H", moment, f"{seconds:+d} seconds")
    return sa.cast(moved, sa.Integer)


def _by_offset(moment: Value, zone: str, years: Years, expression: Callable[[int], Value]) -> Value:
    changes = offset_changes(zone, years)
    cases = [
        (moment < f"{following.since:%Y-%m-%d %H:%M:%S}", expression(each.seconds))
        for each, following in pairwise(changes)
    ]
    last = expression(changes[-1].seconds)
    return sa.case(*cases, else_=last) if cases else last
