"""How many rows a slice has: missing days, collapses, lateness, control totals, what is kept."""

from datetime import date
from pathlib import Path

import pytest

from callboard.storage.engine import snapshot
from callboard.storage.runs import RunVerdict
from callboard.storage.slices import read_slice_days
from data_contracts.evidence import Gate, State
from tests.callboard.services.feed_world import NOW, FeedWorld, at, contact, delivery, on
from tests.callboard.services.slice_world import (
    BAD,
    ago,
    come,
    controlled,
    four_weeks,
    slice_of,
    state_of,
    tell,
)
from tests.conftest import on_both_engines


@pytest.fixture
def world(tmp_path: Path, database_url: str, store_url: str) -> FeedWorld:
    return four_weeks(tmp_path, feed_url=database_url, store_url=store_url)


@on_both_engines
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


def test_a_missing_day_is_not_a_day_without_complaints(world: FeedWorld) -> None:
    for desk in (30, 30, 30, 30, 30, 30, 30, 0, 30, 30):
        come(world, desk=desk)
    orders = [delivery(f"{day}-{n}", at(day, 12)) for day in (28, 29, 30) for n in range(4)]
    world.feeds["deliveries"].add(*orders)
    world.refresh_one("deliveries")
    assert {on(28): (0.0, 4.0, 4), on(30): (0.0, 4.0, 4)} == world.readings("complaints")
    late = [contact(f"late-{n}", at(29, 12), updated_at=world.now) for n in range(30)]
    world.feeds["contacts"].add(*late)
    world.refresh_one("contacts")
    assert {on(28), on(29), on(30)} == set(world.readings("complaints"))


def test_a_missing_day_takes_away_that_there_were_no_complaints(world: FeedWorld) -> None:
    for desk in (30, 30, 30, 30, 30, 30, 30, 0):
        come(world, desk=desk)
    world.feeds["deliveries"].add(*(delivery(f"{n}", at(29, 12)) for n in range(4)))
    world.refresh_one("deliveries")
    assert {on(29): (0.0, 4.0, 4)} == world.readings("complaints")
    come(world)
    assert ({}, (on(29),)) == (world.readings("complaints"), slice_of(world).missing)


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


@on_both_engines
def test_a_feed_that_disagrees_with_its_control_total_is_held(world: FeedWorld) -> None:
    controlled(world, by_touchpoint=True)
    tell(world, on(22), 30, "desk")
    tell(world, on(22), 31, "web")
    come(world)
    assert (on(22) in world.readings("asa"), on(22) in world.readings("asa", "web")) == (
        True,
        False,
    )
    assert ((), (on(22),)) == (slice_of(world).held, slice_of(world, "web").held)
    world.feeds["contacts"].add(contact("missing", NOW, touchpoint="web", updated_at=world.now))
    world.refresh_one("contacts")
    assert (310.0, 31, 31) == world.readings("asa", "web")[on(22)]
    assert () == slice_of(world, "web").held


def test_a_total_of_the_whole_feed_counts_rows_of_no_known_touchpoint(world: FeedWorld) -> None:
    controlled(world, by_touchpoint=False)
    tell(world, on(22), 61)
    world.feeds["contacts"].add(contact("stray", NOW, touchpoint="nowhere"))
    come(world)
    assert State.PASS is state_of(world, Gate.TOTALS, "")
    tell(world, on(23), 61)
    come(world)
    assert ((on(23),), False) == (slice_of(world, "").held, on(23) in world.readings("asa"))


def test_without_its_control_table_nothing_new_is_published(world: FeedWorld) -> None:
    controlled(world, by_touchpoint=False)
    world.feeds["contacts"].run("DROP TABLE control")
    report = come(world)
    assert RunVerdict.WITHHELD is report.verdict
    assert "the control table control is not there" in report.reasons[0]
    assert ago(1) == max(world.readings("asa"))
