from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from callboard.storage.feeds.engine import open_feed, read_feed
from callboard.storage.feeds.table import find_table
from callboard.storage.feeds.time_sql import day_spans, local_day, local_hour, offset_changes
from tests.callboard.storage.feed_samples import SampleFeed, question
from tests.callboard.storage.feeds.test_metric_forms import VISITS, visit

ZONES = [
    "Europe/London",
    "America/New_York",
    "America/St_Johns",
    "Australia/Lord_Howe",
    "Asia/Kathmandu",
    "Pacific/Kiritimati",
    "Pacific/Pago_Pago",
    "Africa/Casablanca",
    "Atlantic/Azores",
    "UTC",
]
YEARS = (2024, 2027)
SPAN = (datetime(2024, 1, 1), datetime(2027, 12, 31, 23, 59, 59))  # noqa: DTZ001 - in UTC below
moments = st.datetimes(*SPAN).map(lambda moment: moment.replace(microsecond=0, tzinfo=UTC))


class Clocked:
    """A feed asked for the local day and hour of each of its rows."""

    def __init__(self, url: str) -> None:
        self._feed = SampleFeed(url, VISITS)
        self._engine = open_feed(url)

    def wall_times(self, moments: list[datetime], zones: dict[str, str]) -> list[tuple[str, int]]:
        names = sorted(zones)
        rows = [
            visit(at=moment, touchpoint=names[i % len(names)], amount=i)
            for i, moment in enumerate(moments)
        ]
        self._feed.fill(rows)
        asked = question(VISITS, touchpoints={n: n for n in zones}, zones=zones, default_zone="UTC")
        with read_feed(self._engine, "Visits") as conn:
            table = find_table(conn, VISITS)
            assert table is not None
            columns = (local_day(table, asked, YEARS), local_hour(table, asked, YEARS))
            found = sa.select(*columns).select_from(table.source).order_by(table.values["amount"])
            return [(str(day), hour) for day, hour in conn.execute(found)]


@pytest.fixture(scope="module")
def sqlite_clock(tmp_path_factory: pytest.TempPathFactory) -> Clocked:
    return Clocked(f"sqlite:///{tmp_path_factory.mktemp('clock') / 'feed.db'}")


@pytest.fixture(scope="module")
def postgres_clock(new_postgres_database: Any) -> Clocked:
    return Clocked(new_postgres_database(""))


def assert_local(clock: Clocked, moments: list[datetime], zones: list[str]) -> None:
    by_name = {f"t{i}": zone for i, zone in enumerate(zones)}
    names = sorted(by_name)
    local = [m.astimezone(ZoneInfo(by_name[names[i % len(names)]])) for i, m in enumerate(moments)]
    expected = [(str(each.date()), each.hour) for each in local]
    assert expected == clock.wall_times(moments, by_name)


some_zones = st.lists(st.sampled_from(ZONES), min_size=1, max_size=4)


@settings(max_examples=40)
@given(moments=st.lists(moments, max_size=60), zones=some_zones)
def test_sqlite_knows_local_time(
    moments: list[datetime], zones: list[str], sqlite_clock: Clocked
) -> None:
    assert_local(sqlite_clock, moments, zones)


@pytest.mark.postgres
@settings(max_examples=40)
@given(moments=st.lists(moments, max_size=60), zones=some_zones)
def test_postgresql_knows_local_time(
    moments: list[datetime], zones: list[str], postgres_clock: Clocked
) -> None:
    assert_local(postgres_clock, moments, zones)


def test_the_changes_of_london_are_those_of_the_law() -> None:
    found = [(each.since, each.seconds) for each in offset_changes("Europe/London", (2026, 2026))]
    assert [
        (None, 0),
        (datetime(2026, 3, 29, 1), 3600),  # noqa: DTZ001 - UTC
        (datetime(2026, 10, 25, 1), 0),  # noqa: DTZ001 - UTC
    ] == found


def test_a_zone_without_changes_has_one_offset() -> None:
    assert [20_700] == [each.seconds for each in offset_changes("Asia/Kathmandu", (2000, 2026))]


def test_days_near_each_other_are_asked_for_together(sqlite_clock: Clocked) -> None:
    days = frozenset(date(2026, 3, day) for day in (1, 2, 5, 20))
    with read_feed(sqlite_clock._engine, "Visits") as conn:
        table = find_table(conn, VISITS)
    assert table is not None
    spans = day_spans(table, question(VISITS, days=days))
    assert [("2026-02-27", "2026-03-08"), ("2026-03-18", "2026-03-23")] == [
        (low.value, high.value) for low, high in spans
    ]
