"""Limits, signals and promise of every series of a file, row by row."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np

from callboard.services.analysing.file_columns import read_columns
from callboard.services.analysing.file_series import ColumnNames, FileSeries, read_series
from callboard.services.analysing.grain_choice import GrainChoice
from callboard.services.analysing.whole_calendar import fill_calendar
from metrics.judgement import Judgements, judge_many
from metrics.limits import FOOTINGS, Footing, are_trial
from metrics.model import Better
from metrics.profiles import Profile, method_of
from metrics.published_promise import promise_by_the_letter
from metrics.segments import Floats
from metrics.signals import RULES, SIGNALS, Rule, Signal
from metrics.verdict import Promise, assure

_LINES = ("centre", "lower", "upper", "near_lower", "near_upper")


@dataclass(frozen=True, slots=True, kw_only=True)
class SignalQuestion:
    """What is asked of a file. `target` is one for all groups; else the column of `names`."""

    names: ColumnNames
    better: Better
    profile: Profile
    grain: GrainChoice
    target: float | None = None
    baseline_points: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SignalRow:
    """One row of the answer; None where there is no number. `assurance` is that of the group."""

    group: str
    date: date
    value: float | None
    segment: int
    centre: float | None
    lower: float | None
    upper: float | None
    near_lower: float | None
    near_upper: float | None
    rule: Rule
    signal: Signal
    trial: bool
    assurance: Promise


def find_signals(path: Path, question: SignalQuestion) -> tuple[list[SignalRow], list[str]]:
    """The rows of the answer in the file's order of groups, and what a person should know of them.

    FileRefused says why a file cannot be read.
    """
    columns = read_columns(path)
    series, told = read_series(columns, question.names)
    if method_of(question.profile).guarded:
        series, filled = fill_calendar(series, question.grain, name=columns.name)
        told += filled
    rows: list[list[SignalRow]] = [[] for _ in series]
    unjudged = set[str]()
    for places in _of_one_length(series):
        batch = [series[place] for place in places]
        judged = _judge(batch, question)
        trial = are_trial(judged.limits, method=method_of(question.profile)).tolist()
        for at, place in enumerate(places):
            rows[place] = list(_rows(judged, at, batch[at], question=question, trial=trial[at]))
            if FOOTINGS.index(Footing.GAPS) in judged.limits.footing[at]:
                unjudged.add(batch[at].group)
    return [row for each in rows for row in each], [*told, *_on_gaps(unjudged)]


def _of_one_length(series: Sequence[FileSeries]) -> list[list[int]]:
    """Series of one length are judged together."""
    places: dict[int, list[int]] = {}
    for place, each in enumerate(series):
        places.setdefault(len(each.days), []).append(place)
    return list(places.values())


def _judge(batch: Sequence[FileSeries], question: SignalQuestion) -> Judgements:
    with np.errstate(over="ignore", invalid="ignore"):  # a file may hold the largest of numbers
        return judge_many(
            np.array([each.values for each in batch]),
            better=question.better,
            profile=question.profile,
            segments=np.cumsum([each.breaks for each in batch], axis=1),
            fix_after=question.baseline_points,
        )


def _rows(
    judged: Judgements,
    at: int,
    series: FileSeries,
    *,
    question: SignalQuestion,
    trial: Sequence[bool],
) -> Iterator[SignalRow]:
    limits = judged.limits
    promise = _promise(judged, at, series, question)
    lines = zip(*(_told(getattr(limits, name)[at]) for name in _LINES), strict=True)
    points = zip(
        series.days,
        _told(judged.values[at]),
        np.cumsum(series.breaks).tolist(),
        trial,
        lines,
        strict=True,
    )
    for row, (day, value, segment, is_trial, drawn) in enumerate(points):
        rule, signal = _judgement(judged, at, row)
        centre, lower, upper, near_lower, near_upper = drawn
        yield SignalRow(
            group=series.group,
            date=day,
            value=value,
            segment=segment,
            centre=centre,
            lower=lower,
            upper=upper,
            near_lower=near_lower,
            near_upper=near_upper,
            rule=rule,
            signal=signal,
            trial=is_trial,
            assurance=promise,
        )


def _judgement(judged: Judgements, at: int, row: int) -> tuple[Rule, Signal]:
    """Nothing is concluded in a segment of which too much is missing."""
    rule, signal = RULES[judged.rules[at, row]], SIGNALS[judged.signals[at, row]]
    if FOOTINGS[judged.limits.footing[at, row]] is not Footing.GAPS or signal is Signal.NO_DATA:
        return rule, signal
    return Rule.NONE, Signal.NONE


def _promise(judged: Judgements, at: int, series: FileSeries, question: SignalQuestion) -> Promise:
    target = question.target if question.target is not None else _told(series.targets)[-1]
    last = judged.limits.at(at, len(series.days) - 1)
    if method_of(question.profile).guarded:
        return assure(last, better=question.better, target=target).promise
    return promise_by_the_letter(
        lower=last.lower, upper=last.upper, target=target, better=question.better
    )


def _told(numbers: Floats) -> list[float | None]:
    return [None if number != number else number for number in numbers.tolist()]  # noqa: PLR0124


def _on_gaps(groups: set[str]) -> list[str]:
    if not groups:
        return []
    named = ", ".join(sorted(group or "the series" for group in groups)[:5])
    more = f" and {len(groups) - 5} more" if len(groups) > 5 else ""
    return [f"Over a fifth of the periods have no value, so nothing is concluded: {named}{more}."]
