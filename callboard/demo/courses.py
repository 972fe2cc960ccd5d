"""Course places: the demo organisation's own feed, beside the standard ones."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from callboard.demo.making import Making
from callboard.demo.moments import local_moments
from callboard.demo.rows import Rows, last_stage

_SATURDAY = 5
_EVENING = 18 * 3600.0


@dataclass(frozen=True, slots=True, kw_only=True)
class CoursePlace:
    """A course given on working days; `shows_up` is the share (0-1) that comes."""

    touchpoint: str
    course: str
    volume: float
    weekday: tuple[float, ...]
    shows_up: float


def make_courses(making: Making, places: Sequence[CoursePlace]) -> Rows:
    """Return the course places of a day, one row a course, written in the evening."""
    given = list(places) if making.day.weekday() < _SATURDAY else []
    size = len(given)
    booked = making.dice.counts(np.array([place.volume for place in given])) + 1
    shares = making.dice.shares(np.array([place.shows_up for place in given]))
    ended = local_moments(making.day, making.zone, np.full(size, _EVENING))
    return Rows(
        {
            "touchpoint": np.array([place.touchpoint for place in given], dtype="U40"),
            "day": np.full(size, making.day.isoformat()),
            "course": np.array([place.course for place in given], dtype="U40"),
            "updated_at": ended,
            "booked": booked,
            "attended": making.dice.successes(booked, shares),
        },
        last_stage(making.until, ended),
    )
