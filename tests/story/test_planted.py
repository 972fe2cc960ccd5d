"""What is planted in the data is found by the dashboard; the list comes from the story alone."""

import pytest

from callboard.access import LOCAL_USER
from callboard.demo.drawing import draw_story
from callboard.demo.planted import list_planted
from callboard.demo.story import Happening, Story, read_story
from callboard.services.examples.set_aside import set_aside
from callboard.services.runtime import Runtime
from metrics.signals import Rule
from tests.story.finder import LAST_DAY, is_found, quiet_series, rules_of
from tests.workspaces.filling import fill_demo
from tests.workspaces.places import DEMO

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
    planted = list_planted(story, LAST_DAY)
    rules = [
        rule
        for touchpoint, metric in quiet_series(runtime, planted)
        for rule in rules_of(runtime, metric, touchpoint).values()
    ]
    assert len(rules) > 500
    caught = sum(rule is not Rule.NONE for rule in rules)
    assert caught / len(rules) < 0.1


def test_the_weeks_of_a_bad_release_make_no_limits_of_the_others(told: Told) -> None:
    story, runtime = told
    planted = [e for e in list_planted(story, LAST_DAY) if e.event in _bad_releases(story)]
    assert len(planted) == set_aside(runtime, LOCAL_USER)
    assert 0 == set_aside(runtime, LOCAL_USER)  # once: what was laid down stays
    for each in planted:
        rules = rules_of(runtime, each.metric, each.touchpoint)
        assert is_found(each, rules)
        others = [rule for week, rule in rules.items() if week not in each.weeks]
        caught = sum(rule is not Rule.NONE for rule in others)
        assert caught / len(others) < 0.25, each


def _bad_releases(story: Story) -> set[str]:
    return {each.name for each in story.events if each.kind is Happening.BAD_RELEASE}
