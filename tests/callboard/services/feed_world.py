"""A workspace over real feeds that a test writes to, refreshed at moments of its choice."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from callboard.access import REFRESH_PROCESS
from callboard.clock import Clock
from callboard.services.refreshing.refresh import refresh
from callboard.services.refreshing.report import FeedReport, RefreshReport
from callboard.services.runtime import Runtime, open_runtime
from callboard.settings import load_settings
from callboard.storage.engine import open_store, snapshot
from callboard.storage.passage_table import passage
from callboard.storage.publications import latest_publication
from callboard.storage.runs import FeedState, read_feed_states, read_runs
from callboard.storage.tables import reading, series
from data_contracts.model import Contract
from tests.callboard.storage.feed_samples import SampleFeed, library_contract

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
FEEDS = ("contacts", "deliveries", "hours_worked", "safety_incidents")
Parts = tuple[float | None, float | None, int]
_WORKSPACE = """\
name: Small Stores
time_zone: Europe/London
ourselves: {{name: Small Stores}}
databases: {{main: "{url}"}}
feeds: {{contacts: main, deliveries: main, hours_worked: main, safety_incidents: main}}
segment_cap: {cap}
"""
_TOUCHPOINTS = {
    "desk": "name: Service desk\nstage: front\naliases: [SD]\n",
    "web": "name: Web chat\nstage: front\ntime_zone: America/New_York\n",
}


class FeedWorld:
    """Feeds, a store, and a clock that is set by hand."""

    def __init__(self, folder: Path, *, feed_url: str, store_url: str, cap: int = 12) -> None:
        self._folder = folder / "workspace"
        self._store_url = store_url
        self._home = folder / "home"
        self.now = NOW
        (self._folder / "touchpoints").mkdir(parents=True)
        self.write("workspace.yaml", _WORKSPACE.format(url=feed_url, cap=cap))
        for code, text in _TOUCHPOINTS.items():
            self.write(f"touchpoints/{code}.yaml", f"touchpoint: {code}\n{text}")
        self.feeds = {feed: WrittenFeed(feed_url, library_contract(feed)) for feed in FEEDS}
        self.runtime = self.reopen()

    def write(self, name: str, text: str) -> None:
        (self._folder / name).parent.mkdir(parents=True, exist_ok=True)
        (self._folder / name).write_text(text)

    def reopen(self) -> Runtime:
        """Read the definitions anew, as a restart does."""
        environment = {
            "CALLBOARD_WORKSPACE": str(self._folder),
            "CALLBOARD_HOME": str(self._home),
            "CALLBOARD_STORE_URL": self._store_url,
        }
        self.runtime = open_runtime(load_settings(environment))
        return self.runtime

    def refresh(self, *feeds: str, **options: Any) -> RefreshReport:
        runtime = replace(self.runtime, clock=Clock(self.now))
        return refresh(runtime, REFRESH_PROCESS, feeds=feeds, **options)

    def refresh_one(self, feed: str, **options: Any) -> FeedReport:
        return self.refresh(feed, **options).feeds[0]

    def readings(
        self, metric: str, touchpoint: str = "desk", dimension: str = ""
    ) -> dict[Any, Parts]:
        """The stored readings of a metric by day, or by day and segment."""
        columns = (reading.c.day, series.c.segment, reading.c.numerator, reading.c.denominator)
        chosen = (
            sa.select(*columns, reading.c.n)
            .join(series, series.c.id == reading.c.series)
            .where(series.c.metric == metric, series.c.touchpoint == touchpoint)
            .where(series.c.dimension == dimension)
        )
        with snapshot(self.runtime.store) as conn:
            rows = conn.execute(chosen).all()
        return {
            (day if not dimension else (day, segment)): (numerator, denominator, n)
            for day, segment, numerator, denominator, n in rows
        }

    def everything(self) -> set[tuple[Any, ...]]:
        """Every stored reading, and every passage."""
        names = ("touchpoint", "metric", "dimension", "segment")
        chosen = sa.select(
            *(series.c[name] for name in names), *(c for c in reading.c if c.name != "series")
        ).join(series, series.c.id == reading.c.series)
        with snapshot(self.runtime.store) as conn:
            kept = [conn.execute(each).all() for each in (chosen, sa.select(passage))]
        return {tuple(row) for rows in kept for row in rows}

    def state(self, feed: str = "contacts") -> FeedState:
        with snapshot(self.runtime.store) as conn:
            return read_feed_states(conn)[feed]

    def runs(self, feed: str = "contacts") -> int:
        with snapshot(self.runtime.store) as conn:
            return len(read_runs(conn, feed=feed))

    def publication(self) -> int:
        with snapshot(self.runtime.store) as conn:
            return latest_publication(conn)


class WrittenFeed(SampleFeed):
    """A feed with the means to change it."""

    def __init__(self, url: str, contract: Contract) -> None:
        super().__init__(url, contract)
        self.engine = open_store(url)
        self.table = sa.table(
            contract.table, *(sa.column(c.physical_name) for c in contract.columns)
        )

    def add(self, *rows: Mapping[str, Any]) -> None:
        values = [{name: self._stored(value) for name, value in row.items()} for row in rows]
        with self.engine.begin() as conn:
            conn.execute(sa.insert(self.table), values)

    def change(self, key: str, **values: Any) -> None:
        first = next(iter(self.table.c))
        with self.engine.begin() as conn:
            stored = {name: self._stored(value) for name, value in values.items()}
            conn.execute(sa.update(self.table).where(first == key).values(**stored))

    def delete(self, key: str) -> None:
        with self.engine.begin() as conn:
            conn.execute(sa.delete(self.table).where(next(iter(self.table.c)) == key))

    def run(self, sql: str) -> None:
        with self.engine.begin() as conn:
            conn.exec_driver_sql(sql)


def contact(key: str, at: datetime, **parts: Any) -> dict[str, Any]:
    return {
        "contact_id": key,
        "touchpoint": "desk",
        "created_at": at,
        "updated_at": at,
        "channel": "phone",
        "region": None,
        "team": None,
        "kind": "question",
        "topic": None,
        "outcome": "answered",
        "wait_seconds": 10.0,
        "handle_seconds": 100.0,
        "first_response_hours": 1.0,
        "resolve_hours": None,
        "is_resolved": False,
        "solved_first_contact": None,
        "reopened": False,
        "has_sla": False,
        "sla_met": None,
    } | parts


def delivery(key: str, at: datetime, **parts: Any) -> dict[str, Any]:
    return {
        "order_id": key,
        "touchpoint": "desk",
        "due_at": at,
        "ordered_at": at - timedelta(days=2),
        "delivered_at": at,
        "updated_at": at,
        "channel": None,
        "region": None,
        "carrier": None,
        "complete": True,
        "damaged": False,
        "documents_right": True,
        "first_attempt": True,
        "returned": None,
        "units": 2,
        "mishandled_units": 0,
    } | parts


def at(day: int, hour: int = 9, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=UTC)


def on(day: int, month: int = 11) -> date:
    return date(2026, month, day)


def several(make: Any, days: Sequence[int], count: int, **parts: Any) -> list[dict[str, Any]]:
    """Rows with keys `day-number`."""
    return [make(f"{day}-{n}", at(day), **parts) for day in days for n in range(count)]
