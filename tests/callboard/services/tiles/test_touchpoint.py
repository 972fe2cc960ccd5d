"""One touchpoint with all of its tiles."""

from dataclasses import replace

import pytest

from callboard.access import LOCAL_USER
from callboard.errors import NotAllowed, StoreUnavailable
from callboard.services.tiles.touchpoint import read_touchpoint
from callboard.storage.engine import open_store
from metrics.model import Grain
from metrics.signals import Signal
from tests.callboard.services.small_world import WEEK_46, SmallWorld, day_rows, week_rows

STEADY = [(90.0 + (-1) ** at, 100.0) for at in range(36)]


def test_a_touchpoint_tells_its_tiles_its_owner_and_what_it_stands_on(world: SmallWorld) -> None:
    world.reach()
    world.add(
        week_rows("otd", "delivery", STEADY)
        + week_rows("abandon", "desk", STEADY)
        + day_rows("otd", "delivery", {WEEK_46: (4, 5)}, dimension="region", segment="north")
    )
    page = read_touchpoint(world.runtime, LOCAL_USER, touchpoint="delivery", grain=Grain.WEEK)
    assert ["otd"] == [tile.metric for tile in page.tiles]
    assert [("depot", "Depot", None)] == [
        (each.touchpoint, each.name, each.variation) for each in page.depends_on
    ]
    assert {"otd": ("region",)} == page.dimensions
    assert "No promise at risk, 1 figure steady." == page.headline


def test_a_dimension_that_tells_things_apart_comes_first(world: SmallWorld) -> None:
    world.reach()
    counts = {WEEK_46: (40.0, 50.0)}
    rows = [
        row
        for dimension, segment in (("channel", "web"), ("region", "north"), ("region", "south"))
        for row in day_rows("otd", "delivery", counts, dimension=dimension, segment=segment)
    ]
    world.add(day_rows("otd", "delivery", counts) + rows)
    page = read_touchpoint(world.runtime, LOCAL_USER, touchpoint="delivery", grain=Grain.WEEK)
    assert {"otd": ("region", "channel")} == page.dimensions


def test_a_touchpoint_without_readings_says_why(world: SmallWorld) -> None:
    world.reach()
    world.add(week_rows("otd", "delivery", STEADY))
    page = read_touchpoint(world.runtime, LOCAL_USER, touchpoint="desk", grain=Grain.WEEK)
    assert ((), "No readings at this touchpoint yet: no row of a connected feed names it.") == (
        page.tiles,
        page.headline,
    )


def test_what_it_stands_on_is_shown_to_those_who_may_see_it(world: SmallWorld) -> None:
    actor = replace(LOCAL_USER, touchpoints=frozenset({"delivery"}))
    page = read_touchpoint(world.runtime, actor, touchpoint="delivery", grain=Grain.WEEK)
    assert () == page.depends_on


@pytest.mark.parametrize("touchpoint", ["delivery", "nowhere"])
def test_a_touchpoint_outside_the_scope_reads_like_a_missing_one(
    world: SmallWorld, touchpoint: str
) -> None:
    actor = replace(LOCAL_USER, touchpoints=frozenset({"desk"}))
    with pytest.raises(NotAllowed, match=f"There is no touchpoint '{touchpoint}'"):
        read_touchpoint(world.runtime, actor, touchpoint=touchpoint, grain=Grain.WEEK)


def test_a_store_that_is_down_is_told_as_such(world: SmallWorld) -> None:
    nowhere = open_store("postgresql://nobody@127.0.0.1:1/nothing")
    runtime = replace(world.runtime, store=nowhere)
    with pytest.raises(StoreUnavailable):
        read_touchpoint(runtime, LOCAL_USER, touchpoint="desk", grain=Grain.WEEK)


def test_a_service_behind_has_the_verdict_of_what_needs_a_look_first_there(
    world: SmallWorld,
) -> None:
    world.reach()
    world.add(week_rows("otd", "delivery", STEADY))
    world.add(
        week_rows(
            "backlog_open", "depot", [*((40.0 + w % 3, None) for w in range(29)), (400.0, None)]
        )
    )
    (service,) = read_touchpoint(
        world.runtime, LOCAL_USER, touchpoint="delivery", grain=Grain.WEEK
    ).depends_on
    assert ("depot", "backlog_open") == (service.touchpoint, service.metric)
    assert service.variation is not None
    assert Signal.NONE is not service.variation.signal
