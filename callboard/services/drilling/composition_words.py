"""A composite's make-up in sentences: what adds most, and how much hangs on its weights. Pure."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from callboard import figures
from callboard.services.drilling.contributions import Apart
from callboard.services.drilling.score_spans import Several
from callboard.views import Contribution, Meaning
from metrics.composite import score, weights_of
from metrics.robustness import VARIED, score_interval, without_each


class Place(NamedTuple):
    """A rank among so many touchpoints, and the ends of its ranks when the weights vary."""

    rank: int
    best: int
    worst: int
    among: int


def composition_sentence(apart: Apart, parts: Sequence[Contribution], *, score_text: str) -> str:
    """Return what adds most to the score, and what made most of its change."""
    if not apart.now.is_sound:
        lacking = [f"{each.name}: {each.value_text}" for each in parts if each.value is None]
        why = f" {'; '.join(lacking)}." if lacking else ""
        return f"No score: {score_text}.{why}"
    known = [each for each in parts if each.contribution is not None]
    most = max(known, key=lambda each: abs(each.contribution or 0.0))
    told = f"{most.name} adds most: {most.contribution_text} of {score_text}."
    return f"{told} {_change_sentence(apart, parts)}".rstrip()


def composition_notes(
    apart: Apart, *, several: Several | None, place: Place | None, sees_all: bool
) -> tuple[str, ...]:
    """Return what a reader should know of a score: weights, rank, several periods, what lacks."""
    if not apart.now.is_sound:
        return ()
    notes = (
        _missing(apart),
        _sensitivity(apart),
        _leverage(apart),
        _rank(place, sees_all=sees_all),
        _several(apart, several),
    )
    return tuple(note for note in notes if note)


def _change_sentence(apart: Apart, parts: Sequence[Contribution]) -> str:
    changes = apart.changes()
    if changes is None:
        return ""
    total = float(changes.sum())
    told = figures.format_gap(apart.metric, total)
    label = apart.label_before
    if told.startswith("±"):
        return f"The score is what it was in {label}."
    if not any(each.meaning in (Meaning.GOOD, Meaning.BAD) for each in parts):
        return f"It changed by {told} since {label}, but no component differs clearly."
    way = 1 if total > 0 else -1
    most = max(parts, key=lambda each: way * (each.change or 0.0))
    return f"Of the change since {label}, {told}, {most.name} accounts for {most.change_text}."


def _missing(apart: Apart) -> str:
    values = apart.values
    names = [
        part.name
        for part, value in zip(apart.metric.component_metrics, values, strict=True)
        if np.isnan(value)
    ]
    if not names:
        return ""
    left_out = float(score(apart.metric, values).left_out)
    share = figures.format_number(100 * left_out, 0)
    return (
        f"Reweighted: {' and '.join(names)}, {share} % of the weight, has no value in this period, "
        "and the other components stand in for it."
    )


def _sensitivity(apart: Apart) -> str:
    interval = score_interval(apart.metric, apart.values)
    if interval is None:
        return ""
    low = figures.format_number(interval[0], apart.metric.decimals)
    high = figures.format_value(apart.metric, interval[1])
    share = figures.format_number(100 * VARIED, 0)
    return (
        f"With weights varied by ±{share} % the score stays between {low} and {high} in 19 of "
        "20 draws."
    )


def _leverage(apart: Apart) -> str:
    metric, now = apart.metric, apart.now.value
    without = without_each(metric, apart.values)
    if now is None or np.isnan(without).any() or len(weights_of(metric)) < 2:
        return ""
    at = int(np.argmax(np.abs(without - now)))
    told = figures.format_value(metric, float(without[at]))
    return (
        f"Most hangs on {metric.component_metrics[at].name}: without it the score would be {told}."
    )


def _rank(place: Place | None, *, sees_all: bool) -> str:
    if place is None:
        return ""
    whose = "touchpoints with this score" if sees_all else "touchpoints that you may see"
    told = f"Of the {place.among} {whose} it stands {_ordinal(place.rank)}"
    if place.best == place.worst:
        return f"{told}, with varied weights too."
    return f"{told}; with varied weights, {_ordinal(place.best)} to {_ordinal(place.worst)}."


def _ordinal(number: int) -> str:
    ending = (
        "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    )
    return f"{number}{ending}"


def _several(apart: Apart, several: Several | None) -> str:
    if several is None:
        return ""
    metric, noun = apart.metric, apart.period.grain.value
    as_one = figures.format_value(metric, several.as_one)
    mean = figures.format_value(metric, several.mean)
    if as_one == mean:
        return f"The {noun}s shown taken as one give {as_one}, and so do their scores on average."
    return (
        f"The {noun}s shown taken as one give {as_one}; the mean of their {several.count} scores "
        f"is {mean}. These are two figures: quote one and say which."
    )
