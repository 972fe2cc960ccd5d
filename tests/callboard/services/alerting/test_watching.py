"""Alerts over real readings: once for each time, to the right people, and over when it is."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from callboard.access import LOCAL_USER, Actor, Role
from callboard.alert_rules import AlertOn, AlertRule
from callboard.errors import NotAllowed
from callboard.services.alerting.listing import NOBODY, list_alerts
from callboard.services.alerting.watching import note_alerts, try_alerts
from callboard.services.breaking.breaks import approve
from callboard.services.notifying.listing import list_notices
from callboard.services.notifying.telling import deliver
from tests.callboard.services.notifying.telling_world import QUIET, TellingWorld, telling
from tests.callboard.services.small_world import SmallWorld, benchmark, week_rows

PROMISE = AlertRule(
    alert="late",
    name="Late",
    when="target",
    metrics=("otd",),
    by=2,
    rearm_by=1,
)


@pytest.fixture
def told(world: SmallWorld) -> Iterator[TellingWorld]:
    with telling(world) as found:
        yield found


def _with(world: TellingWorld, *rules: AlertRule) -> None:
    workspace = world.runtime.workspace.model_copy(update={"alerts": rules})
    definitions = replace(world.runtime.definitions, workspace=workspace)
    world.runtime = replace(world.runtime, workspace=workspace, definitions=definitions)


def _on_time(world: TellingWorld, *hundredths: int) -> None:
    """On-time delivery of the last weeks, of 100 each; its target is 95 since 2 November."""
    world.add(week_rows("otd", "delivery", [(each, 100) for each in hundredths]))


def _round(world: TellingWorld) -> list[str]:
    found = note_alerts(world.runtime, LOCAL_USER)
    deliver(world.runtime, LOCAL_USER)
    return [f"{'off' if each.is_off else 'over'} {each.sentence}" for each in found]


def _now(world: TellingWorld) -> list[str]:
    listed = list_alerts(world.runtime, LOCAL_USER)
    return [each.now for rule in listed for each in rule.standing]


def test_exactly_as_far_as_said_is_not_beyond(told: TellingWorld) -> None:
    _with(told, PROMISE)
    _on_time(told, *[96] * 13, 93)
    assert [] == _round(told)


def test_a_missed_target_goes_off_once_and_is_over_when_it_is_better_by_the_margin(
    told: TellingWorld,
) -> None:
    _with(told, PROMISE)
    _on_time(told, *[96] * 13, 92)
    assert [
        "off On-time delivery, Field delivery: 92.0 % in week 46, 2026, "
        "worse than the target of 95.0 % by more than 2.0 pts."
    ] == _round(told)
    assert [] == _round(told)
    assert [""] == _now(told)  # what was told is the newest figure
    _on_time(told, *[96] * 13, 95)  # restated: no longer beyond, not yet back
    assert [] == _round(told)
    assert ["95.0 % in week 46, 2026"] == _now(told)
    _on_time(told, *[96] * 14)
    assert 1 == len(_round(told))
    assert ["Over", "Alert"] == [each.kind for each in list_notices(told.runtime, LOCAL_USER)]


def test_two_weeks_in_a_row_are_asked_for(told: TellingWorld) -> None:
    _with(told, PROMISE.model_copy(update={"periods": 2}))
    _on_time(told, *[96] * 13, 90)
    assert [] == _round(told)
    _on_time(told, *[96] * 12, 90, 90)
    (found,) = _round(told)
    assert found.endswith("by more than 2.0 pts, 2 weeks in a row.")


def test_each_week_is_held_against_its_own_target(told: TellingWorld) -> None:
    """Until 1 November 90 was promised: 89 is not more than two below it."""
    _with(told, PROMISE.model_copy(update={"periods": 3}))
    _on_time(told, *[96] * 11, 89, 90, 90)
    assert [] == _round(told)


def test_a_concern_goes_off_by_the_verdict_of_the_tile(told: TellingWorld) -> None:
    rule = AlertRule(alert="worse", name="Worse", when="concern")
    _with(told, rule)
    _on_time(told, 95, 96, 95, 96, 95, 96, 95, 96, 95, 96, 95, 96, 95, 60)
    (found,) = _round(told)
    assert "far below usual since 9 Nov" in found


def test_a_gap_to_the_middle_peer_goes_off(told: TellingWorld) -> None:
    _with(told, PROMISE.model_copy(update={"when": AlertOn.PEERS, "by": 3.0}))
    told.publish([benchmark(name, value) for name, value in (("Alder", 97), ("Birch", 99))])
    _on_time(told, *[90] * 14)
    (found,) = _round(told)
    assert (
        "off On-time delivery, Field delivery: 90.0 % in Oct 2026, "
        "behind the middle of 2 peers (98.0 %) by 8.0 pts."
    ) == found


def test_the_company_is_told_once(told: TellingWorld) -> None:
    _with(told, PROMISE.model_copy(update={"when": AlertOn.PEERS, "by": 0.0}))
    told.publish([benchmark(name, value) for name, value in (("Alder", 97), ("Birch", 99))])
    rows = [(each, 100) for each in [90] * 14]
    told.add(week_rows("otd", "delivery", rows) + week_rows("otd", "desk", rows))
    (found,) = _round(told)
    assert "the company as a whole: 90.0 % in Oct 2026" in found


def test_a_gap_that_chance_could_make_sets_nothing_off(told: TellingWorld) -> None:
    _with(told, PROMISE.model_copy(update={"when": AlertOn.PEERS, "by": 0.0}))
    known = {"sample_size": 40, "sample_unit": "orders"}
    told.publish([benchmark(name, 98.0, **known) for name in ("Alder", "Birch")])
    told.add(week_rows("otd", "delivery", [(each, 10) for each in [9, 10] * 7]))
    assert [] == _round(told)


def test_a_signal_that_is_no_longer_judged_is_not_over(told: TellingWorld) -> None:
    _with(told, AlertRule(alert="worse", name="Worse", when="concern"))
    _on_time(told, 95, 96, 95, 96, 95, 96, 95, 96, 95, 96, 95, 96, 95, 60)
    assert 1 == len(_round(told))
    approve(
        told.runtime,
        LOCAL_USER,
        touchpoint="delivery",
        metric="otd",
        day="2026-11-09",
        reason="Another depot",
    )
    assert [] == _round(told)


def test_people_are_told_by_the_channels_of_the_rule(told: TellingWorld) -> None:
    _with(told, PROMISE.model_copy(update={"channels": ("e-mail",)}))
    _on_time(told, *[96] * 13, 92)
    _round(told)
    assert ["Small Stores: Alert: Late, Field delivery, On-time delivery"] == told.subjects
    assert [] == told.hook.got


def test_alerts_that_come_together_are_told_together(told: TellingWorld) -> None:
    _with(told, PROMISE, PROMISE.model_copy(update={"alert": "later", "name": "Later"}))
    _on_time(told, *[96] * 13, 92)
    assert 2 == len(_round(told))
    assert ["Small Stores: 2 changes of its data"] == told.subjects


def test_in_quiet_hours_nobody_is_told_but_the_list(world: SmallWorld) -> None:
    with telling(world, quiet=QUIET) as told:
        _with(told, PROMISE)
        _on_time(told, *[96] * 13, 92)
        told.go_to(told.runtime.clock.now().replace(hour=23))
        _round(told)
        assert [] == told.subjects
        (notice,) = list_notices(told.runtime, LOCAL_USER)
        assert "waits to go to" in notice.delivered


def test_a_rule_that_is_gone_leaves_no_alert_standing(told: TellingWorld) -> None:
    _with(told, PROMISE)
    _on_time(told, *[96] * 13, 92)
    _round(told)
    _with(told)
    (found,) = _round(told)
    assert found.startswith("over No longer looked at: On-time delivery")


def test_trying_tells_nobody_and_keeps_nothing(told: TellingWorld) -> None:
    _with(told, PROMISE)
    _on_time(told, *[96] * 13, 92)
    assert 1 == len(try_alerts(told.runtime, LOCAL_USER))
    assert 1 == len(try_alerts(told.runtime, LOCAL_USER))
    assert () == list_notices(told.runtime, LOCAL_USER)


def test_who_may_not_see_the_touchpoint_is_shown_no_alert_of_it(told: TellingWorld) -> None:
    _with(told, PROMISE)
    _on_time(told, *[96] * 13, 92)
    _round(told)
    other = Actor(
        id="o", name="O", roles=frozenset({Role.OPS_LEAD}), touchpoints=frozenset({"desk"})
    )
    (mine,) = list_alerts(told.runtime, LOCAL_USER)
    (theirs,) = list_alerts(told.runtime, other)
    assert (1, 0) == (len(mine.standing), len(theirs.standing))
    assert () == list_notices(told.runtime, other)
    assert () == try_alerts(told.runtime, other)


OTHER = Actor(
    id="o",
    name="O",
    roles=frozenset({Role.DATA_ENGINEER}),
    touchpoints=frozenset({"desk"}),
)


def test_who_sees_a_part_ends_no_alert_at_the_others(told: TellingWorld) -> None:
    _with(told, PROMISE)
    _on_time(told, *[96] * 13, 92)
    _round(told)
    assert () == note_alerts(told.runtime, OTHER)
    (mine,) = list_alerts(told.runtime, LOCAL_USER)
    assert 1 == len(mine.standing)


def test_how_the_company_stands_is_for_who_sees_all_of_it(told: TellingWorld) -> None:
    behind = PROMISE.model_copy(update={"when": AlertOn.PEERS, "by": 1.0})
    _with(told, behind, AlertRule(alert="worse", name="Worse", when="concern"))
    told.publish([benchmark(name, value) for name, value in (("Alder", 97), ("Birch", 99))])
    counts = [(each, 100) for each in [95, 96] * 6 + [95, 60]]
    told.add(week_rows("otd", "delivery", counts) + week_rows("otd", "desk", [(95, 100)] * 14))
    assert 2 == len(_round(told))
    part = replace(OTHER, touchpoints=frozenset({"delivery"}))
    shown = [each.sentence for rule in list_alerts(told.runtime, part) for each in rule.standing]
    assert 1 == len(shown)
    assert 1 == len(list_notices(told.runtime, part))
    assert "peer" not in shown[0]


def test_a_rule_names_only_what_its_reader_sees(told: TellingWorld) -> None:
    there = PROMISE.model_copy(update={"touchpoints": ("delivery",)})
    both = PROMISE.model_copy(update={"alert": "both", "touchpoints": ("delivery", "desk")})
    _with(told, there, both)
    (row,) = list_alerts(told.runtime, OTHER)
    assert "at Service desk is" in row.told_when


def test_the_end_of_a_rule_that_is_gone_is_told_to_no_channel(told: TellingWorld) -> None:
    _with(told, PROMISE.model_copy(update={"channels": ("ops",)}))
    _on_time(told, *[96] * 13, 92)
    _round(told)
    _with(told)
    _round(told)
    assert (1, []) == (len(told.hook.got), told.subjects)


def test_only_who_refreshes_may_note_alerts(told: TellingWorld) -> None:
    executive = Actor(id="e", name="E", roles=frozenset({Role.EXECUTIVE}))
    with pytest.raises(NotAllowed):
        note_alerts(told.runtime, executive)


def test_a_rule_is_told_in_words(told: TellingWorld) -> None:
    _with(told, PROMISE)
    (row,) = list_alerts(told.runtime, LOCAL_USER)
    assert (
        "When On-time delivery is worse than its target by more than 2.0 pts, by week. "
        "It may go off again after a whole week without and at least 1.0 pts better than the target."
    ) == row.told_when
    assert "ops, e-mail" == row.told_to
    silent = replace(told.runtime.definitions, notifications=None)
    (row,) = list_alerts(replace(told.runtime, definitions=silent), LOCAL_USER)
    assert NOBODY == row.told_to
