"""Internal requests, safety incidents, hours and backlog: the house behind the counter."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from callboard.demo.making import REGIONS, Making, codes, owners
from callboard.demo.moments import NEVER, Floats, later, local_moments
from callboard.demo.rows import Rows, keys, known_flags, last_stage
from callboard.demo.seasons import OFFICE_HOURS, SHIFT_HOURS, busyness

_MOST_CLOSE, _MOST_REOPEN = 60.0, 8.0
_SEVERITIES = {"low": 0.7, "medium": 0.25, "high": 0.05}
_END_OF_DAY = 23.75 * 3600


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestPlace:
    """A department that serves colleagues: `in_time` is its share within standard (0-1)."""

    touchpoint: str
    volume: float
    weekday: tuple[float, ...]
    askers: Mapping[str, float]
    kinds: Mapping[str, float]
    in_time: float
    close_hours: float
    reopened: float = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class SafetyPlace:
    """Incidents of one kind at a touchpoint; `volume` is how many on an ordinary day."""

    touchpoint: str
    kind: str
    volume: float
    weekday: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CrewPlace:
    """Who works at a touchpoint: people on an ordinary day, hours each."""

    touchpoint: str
    volume: float
    weekday: tuple[float, ...]
    hours_each: float = 7.4


@dataclass(frozen=True, slots=True, kw_only=True)
class BacklogPlace:
    """What is open at a touchpoint at the end of a day; `aged` is the share that is too old."""

    touchpoint: str
    volume: float
    weekday: tuple[float, ...]
    aged: float


def make_requests(making: Making, places: Sequence[RequestPlace]) -> Rows:
    """Return a day's internal requests as they stand at `making.until`."""
    dice, names = making.dice, codes(places)
    owner = owners(making, places)
    size, until = owner.size, making.until
    created = local_moments(making.day, making.zone, dice.hours(OFFICE_HOURS, size))
    medians = np.array([place.close_hours for place in places])[owner]
    hours = np.clip(dice.lognormal(medians, 0.7), 0.1, _MOST_CLOSE).round(3)
    closed = later(created, hours * 3600)
    again = dice.happens(np.array([place.reopened for place in places])[owner])
    reopened = later(closed, dice.between(0.5, _MOST_REOPEN, size) * 3600)
    reopened = np.where(again, reopened, NEVER)
    in_time = dice.shares(np.array([place.in_time for place in places]))
    met = dice.happens(making.influence.share(names, "int_sla", in_time)[owner])
    promised = dice.happens(np.full(size, 0.9))
    written = last_stage(until, created, closed, reopened)
    return Rows(
        {
            "request_id": keys("R", making.day, size),
            "touchpoint": np.array(names)[owner],
            "created_at": created,
            "updated_at": written,
            "requested_by": dice.pick_each([place.askers for place in places], owner),
            "kind": dice.pick_each([place.kinds for place in places], owner),
            "hours_to_close": np.where(closed <= until, hours, np.nan),
            "has_standard": promised.astype(np.int64),
            "within_standard": known_flags(met, promised & (closed <= until)),
            "reopened": (again & (reopened <= until)).astype(np.int64),
        },
        written,
    )


def make_incidents(making: Making, places: Sequence[SafetyPlace]) -> Rows:
    """Return a day's incidents by `making.until`; one is reported within the day."""
    dice = making.dice
    metrics = {"recordable": "trir", "near_miss": "near_miss"}
    times = np.array(
        [
            making.influence.times([place.touchpoint], metrics.get(place.kind, ""))[0]
            for place in places
        ]
    )
    owner = owners(making, places, times)
    size = owner.size
    occurred = local_moments(making.day, making.zone, dice.hours(SHIFT_HOURS, size))
    reported = later(occurred, dice.between(0.2, 12, size) * 3600)
    return Rows(
        {
            "incident_id": keys("S", making.day, size),
            "touchpoint": np.array(codes(places))[owner],
            "occurred_at": occurred,
            "updated_at": reported,
            "kind": np.array([place.kind for place in places])[owner],
            "severity": dice.pick(_SEVERITIES, size),
            "region": dice.pick(REGIONS, size),
        },
        last_stage(making.until, reported),
    )


def make_hours(making: Making, places: Sequence[CrewPlace]) -> Rows:
    """Return the hours worked on a day, one row a touchpoint, written when the day ends."""
    people = making.dice.counts(_levels(making, places), spread=0.01)
    each = np.array([place.hours_each for place in places])
    hours = people * each * making.dice.wobble(len(places), 0.01)
    return _at_end_of_day(making, places, {"hours": hours.round(2), "headcount": people})


def make_backlog(making: Making, places: Sequence[BacklogPlace]) -> Rows:
    """Return what is open at the end of a day, one row a touchpoint."""
    names = codes(places)
    level = np.array([place.volume for place in places])
    level = level * making.influence.times(names, "backlog_open")
    open_items = making.dice.counts(level, spread=0.06)
    aged = making.dice.shares(np.array([place.aged for place in places]), spread=0.12)
    aged = making.influence.share(names, "backlog_aged", aged)
    over = np.minimum(open_items, np.round(open_items * aged)).astype(np.int64)
    return _at_end_of_day(making, places, {"open_items": open_items, "open_over_age": over})


def _levels(making: Making, places: Sequence[CrewPlace]) -> Floats:
    return np.array([place.volume * busyness(making.day, place.weekday) for place in places])


def _at_end_of_day(
    making: Making, places: Sequence[CrewPlace | BacklogPlace], sums: dict[str, np.ndarray]
) -> Rows:
    size = len(places)
    ended = local_moments(making.day, making.zone, np.full(size, _END_OF_DAY))
    return Rows(
        {
            "touchpoint": np.array(codes(places)),
            "day": np.full(size, making.day.isoformat()),
            "updated_at": ended,
            **sums,
        },
        last_stage(making.until, ended),
    )
