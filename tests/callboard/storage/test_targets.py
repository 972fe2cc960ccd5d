"""Targets and comments are kept for good: every act is a publication, no row ever changes."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Engine, delete, update
from sqlalchemy.exc import DatabaseError

from callboard.errors import CallboardError
from callboard.storage.audit import verify_audit
from callboard.storage.comment_tables import commentary, commentary_act
from callboard.storage.comments import (
    Comment,
    add_comment,
    read_comments,
    standing,
    withdraw_comment,
)
from callboard.storage.engine import snapshot, write
from callboard.storage.publications import latest_publication
from callboard.storage.target_tables import series_target, series_target_act
from callboard.storage.targets import (
    SeriesTarget,
    add_target,
    read_promised,
    read_targets,
    restore_target,
    withdraw_target,
)

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
TARGET = SeriesTarget(
    id=0,
    touchpoint="delivery",
    metric="otd",
    value=97.5,
    day=date(2027, 1, 1),
    reason="New contract",
    actor="ana",
    at=NOW,
    evidence="",
)
COMMENT = Comment(
    id=0,
    touchpoint="delivery",
    metric="otd",
    grain="week",
    start=date(2026, 11, 9),
    reason="Two vans broke down",
    actor="ana",
    at=NOW,
)


def promise(store: Engine, **changes) -> int:
    with write(store) as conn:
        return add_target(conn, replace(TARGET, **changes))


def comment(store: Engine, **changes) -> int:
    with write(store) as conn:
        return add_comment(conn, replace(COMMENT, **changes))


def said(store: Engine, **narrower) -> list[str]:
    with snapshot(store) as conn:
        found = read_comments(conn, scope=["delivery", "desk"], **narrower)
    return [each.reason for each in standing(found)]


def test_a_target_is_read_as_it_was_approved_and_withdrawn_with_its_history(store: Engine) -> None:
    number = promise(store)
    ended = promise(store, value=None, until=date(2027, 3, 31))
    with write(store) as conn:
        withdraw_target(conn, number, actor_id="bo", at=LATER, note="Too early")
    with snapshot(store) as conn:
        first, second = read_targets(conn, scope=["delivery"])
        held = read_promised(conn, scope=["delivery"], metrics=["otd"])
        assert () == verify_audit(conn)
        assert 3 == latest_publication(conn)
    assert replace(TARGET, id=number) == replace(first, acts=())
    assert ("bo", "Too early") == (first.acts[-1].actor, first.acts[-1].note)
    assert (None, date(2027, 3, 31)) == (second.value, second.until)
    assert [ended] == [each.id for each in held["delivery", "otd"]]


def test_targets_that_hold_come_with_the_newest_approved_first(store: Engine) -> None:
    numbers = [promise(store, value=value) for value in (90.0, 92.0, 94.0)]
    with write(store) as conn:
        withdraw_target(conn, numbers[1], actor_id="bo", at=LATER, note="no")
    with write(store) as conn:
        restore_target(conn, numbers[1], actor_id="bo", at=LATER)
    with snapshot(store) as conn:
        held = read_promised(conn, scope=["delivery", "desk"])
        assert {} == read_promised(conn, scope=["desk"])
    assert [94.0, 92.0, 90.0] == [each.value for each in held["delivery", "otd"]]


def test_an_edited_comment_stands_in_place_of_the_one_before(store: Engine) -> None:
    first = comment(store)
    comment(store, replaces=first, reason="One van broke down", actor="bo")
    comment(store, reason="And it rained")
    assert ["And it rained", "One van broke down"] == said(store)
    with snapshot(store) as conn:
        assert 3 == len(read_comments(conn, scope=["delivery"]))


def test_a_comment_that_is_taken_back_stands_no_more(store: Engine) -> None:
    number = comment(store)
    with write(store) as conn:
        withdraw_comment(conn, number, actor_id="bo", at=LATER, note="wrong week")
    assert [] == said(store)
    with pytest.raises(CallboardError, match="withdrawn already"), write(store) as conn:
        withdraw_comment(conn, number, actor_id="bo", at=LATER, note="again")


def test_only_the_comments_asked_for_are_read(store: Engine) -> None:
    comment(store, reason="this")
    comment(store, reason="other metric", metric="csat")
    comment(store, reason="other length", grain="month")
    comment(store, reason="other week", start=date(2026, 11, 2))
    day = COMMENT.start
    assert ["this"] == said(store, metrics=["otd"], grain="week", starts=(day, day))


@pytest.mark.parametrize(
    "table",
    [series_target, series_target_act, commentary, commentary_act],
    ids=lambda each: each.name,
)
@pytest.mark.parametrize("verb", ["update", "delete"])
def test_no_row_can_be_changed_or_thrown_away(store: Engine, table, verb: str) -> None:
    promise(store)
    comment(store)
    change = update(table).values(actor="nobody") if verb == "update" else delete(table)
    with pytest.raises(DatabaseError, match="insert-only"), store.begin() as conn:
        conn.execute(change)
