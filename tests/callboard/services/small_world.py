"""A workspace of three touchpoints over a real store, filled by hand with a few readings."""

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from callboard.clock import parse_moment
from callboard.services.runtime import Runtime, open_runtime
from callboard.settings import load_settings
from callboard.storage.benchmarks import (
    BenchmarkRow,
    Submission,
    add_submission,
    publish_submission,
)
from callboard.storage.engine import write
from callboard.storage.hours import HourRow, replace_hours
from callboard.storage.publications import PublicationKind, add_publication
from callboard.storage.readings import ReadingRow, replace_days
from callboard.storage.runs import FeedState, RunVerdict, write_feed_state
from metrics.sketch import sketch_of

NOW = "2026-11-22T14:30"  # a Sunday: week 46 is the latest complete one
TODAY = date(2026, 11, 22)
WEEK_46 = date(2026, 11, 9)
FEEDS = ("backlog", "contacts", "deliveries", "survey_answers")
WORKSPACE = """\
name: Small Stores
time_zone: Europe/London
ourselves: {name: Small Stores, aliases: [Small Stores Ltd]}
databases: {main: "sqlite:///${CALLBOARD_HOME}/feeds.db"}
feeds: {backlog: main, contacts: main, deliveries: main, survey_answers: main}
metrics: [abandon, asa, backlog_open, complaints, nps, otd, ttr_p50, returns]
peer_sets:
  - {name: Near us, why: the same towns, entities: [Alder, Birch, Cedar, Dogwood]}
"""
TOUCHPOINTS = {
    "desk": "name: Service desk\nstage: front\nowner: Ada\n",
    "delivery": (
        "name: Field delivery\nstage: front\ndepends_on: [depot]\n"
        "targets:\n  - {metric: otd, value: 90, from: 2020-01-01, to: 2026-11-01}\n"
        "  - {metric: otd, value: 95, from: 2026-11-02}\n"
    ),
    "depot": "name: Depot\nstage: back\nmetrics: [backlog_open]\n",
}


def make_workspace(folder: Path) -> Path:
    """Write the workspace's files."""
    (folder / "touchpoints").mkdir(parents=True)
    (folder / "workspace.yaml").write_text(WORKSPACE)
    for code, text in TOUCHPOINTS.items():
        (folder / "touchpoints" / f"{code}.yaml").write_text(f"touchpoint: {code}\n{text}")
    return folder


def open_small_runtime(folder: Path, store_url: str) -> Runtime:
    """The small workspace over a store."""
    return open_runtime(
        load_settings(
            {
                "CALLBOARD_WORKSPACE": str(make_workspace(folder / "workspace")),
                "CALLBOARD_HOME": str(folder / "home"),
                "CALLBOARD_STORE_URL": store_url,
                "CALLBOARD_TODAY": NOW,
            }
        )
    )


class SmallWorld:
    """The runtime, and ways to fill its store."""

    def __init__(self, runtime: Runtime) -> None:
        self.runtime = runtime

    def at(self, now: str) -> Runtime:
        """The same runtime at another moment."""
        clock = replace(self.runtime.clock, fixed=parse_moment(now))
        return replace(self.runtime, clock=clock)

    def add(self, rows: Sequence[ReadingRow]) -> None:
        """Put readings into the store."""
        with write(self.runtime.store) as conn:
            for metric in sorted({row.metric for row in rows}):
                mine = [row for row in rows if row.metric == metric]
                days = sorted({row.day for row in mine})
                replace_days(conn, metrics=[metric], days=days, rows=mine)
            add_publication(
                conn,
                kind=PublicationKind.REFRESH,
                actor_id="test",
                note="",
                at=datetime(2026, 11, 22, tzinfo=UTC),
            )

    def add_hours(self, rows: Sequence[HourRow]) -> None:
        """Put hourly readings into the store."""
        metrics = sorted({row.metric for row in rows})
        with write(self.runtime.store) as conn:
            replace_hours(conn, metrics=metrics, days=sorted({row.day for row in rows}), rows=rows)

    def reach(
        self,
        *,
        last_day: date = TODAY - timedelta(days=1),
        first_day: date = date(2020, 1, 1),
        as_of: datetime = datetime(2026, 11, 22, 14, 5, tzinfo=UTC),
        feeds: Sequence[str] = FEEDS,
        **changes: object,
    ) -> None:
        """Say how far feeds have come."""
        with write(self.runtime.store) as conn:
            for feed in feeds:
                state = FeedState(
                    feed=feed,
                    verdict=RunVerdict.PUBLISHED,
                    run_id=1,
                    last_good_run_id=1,
                    last_good_at=as_of,
                    first_day=first_day,
                    last_day=last_day,
                    as_of=as_of,
                )
                write_feed_state(conn, replace(state, **changes))  # type: ignore[arg-type]  # test

    def publish(self, rows: Sequence[BenchmarkRow]) -> None:
        """Publish benchmarks."""
        at = datetime(2026, 11, 20, tzinfo=UTC)
        with write(self.runtime.store) as conn:
            new = Submission(
                sha256=f"{len(rows)}-{rows[0].entity}", file_name="b.csv", size=1, actor="t", at=at
            )
            number = add_submission(conn, new, content=b"x", rows=rows)
            publish_submission(conn, number, actor_id="t", at=at)


def benchmark(entity: str, value: float, **changes: object) -> BenchmarkRow:
    """A competitor's on-time delivery in October 2026."""
    given: dict[str, object] = {
        "metric": "otd",
        "entity": entity,
        "statistic": "value",
        "value": value,
        "unit": "percent",
        "period_start": date(2026, 10, 1),
        "period_end": date(2026, 10, 31),
        "source_name": "Delivery Watch",
        "method": "system",
        "published_on": date(2026, 11, 5),
        **changes,
    }
    return BenchmarkRow(**given)  # type: ignore[arg-type]  # a shorthand of tests


def day_rows(
    metric: str,
    touchpoint: str,
    counts: Mapping[date, tuple[float | None, float | None]],
    *,
    dimension: str = "",
    segment: str = "",
) -> list[ReadingRow]:
    """Readings of a ratio from (numerator, denominator) by day."""
    return [
        ReadingRow(
            touchpoint,
            metric,
            dimension,
            segment,
            day,
            numerator,
            denominator,
            int(denominator or numerator or 0),
        )
        for day, (numerator, denominator) in counts.items()
    ]


def week_rows(
    metric: str,
    touchpoint: str,
    counts: Sequence[tuple[float | None, float | None]],
    *,
    last: date = WEEK_46,
) -> list[ReadingRow]:
    """One reading a week, on its Monday, the newest in the week of `last`."""
    first = last - timedelta(weeks=len(counts) - 1)
    return day_rows(
        metric, touchpoint, {first + timedelta(weeks=at): c for at, c in enumerate(counts)}
    )


def sketch_row(metric: str, touchpoint: str, day: date, values: Sequence[float]) -> ReadingRow:
    """A reading of a percentile."""
    text = sketch_of(values).to_json()
    return ReadingRow(touchpoint, metric, "", "", day, None, None, len(values), None, text)


def copy_store(template: Path, folder: Path) -> str:
    """The URL of a fresh store."""
    return f"sqlite:///{shutil.copy(template, folder / 'store.db')}"
