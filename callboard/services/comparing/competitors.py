"""How we stand on a metric: the league of one period, what may not be compared, the trend."""

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from callboard import figures
from callboard.access import Actor, Scope
from callboard.services.comparing.comparability import Published
from callboard.services.comparing.competitor_trend import make_trend, spans_of, with_breaks
from callboard.services.comparing.gap_words import gap_rows
from callboard.services.comparing.league import League, make_league, ranked_touchpoint
from callboard.services.comparing.league_words import (
    change_sentence,
    coverage_sentence,
    league_headline,
    left_out,
    not_compared,
    standing_sentence,
)
from callboard.services.comparing.own_values import OwnOf, OwnValue, Span, own_value, read_spans
from callboard.services.comparing.peer_sets import peers_without_rank
from callboard.services.comparing.standing import read_published
from callboard.services.readings.coverage import Coverages
from callboard.services.runtime import Runtime
from callboard.services.scopes import open_scope, require_metric
from callboard.storage.benchmarks import read_current
from callboard.storage.breaks import Breaks, read_holding
from callboard.storage.engine import Connection, snapshot
from callboard.storage.publications import latest_publication
from callboard.storage.runs import read_feed_states
from callboard.views import CompetitorsPage, CompetitorTrend
from metrics.calendar import calendar_for
from metrics.model import Grain, Metric

RECENT = 13


def list_compared(runtime: Runtime, actor: Actor) -> tuple[tuple[str, str], ...]:
    """Return code and name of the metrics that are on and have benchmarks, by name."""
    open_scope(runtime, actor)
    with snapshot(runtime.store) as connection:
        return _compared(runtime, connection)


def _compared(runtime: Runtime, connection: Connection) -> tuple[tuple[str, str], ...]:
    metrics = runtime.definitions.metrics
    codes = {row.metric for row in read_current(connection)} & set(metrics)
    return tuple(sorted(((code, metrics[code].name) for code in codes), key=lambda each: each[1]))


def read_competitors(
    runtime: Runtime, actor: Actor, *, metric: str, grain: Grain = Grain.MONTH
) -> CompetitorsPage:
    """Return how we stand on `metric` among the values that count now.

    Our own value is of exactly the days that a benchmark covers, over the touchpoints that the
    actor may read. Where nobody has published, the trend is ours alone, by `grain`. NotAllowed for
    a metric there is not.
    """
    scope = open_scope(runtime, actor)
    definition = require_metric(runtime, metric)
    found = _find(runtime, definition, scope, grain)
    league = _league(runtime, definition, found, scope)
    ourselves = runtime.workspace.ourselves.name
    missing = peers_without_rank(runtime.workspace, found.published, league.peers)
    out = left_out(found.published, league)
    return CompetitorsPage(
        metric=metric,
        metric_name=definition.name,
        unit_text=figures.unit_text(definition),
        better=definition.better,
        headline=league_headline(definition, league, has_any=bool(found.published)),
        standing=standing_sentence(definition, league),
        league=league.rows,
        trend=_trend(runtime, definition, found),
        not_comparable=not_compared(out),
        publication=found.publication,
        metrics=found.compared,
        gaps=gap_rows(definition, league.gaps, peers=len(league.peers), ourselves=ourselves),
        gap_unit=figures.gap_unit(definition),
        changes=change_sentence(league),
        coverage=coverage_sentence(league, missing, out),
        period_label=figures.format_span(*league.span) if league.span else "",
    )


class _Found(NamedTuple):
    """What the store holds about a metric: others' values, what finds ours, and when."""

    published: list[Published]
    spans: list[Span]
    own_of: OwnOf
    compared: tuple[tuple[str, str], ...]
    publication: int
    breaks: Breaks


def _find(runtime: Runtime, metric: Metric, scope: Scope, grain: Grain) -> _Found:
    with snapshot(runtime.store) as connection:
        published = _published(runtime, connection, metric.code, scope)
        spans = spans_of(published) or _recent(runtime, grain)
        return _Found(
            published=published,
            spans=spans,
            own_of=_own_values(runtime, connection, metric, spans, scope),
            compared=_compared(runtime, connection),
            publication=latest_publication(connection),
            breaks=read_holding(connection, scope=scope.touchpoints, metrics=[metric.code]),
        )


def _trend(runtime: Runtime, metric: Metric, found: _Found) -> CompetitorTrend:
    trend = make_trend(metric, found.published, found.own_of, spans=found.spans)
    names = {code: each.name for code, each in runtime.definitions.touchpoints.items()}
    place = ranked_touchpoint(found.published)
    return with_breaks(trend, found.breaks, touchpoint=place, names=names)


def _league(runtime: Runtime, metric: Metric, found: _Found, scope: Scope) -> League:
    all_of_us = scope.touchpoints == frozenset(runtime.definitions.touchpoints)
    note = "" if all_of_us else "of the touchpoints that you may see"
    return make_league(runtime, metric, found.published, found.own_of, note_on_us=note)


def _published(
    runtime: Runtime, connection: Connection, metric: str, scope: Scope
) -> list[Published]:
    found = read_published(runtime, connection, metrics=[metric])[metric]
    allowed = scope.touchpoints | {""}
    return [each for each in found if each.row.touchpoint in allowed]


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
) -> OwnOf:
    """Read our readings of all spans at once and return what finds our value in one of them."""
    coverages = Coverages(runtime, read_feed_states(connection))
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
