"""Where the detector sees a step that nobody has approved: advice, never an act."""

from collections.abc import Sequence
from datetime import date

from callboard import figures
from callboard.access import Actor
from callboard.services.breaking.examining import levels_at, with_breaks
from callboard.services.readings.coverage import Coverages
from callboard.services.readings.judging import Judged, judge_table
from callboard.services.readings.rare import read_rare_days
from callboard.services.readings.seasons import history_of
from callboard.services.readings.series import ReadingTable, Wanted, read_table
from callboard.services.runtime import Runtime
from callboard.services.scopes import narrow, open_scope, require_metric
from callboard.storage.breaks import SeriesBreak
from callboard.storage.engine import Connection, snapshot
from callboard.storage.runs import read_feed_states
from callboard.views import BreakProposal
from metrics.breaks import Step, find_step
from metrics.calendar import calendar_for
from metrics.model import Grain, Metric


def propose_breaks(
    runtime: Runtime,
    actor: Actor,
    *,
    touchpoint: str = "",
    metric: str = "",
    grain: Grain = Grain.WEEK,
) -> tuple[BreakProposal, ...]:
    """Return the steps found in the last periods of a series, or of all, by touchpoint and metric.

    Of rare events none: they are judged by what lies between them, not by periods.
    NotAllowed for a touchpoint outside the actor's scope, and for a metric there is not.
    """
    scope = open_scope(runtime, actor)
    touchpoints = narrow(scope, (touchpoint,) if touchpoint else ())
    known = runtime.definitions.metrics
    metrics = [require_metric(runtime, metric)] if metric else list(known.values())
    with snapshot(runtime.store) as connection:
        coverages = Coverages(runtime, read_feed_states(connection))
        table = read_newest(runtime, connection, touchpoints, metrics, grain, coverages)
        until = table.starts()[-1]
        days = read_rare_days(runtime, connection, table, coverages, until=until)
    judged = judge_table(table, runtime.definitions, until=until, days=days)
    found = _steps(judged)
    thought = [_thought(runtime, judged, row, step) for row, step in found.items()]
    parted = judge_table(with_breaks(table, thought), runtime.definitions, until=until)
    told = (_proposal(runtime, parted, row, step) for row, step in found.items())
    return tuple(sorted(told, key=lambda each: (each.touchpoint, each.metric)))


def _steps(judged: Judged) -> dict[int, Step]:
    pairs = enumerate(zip(judged.values, judged.found.limits.groups, strict=True))
    steps = ((row, find_step(values, segments=own)) for row, (values, own) in pairs)
    return {row: step for row, step in steps if step is not None and row not in judged.rare}


def read_newest(
    runtime: Runtime,
    connection: Connection,
    touchpoints: frozenset[str],
    metrics: Sequence[Metric],
    grain: Grain,
    coverages: Coverages,
) -> ReadingTable:
    """Return the periods up to the newest that is whole for a series, as many as limits need."""
    calendar = calendar_for(grain)
    reached = [coverages.of(each, place).last for each in metrics for place in touchpoints]
    latest = calendar.last_complete(max(reached, default=date.min.replace(year=2)))
    first = calendar.last_complete(min(reached, default=latest.end))
    for _ in range(history_of(grain) - 1):
        first = calendar.previous(first)
    wanted = Wanted(
        touchpoints=touchpoints,
        metrics=[each.code for each in metrics],
        grain=grain,
        first=first.start,
        last=latest.start,
    )
    return read_table(runtime, connection, wanted, coverages)


def _thought(runtime: Runtime, judged: Judged, row: int, step: Step) -> SeriesBreak:
    key = judged.table.keys[row]
    return SeriesBreak(
        id=0,
        touchpoint=key.touchpoint,
        metric=key.metric,
        day=judged.starts(row)[step.at],
        reason="",
        actor="",
        at=runtime.clock.now("UTC"),
    )


def _proposal(runtime: Runtime, judged: Judged, row: int, step: Step) -> BreakProposal:
    """Told with the centres that the chart would have, which its limits belong to."""
    definitions, key = runtime.definitions, judged.table.keys[row]
    metric, noun = definitions.metrics[key.metric], judged.table.grain.value
    day = judged.starts(row)[step.at]
    column = int(judged.ends[row]) - judged.values.shape[1] + 1 + step.at
    before, after = levels_at(judged, row, column)
    usual = step.centre_before if before.centre is None else before.centre
    new = step.centre_after if after.centre is None else after.centre
    side = "higher" if step.centre_after > step.centre_before else "lower"
    return BreakProposal(
        touchpoint=key.touchpoint,
        touchpoint_name=definitions.touchpoints[key.touchpoint].name,
        metric=key.metric,
        metric_name=metric.name,
        grain=judged.table.grain,
        day=day,
        before=step.before,
        after=step.after,
        centre_before=usual,
        centre_after=new,
        unit_text=figures.unit_text(metric),
        sentence=(
            f"{metric.name} has been {side} for {step.after} {noun}s, since "
            f"{figures.format_day(day, near=judged.starts(row)[-1])}: "
            f"{figures.format_value(metric, new)} after {figures.format_value(metric, usual)}."
        ),
    )
