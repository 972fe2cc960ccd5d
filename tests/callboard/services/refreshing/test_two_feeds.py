"""Readings made of two feeds, and those of rare events."""

from datetime import timedelta

from tests.callboard.services.feed_world import (
    NOW,
    FeedWorld,
    at,
    contact,
    delivery,
    on,
    several,
)
from tests.conftest import on_both_engines


def test_two_feeds_make_a_reading_where_both_have_days(world: FeedWorld) -> None:
    world.feeds["contacts"].add(contact("angry", at(19), kind="complaint"))
    world.feeds["deliveries"].add(*several(delivery, [17, 19, 20, 21], 4))
    world.refresh("contacts", "deliveries")
    assert {on(19): (1.0, 4.0, 4), on(20): (0.0, 4.0, 4)} == world.readings("complaints")


def test_a_day_without_the_denominator_has_no_reading(world: FeedWorld) -> None:
    world.feeds["deliveries"].add(*several(delivery, [18, 20], 4))
    world.refresh("deliveries", "contacts")
    assert {on(18), on(20)} == set(world.readings("complaints"))


def test_a_feed_of_rare_events_that_is_down_tells_of_no_day(world: FeedWorld) -> None:
    hours = [
        {"touchpoint": "desk", "day": on(n), "updated_at": at(n), "hours": 800.0, "headcount": 100}
        for n in (19, 20, 21, 22, 23)
    ]
    world.feeds["hours_worked"].add(*hours[:3])
    world.feeds["safety_incidents"].add(incident("first", 19))
    world.refresh("hours_worked", "safety_incidents")
    world.feeds["hours_worked"].add(*hours[3:])
    world.feeds["safety_incidents"].run("ALTER TABLE safety_incidents RENAME TO away")
    world.now = NOW + timedelta(days=3)
    world.refresh("safety_incidents", "hours_worked")
    assert {on(19), on(20), on(21)} == set(world.readings("trir"))


@on_both_engines
def test_both_feeds_may_change_a_reading_later(world: FeedWorld) -> None:
    world.feeds["deliveries"].add(*several(delivery, [18, 19, 20], 4))
    world.refresh("contacts", "deliveries")
    world.feeds["contacts"].add(contact("angry", at(19), kind="complaint", updated_at=at(21)))
    world.refresh()
    assert (1.0, 4.0, 4) == world.readings("complaints")[on(19)]
    world.feeds["deliveries"].add(delivery("more", at(19), updated_at=at(21)))
    world.refresh()
    assert (1.0, 5.0, 5) == world.readings("complaints")[on(19)]


def incident(key: str, day: int) -> dict[str, object]:
    return {
        "incident_id": key,
        "touchpoint": "desk",
        "occurred_at": at(day),
        "updated_at": at(day),
        "kind": "recordable",
        "severity": "low",
        "region": None,
    }


def worked(day: int) -> dict[str, object]:
    return {
        "touchpoint": "desk",
        "day": on(day),
        "updated_at": at(day, 23),
        "hours": 80.0,
        "headcount": 10,
    }


def test_rare_events_tell_of_days_without_any(world: FeedWorld) -> None:
    world.feeds["safety_incidents"].add(incident("first", 10))
    world.feeds["hours_worked"].add(*map(worked, range(8, 21)))
    world.refresh()
    found = world.readings("trir")
    assert {on(day) for day in range(10, 21)} == set(found)
    assert ((1.0, 80.0, 1), (0.0, 80.0, 1)) == (found[on(10)], found[on(20)])


@on_both_engines
def test_the_days_of_rare_events_go_on_while_nothing_happens(world: FeedWorld) -> None:
    world.feeds["safety_incidents"].add(incident("first", 10))
    world.feeds["hours_worked"].add(*map(worked, range(8, 23)))
    world.refresh()
    assert on(22) not in world.readings("trir")
    world.now = NOW + timedelta(days=1)
    report = world.refresh_one("safety_incidents")
    assert (0.0, 80.0, 1) == world.readings("trir")[on(22)]
    assert report.publication is not None
