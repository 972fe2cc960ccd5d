"""A metric beside what others published: their values, ours over the same days, the league."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from callboard.access import Scope
from callboard.services.comparing.comparability import Published
from callboard.services.comparing.competitor_trend import spans_of
from callboard.services.comparing.league import League, make_league
from callboard.services.comparing.own_values import OwnOf, OwnValue, Span, own_value, read_spans
from callboard.services.comparing.standing import read_published
from callboard.services.readings.coverage import Coverages
from callboard.services.runtime import Runtime
from callboard.storage.engine import Connection
from callboard.storage.runs import read_feed_states
from metrics.calendar import calendar_for
from metrics.model import Grain, Metric

RECENT = 13


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """What is known of a metric: others' values, the spans, what finds ours, and the league."""

    metric: Metric
    published: Sequence[Published]
    spans: Sequence[Span]
    own_of: OwnOf
    league: League


def compare_metrics(
    runtime: Runtime,
    connection: Connection,
    metrics: Sequence[Metric],
    scope: Scope,
    *,
    grain: Grain = Grain.MONTH,
) -> tuple[Compared, ...]:
    """Return each metric beside what others published, over what the scope may read.

    Where nobody has published, the spans are the last whole periods of `grain`.
    """
    found = read_published(runtime, connection, metrics=[each.code for each in metrics])
    coverages = Coverages(runtime, read_feed_states(connection))
    allowed = scope.touchpoints | {""}
    compared = []
    for metric in metrics:
        published = [each for each in found[metric.code] if each.row.touchpoint in allowed]
        spans = spans_of(published) or _recent(runtime, grain)
        own_of = _own_values(runtime, connection, metric, spans, scope, coverages)
        compared.append(_compared(runtime, metric, published, spans, own_of, scope))
    return tuple(compared)


def _compared(
    runtime: Runtime,
    metric: Metric,
    published: Sequence[Published],
    spans: Sequence[Span],
    own_of: OwnOf,
    scope: Scope,
) -> Compared:
    all_of_us = scope.touchpoints == frozenset(runtime.definitions.touchpoints)
    note = "" if all_of_us else "of the touchpoints that you may see"
    return Compared(
        metric=metric,
        published=published,
        spans=spans,
        own_of=own_of,
        league=make_league(runtime, metric, published, own_of, note_on_us=note),
    )


def _recent(runtime: Runtime, grain: Grain) -> list[Span]:
    calendar = calendar_for(grain)
    periods = [calendar.period_of(runtime.clock.today(runtime.workspace.time_zone))]
    for _ in range(RECENT):
        periods.append(calendar.previous(periods[-1]))
    return [(each.start, each.end) for each in reversed(periods[1:])]


def _own_values(
    runtime: Runtime,
    connection: Connection,
    metric: Metric,
    spans: Sequence[Span],
    scope: Scope,
    coverages: Coverages,
) -> OwnOf:
    """Read our readings of all spans at once and return what finds our value in one of them."""
    table = read_spans(
        runtime,
        connection,
        spans,
        metrics=[metric.code],
        touchpoints=scope.touchpoints,
        coverages=coverages,
    )

    @cache
    def own_of(span: Span, touchpoint: str) -> OwnValue:
        here = {touchpoint} if touchpoint else scope.touchpoints
        return own_value(table, metric, span, touchpoints=here, coverages=coverages)

    return own_of
