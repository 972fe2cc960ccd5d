"""What people did about signals is kept for good, on both engines."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import Engine, delete, select, update
from sqlalchemy.exc import DatabaseError

from callboard.storage.audit import verify_audit
from callboard.storage.engine import snapshot, write
from callboard.storage.publications import latest_publication
from callboard.storage.signal_acts import (
    SignalAct,
    SignalActKind,
    SignalKey,
    add_signal_act,
    read_signal_acts,
)
from callboard.storage.signal_tables import signal_act
from callboard.storage.tables import audit

NEW = SignalAct(
    key=SignalKey("delivery", "otd", "week", date(2026, 10, 5)),
    signal="concern",
    act=SignalActKind.ASSIGN,
    assignee="Kim",
    due=date(2026, 12, 1),
    note="Look at the north depot first",
    actor="ana",
    at=datetime(2026, 11, 22, 9, 30, tzinfo=UTC),
)


def keep(store: Engine, **changes) -> int:
    with write(store) as conn:
        return add_signal_act(conn, replace(NEW, **changes))


def found(store: Engine, *touchpoints: str) -> tuple[SignalAct, ...]:
    with snapshot(store) as conn:
        return read_signal_acts(conn, scope=touchpoints or ("delivery", "desk"))


def test_acts_are_read_as_they_were_done_in_their_order(store: Engine) -> None:
    keep(store)
    keep(store, act=SignalActKind.DONE, assignee="", due=None, note="")
    first, second = found(store)
    assert NEW == replace(first, id=0)
    assert (SignalActKind.DONE, "", None) == (second.act, second.assignee, second.due)


def test_only_acts_within_the_scope_are_read(store: Engine) -> None:
    keep(store)
    keep(store, key=NEW.key._replace(touchpoint="desk"))
    assert ["desk"] == [each.key.touchpoint for each in found(store, "desk")]
    assert () == found(store, "nowhere")


def test_an_act_is_a_publication_and_its_text_stays_out_of_the_audit(store: Engine) -> None:
    assert 1 == keep(store)
    with snapshot(store) as conn:
        assert 1 == latest_publication(conn)
        (row,) = conn.execute(select(audit.c.action, audit.c.actor, audit.c.detail)).all()
        assert () == verify_audit(conn)
    assert ("signal_act", "ana") == (row.action, row.actor)
    assert "signal assigned, otd at delivery since 2026-10-05" in row.detail
    assert "north depot" not in row.detail


@pytest.mark.parametrize("verb", ["update", "delete"])
def test_no_act_can_be_changed_or_thrown_away(store: Engine, verb: str) -> None:
    keep(store)
    change = update(signal_act).values(note="x") if verb == "update" else delete(signal_act)
    with pytest.raises(DatabaseError, match="insert-only"), store.begin() as conn:
        conn.execute(change)
    assert NEW.note == found(store)[0].note
