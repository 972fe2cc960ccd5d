"""What every feed's generator is given, and how a day's volume is shared out to touchpoints."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

import numpy as np

from callboard.demo.dice import Dice, Numbers
from callboard.demo.influence import Influence
from callboard.demo.moments import Floats
from callboard.demo.seasons import busyness

REGIONS = {"North": 0.31, "South": 0.27, "East": 0.18, "West": 0.24}


class Place(Protocol):
    """What all profiles have: a touchpoint, its daily volume, its week."""

    @property
    def touchpoint(self) -> str:
        """The touchpoint's code."""

    @property
    def volume(self) -> float:
        """Rows on an ordinary day."""

    @property
    def weekday(self) -> tuple[float, ...]:
        """How busy Monday to Sunday are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Making:
    """One feed and day to be made: `scale` thins volumes, `zone` is where days are local."""

    day: date
    zone: str
    scale: float
    dice: Dice
    influence: Influence
    until: np.datetime64


def owners(making: Making, places: Sequence[Place], times: Floats | None = None) -> Numbers:
    """Return for each row of the day the index of the place it belongs to."""
    expected = np.array(
        [place.volume * busyness(making.day, place.weekday) for place in places], dtype=np.float64
    )
    expected *= making.scale * (1.0 if times is None else times)
    return np.repeat(np.arange(len(places)), making.dice.counts(expected))


def codes(places: Sequence[Place]) -> list[str]:
    """Return the places' touchpoints."""
    return [place.touchpoint for place in places]


def ordinary(places: Sequence[Place], field: str) -> Floats:
    """Return what each place's profile says of `field`."""
    return np.array([getattr(place, field) for place in places], dtype=np.float64)


def day_shares(making: Making, places: Sequence[Place], metric: str, field: str) -> Floats:
    """Return each place's share (0-1) of the day: its ordinary one, good and bad days, events."""
    usual = making.dice.shares(ordinary(places, field))
    return making.influence.share(codes(places), metric, usual)


def day_amounts(making: Making, places: Sequence[Place], metric: str, field: str) -> Floats:
    """Return each place's amount of the day: its ordinary one, a little spread, events."""
    factor = making.influence.times(codes(places), metric)
    return ordinary(places, field) * factor * making.dice.wobble(len(places), 0.05)
