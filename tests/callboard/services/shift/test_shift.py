"""A shift on a small real store: what signals, today so far, data not well, and what is quiet."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from callboard.access import LOCAL_USER, Actor, Role
from callboard.errors import NotAllowed
from callboard.services.shift.notes import hand_over, mark_note_seen
from callboard.services.shift.shift import read_shift
from callboard.services.shift.words import shift_sentence
from callboard.services.tiles.touchpoint import read_touchpoint
from callboard.storage.engine import write
from callboard.storage.hours import HourRow
from callboard.storage.quarantine import FailingRow, replace_quarantine
from callboard.storage.signal_acts import SignalAct, SignalActKind, SignalKey, add_signal_act
from callboard.views import Badge, Meaning, Shift, ShiftBlock
from metrics.model import Grain
from metrics.signals import Signal
from tests.callboard.services.small_world import TODAY, WEEK_46, SmallWorld, week_rows

STEADY = [(95.0 + week % 3 / 2, 100.0) for week in range(36)]
FALLEN = [*STEADY[:-1], (70.0, 100.0)]
MINE = ("delivery", "depot", "desk")


@pytest.fixture
def live(world: SmallWorld) -> SmallWorld:
    """Deliveries fell last week, abandonment is steady; the clock says 14:30 on a Sunday."""
    world.add(week_rows("otd", "delivery", FALLEN))
    world.add(week_rows("abandon", "desk", [(5.0 + w % 4, 100.0) for w in range(36)]))
    world.reach()
    return world


def shift(world: SmallWorld, *touchpoints: str) -> Shift:
    return read_shift(world.runtime, LOCAL_USER, touchpoints=touchpoints or MINE)


def block(world: SmallWorld, touchpoint: str) -> ShiftBlock:
    return next(each for each in shift(world).blocks if each.touchpoint == touchpoint)


def assign(world: SmallWorld, due: date, assignee: str = "Ada") -> None:
    act = SignalAct(
        key=SignalKey("delivery", "otd", "week", WEEK_46),
        signal="concern",
        act=SignalActKind.ASSIGN,
        actor="local",
        at=datetime(2026, 11, 20, tzinfo=UTC),
        assignee=assignee,
        due=due,
        note="Call the carrier",
    )
    with write(world.runtime.store) as conn:
        add_signal_act(conn, act)


def test_what_needs_a_look_comes_first_and_what_has_no_readings_last(live: SmallWorld) -> None:
    assert ["delivery", "desk", "depot"] == [each.touchpoint for each in shift(live).blocks]


def test_what_needs_nobody_stands_behind_what_does(live: SmallWorld) -> None:
    live.add(week_rows("otd", "delivery", STEADY))
    hand_over(live.runtime, LOCAL_USER, touchpoint="depot", note="Gate 3 is shut")
    assert "depot" == shift(live).blocks[0].touchpoint


def test_a_block_begins_with_the_sentence_of_its_touchpoints_page(live: SmallWorld) -> None:
    for place in MINE:
        page = read_touchpoint(live.runtime, LOCAL_USER, touchpoint=place, grain=Grain.WEEK)
        assert page.headline == block(live, place).headline
    assert "1 promise at risk" in block(live, "delivery").headline


def test_what_signals_says_what_is_the_matter_and_since_when(live: SmallWorld) -> None:
    (row,) = block(live, "delivery").rows
    assert (Signal.CONCERN, "far below usual since 9 Nov", "70.0 %", "Week 46, 2026", True) == (
        row.variation.signal,
        row.told,
        row.value_text,
        row.period_label,
        row.needs_look,
    )
    assert () == block(live, "desk").rows


def test_today_so_far_is_told_of_what_is_steady_too(live: SmallWorld) -> None:
    """Hours before 14:00 count: 6 of 60 today, 3 of 60 a week before."""
    live.add_hours(
        [
            HourRow("desk", "abandon", day, hour, lost, 30.0, 30)
            for day, lost in ((TODAY, 3.0), (TODAY - timedelta(days=7), 1.5))
            for hour in (9, 13, 14)
        ]
    )
    (row,) = block(live, "desk").rows
    assert row.today is not None
    assert ("14:00", "10.0 %", "5.0 %") == (
        row.today.until,
        row.today.value_text,
        row.today.before_text,
    )
    assert ("", False) == (row.told, row.needs_look)


def test_good_news_is_told_and_needs_nobody(live: SmallWorld) -> None:
    live.add(week_rows("otd", "delivery", [*STEADY[:-1], (100.0, 100.0)]))
    found = block(live, "delivery")
    assert [(Signal.IMPROVEMENT, False)] == [
        (row.variation.signal, row.needs_look) for row in found.rows
    ]
    assert found.is_quiet


def test_a_feed_that_is_late_or_keeps_rows_out_is_named_with_how_many(live: SmallWorld) -> None:
    assert () == block(live, "desk").feeds
    live.reach(feeds=["contacts"], as_of=datetime(2026, 11, 1, tzinfo=UTC))
    (feed,) = block(live, "desk").feeds
    assert ("contacts", Badge.STALE) == (feed.feed, feed.trust.badge)
    assert not block(live, "desk").is_quiet
    assert () == block(live, "delivery").feeds


def test_rows_in_quarantine_are_counted_and_alone_need_nobody(live: SmallWorld) -> None:
    rows = [
        FailingRow(
            row_key=place, raw="{}", rule_ids=("a",), messages=("a",), day=TODAY, touchpoint=place
        )
        for place in ("desk", "delivery", "")
    ]
    with write(live.runtime.store) as conn:
        at = datetime(2026, 11, 22, tzinfo=UTC)
        replace_quarantine(conn, feed="contacts", run_id=1, days=None, rows=rows, at=at)
    found = block(live, "desk")
    assert [("contacts", 2, False)] == [(e.feed, e.waiting, e.needs_look) for e in found.feeds]
    assert found.is_quiet


def test_what_is_assigned_stands_at_its_touchpoint_overdue_first(live: SmallWorld) -> None:
    assign(live, TODAY - timedelta(days=1))
    (task,) = block(live, "delivery").assigned
    assert ("Ada", True, "Call the carrier") == (task.assignee, task.is_overdue, task.task)
    assert () == block(live, "desk").assigned
    assert "1 assignment is overdue." in shift(live).headline


def test_the_newest_notes_stand_with_their_touchpoint_and_wait_to_be_seen(
    live: SmallWorld,
) -> None:
    for number in range(8):
        note = hand_over(live.runtime, LOCAL_USER, touchpoint="desk", note=f"Note {number}")
    found = block(live, "desk")
    assert [f"Note {number}" for number in (7, 6, 5, 4, 3, 2)] == [n.note for n in found.notes]
    assert (True, False) == (found.is_unseen, found.is_quiet)
    mark_note_seen(live.runtime, LOCAL_USER, number=note.id)
    assert block(live, "desk").is_quiet


def test_the_sentence_names_what_needs_a_look_and_what_is_quiet(live: SmallWorld) -> None:
    assert (
        "Field delivery needs a look; nothing needs anybody at Service desk; Depot has no "
        "readings yet." == shift(live).headline
    )
    assert "Nothing needs anybody at Service desk now." == shift(live, "desk").headline
    assert "Depot has no readings yet." == shift(live, "depot").headline


def test_the_sentence_of_many_names_three_and_counts_the_rest(live: SmallWorld) -> None:
    one = block(live, "delivery")
    many = [replace(one, name=name) for name in ("A", "B", "C", "D", "E")]
    assert "A, B, C and 2 more need a look." == shift_sentence(many)


def test_a_touchpoint_of_somebody_else_reads_like_one_that_is_not_there(live: SmallWorld) -> None:
    lead = Actor(
        id="a", name="A", roles=frozenset({Role.OPS_LEAD}), touchpoints=frozenset({"desk"})
    )
    with pytest.raises(NotAllowed, match="There is no touchpoint 'delivery'"):
        read_shift(live.runtime, lead, touchpoints=("delivery",))


def test_today_tells_whether_it_is_better_or_worse(live: SmallWorld) -> None:
    """10 of 300 lost today and 60 of 300 a week before: far more than chance."""
    live.add_hours(
        [
            HourRow("desk", "abandon", day, 9, lost, 300.0, 300)
            for day, lost in ((TODAY, 10.0), (TODAY - timedelta(days=7), 60.0))
        ]
    )
    (row,) = block(live, "desk").rows
    assert row.today is not None
    assert Meaning.GOOD is row.today.change.meaning
