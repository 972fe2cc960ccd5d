"""Small plans for tests: few days, thin volumes, an empty story."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from callboard.demo.generator import MAKERS, Plan, days_to_make, make_columns
from callboard.demo.story import Story

LONDON = ZoneInfo("Europe/London")
LAST_DAY = date(2026, 11, 21)
PLACES = frozenset(place.touchpoint for _, places in MAKERS.values() for place in places)
QUIET = Story(seed=1, events=())


def small_plan(story: Story = QUIET, *, days: int = 12, scale: float = 0.2) -> Plan:
    return Plan(
        story=story,
        first_day=LAST_DAY - timedelta(days=days - 1),
        last_day=LAST_DAY,
        zone="Europe/London",
        touchpoints=PLACES,
        scale=scale,
    )


def at(day: int, hour: int = 0, minute: int = 0) -> datetime:
    """A London time in November 2026."""
    return datetime(2026, 11, day, hour, minute, tzinfo=LONDON)


def rows_by_key(
    plan: Plan, feed: str, key: tuple[str, ...], *steps: datetime
) -> dict[tuple[object, ...], dict[str, object]]:
    """What a feed holds after it was filled up to each of `steps` in turn."""
    held: dict[tuple[object, ...], dict[str, object]] = {}
    since: datetime | None = None
    for until in steps:
        for day in days_to_make(plan, since, until):
            columns = make_columns(plan, feed, day, since=since, until=until)
            for row in zip(*columns.values(), strict=True):
                named = dict(zip(columns, row, strict=True))
                held[tuple(named[name] for name in key)] = named
        since = until
    return held
