"""Overview cold after a publication, against the raw SQL it stands on; CPU time, in one run.

Store on SQLite, 50 touchpoints x 24 metrics x 400 days, made up; `bench.rerun` measures the same
one warm. Run: python -m bench.overview
"""

import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np

from callboard.access import LOCAL_USER
from callboard.clock import Clock
from callboard.services.defining.definitions import Definitions, load_definitions
from callboard.services.runtime import Runtime
from callboard.services.tiles.overview import read_overview
from callboard.settings import load_settings
from callboard.storage.benchmarks import (
    BenchmarkRow,
    Submission,
    add_submission,
    publish_submission,
)
from callboard.storage.engine import open_store, snapshot, write
from callboard.storage.hours import HourRow, replace_hours
from callboard.storage.migrations import migrate
from callboard.storage.publications import PublicationKind, add_publication
from callboard.storage.readings import ReadingRow, replace_days
from callboard.storage.runs import FeedState, RunVerdict, write_feed_state
from callboard.storage.series_table import read_series
from metrics.calendar import calendar_for
from metrics.model import Form, Grain, Metric
from metrics.sketch import sketch_of

TOUCHPOINTS, METRICS, DAYS = 50, 24, 400
PERCENTILES = 3  # of the metrics: first response, order cycle, page load
TODAY, NOW = date(2026, 11, 22), "2026-11-22T14:30"
ROUNDS = 9


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        runtime = open_wide(Path(folder))
        started = time.perf_counter()
        rows = fill_wide(runtime)
        print(f"filled with {rows:,} readings in {time.perf_counter() - started:.0f} s")
        for grain in (Grain.WEEK, Grain.DAY, Grain.MONTH):
            _compare(runtime, grain)


def _compare(runtime: Runtime, grain: Grain) -> None:
    view = read_overview(runtime, LOCAL_USER, grain=grain)  # warms imports and the file cache
    assert view.tile_count == TOUCHPOINTS * METRICS
    shown = [tile for lane in view.lanes for tile in lane.tiles]
    assert any(tile.today for tile in shown)
    assert any(tile.standing for tile in shown)
    cold = _cpu(lambda: read_overview(runtime, LOCAL_USER, grain=grain))
    raw = _cpu(lambda: _raw(runtime, grain))
    print(
        f"{grain.value:5}  cold {1000 * cold:6.0f} ms   raw SQL {1000 * raw:6.0f} ms   "
        f"ratio {cold / raw:4.1f}   {view.tile_count} tiles judged, "
        f"{view.tile_count - view.hidden_count} made"
    )


def _raw(runtime: Runtime, grain: Grain) -> int:
    """The one read behind it: 36 periods of every series, as rows in Python."""
    days = {Grain.DAY: 36, Grain.WEEK: 36 * 7, Grain.MONTH: 36 * 31}[grain]
    with snapshot(runtime.store) as connection:
        found = read_series(
            connection,
            grain=grain,
            scope=frozenset(runtime.definitions.touchpoints),
            metrics=tuple(runtime.definitions.metrics),
            start=TODAY - timedelta(days=days),
            end=TODAY,
        )
    return len(found.readings.start)


def _cpu(work: Callable[[], object]) -> float:
    """The median CPU seconds of some rounds."""
    spent = []
    for _ in range(ROUNDS):
        started = time.process_time()
        work()
        spent.append(time.process_time() - started)
    return statistics.median(spent)


def open_wide(folder: Path) -> Runtime:
    """A workspace in `folder`/workspace and an empty store beside it, wide enough for the bench."""
    settings = load_settings({"CALLBOARD_WORKSPACE": str(_workspace(folder))}, home=folder)
    definitions, problems = load_definitions(settings)
    assert definitions is not None, problems
    store = open_store(settings.store_url)
    migrate(store)
    return Runtime(
        settings=settings,
        workspace=definitions.workspace,
        definitions=replace(definitions, metrics=_chosen(definitions)),
        store=store,
        clock=Clock(datetime.fromisoformat(NOW)),
    )


def _workspace(folder: Path) -> Path:
    workspace = folder / "workspace"
    (workspace / "touchpoints").mkdir(parents=True)
    feeds = "contacts, deliveries, web_vitals, survey_answers, internal_requests, backlog"
    connected = ", ".join(f"{feed}: main" for feed in feeds.split(", "))
    (workspace / "workspace.yaml").write_text(
        "name: Bench\ntime_zone: Europe/London\nourselves: {name: Bench}\n"
        f"databases: {{main: 'sqlite:///feeds.db'}}\nfeeds: {{{connected}}}\n"
    )
    for at in range(TOUCHPOINTS):
        text = f"touchpoint: place_{at:02d}\nname: Place {at}\nstage: front\n"
        (workspace / "touchpoints" / f"place_{at:02d}.yaml").write_text(text)
    return workspace


def _chosen(definitions: Definitions) -> dict[str, Metric]:
    """As many metrics as the bench wants, the percentiles first."""
    by_form = sorted(
        definitions.metrics.values(), key=lambda m: (m.form is not Form.PERCENTILE, m.code)
    )
    percentiles = [m for m in by_form if m.form is Form.PERCENTILE][:PERCENTILES]
    others = [m for m in by_form if m.form is not Form.PERCENTILE]
    chosen = (percentiles + others)[:METRICS]
    assert len(chosen) == METRICS
    return {metric.code: metric for metric in chosen}


def fill_wide(runtime: Runtime) -> int:
    """Put all readings into the store, with hours, benchmarks and states; return how many."""
    random = np.random.default_rng(1)
    days = [TODAY - timedelta(days=DAYS - at) for at in range(DAYS)]
    count = 0
    for metric in runtime.definitions.metrics.values():
        rows = []
        for place in runtime.definitions.touchpoints:
            n = random.integers(200, 400, DAYS)
            hits = random.binomial(n, 0.9)
            for at, day in enumerate(days):
                if metric.form is Form.PERCENTILE:
                    text = sketch_of(random.lognormal(2, 0.6, 60).tolist()).to_json()
                    rows.append(
                        ReadingRow(place, metric.code, "", "", day, None, None, 60, None, text)
                    )
                else:
                    parts = float(hits[at]), float(n[at]), int(n[at]), float(n[at])
                    rows.append(ReadingRow(place, metric.code, "", "", day, *parts))
        count += len(rows)
        with write(runtime.store) as connection:
            replace_days(connection, metrics=[metric.code], days=days, rows=rows)
    _fill_today(runtime)
    _publish(runtime)
    _settle(runtime, days[0])
    return count


def _fill_today(runtime: Runtime) -> None:
    """Hours of today and of the same weekday a week before."""
    for metric in runtime.definitions.metrics.values():
        text = sketch_of([2.0, 3.0]).to_json() if metric.form is Form.PERCENTILE else None
        rows = [
            HourRow(place, metric.code, day, hour, 18.0, 20.0, 20, 20.0, text)
            for place in runtime.definitions.touchpoints
            for day in (TODAY, TODAY - timedelta(days=7))
            for hour in range(24)
        ]
        with write(runtime.store) as connection:
            days = [TODAY, TODAY - timedelta(days=7)]
            replace_hours(connection, metrics=[metric.code], days=days, rows=rows)


def _publish(runtime: Runtime) -> None:
    """Twelve months of six peers for half of the metrics."""
    months = [calendar_for(Grain.MONTH).period_of(TODAY)]
    for _ in range(12):
        months.append(calendar_for(Grain.MONTH).previous(months[-1]))
    rows = [
        BenchmarkRow(
            metric=metric.code,
            entity=f"Peer {peer}",
            statistic="value",
            value=80.0 + peer,
            unit=metric.unit.value,
            per=metric.per,
            period_start=month.start,
            period_end=month.end,
            source_name="bench",
        )
        for metric in list(runtime.definitions.metrics.values())[::2]
        for peer in range(6)
        for month in months[1:]
    ]
    at = datetime(2026, 11, 22, tzinfo=UTC)
    with write(runtime.store) as connection:
        new = Submission(sha256="b" * 64, file_name="bench.csv", size=1, actor="bench", at=at)
        number = add_submission(connection, new, content=b"", rows=rows)
        publish_submission(connection, number, actor_id="bench", at=at)


def _settle(runtime: Runtime, first: date) -> None:
    now = datetime(2026, 11, 22, 14, tzinfo=UTC)
    with write(runtime.store) as connection:
        for feed in runtime.definitions.contracts:
            state = FeedState(
                feed=feed,
                verdict=RunVerdict.PUBLISHED,
                run_id=1,
                last_good_at=now,
                first_day=first,
                last_day=TODAY - timedelta(days=1),
                as_of=now,
            )
            write_feed_state(connection, state)
        add_publication(connection, kind=PublicationKind.REFRESH, actor_id="bench", note="", at=now)


if __name__ == "__main__":
    main()
