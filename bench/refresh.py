"""Refresh of 1,000,000 event rows against hand-written aggregate queries, all in one run.

The library's contacts with its three dimensions over 26 months. `whole` is a hand-written query of
every metric's sums by touchpoint and day, without checks; `split` is the same with a UNION ALL (on
PostgreSQL: GROUPING SETS) that also splits them by each dimension, which is what a refresh answers.
`scan` is the question a refresh asks instead, with the evidence of all checks; `refresh` is a first
one with judgement, readings and roll-ups; `idle` one with nothing new, `new day` one with a day's
rows corrected. Store and feed share an engine, whose server's CPU counts as well as this process's
own. Run: python -m bench.refresh
"""

import os
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import psycopg
import sqlalchemy as sa
from sqlalchemy import make_url

from bench.contact_events import CHOICES, ROWS, fill
from callboard.access import REFRESH_PROCESS
from callboard.clock import Clock
from callboard.services.refreshing.question import ask_about
from callboard.services.refreshing.refresh import refresh
from callboard.services.runtime import Runtime, open_runtime
from callboard.settings import load_settings
from callboard.storage.feeds.engine import open_feed, read_feed
from callboard.storage.feeds.scan_plan import plan_days
from callboard.storage.feeds.table import find_table
from callboard.storage.feeds.watch import years_of
from data_contracts.catalogue import LIBRARY, SUFFIX, read_contract
from data_contracts.evidence import DatasetEvidence
from data_contracts.gate import judge_run
from tests.postgres_server import running_server

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
BUCKET = (
    "CASE WHEN {0} > 1e-9 THEN "
    "CAST(CAST(CEIL(LN({0}) / 0.020000666706669435) AS INTEGER) AS TEXT) END"
)
SUMS = f"""
  COUNT(CASE WHEN outcome = 'abandoned' AND wait_seconds > 5 THEN 1 END),
  COUNT(CASE WHEN outcome IN ('answered', 'abandoned') AND wait_seconds IS NOT NULL THEN 1 END),
  SUM(CASE WHEN outcome = 'answered' THEN handle_seconds END),
  COUNT(CASE WHEN outcome = 'answered' THEN handle_seconds END),
  SUM(CASE WHEN outcome = 'answered' THEN handle_seconds * handle_seconds END),
  SUM(CASE WHEN outcome = 'answered' THEN wait_seconds END),
  COUNT(CASE WHEN outcome = 'answered' THEN wait_seconds END),
  SUM(CASE WHEN outcome = 'answered' THEN wait_seconds * wait_seconds END),
  COUNT(CASE WHEN outcome = 'self_service' THEN 1 END),
  COUNT(CASE WHEN outcome IN ('self_service', 'answered', 'abandoned') THEN 1 END),
  COUNT(CASE WHEN solved_first_contact = 1 THEN 1 END),
  COUNT(solved_first_contact),
  COUNT(first_response_hours),
  JOIN({BUCKET.format("first_response_hours")}, ','),
  COUNT(CASE WHEN is_resolved = 1 AND reopened = 1 THEN 1 END),
  COUNT(CASE WHEN is_resolved = 1 THEN 1 END),
  COUNT(CASE WHEN outcome = 'answered' AND wait_seconds <= 20 THEN 1 END),
  COUNT(CASE WHEN has_sla = 1 AND sla_met = 1 THEN 1 END),
  COUNT(CASE WHEN has_sla = 1 AND sla_met IS NOT NULL THEN 1 END),
  COUNT(CASE WHEN is_resolved = 1 THEN resolve_hours END),
  JOIN(CASE WHEN is_resolved = 1 THEN {BUCKET.format("resolve_hours")} END, ',')"""
DIMENSIONS = ("channel", "region", "team")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """Where the feed is and where stores can be made; `server` is a server's first process."""

    name: str
    feed_url: str
    new_store: Callable[[], str]
    server: int | None = None

    def cpu(self) -> float:
        """Seconds of CPU that this process and the database's server have used (Linux)."""
        return time.process_time() + (_cpu_of(self.server) if self.server else 0.0)


def main() -> None:
    engines = [name for name in sys.argv[1:] if not name.isdecimal()] or ["sqlite", "postgresql"]
    rounds = next((int(each) for each in sys.argv[1:] if each.isdecimal()), 3)
    for name in engines:
        with tempfile.TemporaryDirectory() as folder, grounds(name, Path(folder)) as ground:
            fill(ground.feed_url)
            warm_up()
            measure(ground, Path(folder), rounds)


@contextmanager
def grounds(name: str, folder: Path) -> Iterator[Ground]:
    if name == "sqlite":
        numbers = iter(range(1_000))
        yield Ground(
            name=name,
            feed_url=f"sqlite:///{folder / 'feed.db'}",
            new_store=lambda: f"sqlite:///{folder / f'store{next(numbers)}.db'}",
        )
        return
    with running_server() as url, psycopg.connect(url, autocommit=True) as admin:
        numbers = iter(range(1_000))

        def new() -> str:
            database = f"bench_{next(numbers)}"
            admin.execute(f"CREATE DATABASE {database}")
            return make_url(url).set(database=database).render_as_string(hide_password=False)

        yield Ground(
            name=name, feed_url=new(), new_store=new, server=_parent(admin.info.backend_pid)
        )


def _parent(process: int) -> int:
    return int(_stat(process)[1])


def _cpu_of(server: int) -> float:
    """What a process, its children, and those of them that have ended have used together."""
    ticks = sum(map(int, _stat(server)[11:15]))
    for child in Path(f"/proc/{server}/task/{server}/children").read_text().split():
        with suppress(FileNotFoundError):
            ticks += sum(map(int, _stat(int(child))[11:13]))
    return ticks / os.sysconf("SC_CLK_TCK")


def _stat(process: int) -> list[str]:
    return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()


def whole(ground: Ground, dimension: str = "NULL") -> str:
    day, join = {
        "sqlite": ("date(created_at)", "group_concat"),
        "postgresql": ("(created_at AT TIME ZONE 'UTC')::date", "string_agg"),
    }[ground.name]
    by = "1, 2" if dimension == "NULL" else "1, 2, 3"
    sums = SUMS.replace("JOIN(", f"{join}(")
    return f"SELECT {day}, touchpoint, {dimension}, COUNT(*), {sums} FROM contacts GROUP BY {by}"


def split(ground: Ground) -> str:
    if ground.name == "sqlite":
        return " UNION ALL ".join(whole(ground, each) for each in ("NULL", *DIMENSIONS))
    sets = "GROUP BY GROUPING SETS ((1, 2), (1, 2, 3), (1, 2, 4), (1, 2, 5))"
    return (
        whole(ground)
        .replace("NULL,", f"{', '.join(DIMENSIONS)},", 1)
        .replace("GROUP BY 1, 2", sets)
    )


@dataclass(slots=True, kw_only=True)
class Spent:
    """Seconds of the clock and of CPU, one of each a round."""

    clock: list[float]
    cpu: list[float]

    def median(self, kind: str) -> float:
        return statistics.median(getattr(self, kind))


def measure(ground: Ground, folder: Path, rounds: int) -> None:
    runtimes: list[Runtime] = []
    works = {
        "whole": lambda: ask(ground, whole(ground)),
        "split": lambda: ask(ground, split(ground)),
        "scan": lambda: scan(ground, folder),
        "refresh": lambda: first_refresh(runtimes[-1]),
    }
    spent = {name: Spent(clock=[], cpu=[]) for name in (*works, "idle", "new day")}
    for number in range(rounds):
        runtimes.append(open_bench(ground, folder, "new"))
        for name, work in works.items():
            timed(ground, spent[name], work)
        again = partial(refresh, runtimes[-1], REFRESH_PROCESS)
        timed(ground, spent["idle"], again)
        correct_a_day(ground, number)
        timed(ground, spent["new day"], again)
    tell(ground, spent)


def timed(ground: Ground, spent: Spent, work: Callable[[], object]) -> None:
    clock, cpu = time.perf_counter(), ground.cpu()
    work()
    spent.clock.append(time.perf_counter() - clock)
    spent.cpu.append(ground.cpu() - cpu)


def tell(ground: Ground, spent: dict[str, Spent]) -> None:
    base, same = spent["whole"].median("cpu"), spent["split"].median("cpu")
    print(f"{ground.name}: seconds of CPU, ratio to the query of the whole, to the split one")
    for name, each in spent.items():
        seconds = each.median("cpu")
        ratios = f"{seconds / base:6.2f}   {seconds / same:6.2f}"
        print(f"  {name:8} {seconds:7.2f}   {ratios}   ({each.median('clock'):.2f} by the clock)")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"  at most {peak:.0f} MB of memory in this process, the making of the rows included")


def ask(ground: Ground, sql: str) -> int:
    with read_feed(open_feed(ground.feed_url), "Contacts") as conn:
        found = conn.execution_options(stream_results=True).exec_driver_sql(sql)
        return sum(len(batch) for batch in found.partitions(2_000))


def scan(ground: Ground, folder: Path) -> int:
    runtime = open_bench(ground, folder, "unused")
    with read_feed(open_feed(ground.feed_url), "Contacts") as conn:
        asked = ask_about(runtime.definitions, "contacts", NOW)
        table = find_table(conn, asked.contract)
        assert table is not None
        plan = plan_days(table, asked, years_of(conn, table, asked), frozenset())
        found = conn.execution_options(stream_results=True).execute(plan.statement)
        return sum(len(batch) for batch in found.partitions(2_000))


def first_refresh(runtime: Runtime) -> None:
    report = refresh(runtime, REFRESH_PROCESS)
    assert report.feeds[0].rows_used == ROWS, report.feeds[0].sentence


_STORES: dict[str, str] = {}


def open_bench(ground: Ground, folder: Path, store: str) -> Runtime:
    workspace = folder / "workspace"
    if not workspace.exists():
        (workspace / "touchpoints").mkdir(parents=True)
        (workspace / "workspace.yaml").write_text(
            "name: Bench\ntime_zone: Europe/London\nourselves: {name: Bench}\n"
            f"databases: {{main: '{ground.feed_url}'}}\nfeeds: {{contacts: main}}\n"
        )
        for code in CHOICES["touchpoint"][0]:
            text = f"touchpoint: {code}\nname: {code}\nstage: front\n"
            (workspace / "touchpoints" / f"{code}.yaml").write_text(text)
    if store == "new" or store not in _STORES:
        _STORES[store] = ground.new_store()
    settings = load_settings(
        {"CALLBOARD_WORKSPACE": str(workspace), "CALLBOARD_STORE_URL": _STORES[store]}
    )
    return replace(open_runtime(settings), clock=Clock(NOW))


def correct_a_day(ground: Ground, number: int) -> None:
    """The rows of one day are written again, as a night's corrections are."""
    engine = sa.create_engine(ground.feed_url.replace("postgresql:", "postgresql+psycopg:"))
    day = (NOW - timedelta(days=20 + number)).date()
    with engine.begin() as conn:
        conn.exec_driver_sql(
            f"UPDATE contacts SET wait_seconds = wait_seconds + 1, "
            f"updated_at = '2026-11-22 11:{number:02d}:00' "
            f"WHERE created_at >= '{day}' AND created_at < '{day + timedelta(days=1)}'"
        )
    engine.dispose()


def warm_up() -> None:
    """Great Expectations takes seconds to import, once for each process."""
    contract, problems = read_contract(LIBRARY / f"contacts{SUFFIX}")
    assert contract is not None, problems
    judge_run(contract, (), DatasetEvidence(rows_in=0))


if __name__ == "__main__":
    main()
