"""Corrections, waivers, slices and notices are kept alike on both engines, and the past for good."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, inspect, text
from sqlalchemy.exc import DatabaseError

from callboard.storage.corrections import Correction, add_correction, read_corrections
from callboard.storage.engine import Connection, open_store, snapshot, write
from callboard.storage.migrations import MIGRATIONS, migrate
from callboard.storage.notices import (
    Delivery,
    DeliveryState,
    Notice,
    NoticeKind,
    ToldBadge,
    add_notice,
    read_deliveries,
    read_notices,
    read_told_badges,
    write_delivery,
    write_told_badges,
)
from callboard.storage.quarantine import FailingRow, read_quarantine, replace_quarantine
from callboard.storage.runs import (
    FeedState,
    RunRow,
    RunVerdict,
    read_feed_states,
    read_rule_results,
    read_run,
    record_run,
)
from callboard.storage.slices import (
    SliceDay,
    SliceRun,
    keep_slice_days,
    keep_slice_run,
    read_slice_days,
)
from callboard.storage.trust_tables import quarantine_act, slice_run
from callboard.storage.waivers import Waiver, add_waiver, read_waivers, withdraw_waiver
from data_contracts.evidence import RuleResult, State, WaivedRule
from data_contracts.model import Dimension, Severity

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
DAY = date(2026, 11, 22)
WEEK = timedelta(days=7)
WAIVER = Waiver(
    feed="contacts",
    rule_id="slice.scale",
    slice_key="desk/aht",
    reason="The desk measures in minutes this week.",
    owner="Service data",
    until=DAY,
    actor="kim",
    at=NOW,
)
CORRECTION = Correction(
    feed="contacts",
    row_key="1",
    row_hash="ab" * 32,
    day=DAY,
    fields={"city": "Tromsø", "minutes": 4.5, "note": None},
    actor="kim",
    at=NOW,
    note="A typing mistake.",
)
RUN = RunRow(
    feed="contacts",
    contract_sha256="ab" * 32,
    started_at=NOW,
    finished_at=NOW,
    duration_ms=1,
    triggered_by="refresh",
    rows_in=9,
    rows_used=8,
    rows_quarantined=0,
    rows_collapsed=1,
    verdict=RunVerdict.PUBLISHED,
    evidence='{"rows_in": 9}',
)
RESULT = RuleResult(
    rule_id="slice.scale",
    state=State.FAIL,
    severity=Severity.CRITICAL,
    dimension=Dimension.ACCURACY,
    evaluated=3,
    failed=1,
    description="",
    slice_key="desk/aht",
    observed=1.0,
    waived_until=DAY,
)
SLICE_RUN = SliceRun(
    run_id=1,
    touchpoint="desk",
    feed="contacts",
    judged_at=NOW,
    rules_passed=8,
    rules_judged=9,
    rows_in=9,
    rows_used=8,
)
NOTICE = Notice(
    at=NOW,
    kind=NoticeKind.BREACH,
    feed="contacts",
    slice_key="desk/aht",
    badge="withheld",
    before="verified",
    sentence="The newest data broke its contract.",
)


@pytest.mark.parametrize(("days", "is_in_force"), [(-1, True), (0, True), (1, False)])
def test_a_waiver_is_in_force_to_the_end_of_its_day(
    store: Engine, days: int, is_in_force: bool
) -> None:
    with write(store) as conn:
        add_waiver(conn, WAIVER)
        found = read_waivers(conn, feed="contacts", on=DAY + timedelta(days=days))
    assert [WAIVER] * is_in_force == [replace(each, id=0) for each in found]


def test_a_withdrawn_waiver_is_over_and_remembered(store: Engine) -> None:
    with write(store) as conn:
        number = add_waiver(conn, WAIVER)
        withdraw_waiver(conn, number, actor_id="ada", at=NOW + WEEK)
        withdraw_waiver(conn, number, actor_id="late", at=NOW + WEEK)
        assert () == read_waivers(conn, feed="contacts", on=DAY)
        (found,) = read_waivers(conn)
    assert ("ada", NOW + WEEK) == (found.withdrawn_by, found.withdrawn_at)


def test_waivers_are_read_by_feed_and_those_that_end_first_come_first(store: Engine) -> None:
    with write(store) as conn:
        for feed, until in (("contacts", DAY + WEEK), ("survey", DAY), ("contacts", DAY)):
            add_waiver(conn, replace(WAIVER, feed=feed, until=until))
        of_one = read_waivers(conn, feed="contacts", on=DAY)
        of_all = read_waivers(conn, on=DAY + WEEK)
    assert [DAY, DAY + WEEK] == [each.until for each in of_one]
    assert ["contacts"] == [each.feed for each in of_all]
    assert WaivedRule(rule_id="slice.scale", slice_key="desk/aht", until=DAY) == of_one[0].rule


def test_the_latest_correction_of_a_row_holds(store: Engine) -> None:
    latest = replace(CORRECTION, fields={"city": "Bodø"}, actor="ada")
    other = replace(CORRECTION, row_hash="cd" * 32)
    with write(store) as conn:
        for each in (CORRECTION, other, latest, replace(CORRECTION, feed="survey")):
            add_correction(conn, each)
        found = read_corrections(conn, feed="contacts")
    assert [other, latest] == [replace(each, id=0) for each in found]


@pytest.mark.parametrize(
    ("days", "keys"), [(None, "abc"), ([DAY], "a"), ([None], "c"), ([DAY, None], "ac"), ([], "")]
)
def test_corrections_are_read_by_the_days_of_their_rows(
    store: Engine, days: list[date | None] | None, keys: str
) -> None:
    with write(store) as conn:
        for key, day in zip("abc", (DAY, DAY + WEEK, None), strict=True):
            add_correction(conn, replace(CORRECTION, row_key=key, day=day))
        found = read_corrections(conn, feed="contacts", days=days)
    assert keys == "".join(each.row_key for each in found)


def test_a_day_of_a_slice_says_what_was_published_last(store: Engine) -> None:
    desk = SliceDay(feed="contacts", touchpoint="desk", day=DAY, rows_in=9, rows_used=8, run_id=1)
    web, other = replace(desk, touchpoint="web"), replace(desk, feed="survey")
    with write(store) as conn:
        keep_slice_days(conn, [web, replace(desk, rows_in=3), other, replace(desk, day=DAY - WEEK)])
        keep_slice_days(conn, [desk])
        keep_slice_days(conn, [])
        assert (desk, web) == read_slice_days(conn, feed="contacts", since=DAY)


def test_the_badge_people_know_of_is_the_last_they_were_told(store: Engine) -> None:
    told = ToldBadge(feed="contacts", slice_key="", badge="verified", since=NOW)
    stale = replace(told, badge="stale", since=NOW + WEEK)
    desk = replace(told, slice_key="desk")
    with write(store) as conn:
        write_told_badges(conn, [told, desk])
        write_told_badges(conn, [stale])
        known = read_told_badges(conn)
    assert {("contacts", ""): stale, ("contacts", "desk"): desk} == known


def test_a_notice_waits_in_each_channel_until_it_is_sent(store: Engine) -> None:
    with write(store) as conn:
        number = add_notice(conn, NOTICE)
        held = Delivery(notice_id=number, channel="mail", state=DeliveryState.HELD, at=NOW)
        mail = write_delivery(conn, held)
        write_delivery(conn, replace(held, channel="chat", state=DeliveryState.SENT, attempts=1))
        waiting = read_deliveries(conn, states=[DeliveryState.HELD, DeliveryState.FAILED])
        sent = replace(held, id=mail, state=DeliveryState.SENT, attempts=2, error="refused")
        assert mail == write_delivery(conn, sent)
        done = read_deliveries(conn, states=[DeliveryState.SENT])
    kept = replace(NOTICE, id=number)
    assert ((kept, replace(held, id=mail)),) == waiting
    assert ["mail", "chat"] == [each.channel for _, each in done]
    assert (kept, sent) == done[0]


def test_the_newest_notice_comes_first(store: Engine) -> None:
    with write(store) as conn:
        for kind in NoticeKind:
            add_notice(conn, replace(NOTICE, kind=kind))
        newest = read_notices(conn, limit=2)
    assert [NoticeKind.ALERT_OVER, NoticeKind.ALERT] == [each.kind for each in newest]


def _fill(conn: Connection) -> None:
    """One row in every table whose rows are never changed."""
    run_id = record_run(conn, RUN, [RESULT])
    keep_slice_run(conn, [replace(SLICE_RUN, run_id=run_id)])
    row = FailingRow(row_key="1", raw="{}", rule_ids=("a",), messages=("a",), day=DAY)
    replace_quarantine(conn, feed="contacts", run_id=run_id, days=None, rows=[row], at=NOW)
    (kept,) = read_quarantine(conn, feed="contacts")
    done = {"act": "corrected", "actor": "kim", "at": NOW, "note": "", "fields": "{}"}
    conn.execute(quarantine_act.insert().values(quarantine_id=kept.id, **done))
    add_correction(conn, CORRECTION)
    withdraw_waiver(conn, add_waiver(conn, WAIVER), actor_id="ada", at=NOW)
    add_notice(conn, NOTICE)


KEPT = (
    ("rule_result", "rule_id"),
    ("quarantine_act", "note"),
    ("correction", "note"),
    ("waiver", "reason"),
    ("waiver_act", "note"),
    ("notice", "sentence"),
    ("slice_run", "feed"),
)


@pytest.mark.parametrize(("table", "column"), KEPT)
@pytest.mark.parametrize("statement", ["UPDATE {table} SET {column} = ''", "DELETE FROM {table}"])
def test_what_was_found_done_or_said_is_never_changed(
    store: Engine, table: str, column: str, statement: str
) -> None:
    with write(store) as conn:
        _fill(conn)
    with pytest.raises(DatabaseError, match="insert-only"), write(store) as conn:
        conn.execute(text(statement.format(table=table, column=column)))


def test_a_run_and_its_results_are_read_back_with_all_that_was_judged(store: Engine) -> None:
    with write(store) as conn:
        _fill(conn)
    with snapshot(store) as conn:
        assert replace(RUN, id=1) == read_run(conn, 1)
        assert (RESULT,) == read_rule_results(conn, 1)
        assert 8 == conn.execute(slice_run.select()).one().rules_passed


# Rows as the step before has them: what is new in them must be said for them.
OLD_ROWS = (
    "INSERT INTO run VALUES (7, 'contacts', 'ab', '2026-11-22 09:30:00', '2026-11-22 09:30:00', 1,"
    " 'refresh', 9, 9, 0, 'published', '[]', NULL, NULL, '', '', '')",
    "INSERT INTO rule_result VALUES (7, 'a', '', 'critical', 'accuracy', 'pass', 9, 0, 0, '', '')",
    "INSERT INTO feed_state (feed, watermark, definition_hash, verdict, reasons,"
    " rows_quarantined_open, seen) VALUES ('contacts', '', '', 'published', '[]', 0, '')",
    "INSERT INTO quarantine VALUES (1, 'contacts', 7, '1', 'ab', '{}', '[]', '[]', NULL,"
    " '2026-11-22 09:30:00', '2026-11-22 09:30:00', 'open')",
)


def _alembic(store: Engine, step: Callable[..., None], revision: str) -> None:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with write(store) as conn:
        config.attributes["connection"] = conn
        step(config, revision)


def test_rows_of_an_older_store_are_read_as_having_had_none_of_it(
    database_url: str, tmp_path: Path
) -> None:
    before = tmp_path / "before"
    shutil.copytree(MIGRATIONS, before)
    for later in (before / "versions").glob("0*.py"):
        if int(later.name[:4]) >= 7:
            later.unlink()
    store = open_store(database_url)
    migrate(store, folder=before)
    with write(store) as conn:
        for statement in OLD_ROWS:
            conn.execute(text(statement))
    migrate(store)
    with snapshot(store) as conn:
        run, (result,) = read_run(conn, 7), read_rule_results(conn, 7)
        (row,) = read_quarantine(conn, feed="contacts")
        state = read_feed_states(conn)["contacts"]
    assert (0, "") == (run.rows_collapsed, run.evidence)
    assert (None, None) == (result.observed, result.waived_until)
    assert ("", "", "", None, "") == (
        *(row.suggestion, row.touchpoint, row.resolved_by),
        *(row.resolved_at, row.note),
    )
    assert FeedState(feed="contacts", verdict=RunVerdict.PUBLISHED) == state


def test_a_step_down_keeps_the_runs_and_lets_them_be_changed_again(store: Engine) -> None:
    from alembic import command

    with write(store) as conn:
        _fill(conn)
    _alembic(store, command.downgrade, "0006")
    with write(store) as conn:
        conn.execute(text("UPDATE rule_result SET message = 'mended'"))
        columns = {each["name"] for each in inspect(conn).get_columns("quarantine")}
        assert 1 == conn.execute(text("SELECT count(*) FROM run")).scalar_one()
    assert not columns & {"suggestion", "touchpoint", "resolved_by", "resolved_at", "note"}
    _alembic(store, command.upgrade, "head")
    with snapshot(store) as conn:
        (result,) = read_rule_results(conn, 1)
    assert ("mended", None) == (result.message, result.observed)
