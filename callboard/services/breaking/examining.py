"""What a break would do to a series, and whether it can be approved. Preview and act alike."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from callboard import figures
from callboard.services.breaking.judged_words import counted, tell_judged
from callboard.services.readings.breaks import segment_numbers, tell_breaks
from callboard.services.readings.coverage import Coverages
from callboard.services.readings.judging import Judged, judge_table
from callboard.services.readings.rare import read_rare_days
from callboard.services.readings.seasons import history_of
from callboard.services.readings.series import ReadingTable, Wanted, read_table
from callboard.services.runtime import Runtime
from callboard.storage.breaks import SeriesBreak
from callboard.storage.engine import Connection
from callboard.storage.runs import read_feed_states
from callboard.storage.series_table import SeriesKey
from callboard.views import BreakPreview
from metrics.breaks import LEAST
from metrics.calendar import Period, calendar_for
from metrics.limits import NO_LIMITS, Limits
from metrics.model import Grain, Metric

Levels = tuple[Limits, Limits]


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedBreak:
    """A break somebody thinks of: of which series, from which day, seen at which grain."""

    touchpoint: str
    metric: Metric
    day: date
    grain: Grain

    @property
    def period(self) -> Period:
        """The period that holds the day: the first of the new segment."""
        return calendar_for(self.grain).period_of(self.day)

    @property
    def label(self) -> str:
        """The period in words, with the day it holds where that is not its first."""
        label = figures.period_label(self.grain, self.period.start)
        inside = self.period.start < self.day
        return f"{label}, which holds {figures.format_day(self.day)}," if inside else label


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """The column of the new segment's first period in the row of the series.

    `days` are those of the series where its events may be rare.
    """

    table: ReadingTable
    days: ReadingTable | None
    row: int
    column: int


def preview_break(runtime: Runtime, connection: Connection, asked: AskedBreak) -> BreakPreview:
    """Return what approving a break would do; its `refused` says why it cannot be approved."""
    place = _find(runtime, connection, asked)
    label = figures.period_label(asked.grain, asked.period.start)
    if isinstance(place, str):
        return BreakPreview(day=asked.day, period_label=label, refused=place)
    if not _values_before(place):
        refused = (
            f"No {asked.grain.value} before {label} has a value, so there is nothing to part. "
            "Choose a later day."
        )
        return BreakPreview(day=asked.day, period_label=label, refused=refused)
    judged = _judged_both(runtime, asked, place)
    now, then = (tell_judged(asked.metric, each, place.row) for each in judged)
    levels = levels_at(judged[1], place.row, place.column)
    before, after = (level.points for level in levels)
    return BreakPreview(
        day=asked.day,
        period_label=label,
        sentence=_sentence(asked, before, after),
        evidence=tell_levels(asked.metric, levels, noun=asked.grain.value),
        before=before,
        after=after,
        is_provisional=min(before, after) < LEAST,
        centre=(now.centre, then.centre),
        limits=(now.limits, then.limits),
        verdict=(now.verdict, then.verdict),
    )


def levels_at(judged: Judged, row: int, column: int) -> Levels:
    """The limits before a column of the table, and from it on."""
    width = judged.values.shape[1]
    at = column - int(judged.ends[row]) + width - 1
    before, after = (
        judged.found.limits.at(row, place) if 0 <= place < width else NO_LIMITS
        for place in (at - 1, at)
    )
    return before, after


def tell_levels(metric: Metric, levels: Levels, *, noun: str) -> str:
    """Return `93.4 % over 24 weeks before, 88.1 % over 9 weeks since`."""
    told = []
    for level, word in zip(levels, ("before", "since"), strict=True):
        span = f"{counted(level.points, noun)} {word}"
        centre = figures.format_value(metric, level.centre)
        told.append(span if level.centre is None else f"{centre} over {span}")
    return ", ".join(told)


def _find(runtime: Runtime, connection: Connection, asked: AskedBreak) -> _Place | str:
    """Where the break lies, or why there can be none there."""
    name = runtime.definitions.touchpoints[asked.touchpoint].name
    today = runtime.clock.today(runtime.definitions.zone(asked.touchpoint))
    if asked.day > today:
        return (
            f"{figures.format_day(asked.day)} is still to come. A break is approved once it has "
            f"happened: choose a day up to {figures.format_day(today)}."
        )
    coverages = Coverages(runtime, read_feed_states(connection))
    table = _read(runtime, connection, asked, today, coverages)
    row = table.find(SeriesKey(asked.touchpoint, asked.metric.code, ""))
    if row is None:
        return f"There is no reading of {asked.metric.name} at {name} around that day."
    starts = table.starts()
    column = starts.index(asked.period.start)
    if np.isnan(table.n[row, column]):
        return _nothing_there(asked, table, row, name=name)
    for each in table.breaks.get((asked.touchpoint, asked.metric.code), ()):
        if calendar_for(asked.grain).period_of(each.day) == asked.period:
            return (
                f"{figures.period_label(asked.grain, asked.period.start)} begins a new segment "
                f"already: {tell_breaks([each])}. "
                "Withdraw that one first to change its day or reason."
            )
    days = read_rare_days(runtime, connection, table, coverages, until=starts[-1])
    return _Place(table=table, days=days, row=row, column=column)


def _read(
    runtime: Runtime,
    connection: Connection,
    asked: AskedBreak,
    today: date,
    coverages: Coverages,
) -> ReadingTable:
    calendar = calendar_for(asked.grain)
    latest = calendar.last_complete(coverages.of(asked.metric, asked.touchpoint).last)
    first = min(asked.period, latest)
    for _ in range(history_of(asked.grain) - 1):
        first = calendar.previous(first)
    wanted = Wanted(
        touchpoints=frozenset({asked.touchpoint}),
        metrics=[asked.metric.code],
        grain=asked.grain,
        first=first.start,
        last=max(today, latest.end),
    )
    return read_table(runtime, connection, wanted, coverages)


def _nothing_there(asked: AskedBreak, table: ReadingTable, row: int, *, name: str) -> str:
    there = np.flatnonzero(~np.isnan(table.n[row]))
    starts = table.starts()
    gap = [abs((starts[column] - asked.day).days) for column in there]
    nearest = starts[int(there[int(np.argmin(gap))])]
    return (
        f"{figures.period_label(asked.grain, asked.period.start)} has no reading of "
        f"{asked.metric.name} at {name}. The nearest that has one is "
        f"{figures.period_label(asked.grain, nearest)}, from {figures.format_day(nearest)} on."
    )


def _values_before(place: _Place) -> bool:
    """Whether a period with a value lies between the break before and this one."""
    segments, values = segment_numbers(place.table)[place.row], place.table.sound()[place.row]
    mine = (segments == segments[place.column]) & ~np.isnan(values)
    return bool(mine[: place.column].any())


def _judged_both(runtime: Runtime, asked: AskedBreak, place: _Place) -> tuple[Judged, Judged]:
    """The series as it is judged now, and with the break, at the newest period of its segment."""
    table = place.table
    segments = segment_numbers(table)[place.row]
    last = int(np.flatnonzero(segments == segments[place.column])[-1])
    thought = SeriesBreak(
        id=0,
        touchpoint=asked.touchpoint,
        metric=asked.metric.code,
        day=asked.day,
        reason="",
        actor="",
        at=runtime.clock.now("UTC"),
    )
    history = history_of(asked.grain)
    now, then = (
        judge_table(
            each,
            runtime.definitions,
            until=table.starts()[last],
            periods=max(history, last - place.column + history // 2),
            days=days,
        )
        for each, days in (
            (table, place.days),
            (with_breaks(table, [thought]), place.days and with_breaks(place.days, [thought])),
        )
    )
    return now, then


def with_breaks(table: ReadingTable, thought: Sequence[SeriesBreak]) -> ReadingTable:
    """The table as if some more breaks held."""
    breaks = dict(table.breaks)
    for each in thought:
        key = (each.touchpoint, each.metric)
        breaks[key] = (*breaks.get(key, ()), each)
    older = with_breaks(table.older, thought) if table.older is not None else None
    return replace(table, breaks=breaks, older=older)


def _sentence(asked: AskedBreak, before: int, after: int) -> str:
    noun = asked.grain.value
    told = f"Limits start anew from {asked.label}".rstrip(",")
    sides = f"{counted(before, noun)} before it, {counted(after, noun)} from it on"
    few = min(before, after) < LEAST
    return f"{told}: {sides}." + (
        f" The break is provisional: a level is known from {LEAST} {noun}s on." if few else ""
    )
