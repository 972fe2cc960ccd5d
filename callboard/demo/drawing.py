"""Another seed, another story: events drawn from kinds that can be found, at places they fit."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from callboard.demo.knobs import KNOBS
from callboard.demo.story import (
    Direction,
    Dirt,
    Effect,
    Event,
    Fault,
    Happening,
    Silence,
    Story,
)

_UP, _DOWN = Direction.UP, Direction.DOWN


@dataclass(frozen=True, slots=True, kw_only=True)
class _Move:
    """An effect still without its size: `low` to `high`, in the way of the metric's knob."""

    metric: str
    direction: Direction
    low: float = 0.0
    high: float = 0.0
    carrier: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plot:
    """A sort of event at one touchpoint: when it may begin and how long it lasts, in days."""

    name: str
    kind: Happening
    touchpoint: str
    begins: tuple[int, int]
    days: tuple[int, int] | None
    moves: tuple[_Move, ...]


_PAST, _RECENT, _LASTING = (35, 160), (19, 120), (70, 110)
_STRIKE, _RELEASE = (9, 13), (15, 21)

_PLOTS: tuple[_Plot, ...] = (
    _Plot(
        name="Strike at the carrier Northway",
        kind=Happening.STRIKE, touchpoint="field_delivery", begins=_PAST, days=_STRIKE,
        moves=(
            _Move(metric="otd", direction=_DOWN, low=45, high=75, carrier="Northway"),
            _Move(metric="otif", direction=_DOWN),
        ),
    ),
    _Plot(
        name="Strike of the own fleet",
        kind=Happening.STRIKE, touchpoint="store_counter", begins=_PAST, days=_STRIKE,
        moves=(
            _Move(metric="otd", direction=_DOWN, low=25, high=45),
            _Move(metric="otif", direction=_DOWN),
        ),
    ),
    _Plot(
        name="New checklist for the first call",
        kind=Happening.PROCESS_CHANGE, touchpoint="service_desk", begins=_LASTING, days=None,
        moves=(
            _Move(metric="fcr", direction=_UP, low=8, high=12),
            _Move(metric="reopen", direction=_DOWN, low=4, high=5.5),
        ),
    ),
    _Plot(
        name="Answers to hand for every agent",
        kind=Happening.PROCESS_CHANGE, touchpoint="call_centre", begins=_LASTING, days=None,
        moves=(_Move(metric="fcr", direction=_UP, low=7, high=12),),
    ),
    _Plot(
        name="Soft-drop conveyor",
        kind=Happening.PROCESS_CHANGE, touchpoint="warehouse", begins=_LASTING, days=None,
        moves=(_Move(metric="mishandled", direction=_DOWN, low=2, high=3),),
    ),
    _Plot(
        name="Faults sorted by a first look",
        kind=Happening.PROCESS_CHANGE, touchpoint="it_service", begins=_LASTING, days=None,
        moves=(_Move(metric="int_sla", direction=_UP, low=7, high=9),),
    ),
    _Plot(
        name="Release 41 of the web store",
        kind=Happening.BAD_RELEASE, touchpoint="web_store", begins=_RECENT, days=_RELEASE,
        moves=(
            _Move(metric="lcp_p75", direction=_UP, low=1.4, high=1.9),
            _Move(metric="checkout_ok", direction=_DOWN, low=12, high=20),
        ),
    ),
    _Plot(
        name="Release of the forum's new search",
        kind=Happening.BAD_RELEASE, touchpoint="community_forum", begins=_RECENT, days=_RELEASE,
        moves=(
            _Move(metric="deflect", direction=_DOWN, low=20, high=28),
            _Move(metric="lcp_p75", direction=_UP, low=1.5, high=2.0),
        ),
    ),
    _Plot(
        name="Telephone outage",
        kind=Happening.OUTAGE, touchpoint="call_centre", begins=_RECENT, days=(1, 1),
        moves=(
            _Move(metric="abandon", direction=_UP, low=50, high=70),
            _Move(metric="asa", direction=_UP, low=6, high=9),
        ),
    ),
    _Plot(
        name="Outage of telephone and chat",
        kind=Happening.OUTAGE, touchpoint="service_desk", begins=_RECENT, days=(1, 1),
        moves=(_Move(metric="abandon", direction=_UP, low=60, high=75),),
    ),
    _Plot(
        name="Payment outage",
        kind=Happening.OUTAGE, touchpoint="web_store", begins=_RECENT, days=(2, 3),
        moves=(_Move(metric="checkout_ok", direction=_DOWN, low=65, high=73),),
    ),
    _Plot(
        name="Thank-you week at the counters",
        kind=Happening.GOOD_SURPRISE, touchpoint="store_counter", begins=_PAST, days=(9, 12),
        moves=(_Move(metric="compliments", direction=_UP, low=4, high=6),),
    ),
    _Plot(
        name="Thank-you cards with every parcel",
        kind=Happening.GOOD_SURPRISE, touchpoint="field_delivery", begins=_PAST, days=(9, 12),
        moves=(_Move(metric="compliments", direction=_UP, low=5, high=7),),
    ),
)  # fmt: skip
_SILENT = ("backlog", "internal_requests", "survey_answers")
_DIRT = (
    ("contacts", Fault.NEGATIVE_WAIT),
    ("contacts", Fault.UNKNOWN_TOUCHPOINT),
    ("deliveries", Fault.DELIVERED_BEFORE_ORDERED),
    ("internal_requests", Fault.TEXT_IN_NUMBER),
    ("web_vitals", Fault.DATE_IN_FUTURE),
    ("survey_answers", Fault.SCORE_OFF_SCALE),
)


def draw_story(seed: int) -> Story:
    """Return the story of `seed`: one event of every kind, each at a touchpoint of its own."""
    random = np.random.default_rng([seed, 0x5709])
    events: list[Event] = []
    for kind in Happening:
        taken = {event.touchpoint for event in events}
        free = [plot for plot in _PLOTS if plot.kind is kind and plot.touchpoint not in taken]
        if free:
            events.append(_event(random, free[_whole(random, (0, len(free) - 1))]))
    silence = Silence(feed=_silent_feed(random, events), days_before=_whole(random, (8, 12)))
    return Story(seed=seed, events=tuple(events), silences=(silence,), dirt=_dirt(random))


def _silent_feed(random: np.random.Generator, events: Sequence[Event]) -> str:
    """A feed that no event needs: what stops cannot show a change."""
    needed = {
        KNOBS[effect.metric].feed
        for event in events
        for effect in event.effects
        if effect.metric in KNOBS
    }
    free = [feed for feed in _SILENT if feed not in needed]
    return free[_whole(random, (0, len(free) - 1))]


def _event(random: np.random.Generator, plot: _Plot) -> Event:
    return Event(
        name=plot.name,
        kind=plot.kind,
        touchpoint=plot.touchpoint,
        days_before=_whole(random, plot.begins),
        days=_whole(random, plot.days) if plot.days else None,
        effects=tuple(_effect(random, move) for move in plot.moves),
    )


def _effect(random: np.random.Generator, move: _Move) -> Effect:
    size = round(float(random.uniform(move.low, move.high)), 2)
    sized = {KNOBS[move.metric].turn.value: size} if move.high else {}
    return Effect.model_validate(
        {
            "metric": move.metric,
            "direction": move.direction,
            "carrier": move.carrier,
            **sized,
        }
    )


def _dirt(random: np.random.Generator) -> tuple[Dirt, ...]:
    return tuple(
        Dirt(
            feed=feed, fault=fault, days_before=_whole(random, (3, 15)), rows=_whole(random, (2, 4))
        )
        for feed, fault in _DIRT
    )


def _whole(random: np.random.Generator, bounds: tuple[int, int]) -> int:
    return int(random.integers(bounds[0], bounds[1] + 1))
