"""What is planted in the data is found by the dashboard; the list comes from the story alone."""

from datetime import date

import pytest

from callboard.access import LOCAL_USER
from callboard.demo.drawing import draw_story
from callboard.demo.planted import Planted, list_planted
from callboard.demo.story import Direction, Story, read_story
from callboard.services.drilling.trend import read_control_chart
from callboard.services.runtime import Runtime
from metrics.model import Grain
from metrics.signals import Rule
from tests.workspaces.filling import fill_demo
from tests.workspaces.places import DEMO

LAST_DAY = date(2026, 11, 21)
WRITTEN: int | None = None
Told = tuple[Story, Runtime]


def name_of(seed: int | None) -> str:
    return "written story" if seed is None else f"seed {seed}"


@pytest.fixture(scope="module", params=[WRITTEN, 4, 11], ids=name_of)
def told(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Told:
    seed: int | None = request.param
    home = tmp_path_factory.mktemp("demo")
    runtime = fill_demo(home, seed=seed)
    return read_story(DEMO / "story.yaml") if seed is None else draw_story(seed), runtime


def rules_of(runtime: Runtime, metric: str, touchpoint: str) -> dict[date, Rule]:
    """The rule of each complete week of the touchpoint page's chart."""
    chart = read_control_chart(
        runtime, LOCAL_USER, metric=metric, touchpoint=touchpoint, grain=Grain.WEEK
    )
    return {point.start: point.rule for point in chart.points if point.is_complete}


def is_found(planted: Planted, rules: dict[date, Rule]) -> bool:
    endings = ("_above", "_up") if planted.direction is Direction.UP else ("_below", "_down")
    return any(rules.get(week, Rule.NONE).value.endswith(endings) for week in planted.weeks)


def test_every_planted_event_is_a_signal_in_its_own_weeks(told: Told) -> None:
    story, runtime = told
    missed = [
        f"{each.event}: {each.metric} at {each.touchpoint}"
        for each in list_planted(story, LAST_DAY)
        if not is_found(each, rules_of(runtime, each.metric, each.touchpoint))
    ]
    assert [] == missed


def test_quiet_series_stay_mostly_quiet(told: Told) -> None:
    story, runtime = told
    planted = {(each.touchpoint, each.metric) for each in list_planted(story, LAST_DAY)}
    moved = {each.touchpoint for each in list_planted(story, LAST_DAY)}
    rules = [
        rule
        for code, touchpoint in runtime.definitions.touchpoints.items()
        for metric in touchpoint.metrics or ()
        if (code, metric) not in planted and code not in moved
        for rule in rules_of(runtime, metric, code).values()
    ]
    assert len(rules) > 500
    caught = sum(rule is not Rule.NONE for rule in rules)
    assert caught / len(rules) < 0.1
