"""What a baseline would do to a series, and whether it can be laid down. Preview and act alike."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from callboard import figures
from callboard.services.breaking.judged_words import counted, tell_judged
from callboard.services.readings.baselines import covers
from callboard.services.readings.breaks import segment_numbers
from callboard.services.readings.coverage import Coverages
from callboard.services.readings.judging import Judged, judge_table
from callboard.services.readings.rare import read_rare_days
from callboard.services.readings.seasons import history_of
from callboard.services.readings.series import ReadingTable, Wanted, read_table
from callboard.services.runtime import Runtime
from callboard.storage.baselines import SeriesBaseline
from callboard.storage.engine import Connection
from callboard.storage.runs import read_feed_states
from callboard.storage.series_table import SeriesKey
from callboard.views import BaselinePreview
from metrics.breaks import LEAST
from metrics.calendar import calendar_for
from metrics.chosen import BaselineUse
from metrics.limits import Mask
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
    """The readings, the row of the series in them, and which of its periods are covered."""

    table: ReadingTable
    days: ReadingTable | None
    row: int
    inside: Mask


def preview_baseline(
    runtime: Runtime, connection: Connection, asked: AskedBaseline
) -> BaselinePreview:
    """Return what laying a baseline down would do; its `refused` says why it cannot be."""
    found = _find(runtime, connection, asked)
    refused = found if isinstance(found, str) else _refusal(asked, found)
    if refused or isinstance(found, str):
        return BaselinePreview(use=asked.use, first=asked.first, last=asked.last, refused=refused)
    now, then = judged = _judged_both(runtime, asked, found)
    if found.row in now.rare:
        return BaselinePreview(
            use=asked.use, first=asked.first, last=asked.last, refused=_rare(runtime, asked)
        )
    before, after = (tell_judged(asked.metric, each, found.row) for each in judged)
    limits, noun = then.limits(found.row), asked.grain.value
    return BaselinePreview(
        use=asked.use,
        first=asked.first,
        last=asked.last,
        sentence=_sentence(asked, found, limits.points),
        evidence=f"{after.centre} over {counted(limits.points, noun)}; before, {before.centre}",
        periods=limits.points,
        centre=(before.centre, after.centre),
        limits=(before.limits, after.limits),
        verdict=(before.verdict, after.verdict),
    )


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
    days = read_rare_days(runtime, connection, table, coverages, until=table.starts()[-1])
    inside = covers(table, thought_of(runtime, asked)) & ~np.isnan(table.sound()[row])
    return _Place(table=table, days=days, row=row, inside=inside)


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


def _refusal(asked: AskedBaseline, place: _Place) -> str:
    """Why the periods that are covered cannot be laid down; empty where they can."""
    noun, inside = asked.grain.value, np.flatnonzero(place.inside)
    segments = segment_numbers(place.table)[place.row]
    if not len(inside):
        return f"No {noun} of {asked.span} has a value. Choose other days."
    for each in place.table.baselines.get(asked.key[:2], ()):
        if each.use is asked.use and each.first <= asked.last and asked.first <= each.last:
            return (
                f"{figures.format_span(each.first, each.last)} is laid down already "
                f"({each.reason}). Withdraw that one first to change it."
            )
    if asked.use is BaselineUse.ASIDE:
        return _too_few_left(asked, place, segments == segments[inside[0]])
    if segments[inside[0]] != segments[inside[-1]]:
        return f"A break lies within {asked.span}. Choose days on one side of it."
    if len(inside) < LEAST:
        return (
            f"{asked.span} holds {counted(len(inside), f'whole {noun}')} with a value; limits need "
            f"{LEAST}. Choose a longer span."
        )
    return ""


def _too_few_left(asked: AskedBaseline, place: _Place, segment: Mask) -> str:
    known = segment & ~np.isnan(place.table.sound()[place.row])
    left = int(np.count_nonzero(known & ~place.inside))
    if left >= LEAST:
        return ""
    return (
        f"That would leave {counted(left, asked.grain.value)} with a value; limits need {LEAST}. "
        "Choose a shorter span."
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
    noun = asked.grain.value
    covered = counted(int(np.count_nonzero(place.inside)), noun)
    if asked.use is BaselineUse.ONLY:
        return (
            f"Limits stand on {covered}, {asked.span}, and stay there. All {noun}s are judged by "
            "them."
        )
    are = "is" if covered.startswith("1 ") else "are"
    return (
        f"{covered} ({asked.span}) will make no limits any more, but {are} judged by them; "
        f"{counted(points, noun)} make them."
    )
