"""Who still has what to do about signals."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from callboard.access import LOCAL_USER, Actor, Role
from callboard.errors import NotAllowed
from callboard.services.signalling.assigned import read_assigned
from callboard.storage.engine import write
from callboard.storage.signal_acts import SignalAct, SignalActKind, SignalKey, add_signal_act
from tests.callboard.services.small_world import SmallWorld

GIVEN = SignalAct(
    key=SignalKey("delivery", "otd", "week", date(2026, 10, 5)),
    signal="concern",
    act=SignalActKind.ASSIGN,
    assignee="Kim",
    due=date(2026, 11, 21),
    note="Look at the north depot first",
    actor="ana",
    at=datetime(2026, 11, 20, 9, 30, tzinfo=UTC),
)
DESK_LEAD = Actor(
    id="bo", name="Bo", roles=frozenset({Role.OPS_LEAD}), touchpoints=frozenset({"desk"})
)


def do(world: SmallWorld, **changes: object) -> None:
    with write(world.runtime.store) as conn:
        add_signal_act(conn, replace(GIVEN, **changes))  # type: ignore[arg-type]  # test


def test_an_open_assignment_says_who_has_what_to_do_until_when(world: SmallWorld) -> None:
    do(world)
    (one,) = read_assigned(world.runtime, LOCAL_USER)
    assert "On-time delivery, Field delivery: concern since 5 Oct" == one.what
    assert ("Kim", date(2026, 11, 21), "ana") == (one.assignee, one.due, one.assigned_by)
    assert GIVEN.note == one.task
    assert one.is_overdue


def test_what_is_due_today_is_not_overdue(world: SmallWorld) -> None:
    do(world, due=date(2026, 11, 22))
    (one,) = read_assigned(world.runtime, LOCAL_USER)
    assert not one.is_overdue


def test_what_is_done_is_open_no_more_until_it_is_reopened(world: SmallWorld) -> None:
    do(world)
    do(world, act=SignalActKind.DONE, assignee="", due=None)
    assert () == read_assigned(world.runtime, LOCAL_USER)
    do(world, act=SignalActKind.REOPEN, assignee="", due=None)
    assert ["Kim"] == [each.assignee for each in read_assigned(world.runtime, LOCAL_USER)]


def test_the_last_person_it_was_given_to_has_it_and_nobody_takes_it_back(
    world: SmallWorld,
) -> None:
    do(world)
    do(world, assignee="Lee")
    assert ["Lee"] == [each.assignee for each in read_assigned(world.runtime, LOCAL_USER)]
    do(world, assignee="", due=None)
    assert () == read_assigned(world.runtime, LOCAL_USER)


def test_the_soonest_due_comes_first_and_what_has_no_day_last(world: SmallWorld) -> None:
    for month, due in ((9, None), (8, date(2026, 12, 24)), (7, date(2026, 12, 1))):
        do(world, key=GIVEN.key._replace(since=date(2026, month, 3)), due=due)
    found = read_assigned(world.runtime, LOCAL_USER)
    assert [7, 8, 9] == [each.since.month for each in found]


def test_only_the_touchpoints_of_the_reader_and_the_name_asked_for_are_told(
    world: SmallWorld,
) -> None:
    do(world)
    do(world, key=GIVEN.key._replace(touchpoint="desk"), assignee="Lee")
    assert ["Lee"] == [each.assignee for each in read_assigned(world.runtime, DESK_LEAD)]
    found = read_assigned(world.runtime, LOCAL_USER, assignee="kim")
    assert ["delivery"] == [each.touchpoint for each in found]
    with pytest.raises(NotAllowed, match="no touchpoint 'delivery'"):
        read_assigned(world.runtime, DESK_LEAD, touchpoints=("delivery",))
