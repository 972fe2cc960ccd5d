"""Contacts: what customers brought to us, from the first ring to the reopened case."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from callboard.demo.dice import Flags, Numbers
from callboard.demo.making import REGIONS, Making, codes, owners
from callboard.demo.moments import NEVER, Floats, Moments, later, local_moments
from callboard.demo.rows import Rows, keys, known_flags, last_stage

_WAITING = ("phone", "chat", "counter")
_MOST_RESOLVE, _MOST_REOPEN = 58.0, 10.0
_TOPICS = {"delivery": 0.3, "order": 0.25, "product": 0.2, "payment": 0.13, "account": 0.12}


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
class _Case:
    """What will become of each contact, whether or not it is known yet."""

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


def make_contacts(making: Making, places: Sequence[ContactPlace]) -> Rows:
    """Return a day's contacts as they stand at `making.until`."""
    dice, names = making.dice, codes(places)
    owner = owners(making, places, making.influence.times(names, "contact_rate"))
    size = owner.size
    created = local_moments(making.day, making.zone, _seconds(making, places, owner))
    channel = dice.pick_each([place.channels for place in places], owner)
    case = _case(making, places, owner, channel)
    born = later(created, np.where(case.abandoned, case.wait, case.wait + case.handle))
    replied = np.where(case.waits, born, later(created, case.reply * 3600))
    resolved = np.where(case.abandoned, NEVER, later(created, case.resolve * 3600))
    reopened = later(resolved, dice.between(1, _MOST_REOPEN, size) * 3600)
    reopened = np.where(case.reopened, reopened, NEVER)
    stages = tuple(np.maximum(stage, born) for stage in (replied, resolved, reopened))
    written = last_stage(making.until, born, *stages)
    kinds = [_kinds(making, place) for place in places]
    return Rows(
        {
            "contact_id": keys("C", making.day, size),
            "touchpoint": np.array(names)[owner],
            "created_at": created,
            "updated_at": written,
            "channel": channel,
            "region": dice.pick(REGIONS, size),
            "team": dice.pick_each([place.teams for place in places], owner),
            "kind": dice.pick_each(kinds, owner),
            "topic": dice.pick(_TOPICS, size),
            **_outcome(case, making.until, stages),
        },
        written,
    )


def _seconds(making: Making, places: Sequence[ContactPlace], owner: Numbers) -> Floats:
    seconds = np.zeros(owner.size)
    for number, place in enumerate(places):
        mine = owner == number
        seconds[mine] = making.dice.hours(place.hours, int(mine.sum()))
    return seconds


def _kinds(making: Making, place: ContactPlace) -> dict[str, float]:
    """A day's kinds: complaints and compliments grow by their factor, the others as they are."""
    turned = {"complaint": "complaints", "compliment": "compliments"}
    return {
        kind: weight
        * (
            float(making.influence.times([place.touchpoint], turned[kind])[0])
            if kind in turned
            else 1
        )
        for kind, weight in place.kinds.items()
    }


def _case(
    making: Making, places: Sequence[ContactPlace], owner: Numbers, channel: np.ndarray
) -> _Case:
    dice, names = making.dice, codes(places)

    def share(metric: str, field: str) -> Floats:
        ordinary = np.array([getattr(place, field) for place in places])
        return making.influence.share(names, metric, dice.shares(ordinary))[owner]

    def amount(metric: str, field: str) -> Floats:
        ordinary = np.array([getattr(place, field) for place in places])
        factor = making.influence.times(names, metric) * dice.wobble(len(places), 0.05)
        return (ordinary * factor)[owner]

    waits = np.isin(channel, _WAITING)
    alone = dice.happens(share("deflect", "alone"))
    abandoned = dice.happens(share("abandon", "abandoned")) & waits & ~alone
    wait = np.where(waits & ~alone, dice.lognormal(amount("asa", "wait"), 0.75), 0.0)
    reply = np.clip(dice.lognormal(amount("frt_p50", "reply_hours"), 0.6), 0.05, 40)
    resolve = np.clip(dice.lognormal(amount("ttr_p50", "resolve_hours"), 0.8), 0.05, _MOST_RESOLVE)
    resolve = np.where(waits, resolve, np.maximum(resolve, reply))
    return _Case(
        abandoned=abandoned,
        alone=alone,
        waits=waits | alone,
        solved=dice.happens(share("fcr", "solved")),
        reopened=dice.happens(share("reopen", "reopened")) & ~abandoned & ~alone,
        promised=dice.happens(np.full(owner.size, 0.8)) & ~abandoned & ~alone,
        in_time=dice.happens(share("sla_met", "in_time")),
        wait=np.minimum(wait, 3600).round(),
        handle=np.clip(dice.lognormal(amount("aht", "handle"), 0.45), 20, 7200).round(),
        reply=reply,
        resolve=np.where(alone, 0.1, resolve),
    )


def _outcome(case: _Case, until: np.datetime64, stages: Sequence[Moments]) -> dict[str, np.ndarray]:
    """The columns that fill up as a case goes on: what is known by `until`."""
    replied, resolved, reopened = (stage <= until for stage in stages)
    served = ~case.abandoned & ~case.alone
    waited = case.waits & ~case.alone
    outcome = np.where(
        case.abandoned, "abandoned", np.where(case.alone, "self_service", "answered")
    )
    return {
        "outcome": outcome,
        "wait_seconds": np.where(waited, case.wait, np.nan),
        "handle_seconds": np.where(served, case.handle, np.nan),
        "first_response_hours": np.where(
            served & ~case.waits & replied, case.reply.round(3), np.nan
        ),
        "resolve_hours": np.where(served & resolved, case.resolve.round(3), np.nan),
        "is_resolved": (resolved & ~case.abandoned).astype(np.int64),
        "solved_first_contact": known_flags(case.solved, served & resolved),
        "reopened": (case.reopened & reopened).astype(np.int64),
        "has_sla": case.promised.astype(np.int64),
        "sla_met": known_flags(case.in_time, case.promised & resolved),
    }
