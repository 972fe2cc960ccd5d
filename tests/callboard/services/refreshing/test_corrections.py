"""A row that somebody corrected counts as if its feed had been mended, and no other does."""

import random
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from callboard.storage.corrections import Correction, add_correction
from callboard.storage.engine import snapshot, write
from callboard.storage.quarantine import QuarantineStatus, StoredRow
from callboard.storage.quarantine_acts import Act, RowAct, add_act, read_acts, read_pending
from callboard.storage.quarantine_choice import RowChoice, read_chosen
from callboard.storage.runs import RunVerdict
from callboard.storage.tables import hourly, part, rollup
from tests.callboard.services.feed_world import NOW, FeedWorld, at, contact, delivery, on, several
from tests.callboard.services.slice_world import controlled, slice_of, tell
from tests.conftest import on_both_engines


@pytest.fixture
def world(tmp_path: Path, database_url: str, store_url: str) -> FeedWorld:
    world = FeedWorld(tmp_path, feed_url=database_url, store_url=store_url)
    world.feeds["contacts"].add(*several(contact, [18, 19, 20], 30))
    return world


def rows_of(
    world: FeedWorld,
    status: QuarantineStatus | None = QuarantineStatus.OPEN,
    feed: str = "contacts",
) -> dict[str, StoredRow]:
    with snapshot(world.runtime.store) as conn:
        found = read_chosen(conn, RowChoice(feed=feed, status=status), limit=1_000)
    return {row.row_key: row for row in found}


def correct(world: FeedWorld, row: StoredRow, fields: Mapping[str, object]) -> None:
    told = {"actor": "ada", "at": NOW, "note": "asked the desk", "fields": fields}
    with write(world.runtime.store) as conn:
        text = {"feed": row.feed, "row_key": row.row_key, "row_hash": row.row_hash}
        add_correction(conn, Correction(**text, day=row.day, **told))  # type: ignore[arg-type]
        add_act(conn, RowAct(row_id=row.id, act=Act.CORRECTED, **told))  # type: ignore[arg-type]


def figures(world: FeedWorld) -> set[tuple[Any, ...]]:
    """Every reading, hour, roll-up and part in the store."""
    found = {("reading", *row) for row in world.everything()}
    with snapshot(world.runtime.store) as conn:
        for table in (hourly, rollup, part):
            found |= {(table.name, *row) for row in conn.execute(sa.select(table))}
    return found


@on_both_engines
def test_a_corrected_row_counts_and_is_fixed_by_whoever_corrected_it(world: FeedWorld) -> None:
    world.feeds["contacts"].add(contact("bad", at(20), wait_seconds=-5.0))
    world.refresh_one("contacts")
    correct(world, rows_of(world)["bad"], {"wait_seconds": 50.0})
    report = world.refresh_one("contacts")
    assert (350.0, 31, 31) == world.readings("asa")[on(20)]
    assert (91, 91, 0) == (report.rows_in, report.rows_used, world.state().rows_quarantined_open)
    fixed = rows_of(world, QuarantineStatus.FIXED)["bad"]
    assert ("ada", NOW, "asked the desk") == (fixed.resolved_by, fixed.resolved_at, fixed.note)


def test_a_correction_is_taken_in_once_and_holds_from_then_on(world: FeedWorld) -> None:
    world.feeds["contacts"].add(contact("bad", at(20), wait_seconds=-5.0))
    world.refresh_one("contacts")
    correct(world, rows_of(world)["bad"], {"wait_seconds": 50.0})
    assert [RunVerdict.PUBLISHED, RunVerdict.UNCHANGED] == [
        world.refresh_one("contacts").verdict for _ in range(2)
    ]
    assert 2 == world.runs()
    world.refresh_one("contacts", full=True)
    assert (350.0, 31, 31) == world.readings("asa")[on(20)]
    assert ["bad"] == list(rows_of(world, QuarantineStatus.FIXED))


def test_a_row_mended_in_its_source_is_not_counted_twice(world: FeedWorld) -> None:
    world.feeds["contacts"].add(contact("bad", at(20), wait_seconds=-5.0))
    world.refresh_one("contacts")
    correct(world, rows_of(world)["bad"], {"wait_seconds": 50.0})
    world.refresh_one("contacts")
    world.feeds["contacts"].change("bad", wait_seconds=70.0, updated_at=at(21))
    world.refresh_one("contacts")
    assert (370.0, 31, 31) == world.readings("asa")[on(20)]
    assert ["bad"] == list(rows_of(world, QuarantineStatus.SUPERSEDED))


def test_a_row_that_comes_with_another_text_is_open_again(world: FeedWorld) -> None:
    world.feeds["contacts"].add(contact("bad", at(20), wait_seconds=-5.0))
    world.refresh_one("contacts")
    correct(world, rows_of(world)["bad"], {"wait_seconds": 50.0})
    world.refresh_one("contacts")
    world.feeds["contacts"].change("bad", wait_seconds=-9.0, updated_at=at(21))
    world.refresh_one("contacts")
    assert (300.0, 30, 30) == world.readings("asa")[on(20)]
    assert [-9.0] == [row.raw.count("-9.0") * -9.0 for row in rows_of(world).values()]


def test_a_corrected_row_whose_key_comes_twice_is_kept_out(world: FeedWorld) -> None:
    world.feeds["contacts"].add(contact("bad", at(20), wait_seconds=-5.0))
    world.refresh_one("contacts")
    correct(world, rows_of(world)["bad"], {"wait_seconds": 50.0})
    world.feeds["contacts"].add(contact("bad", at(20), wait_seconds=8.0))
    world.refresh_one("contacts")
    assert (300.0, 30, 30) == world.readings("asa")[on(20)]


def test_a_correction_that_breaks_the_contract_changes_nothing(world: FeedWorld) -> None:
    world.feeds["contacts"].add(contact("bad", at(20), wait_seconds=-5.0))
    world.refresh_one("contacts")
    correct(world, rows_of(world)["bad"], {"wait_seconds": -6.0})
    world.refresh_one("contacts")
    assert (300.0, 30, 30) == world.readings("asa")[on(20)]
    assert ["bad"] == list(rows_of(world))


@pytest.mark.parametrize(
    ("rows", "verdict"),
    [
        pytest.param(30, RunVerdict.WITHHELD, id="a run that was withheld"),
        pytest.param(10, RunVerdict.UNCHANGED, id="a day that was held"),
    ],
)
def test_correcting_releases_what_was_held_back(
    world: FeedWorld, rows: int, verdict: RunVerdict
) -> None:
    world.refresh_one("contacts")
    world.feeds["contacts"].add(*several(contact, [21], rows, wait_seconds=-1.0))
    assert verdict is world.refresh_one("contacts").verdict
    assert on(21) not in world.readings("asa")
    for row in rows_of(world).values():
        correct(world, row, {"wait_seconds": 1.0})
    assert RunVerdict.PUBLISHED is world.refresh_one("contacts").verdict
    assert (float(rows), rows, rows) == world.readings("asa")[on(21)]
    assert [] == [each for each in world.state().slices if each.held]


def test_a_correction_in_a_withheld_run_waits_for_the_next_one(world: FeedWorld) -> None:
    world.refresh_one("contacts")
    world.feeds["contacts"].add(*several(contact, [21], 100, wait_seconds=-1.0))
    world.refresh_one("contacts")
    first = next(iter(rows_of(world).values()))
    correct(world, first, {"wait_seconds": 1.0})
    assert RunVerdict.WITHHELD is world.refresh_one("contacts").verdict
    with snapshot(world.runtime.store) as conn:
        assert [(first.id, False)] == [
            (each.row_id, each.is_new) for each in read_pending(conn, feed="contacts")
        ]
        acts = [each.act for each in read_acts(conn, [first.id])[first.id]]
    assert [Act.CORRECTED, Act.JUDGED] == acts


@on_both_engines
def test_a_row_moved_to_another_day_is_counted_there_whichever_is_read(world: FeedWorld) -> None:
    world.feeds["contacts"].add(contact("bad", at(20), wait_seconds=-5.0))
    world.refresh_one("contacts")
    correct(
        world, rows_of(world)["bad"], {"wait_seconds": 9.0, "created_at": "2026-11-18 09:00:00"}
    )
    world.refresh_one("contacts")
    assert (309.0, 31, 31) == world.readings("asa")[on(18)]
    world.feeds["contacts"].change("18-0", wait_seconds=11.0, updated_at=at(21))
    world.refresh_one("contacts")
    assert (310.0, 31, 31) == world.readings("asa")[on(18)]
    world.feeds["contacts"].change("bad", wait_seconds=5.0, updated_at=at(22))
    world.refresh_one("contacts")
    assert (301.0, 30, 30) == world.readings("asa")[on(18)]
    assert (305.0, 31, 31) == world.readings("asa")[on(20)]


_BREAKS: dict[str, tuple[str, object]] = {
    "wait_seconds": ("contacts", -5.0),
    "handle_seconds": ("contacts", -1.0),
    "touchpoint": ("contacts", "nowhere"),
    "outcome": ("contacts", "shrugged"),
    "units": ("deliveries", -2),
}


def _fill(world: FeedWorld, dice: random.Random) -> None:
    """Contacts and deliveries over twelve days at two touchpoints, told apart by channel."""
    for day in range(9, 21):
        for number in range(40):
            moment = datetime(
                2026, 11, day, dice.randrange(24), dice.randrange(60), tzinfo=at(1).tzinfo
            )
            place = {"touchpoint": dice.choice(["desk", "SD", "web"])}
            told = place | {
                "channel": dice.choice(["phone", "chat", None]),
                "wait_seconds": round(dice.lognormvariate(3, 1), 2),
                "resolve_hours": round(dice.lognormvariate(2, 1), 2),
                "is_resolved": dice.random() < 0.8,
            }
            world.feeds["contacts"].add(contact(f"c{day}-{number}", moment, **told))
            world.feeds["deliveries"].add(
                delivery(f"d{day}-{number}", moment, units=dice.randint(1, 9), **place)
            )


def _break_some(world: FeedWorld, dice: random.Random) -> dict[tuple[str, str], dict[str, object]]:
    """Break rows on purpose; return what each of them should have read."""
    right: dict[tuple[str, str], dict[str, object]] = {}
    for column, (feed, bad) in _BREAKS.items():
        for number in dice.sample(range(40), 3):
            key = f"{feed[0]}{dice.randint(9, 20)}-{number}"
            good = {"touchpoint": "web", "outcome": "abandoned", "units": 4}.get(column, 12.5)
            right.setdefault((feed, key), {})[column] = good
            world.feeds[feed].change(key, **{column: bad})
    return right


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_figures_are_those_of_a_feed_whose_source_was_corrected(
    tmp_path: Path, database_url: str, store_url: str, seed: int
) -> None:
    world = FeedWorld(tmp_path, feed_url=database_url, store_url=store_url)
    dice = random.Random(seed)
    _fill(world, dice)
    right = _break_some(world, dice)
    world.refresh()
    for feed in ("contacts", "deliveries"):
        for key, row in rows_of(world, feed=feed).items():
            correct(world, row, right[feed, key])
    world.refresh()
    corrected = figures(world)
    for (feed, key), fields in right.items():
        world.feeds[feed].change(key, **fields)
    world.refresh(full=True)
    assert {} == rows_of(world) | rows_of(world, feed="deliveries")
    assert _rounded(figures(world)) == _rounded(corrected)


def _rounded(found: set[tuple[Any, ...]]) -> set[tuple[Any, ...]]:
    """Sums of floats differ in their last digits with the order of the rows."""
    return {
        tuple(round(each, 6) if isinstance(each, float) else each for each in row) for row in found
    }


def test_a_day_long_ago_is_read_again_for_the_row_that_was_corrected(world: FeedWorld) -> None:
    world.feeds["contacts"].add(*several(contact, [2, 3], 1))
    world.feeds["contacts"].add(contact("bad", at(2), wait_seconds=-5.0))
    world.refresh_one("contacts")
    correct(world, rows_of(world)["bad"], {"wait_seconds": 50.0})
    report = world.refresh_one("contacts")
    assert (92, 92) == (report.rows_in, report.rows_used)  # those of the 2nd and the last days
    assert (60.0, 2, 2) == world.readings("asa")[on(2)]


def test_a_correction_that_moves_a_row_leaves_what_the_control_table_is_compared_with(
    world: FeedWorld,
) -> None:
    controlled(world, by_touchpoint=True)
    tell(world, on(18), 31, "desk")
    tell(world, on(19), 30, "desk")
    world.feeds["contacts"].add(contact("bad", at(18), wait_seconds=-5.0))
    world.refresh_one("contacts")
    moved = {"created_at": at(19).isoformat(), "updated_at": at(19).isoformat()}
    correct(world, rows_of(world)["bad"], {"wait_seconds": 50.0, **moved})
    world.refresh_one("contacts")
    assert () == slice_of(world).held
    found = world.readings("asa")
    assert ((300.0, 30, 30), (350.0, 31, 31)) == (found[on(18)], found[on(19)])


def test_a_correction_holds_however_many_other_rows_are_kept_out(world: FeedWorld) -> None:
    world.feeds["contacts"].add(contact("bad", at(18), wait_seconds=-5.0))
    world.refresh_one("contacts")
    correct(world, rows_of(world)["bad"], {"wait_seconds": 50.0})
    settings = replace(world.runtime.settings, quarantine_cap=2)
    world.runtime = replace(world.runtime, settings=settings)
    more = several(contact, [20], 3, wait_seconds=-5.0)
    world.feeds["contacts"].add(*({**row, "contact_id": f"n-{n}"} for n, row in enumerate(more)))
    world.refresh_one("contacts", full=True)
    assert (350.0, 31, 31) == world.readings("asa")[on(18)]
    assert ["bad"] == list(rows_of(world, QuarantineStatus.FIXED))
