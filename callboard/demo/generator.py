"""A day of a feed, made from a story: the same each time, whatever was made before it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta

import numpy as np
from pydantic import Field

from callboard.demo import world
from callboard.demo.answers import make_answers, make_views
from callboard.demo.backstage import make_backlog, make_hours, make_incidents, make_requests
from callboard.demo.contacts import make_contacts
from callboard.demo.courses import make_courses
from callboard.demo.deliveries import make_deliveries
from callboard.demo.dice import Dice
from callboard.demo.faults import jump, plant_faults
from callboard.demo.influence import influence_on
from callboard.demo.making import Making, Place
from callboard.demo.moments import as_moment
from callboard.demo.rows import Rows
from callboard.demo.story import Story
from metrics.model import Strict

MAKERS: Mapping[str, tuple[Callable[..., Rows], Sequence[Place]]] = {
    "contacts": (make_contacts, world.CONTACTS),
    "deliveries": (make_deliveries, world.DELIVERIES),
    "web_vitals": (make_views, world.WEB),
    "survey_answers": (make_answers, world.SURVEYS),
    "internal_requests": (make_requests, world.REQUESTS),
    "safety_incidents": (make_incidents, world.INCIDENTS),
    "hours_worked": (make_hours, world.CREWS),
    "backlog": (make_backlog, world.BACKLOGS),
    "course_places": (make_courses, world.COURSES),
}
STILL_CHANGING = timedelta(days=8)
"""How long after its day a row may still be corrected; deliveries wait for returns longest."""


class Plan(Strict):
    """Which data are made: a story told up to `last_day`, from `first_day`, for `touchpoints`.

    `scale` thins the volumes (tests need few rows); `zone` says where days are local.
    """

    story: Story
    first_day: date
    last_day: date
    zone: str
    touchpoints: frozenset[str]
    scale: float = Field(default=1.0, gt=0)


def make_day(plan: Plan, feed: str, day: date, *, since: datetime | None, until: datetime) -> Rows:
    """Return the rows of `feed` for `day` that were written after `since`, up to `until`."""
    maker, places = MAKERS[feed]
    ours = [place for place in places if place.touchpoint in plan.touchpoints]
    if not ours or _is_silent(plan, feed, day):
        return Rows({}, np.array([], dtype="datetime64[s]"))
    making = Making(
        day=day,
        zone=plan.zone,
        scale=plan.scale,
        dice=Dice(plan.story.seed, feed, day),
        influence=influence_on(plan.story, day, plan.last_day),
        until=as_moment(until),
    )
    start = as_moment(since) if since else np.datetime64("0001-01-01", "s")
    return maker(making, ours).between(start, making.until)


def make_columns(
    plan: Plan, feed: str, day: date, *, since: datetime | None, until: datetime
) -> dict[str, list[object]]:
    """Return the same as plain values by column, with what the story breaks among them."""
    rows = make_day(plan, feed, day, since=since, until=until)
    columns = rows.plain()
    ago = (plan.last_day - day).days
    dirt = [each for each in plan.story.dirt if (each.feed, each.days_before) == (feed, ago)]
    if dirt and rows.numbers is not None:
        plant_faults(columns, rows.numbers.tolist(), dirt)
    jumps = [each for each in plan.story.jumps if each.feed == feed]
    jump(columns, [each for each in jumps if columns and each.is_on(day, plan.last_day)])
    return columns


def days_to_make(plan: Plan, since: datetime | None, until: datetime) -> Iterator[date]:
    """Yield the days that can hold rows written after `since`, up to `until`."""
    first = plan.first_day
    if since is not None:
        first = max(first, (since - STILL_CHANGING).date())
    last = until.date() + timedelta(days=1)
    for number in range((last - first).days + 1):
        yield first + timedelta(days=number)


def _is_silent(plan: Plan, feed: str, day: date) -> bool:
    return any(
        silence.feed == feed and (plan.last_day - day).days < silence.days_before
        for silence in plan.story.silences
    )
