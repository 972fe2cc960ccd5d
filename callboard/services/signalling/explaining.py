"""What may explain each signal of a board, and how that is told."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from callboard import figures
from callboard.services.readings.annotation_marks import shortened, tell_days
from callboard.services.signalling.causes import (
    BEHIND,
    EVERY,
    Begun,
    Cause,
    Known,
    Noted,
    causes_of,
)
from callboard.services.signalling.grouping import Words
from callboard.services.signalling.lately import Beginning
from callboard.services.tiles.board import Board
from callboard.storage.annotations import Annotation
from callboard.storage.baselines import SeriesBaseline
from callboard.storage.breaks import SeriesBreak
from callboard.views.signalling import CauseKind
from metrics.calendar import Period
from metrics.chosen import BaselineUse
from metrics.model import Grain
from metrics.signals import Signal

Explanation = tuple[int, Cause | None]


class Written(NamedTuple):
    """What people wrote of a board's touchpoints and approved at them."""

    breaks: Sequence[SeriesBreak]
    annotations: Sequence[Annotation]
    baselines: Sequence[SeriesBaseline] = ()


class _Holding(NamedTuple):
    """What of it stands, by number."""

    breaks: Mapping[int, SeriesBreak]
    annotations: Mapping[int, Annotation]
    asides: Mapping[int, SeriesBaseline]


def explain(
    board: Board, found: Sequence[Beginning], written: Written
) -> tuple[tuple[Explanation, ...], dict[Cause, Words]]:
    """Return the period in which each signal began with what may explain it, and that in words.

    `found` are all signals that there are, for one that is not shown may explain another.
    """
    starts = board.judged.table.starts()
    places = [_place(starts, each.since) for each in found]
    begun = [
        Begun(touchpoint=each.key.touchpoint, metric=each.key.metric, signal=each.signal, at=at)
        for each, at in zip(found, places, strict=True)
    ]
    holding = _holding(written, until=board.period.end)
    causes = causes_of(
        begun,
        breaks=[
            Known(number=each.id, touchpoint=each.touchpoint, at=at)
            for each in holding.breaks.values()
            if (at := _place(starts, each.day)) >= 0
        ],
        annotations=[
            Noted(number=each.id, touchpoint=each.touchpoint, metric=each.metric, at=at)
            for each in holding.annotations.values()
            if (at := _place(starts, each.first)) >= 0
        ],
        asides=_asides(holding, starts),
        depends_on={
            code: each.depends_on for code, each in board.runtime.definitions.touchpoints.items()
        },
    )
    words = {cause: _words(board, cause, begun, holding) for cause in causes if cause is not None}
    return tuple(zip(places, causes, strict=True)), words


def _holding(written: Written, *, until: date) -> _Holding:
    """What stands and had begun by then: no signal begins with what is still to come."""
    return _Holding(
        {each.id: each for each in written.breaks if each.holds and each.day <= until},
        {each.id: each for each in written.annotations if each.holds and each.first <= until},
        {
            each.id: each
            for each in written.baselines
            if each.holds and each.use is BaselineUse.ASIDE and each.first <= until
        },
    )


def _asides(holding: _Holding, starts: Sequence[date]) -> list[Noted]:
    """The days set aside; those of one event have one number."""
    return [
        Noted(number=_event(each, holding), touchpoint=each.touchpoint, metric=each.metric, at=at)
        for each in holding.asides.values()
        if (at := _place(starts, each.first)) >= 0
    ]


def _event(of: SeriesBaseline, holding: _Holding) -> int:
    """The number of the first that was set aside there for the same reason: one event is one."""
    return min(
        each.id
        for each in holding.asides.values()
        if (each.touchpoint, each.first, each.reason) == (of.touchpoint, of.first, of.reason)
    )


def _place(starts: Sequence[date], day: date) -> int:
    """Which of the periods a day falls in; -1 before them."""
    return bisect_right(starts, day) - 1


def _words(board: Board, cause: Cause, begun: Sequence[Begun], holding: _Holding) -> Words:
    if cause.kind is CauseKind.ANNOTATION:
        return _annotated(board, holding.annotations[cause.number])
    if cause.kind is CauseKind.ASIDE:
        return _set_aside(board, holding.asides[cause.number])
    known = board.runtime.definitions
    name = known.touchpoints[cause.touchpoint].name
    noun, since = board.period.grain.value, board.judged.table.starts()[cause.at]
    began = _began(board.period, since)
    if cause.kind is CauseKind.BREAK:
        made = holding.breaks[cause.number]
        metric = known.metrics[made.metric].name if made.metric in known.metrics else made.metric
        when = figures.format_day(made.day, near=board.period.end)
        told = f"A break of {metric} was approved at {name} from {when}, and this began with it."
        return Words(title=f"“{made.reason}”", reason=told)
    mine = [each for each in begun if (each.touchpoint, each.at) == (cause.touchpoint, cause.at)]
    if cause.kind is CauseKind.TOGETHER:
        same = f"{'on' if board.period.grain is Grain.DAY else 'in'} the same {noun}"
        told = f"More than one metric of it changed {same}."
        return Words(title=f"{name} changed {began.when}", reason=told)
    metrics = ", ".join(
        known.metrics[each.metric].name for each in mine if each.signal is Signal.CONCERN
    )
    told = (
        f"{metrics} there: of concern since {began.day}. What stands on it began to suffer then or "
        f"up to {BEHIND} {noun}s later. That is an association, not a cause."
    )
    return Words(title=f"{name} may be behind this", reason=told)


def _annotated(board: Board, of: Annotation) -> Words:
    """What was written, when it was and who wrote it; that is a matter of time, not of cause."""
    known, noun = board.runtime.definitions, board.period.grain.value
    about = [
        known.metrics[of.metric].name if of.metric in known.metrics else "",
        known.touchpoints[of.touchpoint].name if of.touchpoint != EVERY else "every touchpoint",
    ]
    days = tell_days(of.first, of.last, near=board.period.end)
    told = (
        f"An annotation of {', '.join(filter(None, about))}, by {of.actor}. What is below began in "
        f"its {noun} or the {noun} after. That is an association, not a cause."
    )
    return Words(title=f"Began with “{shortened(of.reason)}”, {days}", reason=told)


def _set_aside(board: Board, of: SeriesBaseline) -> Words:
    """Why days were set aside, and whose; that the signal began with them is a matter of time."""
    name, noun = board.runtime.definitions.touchpoints[of.touchpoint].name, board.period.grain.value
    days = tell_days(of.first, of.last, near=board.period.end)
    told = (
        f"{days}, set aside from the limits at {name} by {of.actor}. What is below began in their "
        f"first {noun} or the {noun} after. That is an association, not a cause."
    )
    return Words(title=f"“{shortened(of.reason)}”", reason=told)


class _Began(NamedTuple):
    """When a period began, after `since` and after a verb: `2 Nov`, `in the week of 2 Nov`."""

    day: str
    when: str


def _began(told: Period, since: date) -> _Began:
    if told.grain is Grain.MONTH:
        month = figures.period_label(Grain.MONTH, since)
        return _Began(month, f"in {month}")
    day = figures.format_day(since, near=told.end)
    return _Began(day, f"on {day}" if told.grain is Grain.DAY else f"in the week of {day}")
