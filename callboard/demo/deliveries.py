"""Deliveries: orders with their promise, on their way, late, handed over, sent back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from callboard.demo.dice import Flags, Numbers, Words
from callboard.demo.making import (
    REGIONS,
    Making,
    codes,
    day_amounts,
    day_shares,
    ordinary,
    owners,
)
from callboard.demo.moments import Floats, Moments, later, local_moments
from callboard.demo.rows import Column, Rows, keys, known_flags, last_stage
from callboard.demo.seasons import DROP_HOURS

_RETURN_PERIOD = 96 * 3600.0
_MOST_LATE = 60.0
_CHANNELS = {"web": 0.72, "store": 0.18, "phone": 0.1}


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryPlace:
    """A touchpoint that hands over orders. Shares are 0-1, `lead` is hours from order to due."""

    touchpoint: str
    volume: float
    weekday: tuple[float, ...]
    carriers: Mapping[str, float]
    on_time: float
    first_attempt: float
    lead: float
    complete: float = 0.965
    damaged: float = 0.015
    astray: float = 0.02
    papers: float = 0.988
    returned: float = 0.042


@dataclass(frozen=True, slots=True, kw_only=True)
class _Order:
    """What will become of each order, whether or not it is known yet."""

    ordered: Moments
    due: Moments
    delivered: Moments
    complete: Flags
    damaged: Flags
    papers: Flags
    first_attempt: Flags
    returned: Words
    units: Numbers
    mishandled: Numbers


def make_deliveries(making: Making, places: Sequence[DeliveryPlace]) -> Rows:
    """Return the orders due on a day as they stand at `making.until`."""
    owner = owners(making, places)
    carrier = making.dice.pick_each([place.carriers for place in places], owner)
    order = _order(making, places, owner, carrier)
    born = np.minimum(order.due, order.delivered)
    kept = later(order.delivered, np.full(owner.size, _RETURN_PERIOD))
    written = last_stage(making.until, born, order.delivered, kept)
    return Rows(
        {
            "order_id": keys("D", making.day, owner.size),
            "touchpoint": np.array(codes(places))[owner],
            "due_at": order.due,
            "ordered_at": order.ordered,
            "updated_at": written,
            "channel": making.dice.pick(_CHANNELS, owner.size),
            "region": making.dice.pick(REGIONS, owner.size),
            "carrier": carrier,
            **_outcome(order, making.until, kept),
        },
        written,
    )


def _order(
    making: Making, places: Sequence[DeliveryPlace], owner: Numbers, carrier: Words
) -> _Order:
    dice, size = making.dice, owner.size
    due = local_moments(making.day, making.zone, dice.hours(DROP_HOURS, size))
    lead = dice.lognormal(day_amounts(making, places, "oct_p50", "lead")[owner], 0.3) * 3600
    units = 1 + np.floor(dice.lognormal(np.full(size, 2.0), 0.6)).astype(np.int64)
    damaged, astray = _mishaps(making, places, owner)
    return _Order(
        ordered=later(due, -lead),
        due=due,
        delivered=later(due, _lateness(making, _on_time(making, places, owner, carrier))),
        complete=dice.happens(dice.shares(ordinary(places, "complete"))[owner]),
        damaged=damaged,
        papers=dice.happens(ordinary(places, "papers")[owner]),
        first_attempt=dice.happens(day_shares(making, places, "ftf", "first_attempt")[owner]),
        returned=_returned(making, day_amounts(making, places, "returns", "returned")[owner]),
        units=units,
        mishandled=np.where(damaged | astray, np.minimum(units, 1 + units // 4), 0),
    )


def _mishaps(
    making: Making, places: Sequence[DeliveryPlace], owner: Numbers
) -> tuple[Flags, Flags]:
    """Which orders were damaged, and of which something went astray; care moves both."""
    care = making.influence.times(codes(places), "mishandled")
    care = care * making.dice.wobble(len(places), 0.1)
    damaged = making.dice.happens((ordinary(places, "damaged") * care)[owner])
    return damaged, making.dice.happens((ordinary(places, "astray") * care)[owner])


def _lateness(making: Making, on_time: Floats) -> Floats:
    """Seconds after the promise, negative for the share that is `on_time`."""
    size = on_time.size
    is_on_time = making.dice.happens(on_time)
    late = np.clip(making.dice.lognormal(np.full(size, 9.0), 0.8), 0.2, _MOST_LATE)
    early = making.dice.between(0.1, 3.0, size)
    return np.where(is_on_time, -early, late) * 3600


def _on_time(
    making: Making, places: Sequence[DeliveryPlace], owner: Numbers, carrier: Words
) -> Floats:
    names = codes(places)
    shares = day_shares(making, places, "otd", "on_time")[owner]
    for touchpoint, name, points in making.influence.of_carriers("otd"):
        if touchpoint in names:
            theirs = (owner == names.index(touchpoint)) & (carrier == name)
            shares[theirs] = np.clip(shares[theirs] + points / 100, 0.01, 0.99)
    return shares


def _returned(making: Making, shares: Floats) -> Words:
    """Why each order will come back: `shares` of them by our fault, a few more by no fault."""
    ours = making.dice.pick({"wrong": 0.4, "damaged": 0.35, "late": 0.25}, shares.size)
    chance = making.dice.between(0, 1, shares.size)
    return np.where(chance < shares, ours, np.where(chance < shares + 0.03, "other", "none"))


def _outcome(order: _Order, until: np.datetime64, kept: Moments) -> dict[str, Column]:
    """The columns that fill up once an order is delivered and its return period is over."""
    arrived = order.delivered <= until
    return {
        "delivered_at": np.where(arrived, order.delivered, np.datetime64("NaT")),
        "complete": (order.complete | ~arrived).astype(np.int64),
        "damaged": (order.damaged & arrived).astype(np.int64),
        "documents_right": (order.papers | ~arrived).astype(np.int64),
        "first_attempt": known_flags(order.first_attempt, arrived),
        "returned": np.where(kept <= until, order.returned, ""),
        "units": order.units,
        "mishandled_units": np.where(arrived, order.mishandled, 0),
    }
