"""The list of what is planted where and when. For tests: the product never reads it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from callboard.demo.story import Direction, Story


@dataclass(frozen=True, slots=True, kw_only=True)
class Planted:
    """A metric at a touchpoint that an event moves, by the Mondays of the weeks it is felt in."""

    event: str
    touchpoint: str
    metric: str
    direction: Direction
    weeks: tuple[date, ...]


def list_planted(story: Story, last_day: date) -> tuple[Planted, ...]:
    """Return every planted metric of a story told up to `last_day`."""
    return tuple(_planted(story, last_day))


def _planted(story: Story, last_day: date) -> Iterator[Planted]:
    for event in story.events:
        first = event.first_day(last_day)
        weeks = _mondays(first, event.end_day(last_day) or last_day)
        for effect in event.effects:
            yield Planted(
                event=event.name,
                touchpoint=event.touchpoint,
                metric=effect.metric,
                direction=effect.direction,
                weeks=weeks,
            )


def _mondays(first: date, last: date) -> tuple[date, ...]:
    monday = first - timedelta(days=first.weekday())
    return tuple(monday + timedelta(days=7 * n) for n in range((last - monday).days // 7 + 1))
