"""Annotations over the small world: written, shown on charts, edited, withdrawn, brought back."""

import csv
import io
from dataclasses import replace
from datetime import date, timedelta

import pytest

from callboard.access import LOCAL_USER, Actor, Role
from callboard.errors import CallboardError, NotAllowed
from callboard.services.annotating import annotations as annotating
from callboard.services.drilling.trend import read_control_chart
from callboard.services.export import chart_csv
from callboard.views import AnnotationRow, ControlChart, WrittenAnnotation
from metrics.model import Grain
from tests.callboard.services.small_world import WEEK_46, SmallWorld, week_rows

STEP = WEEK_46 - timedelta(weeks=11)
NEW = WrittenAnnotation(
    touchpoint="delivery",
    metric="otd",
    first=(STEP + timedelta(days=2)).isoformat(),
    text="New carrier",
    tag="change",
)


@pytest.fixture
def stepped(world: SmallWorld) -> SmallWorld:
    """On-time delivery that fell twelve weeks ago and stayed there."""
    before = [(95.0 + week % 3, 100.0) for week in range(40)]
    after = [(83.0 + (week * 2) % 3, 100.0) for week in range(12)]
    world.add(week_rows("otd", "delivery", [*before, *after]))
    world.reach()
    return world


def add(world: SmallWorld, actor: Actor = LOCAL_USER, **changes: str) -> AnnotationRow:
    return annotating.add(world.runtime, actor, replace(NEW, **changes))


def chart(world: SmallWorld, **question) -> ControlChart:
    asked = {"metric": "otd", "touchpoint": "delivery", "grain": Grain.WEEK} | question
    return read_control_chart(world.runtime, LOCAL_USER, **asked)


def test_flags_are_numbered_by_day_and_say_what_they_are_about(stepped: SmallWorld) -> None:
    add(stepped)
    add(stepped, touchpoint="", metric="", first="2026-06-01", last="2026-06-20", text="Strike")
    add(stepped, metric="returns", text="Not of this metric")
    add(stepped, first="2019-01-01", text="Before the chart begins")
    assert [
        (1, date(2026, 6, 1), date(2026, 6, 15), "1 to 20 Jun 2026", "Strike", "every touchpoint"),
        (2, STEP, STEP, "26 Aug", "New carrier", ""),
    ] == [
        (mark.number, mark.start, mark.end, mark.days, mark.text, mark.about)
        for mark in chart(stepped).annotations
    ]


@pytest.mark.parametrize(
    ("weeks", "told"),
    [
        (0, "It began with “New carrier”, 26 Aug."),
        (-1, "It began one week after “New carrier”, 19 Aug."),
        (1, "It began one week before “New carrier”, 2 Sep."),
        (-2, ""),
        (2, ""),
    ],
)
def test_a_signal_that_begins_within_one_period_of_an_annotation_says_so(
    stepped: SmallWorld, weeks: int, told: str
) -> None:
    day = STEP + timedelta(days=2, weeks=weeks)
    add(stepped, first=day.isoformat())
    view = chart(stepped)
    assert view.variation is not None
    assert STEP == view.variation.since
    assert told == view.began


def test_a_signal_begins_during_what_began_long_before_and_that_is_told_last(
    stepped: SmallWorld,
) -> None:
    add(stepped, first="2026-02-01", last="2026-10-31", text="Rebuilding")
    assert "It began during “Rebuilding”, Feb to Oct 2026." == chart(stepped).began
    add(stepped, first=(STEP - timedelta(weeks=1)).isoformat())
    assert chart(stepped).began.startswith("It began one week after “New carrier”")


def test_the_sentence_for_who_cannot_see_and_the_file_tell_them_too(stepped: SmallWorld) -> None:
    add(stepped, text="=1+1")
    view = chart(stepped)
    assert view.alt.endswith("Annotated: “=1+1”, 26 Aug.")
    rows = csv.DictReader(io.StringIO(chart_csv(view).decode()))
    told = {row["period_start"]: row["annotations"] for row in rows if row["annotations"]}
    assert {STEP.isoformat(): "26 Aug, change: =1+1"} == told


def test_an_edited_one_is_replaced_and_its_history_kept(stepped: SmallWorld) -> None:
    old = add(stepped)
    new = annotating.edit(
        stepped.runtime, LOCAL_USER, number=old.id, written=replace(NEW, text="Two carriers")
    )
    assert ["Two carriers"] == [mark.text for mark in chart(stepped).annotations]
    listed = annotating.list_annotations(stepped.runtime, LOCAL_USER, touchpoint="delivery")
    assert [(f"edited by local: now annotation {new.id}"), ""] == [row.withdrawn for row in listed]
    with pytest.raises(CallboardError, match=f"Annotation {new.id} is a newer version"):
        annotating.restore(stepped.runtime, LOCAL_USER, number=old.id)


def test_a_newer_version_elsewhere_keeps_the_old_one_away_without_its_number(
    world: SmallWorld,
) -> None:
    old = add(world)
    moved = replace(NEW, touchpoint="desk")
    annotating.edit(world.runtime, LOCAL_USER, number=old.id, written=moved)
    mine = replace(LOCAL_USER, touchpoints=frozenset({"delivery"}))
    told = f"^A newer version of {old.id} stands at a touchpoint that is not yours"
    with pytest.raises(CallboardError, match=told):
        annotating.restore(world.runtime, mine, number=old.id)


def test_a_withdrawn_one_leaves_the_chart_and_can_be_brought_back(stepped: SmallWorld) -> None:
    row = add(stepped)
    before = stepped.runtime.publication()
    annotating.withdraw(stepped.runtime, LOCAL_USER, number=row.id, note="wrong day")
    assert () == chart(stepped).annotations
    assert before < stepped.runtime.publication()  # every open screen is drawn anew
    assert annotating.restore(stepped.runtime, LOCAL_USER, number=row.id).holds
    assert 1 == len(chart(stepped).annotations)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"text": "  "}, "Say what happened"),
        ({"text": "x" * 281}, "The text has 281 letters; expected 280 at most"),
        ({"first": ""}, "Found no day; expected a day such as"),
        ({"first": "12 Sep"}, "Found '12 Sep'"),
        ({"last": "2020-01-01"}, "not before the first"),
        ({"first": "2031-01-01"}, "within a year from now"),
        ({"tag": "party"}, "Found the tag 'party'; expected one of change, event"),
        ({"touchpoint": "nowhere"}, "There is no touchpoint 'nowhere'"),
        ({"metric": "nothing"}, "There is no metric 'nothing'"),
    ],
)
def test_what_cannot_be_is_refused_with_what_to_do(
    world: SmallWorld, changes: dict[str, str], told: str
) -> None:
    before = world.runtime.publication()
    with pytest.raises((CallboardError, NotAllowed), match=told):
        add(world, **changes)
    assert before == world.runtime.publication()


def test_the_longest_text_is_kept_whole(world: SmallWorld) -> None:
    assert "x" * 280 == add(world, text="x" * 280).text


def test_who_sees_some_touchpoints_writes_on_those_alone(world: SmallWorld) -> None:
    of_all = add(world, touchpoint="", metric="")
    elsewhere = add(world, touchpoint="desk", metric="")
    mine = replace(LOCAL_USER, touchpoints=frozenset({"delivery"}))
    assert add(world, mine).holds
    with pytest.raises(NotAllowed, match="single touchpoints only"):
        add(world, mine, touchpoint="")
    with pytest.raises(NotAllowed, match="single touchpoints only"):
        annotating.withdraw(world.runtime, mine, number=of_all.id, note="x")
    with pytest.raises(NotAllowed, match=f"There is no annotation {elsewhere.id}"):
        annotating.edit(world.runtime, mine, number=elsewhere.id, written=NEW)
    listed = annotating.list_annotations(world.runtime, mine)
    assert elsewhere.id not in [row.id for row in listed]


def test_an_employee_reads_and_does_not_write(world: SmallWorld) -> None:
    number = add(world).id
    reader = Actor(id="emp", name="Emp", roles=frozenset({Role.EMPLOYEE}))
    assert [number] == [row.id for row in annotating.list_annotations(world.runtime, reader)]
    for act in (
        lambda: add(world, reader),
        lambda: annotating.edit(world.runtime, reader, number=number, written=NEW),
        lambda: annotating.withdraw(world.runtime, reader, number=number, note="x"),
        lambda: annotating.restore(world.runtime, reader, number=number),
    ):
        with pytest.raises(NotAllowed, match="Emp may not annotate charts"):
            act()
