"""Notes to the next shift: who may write, read and see them, and what they may hold."""

from datetime import UTC, datetime

import pytest

from callboard.access import LOCAL_USER, Actor, Role
from callboard.errors import CallboardError, NotAllowed
from callboard.services.shift.notes import (
    hand_over,
    list_notes,
    mark_note_seen,
    note_of_today,
    take_note_seen_back,
)
from callboard.services.shift.own import keep_own, read_own
from tests.callboard.services.small_world import SmallWorld

LEAD = Actor(
    id="ada", name="Ada", roles=frozenset({Role.OPS_LEAD}), touchpoints=frozenset({"desk"})
)
CLERK = Actor(
    id="cle", name="Cle", roles=frozenset({Role.EMPLOYEE}), touchpoints=frozenset({"desk"})
)
NOW = datetime(2026, 11, 22, 14, 30, tzinfo=UTC)


def write(world: SmallWorld, note: str, touchpoint: str = "desk", actor: Actor = LOCAL_USER):
    return hand_over(world.runtime, actor, touchpoint=touchpoint, note=note)


def listed(world: SmallWorld, actor: Actor = LOCAL_USER, **asked) -> list[str]:
    return [each.note for each in list_notes(world.runtime, actor, **asked)]


def test_a_note_says_who_wrote_it_and_when_and_keeps_its_lines(world: SmallWorld) -> None:
    note = write(world, "  Line 2 is down.\r\nCalled the supplier.\x00\x1b ", actor=LEAD)
    assert ("Line 2 is down.\nCalled the supplier.", "Ada", NOW, "Service desk") == (
        note.note,
        note.author,
        note.at,
        note.touchpoint_name,
    )
    assert (note,) == list_notes(world.runtime, LOCAL_USER)


def test_a_note_may_be_a_thousand_characters_and_no_more(world: SmallWorld) -> None:
    write(world, "é" * 1000)
    with pytest.raises(CallboardError, match=r"at most 1,000 characters; found 1,001"):
        write(world, "é" * 1001)
    with pytest.raises(CallboardError, match="Found an empty note"):
        write(world, " \n\x00 ")
    assert ["é" * 1000] == listed(world)


def test_notes_are_read_within_the_scope_only(world: SmallWorld) -> None:
    for place in ("desk", "delivery"):
        write(world, f"Of {place}", touchpoint=place)
    assert ["Of delivery", "Of desk"] == listed(world)
    assert ["Of desk"] == listed(world, CLERK)
    assert ["Of delivery"] == listed(world, touchpoint="delivery")
    with pytest.raises(NotAllowed, match=r"^There is no touchpoint 'delivery'"):
        listed(world, CLERK, touchpoint="delivery")


def test_employees_read_and_do_not_write(world: SmallWorld) -> None:
    note = write(world, "Read me")
    for act in (mark_note_seen, take_note_seen_back):
        with pytest.raises(NotAllowed, match=r"^Cle may not hand over to the next shift\.$"):
            act(world.runtime, CLERK, number=note.id)
    with pytest.raises(NotAllowed):
        write(world, "Mine", actor=CLERK)
    assert ["Read me"] == listed(world, CLERK)


def test_a_note_elsewhere_reads_like_one_that_is_not_there(world: SmallWorld) -> None:
    note = write(world, "Of delivery", touchpoint="delivery")
    with pytest.raises(NotAllowed, match=r"^There is no note 1\.$"):
        mark_note_seen(world.runtime, LEAD, number=note.id)
    with pytest.raises(NotAllowed, match="There is no touchpoint 'delivery'"):
        write(world, "Sneaked in", touchpoint="delivery", actor=LEAD)


def test_seeing_a_note_is_told_and_taken_back(world: SmallWorld) -> None:
    note = write(world, "Read me")
    seen = mark_note_seen(world.runtime, LEAD, number=note.id)
    assert ("Ada", NOW) == (seen.seen_by, seen.seen_at)
    with pytest.raises(CallboardError, match="Ada has seen note 1 already"):
        mark_note_seen(world.runtime, LOCAL_USER, number=note.id)
    assert "" == take_note_seen_back(world.runtime, LEAD, number=note.id).seen_by


def test_who_is_limited_looks_after_what_he_is_limited_to(world: SmallWorld) -> None:
    assert ("desk",) == read_own(world.runtime, LEAD)
    with pytest.raises(CallboardError, match="those you may read"):
        keep_own(world.runtime, LEAD, touchpoints=["desk"])


def test_others_pick_their_own_and_it_is_remembered_for_each(world: SmallWorld) -> None:
    eva = Actor(id="eva", name="Eva", roles=frozenset({Role.OPS_LEAD}))
    assert () == read_own(world.runtime, eva)
    before = world.runtime.publication()
    keep_own(world.runtime, eva, touchpoints=["desk", "delivery"])
    assert ("delivery", "desk") == read_own(world.runtime, eva)
    assert () == read_own(world.runtime, LOCAL_USER)
    assert before == world.runtime.publication()
    with pytest.raises(NotAllowed, match="There is no touchpoint 'dsk'"):
        keep_own(world.runtime, eva, touchpoints=["dsk"])
    keep_own(world.runtime, eva, touchpoints=[])
    assert () == read_own(world.runtime, eva)


def test_the_note_of_today_is_the_newest_and_gone_tomorrow(world: SmallWorld) -> None:
    assert None is note_of_today(world.runtime, LEAD, touchpoint="desk")
    for note in ("First", "Second"):
        write(world, note)
    told = note_of_today(world.runtime, LEAD, touchpoint="desk")
    assert told is not None
    assert "Second" == told.note
    tomorrow = world.at("2026-11-23T00:10")
    assert None is note_of_today(tomorrow, LEAD, touchpoint="desk")
    with pytest.raises(NotAllowed, match="There is no touchpoint 'delivery'"):
        note_of_today(world.runtime, LEAD, touchpoint="delivery")
