from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from pydantic import ValidationError

from callboard.demo.drawing import draw_story
from callboard.demo.knobs import KNOBS
from callboard.demo.planted import list_planted
from callboard.demo.story import Effect, Event, Happening, Story, read_story
from callboard.services.defining.definitions import Definitions, load_definitions
from callboard.settings import load_settings
from tests.callboard.demo.plans import LAST_DAY
from tests.workspaces.places import DEMO

SEEDS = some.integers(0, 10_000)


@pytest.fixture(scope="module")
def demo() -> Definitions:
    definitions, problems = load_definitions(load_settings({}, workspace=DEMO))
    assert definitions is not None, problems
    return definitions


def shown(story: Story, demo: Definitions) -> bool:
    """Whether every planted metric is one that its touchpoint shows."""
    return all(
        each.metric in (demo.touchpoints[each.touchpoint].metrics or ())
        for each in list_planted(story, LAST_DAY)
    )


def test_the_written_story_is_planted_where_the_dashboard_shows_it(demo: Definitions) -> None:
    assert shown(read_story(DEMO / "story.yaml"), demo)


@settings(max_examples=60)
@given(seed=SEEDS)
def test_a_drawn_story_is_planted_where_the_dashboard_shows_it(
    demo: Definitions, seed: int
) -> None:
    assert shown(draw_story(seed), demo)


@settings(max_examples=60)
@given(seed=SEEDS)
def test_a_drawn_story_has_every_kind_of_event_each_at_a_place_of_its_own(seed: int) -> None:
    events = draw_story(seed).events
    assert set(Happening) == {event.kind for event in events}
    assert len(events) == len({event.touchpoint for event in events})


@settings(max_examples=60)
@given(seed=SEEDS)
def test_no_event_needs_the_feed_that_stops(seed: int) -> None:
    story = draw_story(seed)
    stopped = {silence.feed for silence in story.silences}
    needed = {
        KNOBS[e.metric].feed for event in story.events for e in event.effects if not e.follows
    }
    assert not stopped & needed


def test_the_same_seed_tells_the_same_story_and_another_one_another() -> None:
    assert draw_story(5) == draw_story(5)
    assert draw_story(5).events != draw_story(6).events


def test_the_written_story_has_every_kind_of_event() -> None:
    story = read_story(DEMO / "story.yaml")
    assert set(Happening) == {event.kind for event in story.events}
    assert story.silences
    assert len(story.dirt) >= 5
    assert story.jumps


@pytest.mark.parametrize(
    ("size", "complaint"),
    [
        ({"points": 3, "times": 2}, "'points' alone"),
        ({"times": 2}, "'points' alone"),
    ],
)
def test_an_effect_has_the_size_that_its_metric_takes(
    size: dict[str, float], complaint: str
) -> None:
    with pytest.raises(ValidationError, match=complaint):
        Effect.model_validate({"metric": "fcr", "direction": "up", **size})


def test_what_lasts_one_day_falls_on_a_working_day() -> None:
    effect = Effect.model_validate({"metric": "abandon", "direction": "up", "points": 40})
    event = Event(
        name="Outage",
        kind=Happening.OUTAGE,
        touchpoint="call_centre",
        days_before=6,
        days=1,
        effects=(effect,),
    )
    sunday_before_that_saturday = date(2026, 11, 15)
    assert date(2026, 11, 13) == event.first_day(LAST_DAY)
    assert not event.is_on(sunday_before_that_saturday, LAST_DAY)


def test_only_the_generator_reads_the_story() -> None:
    package = Path(__file__).parents[3] / "callboard"
    readers = {
        path.relative_to(package).as_posix()
        for path in package.rglob("*.py")
        if "callboard.demo.planted" in path.read_text(encoding="utf-8")
        or "read_story" in path.read_text(encoding="utf-8")
    }
    assert {"demo/story.py", "services/examples/story.py"} == readers
