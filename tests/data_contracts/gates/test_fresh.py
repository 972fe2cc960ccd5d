"""Freshness of a slice by the days that count."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_contracts.gates.fresh import Promise, judge_freshness
from data_contracts.gates.wording import spoken_age
from data_contracts.model import Weekdays

OSLO = ZoneInfo("Europe/Oslo")
FRIDAY = datetime(2026, 11, 20, 18, tzinfo=OSLO)
WORK = Promise(
    age=timedelta(hours=26),
    zone="Europe/Oslo",
    days=Weekdays.BUSINESS_DAYS,
    holidays=frozenset({date(2026, 11, 24)}),
)
EVERY = Promise(age=timedelta(hours=26), zone="Europe/Oslo")

CASES = [
    # promised, now, the day that breaks
    (WORK, datetime(2026, 11, 22, 23, tzinfo=OSLO), None),
    (WORK, datetime(2026, 11, 23, 20, tzinfo=OSLO), None),
    (WORK, datetime(2026, 11, 23, 20, 1, tzinfo=OSLO), date(2026, 11, 23)),
    (EVERY, datetime(2026, 11, 21, 20, tzinfo=OSLO), None),
    (EVERY, datetime(2026, 11, 22, 23, tzinfo=OSLO), date(2026, 11, 21)),
    (EVERY, datetime(2026, 11, 20, 17, tzinfo=OSLO), None),
]


@pytest.mark.parametrize(("promised", "now", "broken"), CASES)
def test_a_slice_breaks_on_the_day_its_next_row_was_due(
    promised: Promise, now: datetime, broken: date | None
) -> None:
    found = judge_freshness("desk", FRIDAY, promised=promised, now=now)
    assert (1, () if broken is None else (broken,)) == (found.judged, found.broken)


def test_the_age_is_told_by_the_days_that_count() -> None:
    now = datetime(2026, 11, 25, 9, tzinfo=OSLO)
    told = [
        judge_freshness("desk", FRIDAY, promised=each, now=now).message for each in (WORK, EVERY)
    ]
    assert ["0 minutes", "1 minute", "56 minutes", "1.0 hours"] == [
        spoken_age(timedelta(minutes=each)) for each in (0, 1, 56, 58)
    ]
    assert [
        "The newest row is 39.0 hours old, counted on business days.",
        "The newest row is 4.6 days old.",
    ] == told


def test_a_slice_that_never_had_a_row_is_not_judged() -> None:
    found = judge_freshness("desk", None, promised=WORK, now=FRIDAY)
    assert (0, ()) == (found.judged, found.broken)


@given(minutes=st.integers(0, 60 * 24 * 20), promised=st.sampled_from([WORK, EVERY]))
def test_a_slice_is_late_exactly_from_the_moment_it_was_due(
    minutes: int, promised: Promise
) -> None:
    now = FRIDAY.astimezone(ZoneInfo("UTC")) + timedelta(minutes=minutes)
    found = judge_freshness("desk", FRIDAY, promised=promised, now=now)
    is_working = promised.counted(now, now + timedelta(seconds=1)) > timedelta()
    if is_working:
        assert (now > promised.due(FRIDAY)) is bool(found.broken)
