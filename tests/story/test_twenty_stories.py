"""Twenty stories drawn anew: what was planted is found, and what is quiet is left in peace."""

from pathlib import Path
from typing import NamedTuple

import pytest

from callboard.demo.drawing import draw_story
from callboard.demo.planted import list_planted
from metrics.signals import Rule
from tests.story.finder import LAST_DAY, is_found, quiet_series, rules_of
from tests.workspaces.filling import fill_demo

pytestmark = pytest.mark.full
SEEDS = range(1, 21)


class Tally(NamedTuple):
    """Of one story: planted metrics, those found, quiet series, those that signal at their end."""

    planted: int
    found: int
    quiet: int
    crying: int


def tally(seed: int, home: Path) -> Tally:
    runtime = fill_demo(home, seed=seed)
    planted = list_planted(draw_story(seed), LAST_DAY)
    found = [is_found(each, rules_of(runtime, each.metric, each.touchpoint)) for each in planted]
    ends = [
        rules[max(rules)]
        for touchpoint, metric in quiet_series(runtime, planted)
        if (rules := rules_of(runtime, metric, touchpoint))
    ]
    crying = sum(rule is not Rule.NONE for rule in ends)
    return Tally(planted=len(planted), found=sum(found), quiet=len(ends), crying=crying)


@pytest.fixture(scope="module")
def tallies(tmp_path_factory: pytest.TempPathFactory) -> list[Tally]:
    return [tally(seed, tmp_path_factory.mktemp(f"story{seed}")) for seed in SEEDS]


def test_nearly_all_that_was_planted_is_found(tallies: list[Tally]) -> None:
    planted, found = sum(each.planted for each in tallies), sum(each.found for each in tallies)
    assert planted > 100
    assert found / planted >= 0.95


def test_few_quiet_series_signal_at_their_last_point(tallies: list[Tally]) -> None:
    quiet, crying = sum(each.quiet for each in tallies), sum(each.crying for each in tallies)
    assert quiet > 400
    assert crying / quiet <= 0.05
