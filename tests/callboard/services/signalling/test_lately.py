"""What counts as lately: begun in the periods asked about, or seen only since then."""

from datetime import date, timedelta

import pytest

from callboard.access import LOCAL_USER
from callboard.services.signalling.listing import read_changes
from callboard.views.signalling import SignalsPage
from metrics.model import Grain
from metrics.signals import Signal
from tests.callboard.services.rare_world import LAST, every, rare_rows
from tests.callboard.services.small_world import SmallWorld, week_rows

STEADY = [(90.0, 100.0), (92.0, 100.0), (88.0, 100.0)] * 12


def shifted(world: SmallWorld, weeks: int) -> SmallWorld:
    """On-time delivery that is a little lower for some weeks, none of them outside the limits."""
    world.add(week_rows("otd", "delivery", [*STEADY[:-weeks], *[(88.0, 100.0)] * weeks]))
    world.reach()
    return world


def listed(world: SmallWorld, **filters) -> SignalsPage:
    return read_changes(world.runtime, LOCAL_USER, **filters)


def test_a_run_that_began_earlier_but_could_not_be_seen_then_is_listed(world: SmallWorld) -> None:
    (found,) = listed(shifted(world, 8), periods=4).cards
    assert date(2026, 9, 21) == found.since  # eight weeks, the newest that of 9 November
    assert "one of 7 or more in a row below usual" in found.rule
    assert "1 concern began or were first seen in the last 4 weeks" in (
        listed(world, periods=4).headline
    )
    assert "1 concern began in the last 12 weeks" in listed(world).headline


def test_a_run_that_was_seen_before_is_not_listed_again(world: SmallWorld) -> None:
    assert () == listed(shifted(world, 12), periods=4).cards
    assert 1 == len(listed(world, periods=12).cards)


@pytest.mark.parametrize(("days_ago", "is_listed"), [(110, True), (300, False)])
def test_rare_events_that_stay_away_are_news_from_the_first_day_that_is_unusual(
    world: SmallWorld, days_ago: int, is_listed: bool
) -> None:
    """The week told ended six days before the last; 84 days are looked back from its end."""
    away = LAST - timedelta(days=days_ago)
    world.add(rare_rows(every(9, until=away)))
    world.reach()
    found = listed(world, grain=Grain.WEEK).cards
    assert is_listed == bool(found)
    for each in found:
        assert (Signal.IMPROVEMENT, away, None) == (each.signal, each.since, each.ended)
        assert each.amount.startswith("104 days since the last, usually")
        assert (None, None, None) == (each.level, each.usual, each.gap)


@pytest.mark.parametrize(("days_ago", "is_listed"), [(40, True), (200, False)])
def test_rare_events_that_came_closer_together_are_listed_when_that_began(
    world: SmallWorld, days_ago: int, is_listed: bool
) -> None:
    first = LAST - timedelta(days=days_ago)
    close = [first + timedelta(days=day) for day in range(14)]
    later = [day + timedelta(days=14 + days_ago) - timedelta(days=14) for day in every(12)]
    rest = [day for day in later if first + timedelta(days=14) < day <= LAST]
    world.add(rare_rows([*every(12, until=first), *close, *rest]))
    world.reach()
    concerns = [each for each in listed(world).cards if each.signal is Signal.CONCERN]
    assert is_listed == bool(concerns)
