"""What people say of a figure stands on its tile, its chart and its CSV; versions are kept."""

import csv
import io
from datetime import date, timedelta

import pytest
from sqlalchemy import event

from callboard.access import LOCAL_USER, Actor, Role
from callboard.errors import CallboardError, NotAllowed
from callboard.services.drilling.trend import read_control_chart
from callboard.services.export import chart_csv
from callboard.services.promising.comments import list_comments, take_back, write_comment
from callboard.services.status import read_status
from callboard.services.tiles.overview import read_overview
from callboard.views import CommentRow, ControlChart, Note
from metrics.model import Grain
from tests.callboard.services.small_world import TODAY, WEEK_46, SmallWorld, week_rows

LEAD = Actor(
    id="lea", name="Lea", roles=frozenset({Role.OPS_LEAD}), touchpoints=frozenset({"delivery"})
)
ENGINEER = Actor(id="kim", name="Kim", roles=frozenset({Role.DATA_ENGINEER}))
WEDNESDAY = (WEEK_46 + timedelta(days=2)).isoformat()


@pytest.fixture
def kept(world: SmallWorld) -> SmallWorld:
    """Twenty steady weeks of on-time delivery and of abandoned contacts."""
    world.add(week_rows("otd", "delivery", [(90.0 + week % 3, 100.0) for week in range(20)]))
    world.add(week_rows("abandon", "desk", [(5.0 + week % 3, 100.0) for week in range(20)]))
    world.reach()
    return world


def say(world: SmallWorld, text: str, actor: Actor = LEAD, **changes) -> CommentRow:
    asked = {"touchpoint": "delivery", "metric": "otd", "grain": Grain.WEEK, "period": WEDNESDAY}
    return write_comment(world.runtime, actor, text=text, **asked | changes)


def chart(world: SmallWorld, grain: Grain = Grain.WEEK) -> ControlChart:
    asked = {"metric": "otd", "touchpoint": "delivery", "grain": grain}
    return read_control_chart(world.runtime, LOCAL_USER, **asked)


def notes(world: SmallWorld, **filters) -> dict[str, Note | None]:
    overview = read_overview(world.runtime, LOCAL_USER, grain=Grain.WEEK, **filters)
    return {tile.metric: tile.note for lane in overview.lanes for tile in lane.tiles}


def test_a_comment_on_a_day_is_of_the_period_that_holds_it(kept: SmallWorld) -> None:
    found = say(kept, "Two vans\nbroke   down")
    assert (WEEK_46, "Week 46, 2026") == (found.start, found.period_label)
    assert ("Two vans broke down", "lea") == (found.text, found.actor)
    assert () == read_status(kept.runtime, LOCAL_USER).acts_broken


def test_the_tile_of_the_period_carries_the_newest_and_no_other_tile_does(
    kept: SmallWorld,
) -> None:
    say(kept, "First")
    say(kept, "Second", LOCAL_USER)
    say(kept, "Of an earlier week", period=(WEEK_46 - timedelta(weeks=1)).isoformat())
    say(kept, "Of the month", grain=Grain.MONTH)
    told = notes(kept)
    assert ("Second", "local", 1) == (told["otd"].text, told["otd"].actor, told["otd"].more)
    assert told["abandon"] is None
    before = notes(kept, period=(WEEK_46 - timedelta(weeks=1)).isoformat())
    assert ("Of an earlier week", 0) == (before["otd"].text, before["otd"].more)


def test_the_chart_and_its_csv_tell_what_was_said_of_each_period(kept: SmallWorld) -> None:
    say(kept, "=cmd()")
    say(kept, "Road works", period=(WEEK_46 - timedelta(weeks=3)).isoformat())
    view = chart(kept)
    assert ["Road works", "=cmd()"] == [each.text for each in view.comments]
    assert "There are comments on Week 43, 2026, Week 46, 2026." in view.alt
    rows = list(csv.DictReader(io.StringIO(chart_csv(view).decode())))
    said = {row["period_start"]: row["comments"] for row in rows if row["comments"]}
    assert {
        "2026-10-19": "lea, 2026-11-22: Road works",
        "2026-11-09": "lea, 2026-11-22: =cmd()",
    } == said
    assert () == chart(kept, Grain.MONTH).comments


def test_an_edit_stands_in_place_of_the_comment_with_what_it_said_before(
    kept: SmallWorld,
) -> None:
    first = say(kept, "Two vans broke down")
    second = say(kept, "One van broke down", LOCAL_USER, replaces=first.id)
    say(kept, "No van broke down", replaces=second.id)
    (found,) = list_comments(kept.runtime, LOCAL_USER)
    assert ("No van broke down", ["One van broke down", "Two vans broke down"]) == (
        found.text,
        [each.text for each in found.earlier],
    )
    with pytest.raises(NotAllowed, match="may have been changed meanwhile"):
        say(kept, "Mine", replaces=first.id)


def test_an_edit_cannot_move_a_comment_to_another_figure(kept: SmallWorld) -> None:
    number = say(kept, "Two vans").id
    with pytest.raises(CallboardError, match="is of another figure or period"):
        say(kept, "Two vans", replaces=number, period=(WEEK_46 - timedelta(weeks=1)).isoformat())


def test_what_is_taken_back_stands_nowhere(kept: SmallWorld) -> None:
    take_back(kept.runtime, LEAD, number=say(kept, "Wrong week").id, note="It was week 45")
    assert ((), (), None) == (
        list_comments(kept.runtime, LOCAL_USER),
        chart(kept).comments,
        notes(kept)["otd"],
    )


@pytest.mark.parametrize(
    ("text", "changes", "words"),
    [
        (" \n ", {}, "Say something"),
        ("x" * 601, {}, "Found 601 characters; a comment has 600 or fewer"),
        ("x", {"period": "soon"}, "Found 'soon'; expected a day"),
        ("x", {"period": (TODAY + timedelta(days=1)).isoformat()}, "is still to come"),
        ("x", {"touchpoint": "depot"}, "is not measured at Depot"),
    ],
    ids=["nothing", "long", "no day", "to come", "not there"],
)
def test_what_cannot_be_said_is_refused(
    kept: SmallWorld, text: str, changes: dict[str, object], words: str
) -> None:
    with pytest.raises(CallboardError, match=words):
        say(kept, text, LOCAL_USER, **changes)
    assert () == list_comments(kept.runtime, LOCAL_USER)


def test_six_hundred_letters_and_the_running_week_can_be_commented_on(kept: SmallWorld) -> None:
    assert 600 == len(say(kept, "x" * 600).text)
    assert date(2026, 11, 16) == say(kept, "Still running", period=TODAY.isoformat()).start


def test_only_who_may_comments_and_nobody_sees_or_touches_what_is_elsewhere(
    kept: SmallWorld,
) -> None:
    with pytest.raises(NotAllowed, match="Kim may not comment on figures"):
        say(kept, "Mine", ENGINEER)
    with pytest.raises(NotAllowed, match="There is no touchpoint 'desk'"):
        say(kept, "Mine", touchpoint="desk", metric="abandon")
    number = say(kept, "Not yours", LOCAL_USER, touchpoint="desk", metric="abandon").id
    assert () == list_comments(kept.runtime, LEAD)
    with pytest.raises(NotAllowed, match=f"There is no comment {number}"):
        take_back(kept.runtime, LEAD, number=number, note="mine")


def test_an_overview_asks_for_all_targets_once_and_for_all_notes_once(kept: SmallWorld) -> None:
    asked: list[str] = []

    def listen(_conn, _cursor, statement: str, *_more: object) -> None:
        asked.append(statement)

    event.listen(kept.runtime.store, "before_cursor_execute", listen)
    read_overview(kept.runtime, LOCAL_USER, grain=Grain.WEEK)
    event.remove(kept.runtime.store, "before_cursor_execute", listen)
    tables = ("FROM series_target", "FROM commentary")
    assert [1, 1] == [sum(table in each for each in asked) for table in tables]
