from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Engine, delete, select, update
from sqlalchemy.exc import DatabaseError

from callboard.errors import CallboardError
from callboard.storage.annotation_tables import annotation, annotation_act
from callboard.storage.annotations import (
    EVERY,
    Annotation,
    add_annotation,
    read_annotations,
    replace_annotation,
    restore_annotation,
    withdraw_annotation,
)
from callboard.storage.audit import verify_audit
from callboard.storage.engine import snapshot, write
from callboard.storage.tables import audit

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
NEW = Annotation(
    id=0,
    touchpoint="delivery",
    metric="otd",
    first=date(2026, 9, 12),
    last=date(2026, 9, 12),
    tag="change",
    reason="New checklist",
    actor="ana",
    at=NOW,
)


def add(store: Engine, **changes) -> int:
    with write(store) as conn:
        return add_annotation(conn, replace(NEW, **changes))


def found(store: Engine, *scope: str, metric: str | None = None) -> tuple[Annotation, ...]:
    with snapshot(store) as conn:
        return read_annotations(conn, scope=scope or ("delivery", "desk"), metric=metric)


def test_an_annotation_is_read_as_it_was_written(store: Engine) -> None:
    number = add(store)
    (kept,) = found(store)
    assert replace(NEW, id=number) == replace(kept, acts=())
    assert kept.holds


def test_every_act_has_a_row_in_the_audit_trail(store: Engine) -> None:
    number = add(store)
    with write(store) as conn:
        withdraw_annotation(conn, number, actor_id="bo", at=LATER, note="wrong day")
        restore_annotation(conn, number, actor_id="ana", at=LATER)
    with snapshot(store) as conn:
        acts = conn.execute(select(audit.c.action, audit.c.detail)).all()
        assert () == verify_audit(conn)
    assert ["annotation", "withdraw_annotation", "restore_annotation"] == [a.action for a in acts]
    assert "change, otd at delivery, 2026-09-12: New checklist" in acts[0].detail
    assert "wrong day" in acts[1].detail


def test_a_new_version_replaces_the_old_one_which_stays_in_the_history(store: Engine) -> None:
    old = add(store)
    with write(store) as conn:
        new = replace(NEW, reason="New checklist for all", replaces=old, actor="bo", at=LATER)
        number = replace_annotation(conn, old, new)
    first, second = found(store)
    assert (old, False, "edited") == (first.id, first.holds, first.acts[-1].note)
    assert (number, True, old) == (second.id, second.holds, second.replaces)


def test_what_no_longer_stands_cannot_be_replaced_and_nothing_is_added(store: Engine) -> None:
    number = add(store)
    with write(store) as conn:
        withdraw_annotation(conn, number, actor_id="bo", at=LATER, note="wrong day")
    with pytest.raises(CallboardError, match="withdrawn already"), write(store) as conn:
        replace_annotation(conn, number, replace(NEW, replaces=number))
    assert 1 == len(found(store))


def test_those_of_every_touchpoint_and_of_all_metrics_are_read_with_a_series(store: Engine) -> None:
    add(store, metric="csat")
    add(store, touchpoint="desk")
    add(store, touchpoint=EVERY, metric=EVERY, first=date(2026, 1, 5))
    add(store, metric=EVERY)
    assert [(EVERY, EVERY), ("delivery", EVERY)] == [
        (each.touchpoint, each.metric) for each in found(store, "delivery", metric="otd")
    ]


@pytest.mark.parametrize("table", [annotation, annotation_act], ids=lambda each: each.name)
@pytest.mark.parametrize("verb", ["update", "delete"])
def test_no_row_can_be_changed_or_thrown_away(store: Engine, table, verb: str) -> None:
    add(store)
    change = update(table).values(actor="nobody") if verb == "update" else delete(table)
    with pytest.raises(DatabaseError, match="insert-only"), store.begin() as conn:
        conn.execute(change)
    assert "ana" == found(store)[0].actor
