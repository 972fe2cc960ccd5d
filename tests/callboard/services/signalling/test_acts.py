"""What people do about a signal: who may, what is kept, what is refused."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from callboard.access import LOCAL_USER
from callboard.errors import CallboardError, NotAllowed
from callboard.services.signalling import acts
from callboard.services.signalling.acts import SignalAt
from callboard.services.signalling.assigned import read_assigned
from callboard.services.signalling.export import changes_csv
from callboard.services.signalling.listing import read_changes
from callboard.views.signalling import FollowUp
from metrics.model import Grain
from tests.callboard.services.signalling.changed_world import ELSEWHERE, LATE, LEAD, READER, fill
from tests.callboard.services.small_world import SmallWorld

DUE = date(2026, 12, 1)


@pytest.fixture
def changed(world: SmallWorld) -> SmallWorld:
    return fill(world)


def followed(world: SmallWorld) -> FollowUp:
    (found,) = read_changes(world.runtime, LEAD).cards
    return found.follow


def test_a_signal_is_acknowledged_and_that_is_taken_back(changed: SmallWorld) -> None:
    acts.acknowledge(changed.runtime, LEAD, LATE)
    assert "lea" == followed(changed).acknowledged_by
    with pytest.raises(CallboardError, match=r"already, by lea\. Nothing was changed"):
        acts.acknowledge(changed.runtime, LOCAL_USER, LATE)
    acts.reopen(changed.runtime, LEAD, LATE)
    assert not followed(changed).is_acknowledged
    with pytest.raises(CallboardError, match="Nobody has acknowledged it"):
        acts.reopen(changed.runtime, LEAD, LATE)


def test_a_signal_that_is_given_to_somebody_is_acknowledged_and_listed_until_it_is_done(
    changed: SmallWorld,
) -> None:
    acts.assign(changed.runtime, LEAD, LATE, to=" Kim  Lee ", due=DUE, task="Ask the depot")
    now = followed(changed)
    assert ("Kim Lee", DUE, "Ask the depot", "lea") == (
        *(now.assignee, now.due, now.task, now.acknowledged_by),
    )
    assert ["Kim Lee"] == [each.assignee for each in read_assigned(changed.runtime, LEAD)]
    acts.finish(changed.runtime, LEAD, LATE)
    assert () == read_assigned(changed.runtime, LEAD)
    assert followed(changed).done_by == "lea"
    acts.reopen(changed.runtime, LEAD, LATE)
    assert followed(changed).is_assigned


def test_a_comment_stands_beside_the_signal_as_it_was_written(changed: SmallWorld) -> None:
    acts.comment(changed.runtime, LEAD, LATE, text="<b>Snow</b> on Monday\n")
    acts.comment(changed.runtime, LEAD, LATE, text="x" * 500)
    assert ["<b>Snow</b> on Monday", "x" * 500] == [
        each.text for each in followed(changed).comments
    ]
    assert not followed(changed).is_acknowledged


def test_a_comment_is_taken_back_by_who_wrote_it_and_by_nobody_else(changed: SmallWorld) -> None:
    acts.comment(changed.runtime, LOCAL_USER, LATE, text="Snow")
    (other,) = acts.comment(changed.runtime, LEAD, LATE, text="Strike").comments[:1]
    with pytest.raises(NotAllowed, match="local wrote it"):
        acts.take_comment_back(changed.runtime, LEAD, LATE, number=other.id)
    with pytest.raises(CallboardError, match="has no comment 99"):
        acts.take_comment_back(changed.runtime, LEAD, LATE, number=99)
    acts.take_comment_back(changed.runtime, LOCAL_USER, LATE, number=other.id)
    told = [(each.text, each.taken_back_at is None) for each in followed(changed).comments]
    assert [("", False), ("Strike", True)] == told
    assert b",Strike\r\n" in changes_csv(read_changes(changed.runtime, LEAD))
    with pytest.raises(CallboardError, match="taken back already"):
        acts.take_comment_back(changed.runtime, LOCAL_USER, LATE, number=other.id)


@pytest.mark.parametrize(
    ("text", "said"), [("x" * 501, "at most 500 characters; this one has 501"), (" ", "empty")]
)
def test_too_long_a_comment_and_an_empty_one_are_refused(
    changed: SmallWorld, text: str, said: str
) -> None:
    with pytest.raises(CallboardError, match=said):
        acts.comment(changed.runtime, LEAD, LATE, text=text)
    assert () == followed(changed).comments


@pytest.mark.parametrize("due", [None, date(2026, 11, 21), date(2027, 11, 24)])
def test_an_assignment_needs_a_day_within_a_year(changed: SmallWorld, due: date | None) -> None:
    with pytest.raises(CallboardError, match="expected one from 2026-11-22 to 2027-11-23"):
        acts.assign(changed.runtime, LEAD, LATE, to="Kim", due=due)


def test_an_assignment_is_taken_back_where_there_is_one(changed: SmallWorld) -> None:
    with pytest.raises(CallboardError, match="Say who"):
        acts.assign(changed.runtime, LEAD, LATE, to=" ", due=DUE)
    with pytest.raises(CallboardError, match="Nobody has it"):
        acts.take_back(changed.runtime, LEAD, LATE)
    acts.assign(changed.runtime, LEAD, LATE, to="Kim", due=DUE)
    acts.take_back(changed.runtime, LEAD, LATE)
    assert not followed(changed).is_assigned


@pytest.mark.parametrize("act", [acts.take_back, acts.reopen, acts.finish])
def test_what_somebody_did_meanwhile_is_not_taken_back_unseen(
    changed: SmallWorld, act: Callable[..., FollowUp]
) -> None:
    acts.assign(changed.runtime, LEAD, LATE, to="Kim", due=DUE)
    seen = replace(LATE, seen=followed(changed).last_act)
    acts.assign(changed.runtime, LOCAL_USER, seen, to="Lee", due=DUE)
    with pytest.raises(CallboardError, match=r"^Somebody has acted meanwhile; look again\."):
        act(changed.runtime, LEAD, seen)
    now = followed(changed)
    assert ("Lee", True) == (now.assignee, now.is_assigned)
    act(changed.runtime, LEAD, replace(LATE, seen=now.last_act))


def test_a_second_click_does_not_take_the_acknowledgement_back_too(changed: SmallWorld) -> None:
    done = acts.finish(changed.runtime, LEAD, LATE)
    seen = replace(LATE, seen=done.last_act)
    acts.reopen(changed.runtime, LEAD, seen)
    with pytest.raises(CallboardError, match="Somebody has acted meanwhile"):
        acts.reopen(changed.runtime, LEAD, seen)
    assert followed(changed).is_acknowledged


def test_who_may_not_act_or_see_the_touchpoint_is_refused(changed: SmallWorld) -> None:
    with pytest.raises(NotAllowed, match="Rae may not act on signals"):
        acts.acknowledge(changed.runtime, READER, LATE)
    with pytest.raises(NotAllowed, match="no touchpoint 'delivery'"):
        acts.acknowledge(changed.runtime, ELSEWHERE, LATE)
    assert not followed(changed).is_acknowledged


@pytest.mark.parametrize("since", ["2026-10-26", "soon"])
def test_what_is_no_signal_is_refused(changed: SmallWorld, since: str) -> None:
    with pytest.raises(CallboardError, match=r"no signal of On-time delivery|expected the day"):
        acts.acknowledge(changed.runtime, LEAD, replace(LATE, since=since))


def test_several_are_acknowledged_together_or_none_of_them(changed: SmallWorld) -> None:
    behind = SignalAt(
        touchpoint="depot", metric="backlog_open", grain=Grain.WEEK, since="2026-10-19"
    )
    wrong = replace(behind, since="2026-10-12")
    with pytest.raises(CallboardError, match="no signal of Open backlog at Depot"):
        acts.acknowledge_all(changed.runtime, LOCAL_USER, [LATE, wrong])
    assert not followed(changed).is_acknowledged
    with pytest.raises(NotAllowed, match="no touchpoint 'depot'"):
        acts.acknowledge_all(changed.runtime, LEAD, [LATE, behind])
    acts.acknowledge(changed.runtime, LEAD, LATE)
    assert 1 == acts.acknowledge_all(changed.runtime, LOCAL_USER, [LATE, behind])
    assert "lea" == followed(changed).acknowledged_by


def test_every_act_is_a_publication_so_that_open_pages_show_it(changed: SmallWorld) -> None:
    before = changed.runtime.publication()
    acts.acknowledge(changed.runtime, LEAD, LATE)
    acts.comment(changed.runtime, LEAD, LATE, text="Seen on Monday")
    assert before + 2 == changed.runtime.publication()
