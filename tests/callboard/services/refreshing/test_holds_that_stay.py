"""A day that is held stays so until it is judged to be right: reading it again is not enough."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from callboard.services.refreshing.slice_scales import windows_around
from callboard.storage.engine import snapshot
from callboard.storage.runs import RunVerdict
from callboard.storage.tables import hourly, series
from data_contracts.evidence import Gate
from tests.callboard.services.feed_world import NOW, FeedWorld, contact, delivery, on
from tests.callboard.services.slice_world import (
    BAD,
    DAY,
    FOUR_WEEKS,
    ago,
    bring,
    come,
    controlled,
    deliver,
    four_weeks,
    mend,
    slice_of,
    tell,
    waive,
)
from tests.conftest import on_both_engines

MINUTES = {"handle_seconds": 100.0 / 60}
WRONG = 8  # of the four weeks, so many days at their beginning


@pytest.fixture
def fresh(tmp_path: Path, database_url: str, store_url: str) -> FeedWorld:
    """Four weeks that nobody has read yet, the first days of them in minutes."""
    world = FeedWorld(tmp_path, feed_url=database_url, store_url=store_url)
    for days in FOUR_WEEKS:
        bring(world, days, **(MINUTES if days > len(FOUR_WEEKS) - WRONG else {}))
    world.refresh_one("contacts")
    return world


@on_both_engines
def test_days_that_a_first_load_holds_stay_held_until_they_are_mended(fresh: FeedWorld) -> None:
    wrong = tuple(ago(days) for days in FOUR_WEEKS[:WRONG])
    assert wrong == slice_of(fresh, metric="aht").held
    for _ in range(3):
        come(fresh)
        assert wrong == slice_of(fresh, metric="aht").held
    assert ago(len(FOUR_WEEKS) - WRONG) == min(fresh.readings("aht"))
    mend(fresh, 28, handle_seconds=101.0, updated_at=NOW + 3 * DAY)
    fresh.refresh_one("contacts")
    assert wrong[1:] == slice_of(fresh, metric="aht").held
    assert (3030.0, 30, 30) == fresh.readings("aht")[ago(28)]


@pytest.fixture
def world(tmp_path: Path, database_url: str, store_url: str) -> FeedWorld:
    return four_weeks(tmp_path, feed_url=database_url, store_url=store_url)


def test_a_day_that_lacks_rows_stays_held_once_the_control_table_forgets_it(
    world: FeedWorld,
) -> None:
    controlled(world, by_touchpoint=True)
    tell(world, on(22), 31, "desk")
    come(world)
    assert (on(22),) == slice_of(world).held
    world.feeds["contacts"].run("DELETE FROM control")
    for _ in range(2):
        come(world)
        assert ((on(22),), False) == (slice_of(world).held, on(22) in world.readings("asa"))
    world.feeds["contacts"].add(contact("late", NOW, updated_at=world.now))
    tell(world, on(22), 31, "desk")
    world.refresh_one("contacts")
    assert ((), 31) == (slice_of(world).held, world.readings("asa")[on(22)][2])


def hold_by_scale(world: FeedWorld) -> None:
    come(world, **MINUTES)
    assert (on(22),) == slice_of(world, metric="aht").held
    for number in range(26):
        world.feeds["contacts"].delete(f"desk-0-{number}")


def test_a_day_of_too_few_rows_to_judge_stays_held(world: FeedWorld) -> None:
    hold_by_scale(world)
    come(world)
    assert ((on(22),), False) == (
        slice_of(world, metric="aht").held,
        on(22) in world.readings("aht"),
    )
    for number in range(26, 30):
        world.feeds["contacts"].delete(f"desk-0-{number}")
    come(world)
    assert () == slice_of(world, metric="aht").held


def test_a_waiver_publishes_a_day_that_cannot_be_judged_as_long_as_it_holds(
    world: FeedWorld,
) -> None:
    hold_by_scale(world)
    waive(world, Gate.SCALE, "desk/aht", until=on(24))
    come(world)
    told = slice_of(world, metric="aht")
    assert ((), (on(22),), on(24)) == (told.held, told.waived, told.waived_until)
    assert 4 == world.readings("aht")[on(22)][2]
    come(world)
    come(world)
    told = slice_of(world, metric="aht")
    assert ((on(22),), (), None) == (told.held, told.waived, told.waived_until)


@pytest.fixture
def spoilt(tmp_path: Path, database_url: str, store_url: str) -> FeedWorld:
    """Four weeks with one bad day, whose rows are many beside those of a later run."""
    world = FeedWorld(tmp_path, feed_url=database_url, store_url=store_url)
    for days in FOUR_WEEKS:
        bring(world, days, **({"desk": 90, **BAD} if days == 10 else {}))
    assert RunVerdict.PUBLISHED is world.refresh_one("contacts").verdict
    return world


def test_a_bad_day_that_is_read_again_does_not_hold_back_the_whole_feed(spoilt: FeedWorld) -> None:
    assert RunVerdict.PUBLISHED is come(spoilt, desk=5, web=5).verdict
    assert (50.0, 5, 5) == spoilt.readings("asa")[on(22)]
    waive(spoilt, Gate.SHARE, "desk", until=on(30))
    for day in (23, 24):
        assert RunVerdict.PUBLISHED is come(spoilt, desk=5, web=5).verdict
        assert ((), (ago(10),)) == (slice_of(spoilt).held, slice_of(spoilt).waived)
        assert on(day) in spoilt.readings("asa")


def test_new_rows_that_are_bad_still_hold_back_the_whole_feed(spoilt: FeedWorld) -> None:
    assert RunVerdict.WITHHELD is come(spoilt, desk=90, web=0, **BAD).verdict


def define_anew(world: FeedWorld) -> None:
    definitions = world.runtime.definitions
    own = {"contacts": replace(definitions.contracts["contacts"], sha256="another")}
    contracts = {**definitions.contracts, **own}
    world.runtime = replace(world.runtime, definitions=replace(definitions, contracts=contracts))


def hours_of(world: FeedWorld, metric: str) -> set[date]:
    chosen = sa.select(hourly.c.day).join(series, series.c.id == hourly.c.series)
    mine = (series.c.metric == metric, series.c.touchpoint == "desk")
    with snapshot(world.runtime.store) as conn:
        return set(conn.execute(chosen.where(*mine)).scalars())


def test_figures_of_an_old_definition_do_not_stay_on_held_days(world: FeedWorld) -> None:
    mend(world, 1, **MINUTES, updated_at=NOW)
    world.refresh_one("contacts")
    assert ((3000.0, 30, 30), True) == (
        world.readings("aht")[ago(1)],
        ago(1) in hours_of(world, "aht"),
    )
    define_anew(world)
    for _ in range(2):
        world.refresh_one("contacts")
        assert ago(2) == max(world.readings("aht")) == max(hours_of(world, "aht"))
        assert (300.0, 30, 30) == world.readings("asa")[ago(1)]
        assert (ago(1),) == slice_of(world, metric="aht").held


def test_nor_do_those_that_two_feeds_have_made(world: FeedWorld) -> None:
    deliver(world)
    bad = {"wait_seconds": -1.0, "kind": "complaint"}
    late = [contact(f"late-{n}", NOW - DAY, touchpoint="web") for n in range(120)]
    mend(world, 1, **bad, updated_at=NOW - timedelta(hours=1))
    world.feeds["contacts"].add(*late)
    world.refresh_one("contacts")
    assert ((ago(1),), ago(1)) == (slice_of(world).held, max(world.readings("complaints")))
    define_anew(world)
    world.refresh_one("contacts")
    world.feeds["deliveries"].add(delivery("late", NOW - DAY, updated_at=NOW))
    world.refresh_one("deliveries")
    assert ago(2) == max(world.readings("complaints"))
    mend(world, 1, wait_seconds=5.0, updated_at=NOW)
    world.refresh_one("contacts")
    assert (30.0, 5.0, 5) == world.readings("complaints")[ago(1)]


def test_a_held_day_that_vanishes_from_the_end_of_a_feed_takes_its_figures_away(
    world: FeedWorld,
) -> None:
    mend(world, 1, wait_seconds=-1.0, updated_at=NOW)
    drop(world, "web-1-")
    world.refresh_one("contacts", full=True)
    assert ((ago(1),), ago(1)) == (slice_of(world).held, max(world.readings("asa")))
    drop(world, "desk-1-")
    world.refresh_one("contacts", full=True)
    assert ((), ago(2)) == (slice_of(world).held, max(world.readings("asa")))


def drop(world: FeedWorld, keys: str) -> None:
    for number in range(30):
        world.feeds["contacts"].delete(f"{keys}{number}")


def test_days_far_apart_are_compared_with_what_lies_around_each_of_them() -> None:
    today, year = on(22), timedelta(days=365)
    found = windows_around([today - 2 * year, today - DAY, today])
    assert [(on(22) - 2 * year, 240), (today - DAY, 241)] == [
        (start + timedelta(days=120), (end - start).days) for start, end in found
    ]
    assert [(date.min, date.min + timedelta(days=120))] == windows_around([date.min])
