"""How we stand on a metric: the league of one period, what may not be compared, the trend."""

from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple

from callboard import figures
from callboard.access import Actor
from callboard.services.comparing.comparability import Published
from callboard.services.comparing.compared_metrics import Compared, compare_metrics
from callboard.services.comparing.competitor_trend import make_trend, with_breaks
from callboard.services.comparing.envelopes import tell_places
from callboard.services.comparing.gap_words import gap_rows
from callboard.services.comparing.league import League, ranked_touchpoint
from callboard.services.comparing.league_words import (
    change_sentence,
    coverage_sentence,
    league_headline,
    left_out,
    not_compared,
    standing_sentence,
)
from callboard.services.comparing.passports import make_passports, restated_text
from callboard.services.comparing.peer_sets import peers_without_rank
from callboard.services.defining.told_names import Steps
from callboard.services.naming.holding import aliases_of, as_it_stands
from callboard.services.naming.renaming import peers_on
from callboard.services.runtime import Runtime
from callboard.services.scopes import open_scope, require_metric
from callboard.storage.benchmarks import read_published_metrics
from callboard.storage.breaks import Breaks, read_holding
from callboard.storage.engine import Connection, snapshot
from callboard.storage.publications import latest_publication
from callboard.views import CompetitorsPage, CompetitorTrend, Passport
from metrics.model import Grain


def list_compared(runtime: Runtime, actor: Actor) -> tuple[tuple[str, str], ...]:
    """Return code and name of the metrics that are on and have benchmarks, by name."""
    open_scope(runtime, actor)
    with snapshot(runtime.store) as connection:
        return _compared(runtime, connection)


def _compared(runtime: Runtime, connection: Connection) -> tuple[tuple[str, str], ...]:
    metrics = runtime.definitions.metrics
    codes = read_published_metrics(connection) & set(metrics)
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
    with snapshot(runtime.store) as connection:
        runtime = as_it_stands(runtime, connection)
        compared = compare_metrics(runtime, connection, [definition], scope, grain=grain)[0]
        return _page(
            runtime,
            _Found(
                compared=compared,
                passports=make_passports(runtime, connection, _all_of(compared)),
                metrics=_compared(runtime, connection),
                publication=latest_publication(connection),
                breaks=read_holding(connection, scope=scope.touchpoints, metrics=[metric]),
                names=aliases_of(runtime, connection),
            ),
        )


class _Found(NamedTuple):
    """What the store holds about a metric beside others."""

    compared: Compared
    passports: Mapping[int, Passport]
    metrics: tuple[tuple[str, str], ...]
    publication: int
    breaks: Breaks
    names: Steps


def _page(runtime: Runtime, found: _Found) -> CompetitorsPage:
    metric, published = found.compared.metric, found.compared.published
    league = _with_restated(found.compared.league, found.passports)
    ourselves = runtime.workspace.ourselves.name
    day = league.span[1] if league.span else runtime.clock.today(runtime.workspace.time_zone)
    declared = peers_on(runtime.workspace, found.names, day)
    missing = peers_without_rank(declared, published, league.peers)
    out = left_out(published, league)
    return CompetitorsPage(
        metric=metric.code,
        metric_name=metric.name,
        unit_text=figures.unit_text(metric),
        better=metric.better,
        headline=league_headline(metric, league, has_any=bool(published)),
        standing=standing_sentence(metric, league),
        league=league.rows,
        trend=_trend(runtime, found.compared, found.breaks),
        not_comparable=not_compared(out),
        publication=found.publication,
        metrics=found.metrics,
        gaps=gap_rows(metric, league.gaps, peers=len(league.peers), ourselves=ourselves),
        gap_unit=figures.gap_unit(metric),
        changes=change_sentence(league),
        coverage=coverage_sentence(league, missing, out),
        period_label=figures.format_span(*league.span) if league.span else "",
        passports=found.passports,
        places=tell_places(league.shown, found.compared.own_of),
    )


def _all_of(found: Compared) -> tuple[Published, ...]:
    """Every published value once, as it is graded in the league where it stands in it."""
    shown = {each.row.id: each for each in found.league.shown}
    return tuple(shown.get(each.row.id, each) for each in found.published)


def _with_restated(league: League, passports: Mapping[int, Passport]) -> League:
    """The league with what each value was before it was published again."""
    rows = tuple(
        replace(each, restated=restated_text(passports, each.passport)) for each in league.rows
    )
    return replace(league, rows=rows)


def _trend(runtime: Runtime, found: Compared, breaks: Breaks) -> CompetitorTrend:
    trend = make_trend(found.metric, found.published, found.own_of, spans=found.spans)
    names = {code: each.name for code, each in runtime.definitions.touchpoints.items()}
    place = ranked_touchpoint(found.published)
    return with_breaks(trend, breaks, touchpoint=place, names=names)
