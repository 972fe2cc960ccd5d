"""Contacts: what customers brought to us, row by row, from the first ring to the reopened case."""

from collections.abc import Sequence

import numpy as np

from callboard.demo.case_numbers import draw_case_numbers
from callboard.demo.contact_cases import Case, ContactPlace, draw_cases
from callboard.demo.dice import Numbers, Words
from callboard.demo.making import REGIONS, Making, codes, owners
from callboard.demo.moments import NEVER, Floats, Moments, later, local_moments
from callboard.demo.rows import Column, Rows, keys, known_flags, last_stage

_MOST_REOPEN = 10.0
_TOPICS = {"delivery": 0.3, "order": 0.25, "product": 0.2, "payment": 0.13, "account": 0.12}
_TURNED = {"complaint": "complaints", "compliment": "compliments"}


def make_contacts(making: Making, places: Sequence[ContactPlace]) -> Rows:
    """Return a day's contacts as they stand at `making.until`."""
    dice, names = making.dice, codes(places)
    owner = owners(making, places, making.influence.times(names, "contact_rate"))
    created = local_moments(making.day, making.zone, _seconds(making, places, owner))
    channel = dice.pick_each([place.channels for place in places], owner)
    case = draw_cases(making, places, owner, channel)
    born, *stages = _stages(making, case, created)
    written = last_stage(making.until, born, *stages)
    return Rows(
        {
            "contact_id": keys("C", making.day, owner.size),
            "case_number": draw_case_numbers(making, names, owner),
            "touchpoint": np.array(names)[owner],
            "created_at": created,
            "updated_at": written,
            "channel": channel,
            **_circumstances(making, places, owner),
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


def _stages(making: Making, case: Case, created: Moments) -> tuple[Moments, ...]:
    """When each contact is first written, answered, resolved and reopened; NEVER if it is not."""
    born = later(created, np.where(case.abandoned, case.wait, case.wait + case.handle))
    replied = np.where(case.waits, born, later(created, case.reply * 3600))
    resolved = np.where(case.abandoned, NEVER, later(created, case.resolve * 3600))
    reopened = later(resolved, making.dice.between(1, _MOST_REOPEN, created.size) * 3600)
    reopened = np.where(case.reopened, reopened, NEVER)
    return (born, *(np.maximum(stage, born) for stage in (replied, resolved, reopened)))


def _circumstances(
    making: Making, places: Sequence[ContactPlace], owner: Numbers
) -> dict[str, Words]:
    dice = making.dice
    return {
        "region": dice.pick(REGIONS, owner.size),
        "team": dice.pick_each([place.teams for place in places], owner),
        "kind": dice.pick_each([_kinds(making, place) for place in places], owner),
        "topic": dice.pick(_TOPICS, owner.size),
    }


def _kinds(making: Making, place: ContactPlace) -> dict[str, float]:
    """A day's kinds: complaints and compliments grow by their factor, the others as they are."""
    kinds = dict(place.kinds)
    for kind, metric in _TURNED.items():
        kinds[kind] *= float(making.influence.times([place.touchpoint], metric)[0])
    return kinds


def _outcome(case: Case, until: np.datetime64, stages: Sequence[Moments]) -> dict[str, Column]:
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
