"""Which broken rows are given where there are more than may be kept."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from callboard.storage.feeds.engine import open_feed, read_feed
from callboard.storage.feeds.rows import BrokenRow, broken_rows, unknown_days
from callboard.storage.feeds.scan_answer import Answer, ask
from callboard.storage.feeds.scan_plan import plan_days
from callboard.storage.feeds.table import find_table
from tests.callboard.storage.feed_samples import Row, SampleFeed, question
from tests.callboard.storage.feeds.test_scan_answer import FEED, YEARS

TOUCHED = replace(FEED, watermark="written")
OLD, NEW = date(2026, 11, 18), date(2026, 11, 20)


def broken(day: date | None, name: str | None = "desk") -> Row:
    at = None if day is None else datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    return dict.fromkeys(["id", "colour", "size"]) | {
        "at": at,
        "written": at,
        "touchpoint": name,
        "amount": -1.0,
    }


def found(
    url: str, rows: list[Row], limit: int, days: frozenset[date] | None = None
) -> tuple[Answer, tuple[BrokenRow, ...]]:
    feed = SampleFeed(url, TOUCHED)
    feed.fill(rows)
    feed.close()
    asked = question(TOUCHED, days=days)
    with read_feed(open_feed(url), "Sample") as conn:
        table = find_table(conn, TOUCHED)
        assert table is not None
        plan = plan_days(table, asked, YEARS, frozenset())
        with plan.empty_sums() as sums:
            answer = ask(conn, plan, asked, sums)
        return answer, broken_rows(conn, table, asked, YEARS, limit=limit)


@pytest.mark.parametrize(
    ("limit", "unknown"),
    [
        (6, set()),
        (5, {None}),
        (4, {None}),
        (3, {None, OLD}),
        (2, {None, OLD}),
        (1, {None, OLD, NEW}),
    ],
)
def test_the_newest_days_are_the_first_to_be_known(
    limit: int, unknown: set[date | None], database_url: str
) -> None:
    rows = [broken(each) for each in (OLD, None, NEW, None, NEW, OLD)]
    answer, some = found(database_url, rows, limit)
    assert {OLD: 2, NEW: 2, None: 2} == answer.broken_on
    assert limit == len(some)
    assert unknown == unknown_days(answer.broken_on, some)


def test_rows_of_days_that_are_not_asked_for_take_no_place(database_url: str) -> None:
    rows = [broken(NEW), broken(NEW), broken(OLD), broken(date(2026, 11, 19))]
    answer, some = found(database_url, rows, 1, frozenset({OLD}))
    assert [OLD] == [row.day for row in some]
    assert frozenset() == unknown_days(answer.broken_on, some)


def test_a_broken_row_tells_its_touchpoint(database_url: str) -> None:
    rows = [broken(date(2026, 11, day), name) for day, name in ((20, "SD"), (19, None), (18, "x"))]
    _, some = found(database_url, rows, 9)
    assert ["desk", "", ""] == [row.touchpoint for row in some]
