from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from callboard.access import LOCAL_USER, Actor, Role
from callboard.errors import CallboardError, NotAllowed
from callboard.services.publishing.renewing import (
    Step,
    list_due,
    say_due,
    settle_due,
    step_between,
)
from callboard.storage.renewals import RenewalChoice
from callboard.views.upkeep import Due
from tests.callboard.services.small_world import SmallWorld, benchmark
from tests.conftest import on_both_engines

QUARTERS = [date(2025, 12, 31), date(2026, 3, 31), date(2026, 6, 30)]
OTD_IS_TOO_OLD_AFTER = 18


def _publish(world: SmallWorld, ends: Sequence[date], **changes: object) -> None:
    told = {"publisher": "Watch", "entity": "Alder"} | changes
    world.publish([benchmark(value=90 + at, period_start=None, period_end=end, **told)
                   for at, end in enumerate(ends)])  # fmt: skip


def _due(world: SmallWorld, **asked: object) -> tuple[Due, ...]:
    return list_due(world.runtime, LOCAL_USER, **asked)


def _settle(world: SmallWorld, choice: RenewalChoice, **told: object) -> None:
    given = {"publisher": "watch", "metrics": ["otd"]} | told
    settle_due(world.runtime, LOCAL_USER, choice=choice, **given)


def test_the_next_edition_is_due_the_usual_step_after_the_last(own_world: SmallWorld) -> None:
    _publish(own_world, QUARTERS)
    (due,) = _due(own_world)
    assert ("Watch", ("otd",), date(2026, 6, 30), date(2026, 9, 30), "comes every 3 months") == (
        *(due.publisher, due.metrics, due.last_end),
        *(due.due_on, due.step),
    )
    assert (due.sentence,) == say_due(own_world.runtime, LOCAL_USER)
    assert due.sentence.endswith(
        "comes every 3 months: the last period ended 30 Jun 2026, a newer edition was due "
        "30 Sep 2026."
    )
    assert () == _due(own_world, by=date(2026, 9, 29))


def test_one_edition_is_due_when_its_values_grow_too_old(own_world: SmallWorld) -> None:
    assert OTD_IS_TOO_OLD_AFTER == own_world.runtime.definitions.metrics["otd"].benchmark_max_age
    _publish(own_world, [date(2025, 8, 31)], publisher="", source_name="Old Report")
    assert () == _due(own_world)
    (due,) = _due(own_world, by=date(2027, 2, 28))
    assert ("Old Report", date(2027, 2, 28)) == (due.publisher, due.due_on)


def test_metrics_of_one_publisher_that_fall_together_are_one_reminder(world: SmallWorld) -> None:
    _publish(world, QUARTERS)
    _publish(world, QUARTERS, metric="asa", unit="seconds", entity="Birch")
    _publish(world, QUARTERS[:1], metric="nps", unit="points", source_name="c")
    told = [(each.metrics, each.state) for each in _due(world, is_whole=True)]
    assert [(("asa", "otd"), "due"), (("nps",), "waiting")] == told


@on_both_engines
def test_what_somebody_did_keeps_it_silent_as_long_as_they_said(own_world: SmallWorld) -> None:
    _publish(own_world, QUARTERS)
    _settle(own_world, RenewalChoice.DONE)
    assert () == _due(own_world)
    assert date(2026, 12, 31) == _due(own_world, by=date(2026, 12, 31))[0].due_on
    _settle(own_world, RenewalChoice.SNOOZED, until=date(2027, 2, 1))
    assert () == _due(own_world, by=date(2027, 1, 31))
    assert 1 == len(_due(own_world, by=date(2027, 2, 1)))
    _settle(own_world, RenewalChoice.STOPPED, note="Closed")
    assert () == _due(own_world, by=date(2040, 1, 1))
    assert ["stopped"] == [each.state for each in _due(own_world, is_whole=True)]
    _settle(own_world, RenewalChoice.RESUMED)
    assert ["due"] == [each.state for each in _due(own_world)]


def test_values_of_touchpoints_out_of_sight_remind_nobody(world: SmallWorld) -> None:
    _publish(world, QUARTERS, touchpoint="delivery")
    actor = replace(LOCAL_USER, touchpoints=frozenset({"desk"}))
    assert 1 == len(_due(world))
    assert () == list_due(world.runtime, actor)


def test_what_cannot_be_settled_is_refused_with_a_sentence(world: SmallWorld) -> None:
    _publish(world, QUARTERS)
    with pytest.raises(CallboardError, match="expected a day after today"):
        _settle(world, RenewalChoice.SNOOZED, until=date(2026, 11, 22))
    with pytest.raises(CallboardError, match="Say why no newer edition"):
        _settle(world, RenewalChoice.STOPPED)
    with pytest.raises(CallboardError, match="'Nobody' has published nothing of otd"):
        _settle(world, RenewalChoice.DONE, publisher="Nobody")
    with pytest.raises(NotAllowed, match="no metric 'otdd'"):
        _settle(world, RenewalChoice.DONE, metrics=["otdd"])
    reader = Actor(id="r", name="Reader", roles=frozenset({Role.EXECUTIVE}))
    with pytest.raises(NotAllowed):
        settle_due(world.runtime, reader, publisher="w", metrics=["otd"], choice=RenewalChoice.DONE)


@pytest.mark.parametrize(
    ("expected", "step", "day"),
    [
        (date(2027, 2, 28), Step(months=12), date(2026, 2, 28)),
        (date(2028, 2, 29), Step(months=12), date(2027, 2, 28)),
        (date(2026, 2, 28), Step(months=3), date(2025, 11, 30)),
        (date(2026, 2, 28), Step(months=1), date(2026, 1, 30)),
        (date(2026, 12, 31), Step(months=6), date(2026, 6, 30)),
        (date(2026, 1, 12), Step(days=7), date(2026, 1, 5)),
    ],
)
def test_the_end_of_a_month_stays_one(expected: date, step: Step, day: date) -> None:
    assert expected == step.after(day)


def test_a_missing_edition_does_not_make_the_usual_step_longer() -> None:
    ends = [date(2021, 12, 31), date(2022, 12, 31), date(2024, 12, 31), date(2025, 12, 31)]
    assert Step(months=12) == step_between(ends)
    assert step_between(ends[:1]) is None
    assert "every month" == str(Step(months=1))
