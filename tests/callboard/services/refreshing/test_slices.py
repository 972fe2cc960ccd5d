"""What is wrong in one slice of a feed stays there, and is over once its source is mended."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from statistics import median

import pytest

from callboard.storage.runs import RunVerdict
from data_contracts.evidence import Gate, State
from tests.callboard.services.feed_world import NOW, FeedWorld, contact, delivery, on
from tests.callboard.services.slice_world import (
    BAD,
    DAY,
    ago,
    come,
    covered,
    deliver,
    four_weeks,
    mend,
    slice_of,
    state_of,
    waive,
)
from tests.conftest import on_both_engines


@pytest.fixture
def world(tmp_path: Path, database_url: str, store_url: str) -> FeedWorld:
    return four_weeks(tmp_path, feed_url=database_url, store_url=store_url)


@on_both_engines
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
    ahead = [contact(f"ahead-{n}", NOW + 90 * DAY, updated_at=NOW) for n in range(3)]
    world.feeds["contacts"].add(*ahead)
    report = world.refresh_one("contacts")
    assert (3, ()) == (report.rows_quarantined, slice_of(world).held)


def test_a_touchpoint_that_is_held_keeps_its_last_good_figures(world: FeedWorld) -> None:
    before = world.readings("asa", "desk")
    mend(world, 1, wait_seconds=-1.0, updated_at=NOW - timedelta(hours=1))
    world.feeds["contacts"].add(
        *(contact(f"late-{n}", NOW - DAY, touchpoint="web") for n in range(120))
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


@on_both_engines
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
    waive(world, Gate.SCALE, "desk/aht", until=on(27))
    world.refresh_one("contacts")
    assert (50.0, 30, 30) == pytest.approx(world.readings("aht")[on(22)])
    for _ in range(4):
        come(world)
    told = slice_of(world, metric="aht")
    assert ((), (on(22),), on(27)) == (told.held, told.waived, told.waived_until)
    assert on(26) == covered(world, "aht", "desk")
    world.now += DAY
    world.refresh_one("contacts")
    told = slice_of(world, metric="aht")
    assert ((on(22),), (), None) == (told.held, told.waived, told.waived_until)
    assert ago(1) == covered(world, "aht", "desk")
    assert on(22) not in world.readings("aht")


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


def test_what_two_feeds_make_together_is_held_with_one_of_them(world: FeedWorld) -> None:
    deliver(world)
    before = world.readings("complaints")[on(21)]
    mend(world, 1, wait_seconds=-1.0, kind="complaint", updated_at=NOW - timedelta(hours=1))
    world.feeds["contacts"].add(
        *(contact(f"late-{n}", NOW - DAY, touchpoint="web") for n in range(120))
    )
    world.refresh_one("contacts")
    world.feeds["deliveries"].add(delivery("late", NOW - DAY, updated_at=NOW))
    world.refresh_one("deliveries")
    assert (0.0, 4.0, 4) == before == world.readings("complaints")[on(21)]
    mend(world, 1, wait_seconds=5.0, updated_at=NOW)
    world.refresh_one("contacts")
    assert (30.0, 5.0, 5) == world.readings("complaints")[on(21)]
