"""What is wrong in one slice of a feed stays there, and is over once its source is mended."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from typing import Any

import pytest

from callboard.clock import Clock
from callboard.services.readings.coverage import Coverages
from callboard.services.refreshing.report import FeedReport
from callboard.storage.engine import snapshot, write
from callboard.storage.runs import (
    RunVerdict,
    SliceState,
    read_feed_states,
    read_rule_results,
    read_runs,
)
from callboard.storage.slices import read_slice_days
from callboard.storage.waivers import Waiver, add_waiver
from data_contracts.evidence import Gate, State
from tests.callboard.services.feed_world import NOW, FeedWorld, at, contact, delivery, on

_DAY = timedelta(days=1)
BAD = {"wait_seconds": -1.0}
FOUR_WEEKS = range(28, 0, -1)


def ago(days: int) -> date:
    """The day so many days before the last whole one, which is the 21st of November."""
    return on(22) - days * _DAY


@pytest.fixture
def world(tmp_path: Path, database_url: str, store_url: str) -> FeedWorld:
    """Four weeks of 30 contacts a day and touchpoint, at noon, of 100 seconds each, published."""
    world = FeedWorld(tmp_path, feed_url=database_url, store_url=store_url)
    for days in FOUR_WEEKS:
        bring(world, days)
    assert world.refresh_one("contacts").verdict is RunVerdict.PUBLISHED
    return world


def bring(world: FeedWorld, days: int, *, desk: int = 30, web: int = 30, **of_desk: Any) -> None:
    """Contacts of one day, those of the service desk with other parts."""
    moment = NOW - days * _DAY
    rows = [contact(f"desk-{days}-{n}", moment, **of_desk) for n in range(desk)]
    rows += [contact(f"web-{days}-{n}", moment, touchpoint="web") for n in range(web)]
    if rows:
        world.feeds["contacts"].add(*rows)


def mend(world: FeedWorld, days: int, **parts: Any) -> None:
    """Write the rows of the service desk's day anew."""
    with world.feeds["contacts"].engine.begin() as conn:
        table = world.feeds["contacts"].table
        stored = {k: world.feeds["contacts"]._stored(v) for k, v in parts.items()}
        chosen = table.c.contact_id.like(f"desk-{days}-%")
        conn.execute(table.update().where(chosen).values(**stored))


def come(world: FeedWorld, **desk: Any) -> FeedReport:
    """A day later: its rows come, and are read."""
    world.now += _DAY
    bring(world, (NOW - world.now).days + 1, **desk)
    return world.refresh_one("contacts")


def slice_of(world: FeedWorld, touchpoint: str = "desk", metric: str = "") -> SliceState:
    """What is said of a slice; nothing, where there is nothing to say."""
    nothing = SliceState(touchpoint=touchpoint, metric=metric)
    found = (e for e in world.state().slices if (e.touchpoint, e.metric) == (touchpoint, metric))
    return next(found, nothing)


def state_of(world: FeedWorld, gate: Gate, key: str) -> State | None:
    with snapshot(world.runtime.store) as conn:
        run = read_runs(conn, feed="contacts", limit=1)[0]
        results = read_rule_results(conn, run.id)
    found = (e.state for e in results if (e.rule_id, e.slice_key) == (gate.value, key))
    return next(found, None)


def covered(world: FeedWorld, metric: str, touchpoint: str) -> date:
    runtime = replace(world.runtime, clock=Clock(world.now))
    with snapshot(runtime.store) as conn:
        coverages = Coverages(runtime, read_feed_states(conn))
    return coverages.of(runtime.definitions.metrics[metric], touchpoint).last


def waive(world: FeedWorld, gate: Gate, key: str, *, until: date) -> None:
    waiver = Waiver(
        feed="contacts",
        rule_id=gate.value,
        slice_key=key,
        reason="It is known.",
        owner="Lead",
        until=until,
        actor="lead",
        at=world.now,
    )
    with write(world.runtime.store) as conn:
        add_waiver(conn, waiver)


def test_one_bad_touchpoint_leaves_the_others_published(world: FeedWorld) -> None:
    report = come(world, desk=20, web=90, **BAD)
    assert RunVerdict.PUBLISHED is report.verdict
    assert (900.0, 90, 90) == world.readings("asa", "web")[on(22)]
    assert on(22) not in world.readings("asa", "desk")
    assert (on(22),) == slice_of(world).held
    assert State.FAIL is state_of(world, Gate.SHARE, "desk")
    assert State.PASS is state_of(world, Gate.SHARE, "web")
    assert "Service desk: 22 Nov 2026 is held back" in report.reasons[0]


def test_bad_rows_of_a_day_to_come_hold_nothing(world: FeedWorld) -> None:
    ahead = [contact(f"ahead-{n}", NOW + 90 * _DAY, updated_at=NOW) for n in range(3)]
    world.feeds["contacts"].add(*ahead)
    report = world.refresh_one("contacts")
    assert (3, ()) == (report.rows_quarantined, slice_of(world).held)


def test_a_touchpoint_that_is_held_keeps_its_last_good_figures(world: FeedWorld) -> None:
    before = world.readings("asa", "desk")
    mend(world, 1, wait_seconds=-1.0, updated_at=NOW - timedelta(hours=1))
    world.feeds["contacts"].add(
        *(contact(f"late-{n}", NOW - _DAY, touchpoint="web") for n in range(120))
    )
    world.refresh_one("contacts")
    assert before == world.readings("asa", "desk")
    assert (on(21),) == slice_of(world).held
    assert (ago(2), ago(1)) == (covered(world, "asa", "desk"), covered(world, "asa", "web"))


def test_a_scale_jump_holds_its_days_and_metric_alone(world: FeedWorld) -> None:
    come(world, handle_seconds=100.0 / 60)
    assert on(22) not in world.readings("aht")
    assert (300.0, 30, 30) == world.readings("asa")[on(22)]
    assert (3000.0, 30, 30) == world.readings("aht", "web")[on(22)]
    assert ((), (on(22),)) == (slice_of(world).held, slice_of(world, metric="aht").held)


def test_a_held_day_is_published_once_the_source_is_mended(world: FeedWorld) -> None:
    come(world, handle_seconds=100.0 / 60)
    world.now += timedelta(minutes=1)
    mend(world, 0, handle_seconds=101.0, updated_at=world.now - timedelta(minutes=1))
    report = world.refresh_one("contacts")
    assert (3030.0, 30, 30) == world.readings("aht")[on(22)]
    assert ((), ()) == (report.reasons, slice_of(world, metric="aht").held)
    assert State.PASS is state_of(world, Gate.SCALE, "desk/aht")


def test_minutes_for_seconds_are_found_by_a_median_of_the_days_before(world: FeedWorld) -> None:
    usual = median(numerator / n for numerator, _, n in world.readings("aht").values() if numerator)
    come(world, handle_seconds=usual / 21)
    assert on(22) not in world.readings("aht")
    come(world, handle_seconds=usual / 19)
    assert (30 * usual / 19, 30, 30) == pytest.approx(world.readings("aht")[on(23)])
    assert (on(22),) == slice_of(world, metric="aht").held


def test_a_jump_never_becomes_what_is_usual(world: FeedWorld) -> None:
    for _ in range(3):
        come(world, handle_seconds=100.0 / 60)
    assert (on(22), on(23), on(24)) == slice_of(world, metric="aht").held
    assert ago(1) == max(world.readings("aht"))


def test_a_waiver_publishes_until_its_day_and_no_longer(world: FeedWorld) -> None:
    come(world, handle_seconds=100.0 / 60)
    waive(world, Gate.SCALE, "desk/aht", until=on(23))
    world.refresh_one("contacts")
    assert (50.0, 30, 30) == pytest.approx(world.readings("aht")[on(22)])
    told = slice_of(world, metric="aht")
    assert ((), (on(22),), on(23)) == (told.held, told.waived, told.waived_until)
    world.now = at(24, 12)
    world.refresh_one("contacts")
    told = slice_of(world, metric="aht")
    assert ((on(22),), (), None) == (told.held, told.waived, told.waived_until)
    assert ago(1) == covered(world, "aht", "desk")


def test_a_day_without_rows_is_missing_where_some_are_usual(world: FeedWorld) -> None:
    for _ in range(7):
        come(world)
    come(world, desk=0)
    assert () == slice_of(world).missing
    come(world)
    come(world)
    assert ((on(29),), (on(29),)) == (slice_of(world).missing, lost(world))
    assert State.FAIL is state_of(world, Gate.COMPLETENESS, "desk")
    assert () == slice_of(world, "web").missing


def lost(world: FeedWorld) -> tuple[date, ...]:
    days = world.readings("asa", "desk")
    return tuple(each for each in world.readings("asa", "web") if each not in days)


def test_rows_that_come_late_end_that_they_are_missing(world: FeedWorld) -> None:
    for desk in (30, 30, 30, 30, 30, 30, 30, 0, 30, 30):
        come(world, desk=desk)
    rows = [contact(f"late-{n}", at(29, 12), updated_at=world.now) for n in range(30)]
    world.feeds["contacts"].add(*rows)
    world.refresh_one("contacts")
    assert () == slice_of(world).missing
    assert on(29) in world.readings("asa")


def test_a_collapse_of_volume_is_a_warning_that_holds_nothing(world: FeedWorld) -> None:
    for _ in range(7):
        come(world)
    come(world, desk=2)
    report = come(world)
    assert State.FAIL is state_of(world, Gate.VOLUME, "desk")
    assert ((), 2) == (slice_of(world).held, world.readings("asa")[on(29)][2])
    assert "Service desk: A day has about as many rows as is usual." in report.reasons[0]


def test_a_touchpoint_whose_rows_stop_is_late_alone(world: FeedWorld) -> None:
    for _ in range(7):
        come(world)
    for _ in range(3):
        come(world, desk=0)
    assert State.FAIL is state_of(world, Gate.FRESHNESS, "desk")
    assert State.PASS is state_of(world, Gate.FRESHNESS, "web")
    assert (at(28, 12), at(1, 12, month=12)) == (
        slice_of(world).as_of,
        slice_of(world, "web").as_of,
    )


def test_published_days_alone_are_kept_to_compare_with(world: FeedWorld) -> None:
    come(world, desk=20, web=90, **BAD)
    with snapshot(world.runtime.store) as conn:
        days = read_slice_days(conn, feed="contacts", since=ago(1))
    found = [(each.touchpoint, each.day, each.rows_in, each.rows_used) for each in days]
    assert [("desk", ago(1), 30, 30), ("web", ago(1), 30, 30), ("web", on(22), 90, 90)] == found


def test_days_that_vanish_from_a_feed_are_taken_away(world: FeedWorld) -> None:
    for number in range(30):
        world.feeds["contacts"].delete(f"desk-1-{number}")
    world.refresh_one("contacts", full=True)
    with snapshot(world.runtime.store) as conn:
        days = read_slice_days(conn, feed="contacts", since=ago(2))
    assert [("desk", ago(2)), ("web", ago(2)), ("web", ago(1))] == [
        (each.touchpoint, each.day) for each in days
    ]


def test_a_slice_that_is_held_is_told_by_one_publication(world: FeedWorld) -> None:
    mend(world, 1, handle_seconds=100.0 / 60, updated_at=NOW - timedelta(hours=1))
    before = world.publication()
    told = [world.refresh_one("contacts").publication for _ in range(3)]
    assert [before + 1, None, None] == told


def test_a_draft_holds_nothing_back(world: FeedWorld) -> None:
    definitions = world.runtime.definitions
    contracts = {f: replace(each, status="draft") for f, each in definitions.contracts.items()}
    world.runtime = replace(world.runtime, definitions=replace(definitions, contracts=contracts))
    come(world, handle_seconds=100.0 / 60)
    assert (50.0, 30, 30) == pytest.approx(world.readings("aht")[on(22)])
    assert () == slice_of(world, metric="aht").held


def deliver(world: FeedWorld) -> None:
    rows = [delivery(f"{n}-{k}", NOW - n * _DAY) for n in FOUR_WEEKS for k in range(4)]
    world.feeds["deliveries"].add(*rows)
    world.refresh_one("deliveries")


def test_what_two_feeds_make_together_is_held_with_one_of_them(world: FeedWorld) -> None:
    deliver(world)
    before = world.readings("complaints")[on(21)]
    mend(world, 1, wait_seconds=-1.0, kind="complaint", updated_at=NOW - timedelta(hours=1))
    world.feeds["contacts"].add(
        *(contact(f"late-{n}", NOW - _DAY, touchpoint="web") for n in range(120))
    )
    world.refresh_one("contacts")
    world.feeds["deliveries"].add(delivery("late", NOW - _DAY, updated_at=NOW))
    world.refresh_one("deliveries")
    assert (0.0, 4.0, 4) == before == world.readings("complaints")[on(21)]
    mend(world, 1, wait_seconds=5.0, updated_at=NOW)
    world.refresh_one("contacts")
    assert (30.0, 5.0, 5) == world.readings("complaints")[on(21)]
