"""Which days are whole: over when the feed was last read well, and reached by its rows."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from callboard.services.feed_days import whole_until
from callboard.storage.runs import FeedState, RunVerdict
from data_contracts.model import Clock, Contract, Weekdays
from tests.callboard.storage.feed_samples import library_contract

FRIDAY, SATURDAY, SUNDAY = (date(2026, 11, day) for day in (20, 21, 22))
DAILY = replace(library_contract("contacts"), freshness=timedelta(hours=26))
WORKDAYS = replace(DAILY, freshness_days=Weekdays.BUSINESS_DAYS)
THURSDAY = FRIDAY - timedelta(days=1)
RARE = replace(DAILY, is_sparse=True, freshness=timedelta(days=45))


def moment(day: int, hour: int) -> datetime:
    return datetime(2026, 11, day, hour, tzinfo=UTC)


def state(*, last_day: date, as_of: datetime, read: datetime, looked: datetime) -> FeedState:
    return FeedState(
        feed="contacts",
        verdict=RunVerdict.PUBLISHED,
        last_day=last_day,
        as_of=as_of,
        last_good_at=read,
        looked_at=looked,
    )


@pytest.mark.parametrize(
    ("contract", "last_day", "as_of", "read", "zone", "whole"),
    [
        pytest.param(DAILY, SUNDAY, (22, 9), (22, 10), "UTC", SATURDAY, id="read within a day"),
        pytest.param(DAILY, SATURDAY, (21, 23), (22, 10), "UTC", SATURDAY, id="read after it"),
        pytest.param(DAILY, SATURDAY, (21, 10), (21, 11), "UTC", FRIDAY, id="not read since"),
        pytest.param(DAILY, date(2026, 12, 3), (22, 9), (22, 10), "UTC", SATURDAY, id="due later"),
        pytest.param(DAILY, SATURDAY, (21, 10), (22, 11), "UTC", SATURDAY, id="quiet, not late"),
        pytest.param(DAILY, SATURDAY, (21, 10), (22, 13), "UTC", FRIDAY, id="stopped in a day"),
        pytest.param(
            DAILY, SUNDAY, (22, 2), (22, 4), "America/New_York", FRIDAY, id="local days"
        ),
        pytest.param(
            replace(DAILY, clock=Clock.DATE), SATURDAY, (21, 0), (22, 13), "UTC", SATURDAY,
            id="late, but its rows are whole days",
        ),
        pytest.param(
            replace(DAILY, freshness=None), SATURDAY, (21, 0), (23, 9), "UTC", SATURDAY,
            id="nothing promised",
        ),
        pytest.param(WORKDAYS, FRIDAY, (20, 18), (23, 9), "UTC", FRIDAY, id="over the weekend"),
        pytest.param(DAILY, FRIDAY, (20, 18), (23, 9), "UTC", THURSDAY, id="weekends count"),
        pytest.param(RARE, date(2026, 9, 1), (1, 9), (22, 9), "UTC", SATURDAY, id="rare events"),
        pytest.param(RARE, SATURDAY, (21, 9), (21, 10), "UTC", FRIDAY, id="rare, not read since"),
    ],
)  # fmt: skip
def test_a_day_is_whole_when_it_was_over_at_a_good_look(
    contract: Contract,
    last_day: date,
    as_of: tuple[int, int],
    read: tuple[int, int],
    zone: str,
    whole: date,
) -> None:
    known = state(last_day=last_day, as_of=moment(*as_of), read=moment(*read), looked=moment(30, 9))
    assert whole == whole_until(contract, known, zone)


def test_a_feed_that_never_told_anything_reaches_no_day() -> None:
    assert whole_until(RARE, FeedState(feed="contacts", verdict=RunVerdict.FAILED), "UTC") is None


def test_time_stands_still_on_holidays_too() -> None:
    known = state(last_day=SUNDAY, as_of=moment(22, 23), read=moment(24, 3), looked=moment(24, 3))
    monday = date(2026, 11, 23)
    assert SATURDAY == whole_until(DAILY, known, "UTC")
    assert SATURDAY == whole_until(replace(WORKDAYS, freshness=timedelta(hours=26)), known, "UTC")
    assert SUNDAY == whole_until(WORKDAYS, known, "UTC", holidays=[monday])
