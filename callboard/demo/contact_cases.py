"""What will become of each contact, drawn when it begins, whether or not it is known yet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from callboard.demo.dice import Flags, Numbers, Words
from callboard.demo.making import Making, day_amounts, day_shares
from callboard.demo.moments import Floats

_WAITING = ("phone", "chat", "counter")
_MOST_RESOLVE = 58.0
_ALONE_HOURS = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactPlace:
    """A touchpoint that customers contact. Shares are 0-1, `wait` and `handle` in seconds."""

    touchpoint: str
    volume: float
    weekday: tuple[float, ...]
    hours: tuple[float, ...]
    channels: Mapping[str, float]
    teams: Mapping[str, float]
    kinds: Mapping[str, float]
    solved: float
    reopened: float
    abandoned: float
    alone: float
    in_time: float
    wait: float = 17.0
    handle: float = 300.0
    reply_hours: float = 2.5
    resolve_hours: float = 4.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """Flags and numbers, one a contact; `wait` and `handle` in seconds, the others in hours."""

    abandoned: Flags
    alone: Flags
    waits: Flags
    solved: Flags
    reopened: Flags
    promised: Flags
    in_time: Flags
    wait: Floats
    handle: Floats
    reply: Floats
    resolve: Floats


def draw_cases(
    making: Making, places: Sequence[ContactPlace], owner: Numbers, channel: Words
) -> Case:
    """Return the cases of a day's contacts; `owner` indexes `places`."""
    dice = making.dice

    def happens(metric: str, field: str) -> Flags:
        return dice.happens(day_shares(making, places, metric, field)[owner])

    waits = np.isin(channel, _WAITING)
    alone = happens("deflect", "alone")
    abandoned = happens("abandon", "abandoned") & waits & ~alone
    served = ~abandoned & ~alone
    wait, handle, reply, resolve = _times(making, places, owner)
    return Case(
        abandoned=abandoned,
        alone=alone,
        waits=waits | alone,
        solved=happens("fcr", "solved"),
        reopened=happens("reopen", "reopened") & served,
        promised=dice.happens(np.full(owner.size, 0.8)) & served,
        in_time=happens("sla_met", "in_time"),
        wait=np.where(waits & ~alone, wait, 0.0),
        handle=handle,
        reply=reply,
        resolve=np.where(alone, _ALONE_HOURS, np.where(waits, resolve, np.maximum(resolve, reply))),
    )


def _times(
    making: Making, places: Sequence[ContactPlace], owner: Numbers
) -> tuple[Floats, Floats, Floats, Floats]:
    """Waiting and handling in seconds, first reply and solution in hours."""

    def drawn(metric: str, field: str, spread: float) -> Floats:
        medians = day_amounts(making, places, metric, field)[owner]
        return making.dice.lognormal(medians, spread)

    return (
        np.minimum(drawn("asa", "wait", 0.75), 3600).round(),
        np.clip(drawn("aht", "handle", 0.45), 20, 7200).round(),
        np.clip(drawn("frt_p50", "reply_hours", 0.6), 0.05, 40),
        np.clip(drawn("ttr_p50", "resolve_hours", 0.8), 0.05, _MOST_RESOLVE),
    )
