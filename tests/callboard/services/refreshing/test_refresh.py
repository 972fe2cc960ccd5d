"""Refreshing: what is read, what is published, what is made anew, and who may."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from callboard.access import REFRESH_PROCESS, Actor, Role
from callboard.clock import Clock
from callboard.errors import Busy, CallboardError, NotAllowed
from callboard.services.refreshing.refresh import refresh
from callboard.storage.engine import snapshot
from callboard.storage.lock import refresh_lock
from callboard.storage.restatements import read_restatements
from callboard.storage.runs import RunVerdict
from callboard.storage.series_table import read_hours
from tests.callboard.services.feed_world import (
    NOW,
    FeedWorld,
    at,
    contact,
    on,
    several,
)
from tests.conftest import on_both_engines


@on_both_engines
def test_the_first_refresh_publishes_all_there_is(world: FeedWorld) -> None:
    report = world.refresh_one("contacts")
    assert (30, 30, 3) == (report.rows_in, report.rows_used, report.days)
    assert {on(18): (100.0, 10, 10), on(19): (100.0, 10, 10), on(20): (100.0, 10, 10)} == (
        world.readings("asa")
    )
    assert 1 == report.publication == world.publication()


def test_the_state_says_how_far_the_data_reaches(refreshed: FeedWorld) -> None:
    state = refreshed.state()
    assert (on(18), on(20), at(20)) == (state.first_day, state.last_day, state.as_of)
    assert (state.run_id, NOW) == (state.last_good_run_id, state.last_good_at)


@on_both_engines
def test_nothing_new_publishes_nothing_and_keeps_no_run(refreshed: FeedWorld) -> None:
    refreshed.now = NOW + timedelta(minutes=1)
    report = refreshed.refresh_one("contacts")
    assert (RunVerdict.UNCHANGED, None) == (report.verdict, report.publication)
    assert (1, 1) == (refreshed.publication(), refreshed.runs())
    assert refreshed.now == refreshed.state().looked_at


def test_new_rows_are_added(refreshed: FeedWorld) -> None:
    refreshed.feeds["contacts"].add(contact("new", at(22), wait_seconds=50.0))
    report = refreshed.refresh_one("contacts")
    assert (50.0, 1, 1) == refreshed.readings("asa")[on(22)]
    assert 2 == report.publication


@on_both_engines
def test_a_late_correction_changes_its_old_day_alone(refreshed: FeedWorld) -> None:
    refreshed.feeds["contacts"].change("18-0", wait_seconds=110.0, updated_at=at(21))
    report = refreshed.refresh_one("contacts")
    assert (200.0, 10, 10) == refreshed.readings("asa")[on(18)]
    assert (100.0, 10, 10) == refreshed.readings("asa")[on(19)]
    assert report.publication is not None


def test_a_row_that_moves_to_another_day_leaves_its_old_one(refreshed: FeedWorld) -> None:
    refreshed.feeds["contacts"].change("18-0", created_at=at(19), updated_at=at(21))
    refreshed.refresh_one("contacts")
    assert 11 == refreshed.readings("asa")[on(19)][2]
    refreshed.refresh_one("contacts", full=True)
    assert 9 == refreshed.readings("asa")[on(18)][2]


def test_rows_that_were_deleted_are_noticed_by_a_full_refresh(refreshed: FeedWorld) -> None:
    for number in range(10):
        refreshed.feeds["contacts"].delete(f"18-{number}")
    refreshed.refresh_one("contacts")
    assert on(18) in refreshed.readings("asa")
    refreshed.refresh_one("contacts", full=True)
    assert on(18) not in refreshed.readings("asa")


def test_days_since_a_date_are_read_anew_on_request(world: FeedWorld) -> None:
    world.feeds["contacts"].add(*several(contact, [2, 3], 2))
    world.refresh_one("contacts")
    world.feeds["contacts"].delete("2-0")
    world.feeds["contacts"].delete("3-0")
    world.refresh_one("contacts", since=on(3))
    assert 2 == world.readings("asa")[on(2)][2]
    assert 1 == world.readings("asa")[on(3)][2]


@on_both_engines
def test_a_settled_day_that_changes_is_kept_as_a_restatement(world: FeedWorld) -> None:
    world.feeds["contacts"].add(*several(contact, [2], 2))
    world.refresh_one("contacts")
    world.feeds["contacts"].change("2-0", wait_seconds=30.0, updated_at=at(21))
    world.refresh_one("contacts")
    with snapshot(world.runtime.store) as conn:
        found = read_restatements(conn, metric="asa", touchpoint="desk")
    assert [(on(2), 20.0, 40.0)] == [(e.day, e.old_numerator, e.new_numerator) for e in found]
    assert "Contacts: rows came or were corrected late." == found[0].reason


def test_a_new_alias_makes_all_readings_anew(world: FeedWorld) -> None:
    world.feeds["contacts"].add(contact("alias", at(20), touchpoint="Front desk"))
    world.refresh_one("contacts")
    assert 10 == world.readings("asa")[on(20)][2]
    text = "touchpoint: desk\nname: Service desk\nstage: front\naliases: [SD, Front desk]\n"
    world.write("touchpoints/desk.yaml", text)
    world.reopen()
    world.refresh_one("contacts")
    assert 11 == world.readings("asa")[on(20)][2]
    assert 0 == world.state().rows_quarantined_open


@on_both_engines
def test_a_changed_formula_makes_all_readings_anew(refreshed: FeedWorld) -> None:
    text = (
        "metric: asa\nname: Wait\nquestion: How long?\npillar: Delivery\nkey: Efficiency\n"
        "better: lower\nunit: seconds\nform: mean\nfeed: contacts\nvalue: {column: handle_seconds}\n"
    )
    refreshed.write("metrics/asa.yaml", text)
    refreshed.reopen()
    refreshed.refresh_one("contacts")
    assert {(1000.0, 10, 10)} == set(refreshed.readings("asa").values())


@on_both_engines
def test_recent_hours_are_kept_by_local_hour(world: FeedWorld) -> None:
    world.feeds["contacts"].add(contact("ny", at(20, 3), touchpoint="web"))
    long_ago = on(20) - timedelta(days=100)
    world.feeds["contacts"].add(contact("old", at(20, 3) - timedelta(days=100)))
    world.refresh_one("contacts")
    with snapshot(world.runtime.store) as conn:
        found = read_hours(
            conn,
            scope=frozenset({"desk", "web"}),
            metrics={"asa"},
            days=[long_ago, *(on(d) for d in range(1, 23))],
        )
    starts = {key.touchpoint: [str(each) for each in found[key].start] for key in found.keys}
    assert {
        "desk": ["2026-11-18T09", "2026-11-19T09", "2026-11-20T09"],
        "web": ["2026-11-19T22"],
    } == starts


@on_both_engines
def test_segments_beyond_the_cap_are_other_and_stay_so(
    tmp_path: Path, database_url: str, store_url: str
) -> None:
    world = FeedWorld(tmp_path, feed_url=database_url, store_url=store_url, cap=2)
    feed = world.feeds["contacts"]
    for channel, count in (("phone", 3), ("mail", 2), ("chat", 1)):
        feed.add(*(contact(f"{channel}{n}", at(20), channel=channel) for n in range(count)))
    world.refresh_one("contacts")
    assert {"phone": 3, "mail": 2, "other": 1} == {
        segment: n for (_, segment), (_, _, n) in world.readings("asa", dimension="channel").items()
    }
    feed.add(*(contact(f"fax{n}", at(21), channel="fax") for n in range(9)))
    world.refresh_one("contacts")
    found = world.readings("asa", dimension="channel")
    assert (90.0, 9, 9) == found[on(21), "other"]


def test_an_unknown_feed_is_refused_with_the_nearest_name(world: FeedWorld) -> None:
    with pytest.raises(CallboardError, match="Did you mean 'contacts'"):
        world.refresh("contact")


def test_a_refresh_needs_the_right_to_it(world: FeedWorld) -> None:
    reader = Actor(id="r", name="Reader", roles=frozenset({Role.EXECUTIVE}))
    with pytest.raises(NotAllowed):
        refresh(world.runtime, reader)


@on_both_engines
def test_one_process_refreshes_at_a_time(world: FeedWorld) -> None:
    with refresh_lock(world.runtime.store, "another"), pytest.raises(Busy, match="another"):
        world.refresh()


def test_progress_is_told(world: FeedWorld) -> None:
    told: list[tuple[str, int]] = []
    runtime = replace(world.runtime, clock=Clock(NOW))
    refresh(
        runtime, REFRESH_PROCESS, feeds=["contacts"], on_progress=lambda *each: told.append(each)
    )
    assert ("contacts", 30) in told
