import hashlib
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from callboard.access import REFRESH_PROCESS, Actor, Role
from callboard.clock import Clock
from callboard.errors import Busy, CallboardError, NotAllowed
from callboard.services.refreshing.refresh import refresh
from callboard.storage.contract_texts import read_contract_text
from callboard.storage.engine import snapshot
from callboard.storage.lock import refresh_lock
from callboard.storage.quarantine import QuarantineStatus, read_quarantine
from callboard.storage.restatements import read_restatements
from callboard.storage.runs import RunVerdict, read_rule_results, read_runs
from callboard.storage.series_table import read_hours
from data_contracts.evidence import State
from data_contracts.evidence_text import read_evidence
from data_contracts.model import Weekdays
from tests.callboard.services.feed_world import (
    NOW,
    FeedWorld,
    at,
    contact,
    delivery,
    on,
    several,
)
from tests.conftest import on_both_engines


@pytest.fixture
def world(tmp_path: Path, database_url: str, store_url: str) -> FeedWorld:
    world = FeedWorld(tmp_path, feed_url=database_url, store_url=store_url)
    world.feeds["contacts"].add(*several(contact, [18, 19, 20], 10))
    return world


@pytest.fixture
def refreshed(world: FeedWorld) -> FeedWorld:
    assert world.refresh_one("contacts").verdict is RunVerdict.PUBLISHED
    return world


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


@on_both_engines
def test_a_lost_column_is_named(refreshed: FeedWorld) -> None:
    refreshed.feeds["contacts"].run("ALTER TABLE contacts DROP COLUMN outcome")
    report = refreshed.refresh_one("contacts")
    assert RunVerdict.WITHHELD is report.verdict
    assert "outcome" in report.reasons[0]
    assert {on(18), on(19), on(20)} == set(refreshed.readings("asa"))


@on_both_engines
def test_a_lost_table_is_named(refreshed: FeedWorld) -> None:
    refreshed.feeds["contacts"].run("DROP TABLE contacts")
    report = refreshed.refresh_one("contacts")
    assert ("The table contacts is not there.",) == report.reasons


def test_a_column_that_the_contract_may_lack_is_just_empty(world: FeedWorld) -> None:
    world.feeds["contacts"].run("ALTER TABLE contacts DROP COLUMN handle_seconds")
    assert RunVerdict.PUBLISHED is world.refresh_one("contacts").verdict
    assert {} == world.readings("aht")
    assert 3 == len(world.readings("asa"))


def test_a_column_that_goes_or_comes_is_told_and_holds_nothing(refreshed: FeedWorld) -> None:
    refreshed.feeds["contacts"].run("ALTER TABLE contacts DROP COLUMN handle_seconds")
    refreshed.feeds["contacts"].run("ALTER TABLE contacts ADD COLUMN colour TEXT")
    refreshed.feeds["contacts"].change("20-0", updated_at=at(21))
    report = refreshed.refresh_one("contacts")
    assert "not there any more: handle_seconds" in report.reasons[0]
    with snapshot(refreshed.runtime.store) as conn:
        run = read_runs(conn, feed="contacts")[0]
        results = {each.rule_id: each for each in read_rule_results(conn, run.id)}
    assert "The contract does not tell of colour." == results["dataset.extra_columns"].message
    assert (RunVerdict.PUBLISHED, State.FAIL) == (
        run.verdict,
        results["dataset.lost_columns"].state,
    )


def test_an_empty_table_is_no_good_first_run(world: FeedWorld) -> None:
    world.feeds["contacts"].run("DELETE FROM contacts")
    assert ("There is not a single row.",) == world.refresh_one("contacts").reasons


def test_a_day_that_is_over_and_lateness_are_each_told_once_by_a_publication(
    refreshed: FeedWorld,
) -> None:
    refreshed.feeds["contacts"].add(contact("new", at(22, 10)))
    assert 2 == refreshed.refresh_one("contacts").publication
    told = []
    for hours in (1, 20, 30, 40):
        refreshed.now = NOW + timedelta(hours=hours)
        told.append(refreshed.refresh_one("contacts").publication)
    assert [None, 3, 4, None] == told


def test_a_warning_is_a_reason_but_no_obstacle(refreshed: FeedWorld) -> None:
    refreshed.feeds["contacts"].add(contact("odd", at(21), updated_at=NOW + timedelta(days=3)))
    report = refreshed.refresh_one("contacts")
    assert RunVerdict.PUBLISHED is report.verdict
    assert (1, on(21)) == (len(report.reasons), refreshed.state().last_day)
    assert at(20) == refreshed.state().as_of


def test_every_rule_is_kept_with_its_run(refreshed: FeedWorld) -> None:
    with snapshot(refreshed.runtime.store) as conn:
        run = read_runs(conn, feed="contacts")[0]
        results = {each.rule_id: each for each in read_rule_results(conn, run.id)}
    assert (State.PASS, 30, 0) == (
        results["wait_seconds.range"].state,
        results["wait_seconds.range"].evaluated,
        results["wait_seconds.range"].failed,
    )
    assert State.NOT_EVALUATED is results["sla_met.type"].state
    assert "great_expectations" in run.engine
    assert (30, 30, 0) == (run.rows_in, run.rows_used, run.rows_quarantined)


def test_a_run_keeps_what_it_was_judged_by(refreshed: FeedWorld) -> None:
    refreshed.feeds["contacts"].add(contact("odd", at(20), wait_seconds=-1))
    refreshed.refresh_one("contacts")
    with snapshot(refreshed.runtime.store) as conn:
        run = read_runs(conn, feed="contacts")[0]
    dataset = read_evidence(run.evidence)
    assert (31, 1, True) == (dataset.rows_in, dataset.rows_quarantined, dataset.is_incremental)
    assert NOW - at(20) == dataset.age


def test_the_text_of_a_contract_of_the_library_is_kept(refreshed: FeedWorld) -> None:
    contract = refreshed.runtime.definitions.contracts["contacts"]
    with snapshot(refreshed.runtime.store) as conn:
        text = read_contract_text(conn, feed="contacts", sha256=contract.sha256)
    assert contract.sha256 == hashlib.sha256(text.encode()).hexdigest()


def test_the_age_of_a_feed_counts_the_days_that_its_contract_says(refreshed: FeedWorld) -> None:
    definitions = refreshed.runtime.definitions
    own = replace(definitions.contracts["contacts"], freshness_days=Weekdays.BUSINESS_DAYS)
    told = replace(definitions, contracts={**definitions.contracts, "contacts": own})
    refreshed.runtime = replace(refreshed.runtime, definitions=told)
    refreshed.refresh_one("contacts", full=True)
    with snapshot(refreshed.runtime.store) as conn:
        run = read_runs(conn, feed="contacts")[0]
    assert timedelta(hours=15) == read_evidence(run.evidence).age


def test_a_run_keeps_that_its_table_was_gone(world: FeedWorld) -> None:
    world.feeds["contacts"].run("DROP TABLE contacts")
    world.refresh_one("contacts")
    with snapshot(world.runtime.store) as conn:
        run = read_runs(conn, feed="contacts")[0]
    assert not read_evidence(run.evidence).has_table


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


def test_two_feeds_make_a_reading_where_both_have_days(world: FeedWorld) -> None:
    world.feeds["contacts"].add(contact("angry", at(19), kind="complaint"))
    world.feeds["deliveries"].add(*several(delivery, [17, 19, 20, 21], 4))
    world.refresh("contacts", "deliveries")
    assert {on(19): (1.0, 4.0, 4), on(20): (0.0, 4.0, 4)} == world.readings("complaints")


def test_a_day_without_the_denominator_has_no_reading(world: FeedWorld) -> None:
    world.feeds["deliveries"].add(*several(delivery, [18, 20], 4))
    world.refresh("deliveries", "contacts")
    assert {on(18), on(20)} == set(world.readings("complaints"))


def test_a_feed_of_rare_events_that_is_down_tells_of_no_day(world: FeedWorld) -> None:
    hours = [
        {"touchpoint": "desk", "day": on(n), "updated_at": at(n), "hours": 800.0, "headcount": 100}
        for n in (19, 20, 21, 22, 23)
    ]
    world.feeds["hours_worked"].add(*hours[:3])
    world.feeds["safety_incidents"].add(incident("first", 19))
    world.refresh("hours_worked", "safety_incidents")
    world.feeds["hours_worked"].add(*hours[3:])
    world.feeds["safety_incidents"].run("ALTER TABLE safety_incidents RENAME TO away")
    world.now = NOW + timedelta(days=3)
    world.refresh("safety_incidents", "hours_worked")
    assert {on(19), on(20), on(21)} == set(world.readings("trir"))


@on_both_engines
def test_both_feeds_may_change_a_reading_later(world: FeedWorld) -> None:
    world.feeds["deliveries"].add(*several(delivery, [18, 19, 20], 4))
    world.refresh("contacts", "deliveries")
    world.feeds["contacts"].add(contact("angry", at(19), kind="complaint", updated_at=at(21)))
    world.refresh()
    assert (1.0, 4.0, 4) == world.readings("complaints")[on(19)]
    world.feeds["deliveries"].add(delivery("more", at(19), updated_at=at(21)))
    world.refresh()
    assert (1.0, 5.0, 5) == world.readings("complaints")[on(19)]


def incident(key: str, day: int) -> dict[str, object]:
    return {
        "incident_id": key,
        "touchpoint": "desk",
        "occurred_at": at(day),
        "updated_at": at(day),
        "kind": "recordable",
        "severity": "low",
        "region": None,
    }


def worked(day: int) -> dict[str, object]:
    return {
        "touchpoint": "desk",
        "day": on(day),
        "updated_at": at(day, 23),
        "hours": 80.0,
        "headcount": 10,
    }


def test_rare_events_tell_of_days_without_any(world: FeedWorld) -> None:
    world.feeds["safety_incidents"].add(incident("first", 10))
    world.feeds["hours_worked"].add(*map(worked, range(8, 21)))
    world.refresh()
    found = world.readings("trir")
    assert {on(day) for day in range(10, 21)} == set(found)
    assert ((1.0, 80.0, 1), (0.0, 80.0, 1)) == (found[on(10)], found[on(20)])


@on_both_engines
def test_the_days_of_rare_events_go_on_while_nothing_happens(world: FeedWorld) -> None:
    world.feeds["safety_incidents"].add(incident("first", 10))
    world.feeds["hours_worked"].add(*map(worked, range(8, 23)))
    world.refresh()
    assert on(22) not in world.readings("trir")
    world.now = NOW + timedelta(days=1)
    report = world.refresh_one("safety_incidents")
    assert (0.0, 80.0, 1) == world.readings("trir")[on(22)]
    assert report.publication is not None


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
