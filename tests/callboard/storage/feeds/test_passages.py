"""Who went from which touchpoint on to which, on either engine, against counting by hand."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from callboard.storage.feeds.engine import open_feed, read_feed
from callboard.storage.feeds.passages import (
    Passage,
    count_passages,
    days_reached,
    rows_needed,
)
from callboard.storage.feeds.table import find_table
from tests.callboard.storage.feed_samples import Row, SampleFeed, question
from tests.callboard.storage.feeds.test_scan_answer import FEED, YEARS

FOLLOWED = replace(FEED, journey_key="size")
DAY = date(2026, 11, 10)


def step(number: int, case: str | None, touchpoint: str, day: int, *, hour: int = 12) -> Row:
    at = datetime(2026, 11, 10, hour, tzinfo=UTC) + timedelta(days=day)
    bare: Row = {"id": f"R{number}", "touchpoint": touchpoint, "at": at, "written": at}
    return bare | {"size": case, "colour": "red", "amount": 1.0}


ROWS = [
    step(1, "a", "SD", 0),
    step(2, "a", "shop", 0, hour=14),
    step(3, "a", "shop", 1),
    step(4, "a", "desk", 2),
    step(5, "b", "desk", 0, hour=13),
    step(6, "b", "shop", 0, hour=15),
    step(7, None, "desk", 0),
    step(8, None, "shop", 1),
    step(9, "c", "desk", -31),
    step(10, "c", "shop", 0),
    step(11, "d", "desk", 0),
    step(12, "d", "shop", 0),
    step(13, "e", "desk", -1),
    step(14, "e", "nowhere", 0),
    step(15, "e", "shop", 0, hour=16),
]


@pytest.mark.parametrize("is_all", [True, False])
def test_steps_of_one_case_in_a_row_are_counted_on_the_day_of_the_later(
    is_all: bool, database_url: str
) -> None:
    feed = SampleFeed(database_url, FOLLOWED)
    feed.fill(ROWS)
    feed.close()
    days = None if is_all else frozenset({DAY, DAY + timedelta(days=2)})
    asked = rows_needed(question(FOLLOWED), days)
    with read_feed(open_feed(database_url), "Sample") as conn:
        table = find_table(conn, FOLLOWED)
        assert table is not None
        found = count_passages(conn, table, asked, YEARS, odd=frozenset())
    expected = Passage(DAY, "desk", "shop", 3), Passage(DAY + timedelta(days=2), "shop", "desk", 1)
    assert expected == found


def test_a_late_row_reaches_thirty_days_on_and_never_beyond_what_has_come() -> None:
    reached = days_reached({DAY}, until=DAY + timedelta(days=3))
    assert {DAY + timedelta(days=n) for n in range(4)} == reached
    assert 31 == len(days_reached({DAY}, until=date(2027, 1, 1)))
