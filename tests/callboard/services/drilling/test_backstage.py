"""What moves before a metric, on a small real store: found, not found, too short, not told."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from callboard.access import LOCAL_USER, Actor, Role
from callboard.errors import NotAllowed
from callboard.services.drilling.backstage import read_backstage
from callboard.services.export import backstage_csv
from callboard.storage.breaks import SeriesBreak, add_break
from callboard.storage.engine import write
from callboard.views import Backstage
from metrics.model import Grain
from tests.callboard.services.small_world import WEEK_46, SmallWorld, week_rows

WEEKS = 100


def _read(world: SmallWorld, actor: Actor = LOCAL_USER, **question: object) -> Backstage:
    given = {"metric": "otd", "touchpoint": "delivery", "grain": Grain.WEEK} | question
    return read_backstage(world.runtime, actor, **given)


def _fill(world: SmallWorld, *, weeks: int = WEEKS, is_linked: bool = True) -> None:
    """On-time delivery falls two weeks after the depot's backlog has risen."""
    draw = np.random.default_rng(3)
    backlog = 200 + 25 * draw.normal(size=weeks)
    cause = np.concatenate([backlog[:2], backlog[:-2]]) if is_linked else 200 + np.zeros(weeks)
    on_time = 900 - 0.8 * (cause - 200) + 5 * draw.normal(size=weeks)
    world.reach()
    world.add(week_rows("otd", "delivery", [(float(round(v)), 1000.0) for v in on_time]))
    world.add(week_rows("backlog_open", "depot", [(float(round(v)), None) for v in backlog]))


def test_a_planted_link_is_told_with_its_lag_and_no_cause(world: SmallWorld) -> None:
    _fill(world)
    view = _read(world)
    assert "1 pair looked at; 1 moves together more than chance would." == view.sentence
    told = view.found[0].sentence
    assert told.startswith(
        "When “Open backlog” at Depot rises, “On-time delivery” here tends to fall two weeks later: "
        "97 weeks, ρ −0."
    )
    assert told.endswith("Associated, not caused.")
    assert 2 == view.found[0].best.lag


def test_what_was_looked_at_and_not_found_is_told(world: SmallWorld) -> None:
    _fill(world, is_linked=False)
    view = _read(world)
    assert "1 pair looked at; none moves together more than chance would." == view.sentence
    assert () == view.found
    assert "do not move together" in view.pairs[0].sentence


def test_too_little_history_says_how_much_is_needed(world: SmallWorld) -> None:
    _fill(world, weeks=24)
    view = _read(world)
    assert view.sentence.startswith("25 weeks in a row with a value on both sides are needed")
    assert "it has 24." in view.sentence
    assert () == view.judged
    assert "23 weekly changes that both have; 24 are needed." in view.pairs[0].sentence


def test_a_past_period_is_told_as_it_stood_then(world: SmallWorld) -> None:
    _fill(world)
    assert 97 - 10 == _read(world, period="2026-08-31").found[0].best.pairs


def test_a_service_outside_the_scope_is_not_told_of(world: SmallWorld) -> None:
    _fill(world)
    view = _read(
        world,
        Actor(
            id="a", name="A", roles=frozenset({Role.EXECUTIVE}), touchpoints=frozenset({"delivery"})
        ),
    )
    assert ((), ()) == (view.services, view.pairs)


def test_a_touchpoint_outside_the_scope_is_refused(world: SmallWorld) -> None:
    only_desk = Actor(
        id="a", name="A", roles=frozenset({Role.EXECUTIVE}), touchpoints=frozenset({"desk"})
    )
    with pytest.raises(NotAllowed):
        _read(world, only_desk)


def test_a_touchpoint_that_stands_on_nothing_has_nothing_behind_it(world: SmallWorld) -> None:
    world.reach()
    assert () == _read(world, touchpoint="desk").services


def test_the_download_has_every_lag_of_every_pair(world: SmallWorld) -> None:
    _fill(world)
    lines = backstage_csv(_read(world)).decode().splitlines()
    assert 1 + 17 == len(lines)
    assert 1 == sum(line.endswith(",true") for line in lines)


def test_a_break_in_either_series_begins_the_sample_anew(world: SmallWorld) -> None:
    _fill(world)
    with write(world.runtime.store) as conn:
        add_break(
            conn,
            SeriesBreak(
                id=0,
                touchpoint="depot",
                metric="backlog_open",
                day=WEEK_46 - timedelta(weeks=39),
                reason="a second hall",
                actor="t",
                at=datetime(2026, 11, 1, tzinfo=UTC),
            ),
        )
    pair = _read(world).pairs[0]
    assert 39 == next(each for each in pair.lags if each.lag == 0).pairs
