"""What a target would do: the verdict, how often it was met, which periods are judged anew."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from callboard import figures
from callboard.services.breaking.judged_words import counted, tell_judged
from callboard.services.promising.asking import AskedTarget, tell_value, why_not
from callboard.services.promising.asking import changes_nothing as is_promised
from callboard.services.readings.coverage import Coverages
from callboard.services.readings.judging import Judged, judge_table
from callboard.services.readings.rare import read_rare_days
from callboard.services.readings.seasons import history_of
from callboard.services.readings.series import OK, ReadingTable, Wanted, read_table
from callboard.services.readings.targets import Targets, targets_of
from callboard.services.runtime import Runtime
from callboard.storage.engine import Connection
from callboard.storage.runs import read_feed_states
from callboard.storage.series_table import SeriesKey
from callboard.storage.targets import ApprovedTargets, SeriesTarget
from callboard.views import TargetPreview
from metrics.calendar import calendar_for
from metrics.how_often import how_often
from metrics.model import Grain
from metrics.verdict import Assurance, Promise

MOST_BACK = 400  # periods that are looked at, however long ago a target begins
NOT_TOLD = "cannot be told"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """The readings of the series, up to the newest whole period that is told."""

    table: ReadingTable
    days: ReadingTable | None
    row: int
    until: date


def preview_target(runtime: Runtime, connection: Connection, asked: AskedTarget) -> TargetPreview:
    """Return what approving a target would do; its `refused` says why it cannot be."""
    empty = TargetPreview(day=asked.day, until=asked.until, value=asked.value)
    refused = why_not(runtime, asked)
    if refused:
        return replace(empty, refused=refused)
    place = _read(runtime, connection, asked)
    targets = targets_of(place.table, runtime.definitions)
    if is_promised(targets, asked):
        return replace(empty, refused=_promised_already(asked))
    again = _again(runtime, connection, asked, lambda held: (thought_of(runtime, asked), *held))
    told = replace(empty, sentence=_sentence(asked, targets), again=again)
    if place.row < 0:
        return replace(told, evidence="No reading then.")
    return _judged(runtime, asked, place, told)


def tell_again(
    runtime: Runtime,
    connection: Connection,
    asked: AskedTarget,
    change: Callable[[tuple[SeriesTarget, ...]], tuple[SeriesTarget, ...]],
) -> str:
    """Which days, weeks and months that are over a `change` of the targets would judge anew."""
    return _again(runtime, connection, asked, change)


def thought_of(runtime: Runtime, asked: AskedTarget) -> SeriesTarget:
    """The target as it would be kept, without a reason."""
    return SeriesTarget(
        id=0,
        touchpoint=asked.touchpoint,
        metric=asked.metric.code,
        value=asked.value,
        day=asked.day,
        until=asked.until,
        reason="",
        actor="",
        at=runtime.clock.now("UTC"),
    )


def tell_kept(assurance: Assurance) -> str:
    """Return how often the target is met in a word, the one that the page of targets has."""
    return how_often(assurance).value or NOT_TOLD


def tell_met(assurance: Assurance, noun: str) -> str:
    """Return `30 of 36 weeks`; without limits it cannot be told."""
    if assurance.met is None or assurance.promise is Promise.NONE:
        return NOT_TOLD
    return f"{assurance.met[0]} of {counted(assurance.met[1], noun)}"


def _evidence(assurance: Assurance, noun: str) -> str:
    """`met in 18 of 36 weeks: about half the time`."""
    met = tell_met(assurance, noun)
    return met if met == NOT_TOLD else f"met in {met}: {tell_kept(assurance)}"


def _promised_already(asked: AskedTarget) -> str:
    if asked.value is None:
        return f"Nothing is promised {asked.span}, so there is nothing to end."
    return f"{asked.value_text} is promised already {asked.span}. Nothing would change."


def _sentence(asked: AskedTarget, targets: Targets) -> str:
    before = tell_value(asked.metric, targets.on(*asked.key, asked.day))
    told = f"{asked.value_text} in place of {before}, {asked.span}."
    return f"{told[:1].upper()}{told[1:]}"


def _read(runtime: Runtime, connection: Connection, asked: AskedTarget) -> _Place:
    coverages = Coverages(runtime, read_feed_states(connection))
    table, until = _read_table(runtime, connection, asked, coverages)
    row = table.find(SeriesKey(*asked.key, ""))
    return _Place(
        table=table,
        days=read_rare_days(runtime, connection, table, coverages, until=until),
        row=-1 if row is None else row,
        until=until,
    )


def _read_table(
    runtime: Runtime, connection: Connection, asked: AskedTarget, coverages: Coverages
) -> tuple[ReadingTable, date]:
    """The readings of the series from the target's first day on, and the newest whole period."""
    calendar = calendar_for(asked.grain)
    latest = first = calendar.last_complete(coverages.of(asked.metric, asked.touchpoint).last)
    for back in range(MOST_BACK - 1):
        if back >= history_of(asked.grain) - 1 and first.start <= asked.day:
            break
        first = calendar.previous(first)
    wanted = Wanted(
        touchpoints=frozenset({asked.touchpoint}),
        metrics=[asked.metric.code],
        grain=asked.grain,
        first=first.start,
        last=latest.start,
    )
    return read_table(runtime, connection, wanted, coverages), latest.start


def _judged(
    runtime: Runtime, asked: AskedTarget, place: _Place, told: TargetPreview
) -> TargetPreview:
    """The preview with how the newest whole period is judged now, and by the target."""
    always = replace(thought_of(runtime, asked), day=date.min, until=None)
    key, noun = asked.key, asked.grain.value
    held = place.table.targets.get(key, ())
    both = [
        judge_table(table, runtime.definitions, until=place.until, days=place.days)
        for table in (place.table, _with(place.table, key, (always, *held)))
    ]
    now, then = (judged.assurances[place.row] for judged in both)
    verdicts = [tell_judged(asked.metric, each, place.row).verdict for each in both]
    return replace(
        told,
        target=(_target_of(asked, both[0], place.row), asked.value_text),
        promise=(tell_kept(now), tell_kept(then)),
        met=(tell_met(now, noun), tell_met(then, noun)),
        verdict=(verdicts[0], verdicts[1]),
        evidence=f"{_evidence(now, noun)}; with it {_evidence(then, noun)}",
    )


def _target_of(asked: AskedTarget, judged: Judged, row: int) -> str:
    value = float(judged.targets[row])
    return tell_value(asked.metric, None if np.isnan(value) else value)


def _again(
    runtime: Runtime,
    connection: Connection,
    asked: AskedTarget,
    change: Callable[[tuple[SeriesTarget, ...]], tuple[SeriesTarget, ...]],
) -> str:
    """What is judged anew of each length of period, that which is looked at first."""
    coverages = Coverages(runtime, read_feed_states(connection))
    told = []
    for grain in sorted(Grain, key=lambda each: each is not asked.grain):
        of = replace(asked, grain=grain)
        table, _ = _read_table(runtime, connection, of, coverages)
        told.append(_again_in(runtime, table, of, change))
    return " ".join(filter(None, told))


def _again_in(
    runtime: Runtime,
    table: ReadingTable,
    asked: AskedTarget,
    change: Callable[[tuple[SeriesTarget, ...]], tuple[SeriesTarget, ...]],
) -> str:
    """The periods that are over and had a value, of which another target would be in force."""
    row = table.find(SeriesKey(*asked.key, ""))
    if row is None:
        return ""
    key, noun, calendar = asked.key, asked.grain.value, calendar_for(asked.grain)
    now = targets_of(table, runtime.definitions)
    then = replace(now, approved={**now.approved, key: change(table.targets.get(key, ()))})
    starts = table.starts()
    anew = [
        starts[column]
        for column in np.flatnonzero(table.status[row] == OK)
        if now.on(*key, calendar.period_of(starts[column]).end)
        != then.on(*key, calendar.period_of(starts[column]).end)
    ]
    if not anew:
        return ""
    are = "is" if len(anew) == 1 else "are"
    labels = [figures.period_label(asked.grain, day) for day in (anew[0], anew[-1])]
    span = labels[0] if len(anew) == 1 else f"{labels[0]} to {labels[1]}"
    return f"{counted(len(anew), noun)} that {are} over {are} judged anew: {span}."


def _with(
    table: ReadingTable, key: tuple[str, str], held: tuple[SeriesTarget, ...]
) -> ReadingTable:
    """The table as if these targets held of a series, the newest first."""
    targets: ApprovedTargets = {**table.targets, key: held}
    return replace(table, targets=targets)
