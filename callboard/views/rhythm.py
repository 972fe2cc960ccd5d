"""What the week or the year of a metric looks like at a touchpoint."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class RhythmPlace:
    """One weekday or month: how far it lies from the level, and its usual value.

    `effect` is in percent of the level where `Rhythm.is_relative`, else in the metric's unit.
    `counted` says how many of them were seen.
    """

    name: str
    effect: float
    effect_text: str
    usual: float
    usual_text: str
    counted: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Rhythm:
    """The season of a metric in words, and its places where they are clearly not all alike.

    `noun` is weekday or month; `sentence` says how much of the variation it explains and what
    follows from that, `same_period` how the period compares with the same one a year before, with
    its interval. Either is empty where there is nothing to say. `span` is what the effects were
    made of; they are fixed numbers until it moves.
    """

    noun: str
    title: str
    sentence: str
    same_period: str
    places: tuple[RhythmPlace, ...] = ()
    is_relative: bool = False
    unit_text: str = ""
    span: str = ""
    alt: str = ""
    metric: str = ""
    touchpoint: str = ""
