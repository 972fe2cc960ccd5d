"""The journey on its page: the worst of each step, the services behind, the sentence, the scope."""

from dataclasses import replace
from datetime import date

import pytest

from callboard.access import LOCAL_USER, Actor
from callboard.errors import NotAllowed
from callboard.services.journeys.journey_map import read_journey
from callboard.services.runtime import Runtime
from callboard.storage.engine import write
from callboard.storage.feeds.passages import Passage
from callboard.storage.passages import replace_passages
from callboard.storage.runs import FeedState, RunVerdict, SliceState, write_feed_state
from callboard.views import JourneyMap, Origin
from metrics.journey import JourneyStage
from metrics.model import Grain
from tests.callboard.services.journey_world import ADA, FILED, USE, draw, with_file
from tests.callboard.services.small_world import SmallWorld, week_rows

FALLING = [(90.0 + week % 3 / 2, 100.0) for week in range(103)] + [(80.0, 100.0)]
STEADY = [(5.0 + week % 4, 100.0) for week in range(104)]


@pytest.fixture
def filled(world: SmallWorld) -> SmallWorld:
    """On-time delivery falls in the last week; returns and abandonment are steady."""
    world.add(week_rows("otd", "delivery", FALLING))
    world.add(week_rows("returns", "delivery", STEADY))
    world.add(week_rows("abandon", "desk", STEADY))
    world.reach()
    return world


def read(runtime: Runtime, actor: Actor = LOCAL_USER, **more: str) -> JourneyMap:
    found = read_journey(runtime, actor, grain=Grain.WEEK, **more)
    assert found is not None
    return found


def test_the_sentence_says_where_it_hurts_and_what_stands_behind(filled: SmallWorld) -> None:
    view = read(with_file(filled.runtime))
    assert view.headline.startswith(
        "Receive is where it hurts: on-time delivery at Field delivery, far below usual since 9 Nov"
    )
    assert view.headline.endswith("; backstage nothing hurts.")
    assert [True, False] == [each.is_hurting for each in view.parts]


def test_a_step_tells_its_own_metrics_and_the_worst_of_them_first(filled: SmallWorld) -> None:
    view = read(with_file(filled.runtime))
    (delivery,) = view.parts[0].nodes
    assert [("otd", "80.0 %")] == [(each.metric, each.value_text) for each in delivery.figures]
    (proposed, _) = read(filled.runtime).parts
    assert ["otd", "returns"] == [each.metric for each in proposed.nodes[0].figures]


def test_a_step_is_tied_to_the_services_behind_it(filled: SmallWorld) -> None:
    view = read(filled.runtime)
    (depot,) = view.behind
    assert ("depot", ()) == (depot.touchpoint, depot.figures)
    by_name = {node.touchpoint: node.services for part in view.parts for node in part.nodes}
    assert {"delivery": (depot.key,), "desk": ()} == by_name


def test_cases_that_went_on_are_told_from_ten_on_where_both_ends_may_be_seen(
    filled: SmallWorld,
) -> None:
    days = [(date(2026, 11, 9), 7), (date(2026, 11, 15), 5), (date(2026, 11, 8), 99)]
    there = [Passage(day, "delivery", "desk", cases) for day, cases in days]
    few = Passage(date(2026, 11, 10), "desk", "delivery", 9)
    with write(filled.runtime.store) as conn:
        assert replace_passages(conn, feed="contacts", days=None, rows=[*there, few])
        assert not replace_passages(conn, feed="contacts", days={few.day}, rows=[few])
    view = read(filled.runtime)
    onward = {node.touchpoint: node.onward for part in view.parts for node in part.nodes}
    assert [("Service desk", 12, 1.0)] == [
        (each.name, each.cases, each.share) for each in onward["delivery"]
    ]
    assert () == onward["desk"]
    assert view.onward_told.endswith("fewer than 10 cases lead on from there, and are not told.")
    nodes = [node for part in view.parts for node in part.nodes]
    assert {"desk"} == {node.touchpoint for node in nodes if node.hides_onward}
    assert "" == read(filled.runtime, replace(ADA, touchpoints=frozenset({"desk"}))).onward_told


def test_days_that_rows_held_back_reach_are_named(filled: SmallWorld) -> None:
    """Held on the Friday of the week told, and for all of the touchpoint's metrics or one alike."""
    held = SliceState(touchpoint="desk", metric="abandon", held=(date(2026, 11, 13),))
    with write(filled.runtime.store) as conn:
        there = Passage(date(2026, 11, 9), "delivery", "desk", 12)
        replace_passages(conn, feed="contacts", days=None, rows=[there])
        state = FeedState(feed="contacts", verdict=RunVerdict.PUBLISHED, slices=(held,))
        write_feed_state(conn, state)
    told = read(filled.runtime).onward_told
    assert "Held back: 13 to 15 Nov 2026; these days are as they were last counted" in told


def test_a_metric_that_hurts_elsewhere_does_not_hurt_here(filled: SmallWorld) -> None:
    stage = FILED.stages[0].model_copy(update={"metrics": {"delivery": ("returns",)}})
    calm = FILED.model_copy(update={"stages": (stage, FILED.stages[1])})
    view = read(with_file(filled.runtime, calm))
    assert "Nowhere on the way does it hurt." == view.headline


def test_touchpoints_outside_the_scope_are_not_on_it(filled: SmallWorld) -> None:
    view = read(filled.runtime, replace(ADA, touchpoints=frozenset({"desk"})))
    assert [["desk"]] == [[node.touchpoint for node in part.nodes] for part in view.parts]
    assert ["Service desk"] == [part.name for part in view.parts]
    assert () == view.behind
    assert "delivery" not in view.headline


def test_a_touchpoint_that_is_no_more_is_named(filled: SmallWorld) -> None:
    draw(filled.runtime, USE)
    definitions = filled.runtime.definitions
    left = {code: each for code, each in definitions.touchpoints.items() if code != "desk"}
    view = read(replace(filled.runtime, definitions=replace(definitions, touchpoints=left)))
    assert (("desk",), Origin.DRAWN) == (view.gone, view.origin)
    assert ((), ("desk",)) == (view.parts[1].nodes, view.parts[1].gone)


def test_a_journey_there_is_not_reads_like_a_missing_record(filled: SmallWorld) -> None:
    with pytest.raises(NotAllowed, match=r"no journey 'custom'\. Did you mean 'customer'"):
        read(filled.runtime, journey="custom")


def test_without_a_front_touchpoint_there_is_no_way(filled: SmallWorld) -> None:
    definitions = replace(filled.runtime.definitions, touchpoints={})
    runtime = replace(filled.runtime, definitions=definitions)
    assert read_journey(runtime, LOCAL_USER, grain=Grain.WEEK) is None


def test_a_way_without_readings_says_so(world: SmallWorld) -> None:
    assert "No readings yet" in read(world.runtime).headline
    world.add(week_rows("backlog_open", "depot", STEADY))
    assert "No readings on this way yet" in read(world.runtime).headline
    nobody = FILED.model_copy(update={"stages": (JourneyStage(code="use", name="Use"),)})
    assert "Nobody is met on this way yet" in read(with_file(world.runtime, nobody)).headline
