"""Where a few periods far off bend the limits of all the others: advice, never an act."""

from callboard import figures
from callboard.access import Actor
from callboard.services.breaking.judged_words import tell_judged
from callboard.services.breaking.laying import with_baselines
from callboard.services.breaking.proposing import read_newest
from callboard.services.readings.baselines import baselines_of
from callboard.services.readings.coverage import Coverages
from callboard.services.readings.judging import Judged, judge_table
from callboard.services.readings.rare import read_rare_days
from callboard.services.runtime import Runtime
from callboard.services.scopes import narrow, open_scope, require_metric
from callboard.storage.baselines import SeriesBaseline
from callboard.storage.engine import snapshot
from callboard.storage.runs import read_feed_states
from callboard.views import AsideProposal
from metrics.calendar import calendar_for
from metrics.chosen import BaselineUse
from metrics.far_points import find_far
from metrics.model import Grain


def propose_aside(
    runtime: Runtime,
    actor: Actor,
    *,
    touchpoint: str = "",
    metric: str = "",
    grain: Grain = Grain.WEEK,
) -> tuple[AsideProposal, ...]:
    """Return the few periods far off whose limits without them would give another verdict.

    Of a series, or of all. None of rare events, nor where a baseline is laid down already.
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
    far = _far_off(runtime, judged)
    then = judge_table(
        with_baselines(table, list(far.values())), runtime.definitions, until=until, days=days
    )
    told = (
        _proposal(runtime, judged, then, row, far[row])
        for row in far
        if judged.variations[row].signal is not then.variations[row].signal
    )
    return tuple(sorted(told, key=lambda each: (each.touchpoint, each.metric)))


def _far_off(runtime: Runtime, judged: Judged) -> dict[int, SeriesBaseline]:
    """The runs far off, by row, as if they were set aside."""
    found = {}
    for row, key in enumerate(judged.table.keys):
        if row in judged.rare or baselines_of(judged.table, key) or judged.ends[row] < 0:
            continue
        segments = judged.found.limits.groups[row]
        run = find_far(judged.values[row], segments=segments)
        if run is not None:
            first, last = (judged.starts(row)[at] for at in run)
            found[row] = SeriesBaseline(
                id=0,
                touchpoint=key.touchpoint,
                metric=key.metric,
                first=first,
                last=calendar_for(judged.table.grain).period_of(last).end,
                use=BaselineUse.ASIDE,
                reason="",
                actor="",
                at=runtime.clock.now("UTC"),
            )
    return found


def _proposal(
    runtime: Runtime, judged: Judged, then: Judged, row: int, far: SeriesBaseline
) -> AsideProposal:
    definitions, grain = runtime.definitions, judged.table.grain
    metric, calendar = definitions.metrics[far.metric], calendar_for(grain)
    before, after = (tell_judged(metric, each, row) for each in (judged, then))
    periods = len(calendar.axis(far.first, far.last))
    label = figures.period_label(grain, far.first)
    them = "it" if periods == 1 else "them"
    days = figures.format_span(far.first, far.last)
    told = f"{label} lies" if periods == 1 else f"The {periods} {grain.value}s of {days} lie"
    return AsideProposal(
        touchpoint=far.touchpoint,
        touchpoint_name=definitions.touchpoints[far.touchpoint].name,
        metric=far.metric,
        metric_name=metric.name,
        grain=grain,
        first=far.first,
        last=far.last,
        sentence=(
            f"{told} far {_side(judged, row, far)} all others. With {them} {before.limits} is "
            f"usual, without {them} {after.limits}: the verdict changes."
        ),
    )


def _side(judged: Judged, row: int, far: SeriesBaseline) -> str:
    at = judged.starts(row).index(far.first)
    is_below = judged.values[row, at] < judged.found.limits.centre[row, at]
    return "below" if is_below else "above"
