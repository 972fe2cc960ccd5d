"""Rows that break their contract, and feeds that break it as a whole: what is used, what waits."""

from dataclasses import replace

from callboard.storage.engine import snapshot
from callboard.storage.quarantine import QuarantineStatus, read_quarantine
from callboard.storage.runs import RunVerdict, read_runs
from tests.callboard.services.feed_world import (
    FeedWorld,
    at,
    contact,
    on,
    several,
)
from tests.conftest import on_both_engines


def test_a_bad_row_waits_in_quarantine_with_its_reason(refreshed: FeedWorld) -> None:
    refreshed.feeds["contacts"].add(contact("bad", at(20), wait_seconds=-5.0))
    report = refreshed.refresh_one("contacts")
    assert 1 == report.rows_quarantined
    assert 10 == refreshed.readings("asa")[on(20)][2]
    with snapshot(refreshed.runtime.store) as conn:
        rows = read_quarantine(conn, feed="contacts")
    assert [("bad", on(20), ("wait_seconds.range",))] == [
        (row.row_key, row.day, row.rule_ids) for row in rows
    ]
    assert ("wait_seconds is between 0 and 14,400. Found: -5.0",) == rows[0].messages
    assert report.publication is not None


@on_both_engines
def test_copies_of_a_row_count_once_and_are_told(refreshed: FeedWorld) -> None:
    copies = [contact("20-0", at(20)) for _ in range(3)]
    refreshed.feeds["contacts"].add(*copies, contact("20-1", at(20), wait_seconds=99.0))
    report = refreshed.refresh_one("contacts")
    assert (34, 29, 3, 2) == (
        report.rows_in,
        report.rows_used,
        report.rows_collapsed,
        report.rows_quarantined,
    )
    assert (90.0, 9, 9) == refreshed.readings("asa")[on(20)]
    with snapshot(refreshed.runtime.store) as conn:
        run = read_runs(conn, feed="contacts")[0]
    assert (34, 29, 2, 3) == (run.rows_in, run.rows_used, run.rows_quarantined, run.rows_collapsed)
    assert RunVerdict.UNCHANGED is refreshed.refresh_one("contacts").verdict
    assert 2 == refreshed.runs()


@on_both_engines
def test_a_mended_row_leaves_the_quarantine(refreshed: FeedWorld) -> None:
    refreshed.feeds["contacts"].add(contact("bad", at(20), wait_seconds=-5.0))
    refreshed.refresh_one("contacts")
    refreshed.feeds["contacts"].change("bad", wait_seconds=5.0, updated_at=at(21))
    refreshed.refresh_one("contacts")
    assert 11 == refreshed.readings("asa")[on(20)][2]
    with snapshot(refreshed.runtime.store) as conn:
        fixed = read_quarantine(conn, feed="contacts", status=QuarantineStatus.FIXED)
    assert ["bad"] == [row.row_key for row in fixed]


def test_beyond_the_cap_a_mended_row_leaves_where_all_rows_of_its_day_are_known(
    refreshed: FeedWorld,
) -> None:
    settings = replace(refreshed.runtime.settings, quarantine_cap=3)
    refreshed.runtime = replace(refreshed.runtime, settings=settings)
    refreshed.feeds["contacts"].change("20-0", wait_seconds=-1.0, updated_at=at(21))
    refreshed.refresh_one("contacts")
    refreshed.feeds["contacts"].change("20-0", wait_seconds=1.0, updated_at=at(22))
    for number in range(5):
        refreshed.feeds["contacts"].change(f"19-{number}", wait_seconds=-1.0, updated_at=at(22))
    report = refreshed.refresh_one("contacts")
    assert (5, 3) == (report.rows_quarantined, refreshed.state().rows_quarantined_open)
    with snapshot(refreshed.runtime.store) as conn:
        fixed = read_quarantine(conn, feed="contacts", status=QuarantineStatus.FIXED)
    assert ["20-0"] == [row.row_key for row in fixed]


def test_a_row_without_a_day_is_quarantined_when_it_comes(refreshed: FeedWorld) -> None:
    refreshed.feeds["contacts"].add(contact("lost", at(21), created_at=None))
    report = refreshed.refresh_one("contacts")
    assert 1 == report.rows_quarantined
    with snapshot(refreshed.runtime.store) as conn:
        rows = read_quarantine(conn, feed="contacts")
    assert [("lost", None)] == [(row.row_key, row.day) for row in rows]


@on_both_engines
def test_too_many_bad_rows_keep_the_last_good_figures(refreshed: FeedWorld) -> None:
    refreshed.feeds["contacts"].add(*several(contact, [21], 10, wait_seconds=-1.0))
    before = refreshed.everything()
    report = refreshed.refresh_one("contacts")
    assert RunVerdict.WITHHELD is report.verdict
    assert ("10 of 40 rows break the contract; at most 20 % may.",) == report.reasons
    assert before == refreshed.everything()
    state = refreshed.state()
    assert (RunVerdict.WITHHELD, on(20), 1) == (
        state.verdict,
        state.last_day,
        state.last_good_run_id,
    )
    assert 2 == report.publication == refreshed.publication()


def test_a_withheld_feed_is_not_read_again_until_something_is_new(refreshed: FeedWorld) -> None:
    refreshed.feeds["contacts"].add(*several(contact, [21], 10, wait_seconds=-1.0))
    refreshed.refresh_one("contacts")
    report = refreshed.refresh_one("contacts")
    assert (RunVerdict.WITHHELD, None) == (report.verdict, report.publication)
    assert 2 == refreshed.runs()


def test_a_mended_feed_is_published_again(refreshed: FeedWorld) -> None:
    refreshed.feeds["contacts"].add(*several(contact, [21], 10, wait_seconds=-1.0))
    refreshed.refresh_one("contacts")
    for number in range(10):
        refreshed.feeds["contacts"].change(f"21-{number}", wait_seconds=2.0, updated_at=at(22))
    report = refreshed.refresh_one("contacts")
    assert RunVerdict.PUBLISHED is report.verdict
    assert (20.0, 10, 10) == refreshed.readings("asa")[on(21)]
    assert (0, ()) == (refreshed.state().rows_quarantined_open, refreshed.state().reasons)


def test_a_feed_that_was_never_good_stays_without_readings(world: FeedWorld) -> None:
    world.feeds["contacts"].add(*several(contact, [21], 30, wait_seconds=-1.0))
    assert RunVerdict.WITHHELD is world.refresh_one("contacts").verdict
    assert set() == world.everything()
    assert world.state().last_good_run_id is None
