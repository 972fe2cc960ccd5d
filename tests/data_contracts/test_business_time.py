"""Age by business days: weekends, holidays, and nights on which clocks are changed."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_contracts.business_time import counted_age, due_at
from data_contracts.model import Weekdays

OSLO, CAIRO, CHILE = "Europe/Oslo", "Africa/Cairo", "America/Santiago"
WORK, EVERY = Weekdays.BUSINESS_DAYS, Weekdays.EVERY_DAY
CHRISTMAS = frozenset({date(2026, 12, 24), date(2026, 12, 25)})


def at(text: str, zone: str = OSLO) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


def hours(number: float) -> timedelta:
    return timedelta(hours=number)


AGES = [
    # since, now, hours of business days, hours of every day
    ("2026-11-20 18:00", "2026-11-23 20:00", 26, 74),  # Friday evening to Monday evening
    ("2026-11-21 10:00", "2026-11-22 23:00", 0, 37),  # within a weekend
    ("2026-11-21 10:00", "2026-11-23 01:00", 1, 39),
    ("2026-11-18 09:00", "2026-11-19 10:30", 25.5, 25.5),  # within a week
    ("2026-12-23 12:00", "2026-12-28 12:00", 24, 120),  # Wednesday; two holidays and a weekend
    ("2026-03-27 12:00", "2026-03-30 12:00", 24, 71),  # the weekend has an hour less
    ("2026-10-23 12:00", "2026-10-26 12:00", 24, 73),  # the weekend has an hour more
    ("2026-11-20 18:00", "2026-11-20 17:00", 0, 0),  # the newest row is of the future
]


@pytest.mark.parametrize(("since", "now", "business", "every"), AGES)
def test_time_stands_still_on_days_that_do_not_count(
    since: str, now: str, business: float, every: float
) -> None:
    found = [
        counted_age(at(since), at(now), zone=OSLO, days=days, holidays=CHRISTMAS)
        for days in (WORK, EVERY)
    ]
    assert [hours(business), hours(every)] == found


DUES = [
    ("2026-11-20 18:00", 26, "2026-11-23 20:00"),
    ("2026-11-20 18:00", 6, "2026-11-21 00:00"),  # the end of Friday, not the begin of Monday
    ("2026-11-21 10:00", 2, "2026-11-23 02:00"),
    ("2026-12-23 12:00", 24, "2026-12-28 12:00"),
    ("2026-10-23 12:00", 24, "2026-10-26 12:00"),
    ("2026-11-21 10:00", 0, "2026-11-21 10:00"),
]


@pytest.mark.parametrize(("since", "promised", "due"), DUES)
def test_what_was_promised_is_due_after_that_many_counted_hours(
    since: str, promised: float, due: str
) -> None:
    found = due_at(at(since), hours(promised), zone=OSLO, days=WORK, holidays=CHRISTMAS)
    assert at(due) == found


def test_every_day_counts_by_the_clock_of_the_world() -> None:
    found = due_at(at("2026-03-28 12:00"), hours(24), zone=OSLO, days=EVERY)
    assert at("2026-03-29 13:00") == found


# Egypt leaves out the first hour of a Friday in April, and repeats the last before one in October.
@pytest.mark.parametrize(("friday", "length"), [("2026-04-24", 23), ("2026-10-30", 24)])
def test_a_business_day_has_the_hours_that_its_clock_gives_it(friday: str, length: int) -> None:
    day = date.fromisoformat(friday)
    noon = [datetime.combine(day + timedelta(days=i), time(12), ZoneInfo(CAIRO)) for i in (-1, 1)]
    thursday = 12 if length == 23 else 13
    found = counted_age(noon[0], noon[1], zone=CAIRO, days=WORK)
    assert hours(thursday + length) == found


def test_a_moment_without_a_zone_is_refused() -> None:
    naive = datetime(2026, 11, 20, 18)  # noqa: DTZ001 - that is the point
    with pytest.raises(ValueError, match="without a time zone"):
        counted_age(naive, at("2026-11-23 20:00"), zone=OSLO, days=WORK)
    with pytest.raises(ValueError, match="without a time zone"):
        due_at(naive, hours(1), zone=OSLO, days=WORK)


# Moments on the quarter hour, as all clock changes of these zones are.
quarters = st.integers(0, 4 * 24 * 400).map(
    lambda each: datetime(2026, 1, 1, tzinfo=UTC) + each * timedelta(minutes=15)
)
spans = st.integers(0, 4 * 24 * 12).map(lambda each: each * timedelta(minutes=15))
zones = st.sampled_from([OSLO, CAIRO, CHILE, "Asia/Kathmandu", "UTC"])
days_off = st.frozensets(st.dates(date(2026, 1, 1), date(2027, 3, 1)), max_size=60)


@given(since=quarters, span=spans, zone=zones, holidays=days_off)
def test_the_age_is_that_of_counting_quarter_hours_one_by_one(
    since: datetime, span: timedelta, zone: str, holidays: frozenset[date]
) -> None:
    expected, moment = timedelta(), since
    while moment < since + span:
        local = moment.astimezone(ZoneInfo(zone)).date()
        if local.isoweekday() not in (6, 7) and local not in holidays:
            expected += timedelta(minutes=15)
        moment += timedelta(minutes=15)
    assert expected == counted_age(since, since + span, zone=zone, days=WORK, holidays=holidays)


@given(since=quarters, promised=spans, zone=zones, days=st.sampled_from(Weekdays), off=days_off)
def test_at_the_due_moment_the_age_is_as_promised_and_just_before_it_is_not(
    since: datetime, promised: timedelta, zone: str, days: Weekdays, off: frozenset[date]
) -> None:
    due = due_at(since, promised, zone=zone, days=days, holidays=off)
    second = timedelta(seconds=1)
    assert promised == counted_age(since, due, zone=zone, days=days, holidays=off)
    if promised:
        earlier = counted_age(since, due - second, zone=zone, days=days, holidays=off)
        assert promised - second == earlier
