from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Engine, delete, select, update
from sqlalchemy.exc import DatabaseError

from callboard.errors import CallboardError
from callboard.storage.audit import verify_audit
from callboard.storage.break_tables import series_break, series_break_act
from callboard.storage.breaks import (
    SeriesBreak,
    add_break,
    read_break,
    read_breaks,
    restore_break,
    withdraw_break,
)
from callboard.storage.engine import snapshot, write
from callboard.storage.publications import PublicationKind, latest_publication
from callboard.storage.tables import audit

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
NEW = SeriesBreak(
    id=0,
    touchpoint="delivery",
    metric="otd",
    day=date(2026, 9, 21),
    reason="A new carrier",
    actor="ana",
    at=NOW,
    evidence="Lower for 9 weeks.",
)


def approve(store: Engine, **changes) -> int:
    with write(store) as conn:
        return add_break(conn, replace(NEW, **changes))


def withdraw(store: Engine, number: int, note: str = "It was the weather") -> int:
    with write(store) as conn:
        return withdraw_break(conn, number, actor_id="bo", at=LATER, note=note)


def found(store: Engine, *touchpoints: str, metrics=None) -> tuple[SeriesBreak, ...]:
    with snapshot(store) as conn:
        return read_breaks(conn, scope=touchpoints or ("delivery", "desk"), metrics=metrics)


def test_an_approved_break_is_read_as_it_was_approved(store: Engine) -> None:
    number = approve(store)
    (kept,) = found(store)
    assert replace(NEW, id=number) == replace(kept, acts=())
    assert kept.holds
    assert [PublicationKind.BREAK] == [act.kind for act in kept.acts]


def test_every_act_is_a_publication_with_a_row_in_the_audit_trail(store: Engine) -> None:
    number = approve(store)
    withdraw(store, number)
    with write(store) as conn:
        restore_break(conn, number, actor_id="ana", at=LATER)
    with snapshot(store) as conn:
        assert 3 == latest_publication(conn)
        acts = conn.execute(select(audit.c.action, audit.c.actor, audit.c.detail)).all()
        assert () == verify_audit(conn)
    assert ["break", "withdraw_break", "restore_break"] == [act.action for act in acts]
    assert ["ana", "bo", "ana"] == [act.actor for act in acts]
    assert "otd at delivery from 2026-09-21: A new carrier" in acts[0].detail
    assert "It was the weather" in acts[1].detail


def test_a_withdrawn_break_stays_with_who_withdrew_it_and_why(store: Engine) -> None:
    number = approve(store)
    publication = withdraw(store, number)
    (kept,) = found(store)
    assert not kept.holds
    last = kept.acts[-1]
    assert ("bo", LATER, "It was the weather", publication) == (
        last.actor,
        last.at,
        last.note,
        last.publication,
    )


def test_a_break_that_is_brought_back_holds_with_its_whole_history(store: Engine) -> None:
    number = approve(store)
    withdraw(store, number)
    with write(store) as conn:
        restore_break(conn, number, actor_id="ana", at=LATER)
    (kept,) = found(store)
    assert kept.holds
    assert 3 == len(kept.acts)


def test_what_cannot_be_done_twice_is_refused_and_changes_nothing(store: Engine) -> None:
    number = approve(store)
    with pytest.raises(CallboardError, match="holds already"), write(store) as conn:
        restore_break(conn, number, actor_id="ana", at=LATER)
    withdraw(store, number)
    with pytest.raises(CallboardError, match="withdrawn already"):
        withdraw(store, number)
    with snapshot(store) as conn:
        assert 2 == latest_publication(conn)


def test_a_break_that_is_not_there_is_named(store: Engine) -> None:
    with pytest.raises(CallboardError, match="no break 7"), snapshot(store) as conn:
        read_break(conn, 7)


def test_only_the_touchpoints_and_metrics_asked_for_are_read(store: Engine) -> None:
    approve(store)
    approve(store, touchpoint="desk")
    approve(store, metric="csat")
    assert ["delivery", "delivery"] == [each.touchpoint for each in found(store, "delivery")]
    assert ["csat"] == [each.metric for each in found(store, metrics=["csat"])]
    assert () == found(store, "nowhere")


def test_breaks_come_by_touchpoint_metric_and_day(store: Engine) -> None:
    days = [date(2026, 9, 21), date(2026, 3, 2)]
    for touchpoint in ("desk", "delivery"):
        for day in days:
            approve(store, touchpoint=touchpoint, day=day)
    assert [(place, day) for place in ("delivery", "desk") for day in sorted(days)] == [
        (each.touchpoint, each.day) for each in found(store)
    ]


@pytest.mark.parametrize("table", [series_break, series_break_act], ids=lambda each: each.name)
@pytest.mark.parametrize("verb", ["update", "delete"])
def test_no_row_can_be_changed_or_thrown_away(store: Engine, table, verb: str) -> None:
    approve(store)
    change = update(table).values(actor="nobody") if verb == "update" else delete(table)
    with pytest.raises(DatabaseError, match="insert-only"), store.begin() as conn:
        conn.execute(change)
    assert "ana" == found(store)[0].actor
