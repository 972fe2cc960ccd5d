"""What a baseline would do to a series, and whether it can be laid down. Preview and act alike."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from callboard import figures
from callboard.services.breaking.judged_words import counted, tell_judged
from callboard.services.readings.baselines import covers
from callboard.services.readings.coverage import Coverages
from callboard.services.readings.histories import take_history
from callboard.services.readings.judging import Judged, judge_table
from callboard.services.readings.rare import read_rare_days
from callboard.services.readings.seasons import history_of
from callboard.services.readings.series import ReadingTable, Wanted, read_table
from callboard.services.readings.volumes import guard_volumes
from callboard.services.runtime import Runtime
from callboard.storage.baselines import SeriesBaseline
from callboard.storage.engine import Connection
from callboard.storage.runs import read_feed_states
from callboard.storage.series_table import SeriesKey
from callboard.views import BaselinePreview
from metrics.breaks import LEAST
from metrics.calendar import calendar_for
from metrics.chosen import BaselineUse
from metrics.limits import Ints, Mask
from metrics.model import Grain, Metric


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedBaseline:
    """A baseline somebody thinks of: of which series, which days, to what use, at which grain."""

    touchpoint: str
    metric: Metric
    first: date
    last: date
    use: BaselineUse
    grain: Grain

    @property
    def key(self) -> SeriesKey:
        """The series it is of."""
        return SeriesKey(self.touchpoint, self.metric.code, "")

    @property
    def span(self) -> str:
        """Its days in words."""
        return figures.format_span(self.first, self.last)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """The readings, and of the series' row: its segments, what could make limits, what is covered.

    `usable` periods have a value, are not set aside and, where a baseline makes the limits of their
    segment, are of it; `inside` are those with a value that the days cover.
    """

    table: ReadingTable
    days: ReadingTable | None
    row: int
    segments: Ints
    usable: Mask
    inside: Mask

    @property
    def touched(self) -> list[int]:
        """The numbers of the segments that are covered in part, oldest first."""
        return sorted({int(number) for number in self.segments[self.inside]})

    @property
    def is_newest(self) -> bool:
        """Whether the newest segment is among them."""
        return int(self.segments[-1]) in self.touched

    def left(self, segment: int) -> int:
        """How many periods of a segment could make limits without what is covered."""
        return int(np.count_nonzero((self.segments == segment) & self.usable & ~self.inside))


def preview_baseline(
    runtime: Runtime, connection: Connection, asked: AskedBaseline
) -> BaselinePreview:
    """Return what laying a baseline down would do; its `refused` says why it cannot be."""
    found = _find(runtime, connection, asked)
    if isinstance(found, str):
        return _refused(asked, found)
    judged = _judged_both(runtime, asked, found)
    is_rare = found.row in judged[0].rare
    refused = _rare(runtime, asked) if is_rare else _refusal(asked, found)
    if refused:
        return _refused(asked, refused)
    before, after = (tell_judged(asked.metric, each, found.row) for each in judged)
    points, noun = judged[1].limits(found.row).points, asked.grain.value
    return BaselinePreview(
        use=asked.use,
        first=asked.first,
        last=asked.last,
        sentence=_sentence(asked, found, points),
        evidence=f"{after.centre} over {counted(points, noun)}, in place of {before.centre}",
        periods=points,
        centre=(before.centre, after.centre),
        limits=(before.limits, after.limits),
        verdict=(before.verdict, after.verdict),
    )


def _refused(asked: AskedBaseline, why: str) -> BaselinePreview:
    return BaselinePreview(use=asked.use, first=asked.first, last=asked.last, refused=why)


def with_baselines(table: ReadingTable, thought: Sequence[SeriesBaseline]) -> ReadingTable:
    """The table as if some more baselines held."""
    laid = dict(table.baselines)
    for each in thought:
        key = (each.touchpoint, each.metric)
        laid[key] = (*laid.get(key, ()), each)
    older = with_baselines(table.older, thought) if table.older is not None else None
    return replace(table, baselines=laid, older=older)


def thought_of(runtime: Runtime, asked: AskedBaseline) -> SeriesBaseline:
    """The baseline as it would be kept, without a reason."""
    return SeriesBaseline(
        id=0,
        touchpoint=asked.touchpoint,
        metric=asked.metric.code,
        first=asked.first,
        last=asked.last,
        use=asked.use,
        reason="",
        actor="",
        at=runtime.clock.now("UTC"),
    )


def _find(runtime: Runtime, connection: Connection, asked: AskedBaseline) -> _Place | str:
    """Where the baseline lies, or why there can be none there."""
    name = runtime.definitions.touchpoints[asked.touchpoint].name
    today = runtime.clock.today(runtime.definitions.zone(asked.touchpoint))
    if asked.last < asked.first:
        return f"The last day, {figures.format_day(asked.last)}, comes before the first. Swap them."
    if asked.last > today:
        return (
            f"{figures.format_day(asked.last)} is still to come. Choose days up to "
            f"{figures.format_day(today)}."
        )
    coverages = Coverages(runtime, read_feed_states(connection))
    table = _read(runtime, connection, asked, coverages)
    row = table.find(asked.key)
    if row is None:
        return f"There is no reading of {asked.metric.name} at {name} around these days."
    return _place(runtime, table, row, asked, connection=connection, coverages=coverages)


def _read(
    runtime: Runtime, connection: Connection, asked: AskedBaseline, coverages: Coverages
) -> ReadingTable:
    calendar = calendar_for(asked.grain)
    latest = calendar.last_complete(coverages.of(asked.metric, asked.touchpoint).last)
    first = latest
    for _ in range(history_of(asked.grain) - 1):
        first = calendar.previous(first)
    wanted = Wanted(
        touchpoints=frozenset({asked.touchpoint}),
        metrics=[asked.metric.code],
        grain=asked.grain,
        first=min(first.start, calendar.period_of(asked.first).start),
        last=max(latest.start, asked.last),
    )
    return read_table(runtime, connection, wanted, coverages)


def _place(
    runtime: Runtime,
    table: ReadingTable,
    row: int,
    asked: AskedBaseline,
    *,
    connection: Connection,
    coverages: Coverages,
) -> _Place:
    """The series as it is judged, over all of the periods of a table."""
    guarded, width = guard_volumes(table, runtime.definitions), len(table.axis)
    ends = np.full(len(table.keys), width - 1)
    history = take_history(guarded, runtime.definitions, ends, periods=width)
    values, segments = history.values[row], history.segments[row]
    inside = covers(table, thought_of(runtime, asked)) & ~np.isnan(values)
    if asked.use is BaselineUse.ONLY and history.chosen is not None:
        inside &= ~history.chosen.aside[row]
    return _Place(
        table=table,
        days=read_rare_days(runtime, connection, table, coverages, until=table.starts()[-1]),
        row=row,
        segments=segments,
        usable=history.lay().feeds[row],
        inside=inside,
    )


def _refusal(asked: AskedBaseline, place: _Place) -> str:
    """Why the periods that are covered cannot be laid down; empty where they can."""
    noun, inside = asked.grain.value, np.flatnonzero(place.inside)
    if not len(inside):
        return f"No {noun} of {asked.span} has a value. Choose other days."
    for each in place.table.baselines.get(asked.key[:2], ()):
        if each.use is asked.use and each.first <= asked.last and asked.first <= each.last:
            return (
                f"{figures.format_span(each.first, each.last)} is laid down already "
                f"({each.reason}). Withdraw that one first to change it."
            )
    if asked.use is BaselineUse.ASIDE:
        return _too_few_left(asked, place)
    if len(place.touched) > 1:
        return f"Limits start anew within {asked.span}, at a break. Choose days on one side of it."
    if len(inside) < LEAST:
        return (
            f"{asked.span} holds {counted(len(inside), f'whole {noun}')} with a value; limits need "
            f"{LEAST}. Choose a longer span."
        )
    return ""


def _too_few_left(asked: AskedBaseline, place: _Place) -> str:
    left = min(place.left(segment) for segment in place.touched)
    if left >= LEAST:
        return ""
    return (
        f"That would leave {counted(left, asked.grain.value)} to make limits of; they need "
        f"{LEAST}. Choose a shorter span."
    )


def _rare(runtime: Runtime, asked: AskedBaseline) -> str:
    name = runtime.definitions.touchpoints[asked.touchpoint].name
    return (
        f"{asked.metric.name} at {name} is rare: it is judged by what lies between events and not "
        f"by {asked.grain.value}s, so no {asked.grain.value}s make limits."
    )


def _judged_both(runtime: Runtime, asked: AskedBaseline, place: _Place) -> tuple[Judged, Judged]:
    """The series as it is judged now, and with the baseline, at the newest period."""
    thought = [thought_of(runtime, asked)]
    until = place.table.starts()[-1]
    now, then = (
        judge_table(each, runtime.definitions, until=until, days=place.days)
        for each in (place.table, with_baselines(place.table, thought))
    )
    return now, then


def _sentence(asked: AskedBaseline, place: _Place, points: int) -> str:
    noun, number = asked.grain.value, int(np.count_nonzero(place.inside))
    covered = counted(number, noun)
    if asked.use is BaselineUse.ONLY:
        until = "" if place.is_newest else "Up to the next break, "
        more = (
            f" ({points} with those laid down before)"
            if place.is_newest and points > number
            else ""
        )
        told = f"{until}limits stand on {covered}, {asked.span}{more}, and stay there."
        return f"{told[0].upper()}{told[1:]} All {noun}s are judged by them."
    left = points if place.is_newest else place.left(place.touched[-1])
    they, are = ("it", "is") if number == 1 else ("they", "are")
    make = "makes" if number == 1 else "make"
    return (
        f"{covered} ({asked.span}) {make} no limits; {they} {are} judged all the same. "
        f"{counted(left, noun)} make the limits."
    )
