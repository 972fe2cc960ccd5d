"""The share of rules that are kept is a metric like others, read from Callboard's own store."""

from dataclasses import replace
from pathlib import Path

import pytest

from callboard.access import LOCAL_USER, REFRESH_PROCESS
from callboard.clock import Clock
from callboard.services.readings.export import export_readings
from callboard.storage.engine import snapshot, write
from callboard.storage.runs import RunRow, RunVerdict, read_rule_results, read_runs, record_run
from callboard.storage.slices import SliceRun, keep_slice_run
from data_contracts.evidence import State
from metrics.model import Grain
from tests.callboard.services.feed_world import FeedWorld, at, contact, on, several
from tests.conftest import on_both_engines

RATE = "contract_pass_rate"
FEEDS = "safety_incidents: main"


@pytest.fixture
def world(tmp_path: Path, database_url: str, store_url: str) -> FeedWorld:
    world = FeedWorld(tmp_path, feed_url=database_url, store_url=store_url)
    path = tmp_path / "workspace" / "workspace.yaml"
    text = path.read_text(encoding="utf-8")
    assert FEEDS in text
    world.write("workspace.yaml", text.replace(FEEDS, f"{FEEDS}, contract_runs: store"))
    world.reopen()
    return world


def _judged(world: FeedWorld, day: int, touchpoint: str, passed: int, of: int) -> None:
    """A run of contacts that kept some of its rules."""
    moment = at(day, 10)
    row = RunRow(
        feed="contacts",
        contract_sha256="0" * 64,
        started_at=moment,
        finished_at=moment,
        duration_ms=1,
        triggered_by=REFRESH_PROCESS.id,
        rows_in=100,
        rows_used=90,
        rows_quarantined=10,
        verdict=RunVerdict.PUBLISHED,
    )
    with write(world.runtime.store) as conn:
        kept = SliceRun(
            run_id=record_run(conn, row),
            touchpoint=touchpoint,
            feed="contacts",
            judged_at=moment,
            rules_passed=passed,
            rules_judged=of,
            rows_in=100,
            rows_used=90,
        )
        keep_slice_run(conn, [kept])


@on_both_engines
def test_the_rate_is_kept_rules_of_judged_rules_by_touchpoint_and_day(world: FeedWorld) -> None:
    _judged(world, 19, "desk", 38, 40)
    _judged(world, 19, "desk", 35, 40)
    _judged(world, 20, "desk", 40, 40)
    _judged(world, 20, "web", 10, 20)
    report = world.refresh_one("contract_runs")
    assert (4, 4, ()) == (report.rows_in, report.rows_used, report.reasons)
    desk = {day: parts[:2] for day, parts in world.readings(RATE).items()}
    assert {on(19): (73, 80), on(20): (40, 40)} == {day: desk[day] for day in (on(19), on(20))}
    assert (10, 20) == world.readings(RATE, "web")[on(20)][:2]


def test_the_rate_can_be_split_by_feed(world: FeedWorld) -> None:
    _judged(world, 20, "desk", 30, 40)
    world.refresh_one("contract_runs")
    assert (30, 40) == world.readings(RATE, dimension="feed")[on(20), "contacts"][:2]


def test_a_touchpoint_that_is_gone_holds_no_other_back(world: FeedWorld) -> None:
    _judged(world, 20, "desk", 30, 40)
    for _ in range(9):
        _judged(world, 20, "gone", 30, 40)
    report = world.refresh_one("contract_runs")
    assert (RunVerdict.PUBLISHED, 9) == (report.verdict, report.rows_quarantined)


def test_what_the_other_feeds_leave_is_read_after_them(world: FeedWorld) -> None:
    world.feeds["contacts"].add(*several(contact, [18, 19, 20], 10))
    report = world.refresh()
    feeds = [each.feed for each in report.feeds]
    assert [*sorted(set(feeds) - {"contract_runs"}), "contract_runs"] == feeds


def test_the_rate_is_what_the_results_of_a_run_say(world: FeedWorld) -> None:
    """Counted by hand: all rows are of one touchpoint, so rules of rows are its own."""
    world.feeds["contacts"].add(*several(contact, [18, 19, 20], 10))
    world.feeds["contacts"].add(contact("bad", at(20), wait_seconds=-1.0))
    world.refresh("contacts", "contract_runs")
    with snapshot(world.runtime.store) as conn:
        results = read_rule_results(conn, read_runs(conn, feed="contacts")[0].id)
    checks = {each.rule_id for each in world.runtime.definitions.contracts["contacts"].checks}
    states = [
        each.state
        for each in results
        if (each.rule_id in checks and not each.slice_key)
        or (each.rule_id not in checks and each.slice_key.split("/")[0] == "desk")
    ]
    kept, broken = states.count(State.PASS), states.count(State.FAIL)
    assert broken >= 1
    (day,) = world.readings(RATE)
    assert (kept, kept + broken) == world.readings(RATE)[day][:2]


def test_its_own_runs_are_not_counted(world: FeedWorld) -> None:
    world.feeds["contacts"].add(*several(contact, [18, 19, 20], 10))
    world.refresh("contacts", "contract_runs")
    first = world.readings(RATE)
    report = world.refresh_one("contract_runs", full=True)
    assert (1, first) == (report.rows_in, world.readings(RATE))


def test_the_rate_is_a_figure_like_others(world: FeedWorld) -> None:
    _judged(world, 19, "desk", 73, 80)
    _judged(world, 20, "desk", 80, 80)
    world.refresh_one("contract_runs")
    runtime = replace(world.runtime, clock=Clock(world.now))
    found = export_readings(runtime, LOCAL_USER, metric=RATE, touchpoint="desk", grain=Grain.DAY)
    assert {on(19): 91.25, on(20): 100.0} == {
        each.period_start: each.value for each in found if each.value is not None
    }
