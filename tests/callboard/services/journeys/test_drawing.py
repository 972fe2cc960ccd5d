"""Journeys drawn on screen: who may, what is kept, which version is shown, and the way back."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callboard.access import LOCAL_USER, Actor, Role
from callboard.errors import CallboardError, DefinitionError, NotAllowed
from callboard.services.journeys import drawing
from callboard.services.journeys.journey_files import as_file, import_journey
from callboard.storage.audit import verify_audit
from callboard.storage.engine import snapshot
from callboard.views import Origin, StageDraft
from definition_files import as_model, parse_yaml
from metrics.journey import Journey, JourneyStage
from tests.callboard.services.journey_world import (
    ADA,
    BEN,
    FILED,
    USE,
    draw,
    exported,
    origins,
    with_file,
)
from tests.callboard.services.small_world import SmallWorld


def test_without_a_file_the_front_touchpoints_are_proposed(world: SmallWorld) -> None:
    (row,) = drawing.list_journeys(world.runtime, ADA)
    assert (Origin.PROPOSED, 2) == (row.origin, row.stages)
    assert "Not drawn yet" in row.told
    assert ("delivery", "desk") == exported(world.runtime).touchpoints


def test_what_is_drawn_wins_over_the_file_and_keeps_its_metrics(world: SmallWorld) -> None:
    runtime = with_file(world.runtime)
    assert "Stage “Use it!” is new." == draw(runtime, USE)
    assert [Origin.DRAWN] == origins(runtime)
    stage = exported(runtime).stages
    assert ["receive", "help", "use_it"] == [each.code for each in stage]
    assert {"delivery": ("otd",)} == stage[0].metrics


def test_a_file_that_changed_since_is_shown_until_one_of_both_is_taken(world: SmallWorld) -> None:
    draw(with_file(world.runtime), USE)
    later = with_file(world.runtime, FILED.model_copy(update={"name": "Another way"}))
    assert ([Origin.FILE], "Another way") == (origins(later), exported(later).name)
    told = drawing.keep_drawn(later, BEN, journey="customer")
    assert "“Order to help”, before “Another way”" in told
    assert ([Origin.DRAWN], "Order to help") == (origins(later), exported(later).name)


def test_a_file_that_is_taken_counts_for_good(world: SmallWorld) -> None:
    draw(with_file(world.runtime), USE)
    later = with_file(world.runtime, FILED.model_copy(update={"name": "Another way"}))
    drawing.take_file(later, BEN, journey="customer")
    assert ([Origin.BOTH], "Another way") == (origins(later), exported(later).name)
    with pytest.raises(CallboardError, match="Nothing was drawn"):
        drawing.take_file(later, BEN, journey="customer")
    with pytest.raises(CallboardError, match="was not changed"):
        drawing.keep_drawn(later, BEN, journey="customer")


def test_the_file_comes_back_although_something_was_drawn(world: SmallWorld) -> None:
    runtime = with_file(world.runtime)
    draw(runtime, USE)
    assert "Stage “Use it!” is gone." == drawing.take_file(runtime, ADA, journey="customer")
    assert ([Origin.BOTH], FILED) == (origins(runtime), exported(runtime))


def test_an_exported_file_says_what_was_drawn(world: SmallWorld) -> None:
    draw(with_file(world.runtime), USE)
    again = with_file(world.runtime, exported(with_file(world.runtime)))
    assert [Origin.BOTH] == origins(again)


def test_versions_say_who_and_what_and_any_of_them_comes_back(world: SmallWorld) -> None:
    runtime = world.runtime
    draw(runtime, note="as proposed")
    draw(runtime, USE, actor=BEN, note="with the shops")
    second, first = drawing.list_versions(runtime, ADA, journey="customer")
    assert (2, "ben", "with the shops", True) == (
        *(second.number, second.actor, second.note),
        second.is_shown,
    )
    assert (("Drawn with 2 stages.",), False) == (first.changes, first.is_shown)
    told = drawing.return_to(runtime, ADA, journey="customer", version=first.id)
    assert "Stage “Use it!” is gone." == told
    third = drawing.list_versions(runtime, ADA, journey="customer")[0]
    assert (3, "Back to version 1") == (third.number, third.note)
    with snapshot(runtime.store) as connection:
        assert () == verify_audit(connection)
    assert 3 == runtime.publication()


def test_an_earlier_version_comes_back_without_who_is_no_more(world: SmallWorld) -> None:
    runtime = with_file(world.runtime)
    draw(runtime, replace(USE, touchpoints=("desk", "delivery")))
    draw(runtime, replace(USE, name="Return"))
    definitions = runtime.definitions
    left = {code: each for code, each in definitions.touchpoints.items() if code != "desk"}
    later = replace(runtime, definitions=replace(definitions, touchpoints=left))
    first = drawing.list_versions(later, ADA, journey="customer")[-1].id
    told = drawing.return_to(later, ADA, journey="customer", version=first)
    assert "Stage “Return” is gone." in told
    assert told.endswith("What is not there any more is left out: desk.")
    assert ("delivery",) == exported(later).stages[-1].touchpoints
    newest = drawing.list_versions(runtime, ADA, journey="customer")[0]
    assert "Not met at “Get help” any more: Service desk." in newest.changes


def test_two_who_draw_at_once_do_not_overwrite_each_other(world: SmallWorld) -> None:
    draft = drawing.begin_draft(world.runtime, ADA, journey="customer")
    draw(world.runtime, USE, actor=BEN)
    with pytest.raises(CallboardError, match="saved another version since"):
        drawing.save_draft(world.runtime, ADA, draft=draft, note="")
    assert 1 == len(drawing.list_versions(world.runtime, ADA, journey="customer"))


@pytest.mark.parametrize(
    ("stage", "said"),
    [
        (StageDraft(code="", name=" "), "Give every stage a name"),
        (StageDraft(code="", name="Use", touchpoints=("depot",)), "customers do not see"),
        (StageDraft(code="", name="Use", touchpoints=("nobody",)), "unknown touchpoint"),
        (StageDraft(code="", name="Use", touchpoints=("desk", "desk")), "cannot be kept"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_kept(
    world: SmallWorld, stage: StageDraft, said: str
) -> None:
    with pytest.raises(CallboardError, match=said):
        draw(world.runtime, stage)
    assert [Origin.PROPOSED] == origins(world.runtime)
    assert 0 == world.runtime.publication()


def test_nothing_new_is_nothing_to_save(world: SmallWorld) -> None:
    draw(world.runtime)
    with pytest.raises(CallboardError, match="nothing to save"):
        draw(world.runtime)


@pytest.mark.parametrize("act", ["begin_draft", "take_file", "keep_drawn", "list_versions"])
@pytest.mark.parametrize(
    "actor",
    [
        replace(ADA, roles=frozenset({Role.EXECUTIVE})),
        replace(ADA, roles=frozenset({Role.EMPLOYEE})),
        replace(ADA, touchpoints=frozenset({"desk"})),
    ],
)
def test_only_those_allowed_and_who_see_the_whole_way_draw(
    world: SmallWorld, act: str, actor: Actor
) -> None:
    assert drawing.may_draw(ADA)
    assert not drawing.may_draw(actor)
    with pytest.raises(NotAllowed):
        getattr(drawing, act)(world.runtime, actor, journey="customer")
    with pytest.raises(NotAllowed):
        drawing.save_journey(world.runtime, actor, journey=FILED, note="")


def test_a_file_is_imported_and_told_what_is_wrong(world: SmallWorld, tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_bytes(as_file(FILED))
    told = import_journey(world.runtime, LOCAL_USER, path=path, note="from the workshop")
    assert ("Drawn with 2 stages.", FILED) == (told, exported(world.runtime))
    path.write_text("journey: customer\nname: X\nsteps: []\n", encoding="utf-8")
    with pytest.raises(DefinitionError) as caught:
        import_journey(world.runtime, LOCAL_USER, path=path, note="")
    assert {"stages", "steps"} == {each.key for each in caught.value.problems}


@given(
    st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=40),
    st.text(st.characters(exclude_categories=("Cs",)), max_size=60),
)
def test_any_words_are_the_same_after_export(name: str, question: str) -> None:
    stage = JourneyStage(code="a", name=name, question=question, touchpoints=("desk",))
    journey = Journey(code="customer", name=name, customer=question, stages=(stage,))
    document, problems = parse_yaml(as_file(journey).decode(), shown_as="")
    assert [] == problems
    assert journey == as_model(document, Journey, shown_as="")[0]
