"""Notes to the next shift, who has seen them, and whose touchpoints they are, on both engines."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, delete, select, update
from sqlalchemy.exc import DatabaseError

from callboard.errors import CallboardError
from callboard.storage.audit import verify_audit
from callboard.storage.engine import snapshot, write
from callboard.storage.hand_overs import (
    By,
    HandOver,
    add_hand_over,
    mark_seen,
    read_hand_over,
    read_hand_overs,
    take_seen_back,
)
from callboard.storage.own_touchpoints import keep_own_touchpoints, read_own_touchpoints
from callboard.storage.publications import latest_publication
from callboard.storage.shift_tables import hand_over, hand_over_act, own_touchpoint
from callboard.storage.tables import audit

NOW = datetime(2026, 11, 22, 14, 0, tzinfo=UTC)
ADA = By(actor="ada", author="Ada", at=NOW)
BO = By(actor="bo", author="Bo", at=NOW + timedelta(hours=1))


def hand(store: Engine, touchpoint: str = "desk", note: str = "Line 2 is down") -> int:
    with write(store) as conn:
        return add_hand_over(conn, touchpoint=touchpoint, note=note, by=ADA)


def see(store: Engine, number: int) -> None:
    with write(store) as conn:
        mark_seen(conn, number, by=BO)


def newest(store: Engine, *scope: str, most: int = 6) -> dict[str, list[str]]:
    with snapshot(store) as conn:
        found = read_hand_overs(conn, scope=scope, most=most)
    return {place: [each.note for each in notes] for place, notes in found.items()}


def test_a_note_is_read_as_it_was_written(store: Engine) -> None:
    number = hand(store)
    with snapshot(store) as conn:
        assert HandOver(
            id=number, touchpoint="desk", note="Line 2 is down", by=ADA
        ) == read_hand_over(conn, number)


def test_the_newest_notes_of_each_touchpoint_come_first_and_no_more_than_asked(
    store: Engine,
) -> None:
    for place, note in (("desk", "1"), ("shop", "2"), ("desk", "3"), ("desk", "4"), ("far", "5")):
        hand(store, place, note)
    assert {"desk": ["4", "3"], "shop": ["2"]} == newest(store, "desk", "shop", most=2)
    assert {} == newest(store)


def test_a_note_that_was_seen_says_by_whom_and_may_be_unseen_again(store: Engine) -> None:
    number = hand(store)
    see(store, number)
    with snapshot(store) as conn:
        assert BO == read_hand_over(conn, number).seen
    with write(store) as conn:
        take_seen_back(conn, number, by=BO)
    with snapshot(store) as conn:
        assert read_hand_over(conn, number).seen is None


def test_what_is_seen_is_not_seen_twice_nor_taken_back_twice(store: Engine) -> None:
    number = hand(store)
    with pytest.raises(CallboardError, match=r"not marked as seen"), write(store) as conn:
        take_seen_back(conn, number, by=BO)
    see(store, number)
    with pytest.raises(CallboardError, match=r"^Bo has seen note 1 already\. Nothing was changed"):
        see(store, number)
    with pytest.raises(CallboardError, match=r"^There is no note 9\.$"):
        see(store, 9)
    with snapshot(store) as conn:
        assert 2 == latest_publication(conn)


def test_every_act_is_a_publication_and_the_audit_keeps_no_word_of_the_note(store: Engine) -> None:
    number = hand(store)
    see(store, number)
    with write(store) as conn:
        take_seen_back(conn, number, by=ADA)
    with snapshot(store) as conn:
        assert 3 == latest_publication(conn)
        assert () == verify_audit(conn)
        acts = conn.execute(select(audit.c.action, audit.c.actor, audit.c.detail)).all()
    assert [("hand_over", "ada"), ("hand_over_seen", "bo"), ("hand_over_unseen", "ada")] == [
        (act.action, act.actor) for act in acts
    ]
    assert all("note 1 at desk" in act.detail and "Line 2" not in act.detail for act in acts)


@pytest.mark.parametrize("table", [hand_over, hand_over_act], ids=str)
def test_what_was_handed_over_is_never_changed(store: Engine, table) -> None:
    see(store, hand(store))
    for change in (update(table).values(actor="eve"), delete(table)):
        with pytest.raises(DatabaseError, match="insert-only"), write(store) as conn:
            conn.execute(change)


def test_own_touchpoints_are_each_persons_and_keep_since_when(store: Engine) -> None:
    with write(store) as conn:
        keep_own_touchpoints(conn, "ada", ["desk", "shop"], at=NOW)
        keep_own_touchpoints(conn, "bo", ["far"], at=NOW)
        keep_own_touchpoints(conn, "ada", ["desk", "web"], at=BO.at)
    with snapshot(store) as conn:
        assert {"desk", "web"} == read_own_touchpoints(conn, "ada")
        assert {"far"} == read_own_touchpoints(conn, "bo")
        chosen = select(own_touchpoint.c.at).where(own_touchpoint.c.actor == "ada")
        kept = conn.execute(chosen.order_by(own_touchpoint.c.touchpoint)).scalars().all()
        assert [NOW, BO.at] == kept
        assert 0 == latest_publication(conn)


def test_somebody_may_look_after_nothing_any_more(store: Engine) -> None:
    with write(store) as conn:
        keep_own_touchpoints(conn, "ada", ["desk"], at=NOW)
        keep_own_touchpoints(conn, "ada", [], at=NOW)
    with snapshot(store) as conn:
        assert frozenset() == read_own_touchpoints(conn, "ada")
