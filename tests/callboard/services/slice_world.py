"""A feed of two touchpoints with four quiet weeks, and ways to spoil a slice of it and to look."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

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
from callboard.storage.waivers import Waiver, add_waiver
from data_contracts.evidence import Gate, State
from data_contracts.model import Control
from tests.callboard.services.feed_world import NOW, FeedWorld, contact, delivery, on

DAY = timedelta(days=1)
BAD = {"wait_seconds": -1.0}
FOUR_WEEKS = range(28, 0, -1)


def ago(days: int) -> date:
    """The day so many days before the last whole one, which is the 21st of November."""
    return on(22) - days * DAY


def four_weeks(folder: Path, *, feed_url: str, store_url: str) -> FeedWorld:
    """Four weeks of 30 contacts a day and touchpoint, at noon, of 100 seconds each, published."""
    world = FeedWorld(folder, feed_url=feed_url, store_url=store_url)
    for days in FOUR_WEEKS:
        bring(world, days)
    assert world.refresh_one("contacts").verdict is RunVerdict.PUBLISHED
    return world


def bring(world: FeedWorld, days: int, *, desk: int = 30, web: int = 30, **of_desk: Any) -> None:
    """Contacts of one day, those of the service desk with other parts."""
    moment = NOW - days * DAY
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
    world.now += DAY
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


def controlled(world: FeedWorld, *, by_touchpoint: bool) -> None:
    """A control table beside the feed, which the contract names."""
    world.feeds["contacts"].run("CREATE TABLE control (day TEXT, place TEXT, told INTEGER)")
    definitions = world.runtime.definitions
    place = "place" if by_touchpoint else ""
    control = Control(table="control", day="day", rows="told", touchpoint=place)
    own = {"contacts": replace(definitions.contracts["contacts"], control=control)}
    contracts = {**definitions.contracts, **own}
    world.runtime = replace(world.runtime, definitions=replace(definitions, contracts=contracts))


def tell(world: FeedWorld, day: date, rows: int, place: str = "") -> None:
    world.feeds["contacts"].run(f"INSERT INTO control VALUES ('{day}', '{place}', {rows})")


def deliver(world: FeedWorld) -> None:
    rows = [delivery(f"{n}-{k}", NOW - n * DAY) for n in FOUR_WEEKS for k in range(4)]
    world.feeds["deliveries"].add(*rows)
    world.refresh_one("deliveries")
