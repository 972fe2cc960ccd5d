"""A metric's history at a touchpoint as a control chart: limits, signals, target, peers."""

from dataclasses import dataclass, field, replace
from datetime import date

from callboard import figures
from callboard.access import Actor
from callboard.services.comparing.standing import Ranked, rank_tiles
from callboard.services.drilling.between import make_gaps
from callboard.services.drilling.chart_peers import read_band
from callboard.services.drilling.chart_points import make_points, make_total
from callboard.services.drilling.chart_reading import ChartReadings, read_periods
from callboard.services.drilling.doubts import doubts_of
from callboard.services.readings.baselines import mark_baselines, tell_baselines
from callboard.services.readings.breaks import mark_breaks, tell_marks
from callboard.services.readings.changes import mark_changes
from callboard.services.readings.coverage import Coverages
from callboard.services.readings.judging import judge_table
from callboard.services.readings.period_choice import choose_period
from callboard.services.readings.seasons import history_of
from callboard.services.readings.series import ReadingTable, Wanted
from callboard.services.readings.signal_words import Newest, natural_bounds, usual_span, why_signal
from callboard.services.readings.volumes import tell_collapse, why_suspended
from callboard.services.runtime import Runtime
from callboard.services.scopes import open_scope, require_metric
from callboard.services.tiles.badges import doubted, judge_feeds
from callboard.services.tiles.tile_making import target_text
from callboard.storage.engine import snapshot
from callboard.storage.publications import latest_publication
from callboard.storage.runs import read_feed_states
from callboard.storage.series_table import SeriesKey
from callboard.views import ControlChart, Doubts, EventGaps, Point, Total, Trust
from metrics.calendar import Period, calendar_for
from metrics.limits import NO_LIMITS, Footing, Limits
from metrics.model import Grain, Metric
from metrics.peers import PeerBand
from metrics.signals import Rule, Signal
from metrics.verdict import Assurance, Promise, Variation, verdict_sentence

MOST_PERIODS = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class _Subject:
    """What the chart is of, and the period it tells; `until` is the last day it shows.

    `in_season`: a strong season is taken out of the judgement.
    """

    metric: Metric
    key: SeriesKey
    period: Period
    until: date
    dimension: str = ""
    in_season: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class _Verdict:
    """What the series was judged to be, or that it could not be judged."""

    points: tuple[Point, ...]
    limits: Limits
    variation: Variation
    assurance: Assurance
    total: Total | None = None
    collapse: str = ""
    doubts: Doubts = field(default_factory=Doubts)
    between: EventGaps | None = None

    @property
    def values(self) -> list[float | None]:
        """The values of the points."""
        return [point.value for point in self.points]


_UNJUDGED = _Verdict(
    points=(),
    limits=NO_LIMITS,
    variation=Variation(
        signal=Signal.NO_DATA, rule=Rule.NONE, since=None, footing=Footing.NONE, points_since=None
    ),
    assurance=Assurance(promise=Promise.NONE, target=None, is_trial=False),
)


def read_control_chart(  # noqa: PLR0913 - the question of the page, by keyword
    runtime: Runtime,
    actor: Actor,
    *,
    metric: str,
    touchpoint: str,
    grain: Grain,
    period: str | None = None,
    periods: int | None = None,
    in_season: bool = True,
    dimension: str = "",
    segment: str = "",
) -> ControlChart:
    """Return the `periods` up to a period (None: the latest complete one), judged.

    As many as the tiles are judged by unless it says how many, and without a strong season unless
    `in_season` is off. After the latest complete one the running ones follow, unjudged; a period
    before it is told as it stood then, and ends the chart. With a dimension, one segment of it.
    NotAllowed for a touchpoint outside the actor's scope, and for a metric there is not.
    """
    scope = open_scope(runtime, actor)
    scope.require(touchpoint)
    definition = require_metric(runtime, metric)
    key = SeriesKey(touchpoint, metric, segment)
    with snapshot(runtime.store) as connection:
        states = read_feed_states(connection)
        coverages = Coverages(runtime, states)
        found = _subject(runtime, coverages, definition, key, grain=grain, asked=period)
        subject = replace(found, dimension=dimension, in_season=in_season)
        back = min(periods or history_of(grain), MOST_PERIODS)
        wanted = _wanted(subject, back)
        readings = read_periods(runtime, connection, wanted, coverages, told=subject.period)
        is_whole = not dimension
        pairs = [key[:2]] if is_whole else []
        ranked = rank_tiles(runtime, connection, pairs, coverages=coverages, scope=scope)
        until = subject.period.end
        band = read_band(runtime, connection, readings.table, key, until=until) if is_whole else ()
        publication = latest_publication(connection)
    trust = judge_feeds(runtime, states).of(definition.feeds)
    chart = _chart(
        runtime,
        subject,
        readings,
        ranked=ranked.get(key[:2]),
        peer_band=band,
        trust=trust,
        publication=publication,
    )
    return _marked(chart, readings.table, subject)


def _marked(chart: ControlChart, table: ReadingTable, subject: _Subject) -> ControlChart:
    found = (*mark_breaks(table, subject.key), *mark_changes(table, subject.metric))
    breaks = tuple(sorted(found, key=lambda mark: mark.start))
    baselines = () if chart.between else mark_baselines(table, subject.key)
    alt = chart.alt + tell_marks(breaks) + tell_baselines(baselines)
    return replace(chart, breaks=breaks, baselines=baselines, alt=alt)


def _subject(
    runtime: Runtime,
    coverages: Coverages,
    metric: Metric,
    key: SeriesKey,
    *,
    grain: Grain,
    asked: str | None,
) -> _Subject:
    """The period that is told, and the last day that is read."""
    latest = calendar_for(grain).last_complete(coverages.of(metric, key.touchpoint).last)
    told = choose_period(asked, latest)
    today = runtime.clock.today(runtime.definitions.zone(key.touchpoint))
    until = told.end if told < latest else max(today, latest.end)
    return _Subject(metric=metric, key=key, period=told, until=until)


def _wanted(subject: _Subject, periods: int) -> Wanted:
    calendar = calendar_for(subject.period.grain)
    first = subject.period
    for _ in range(periods - 1):
        first = calendar.previous(first)
    return Wanted(
        touchpoints=frozenset({subject.key.touchpoint}),
        metrics=[subject.metric.code],
        grain=subject.period.grain,
        first=first.start,
        last=subject.until,
        dimension=subject.dimension,
    )


def _chart(  # noqa: PLR0913 - what was read, by keyword
    runtime: Runtime,
    subject: _Subject,
    readings: ChartReadings,
    *,
    ranked: Ranked | None,
    peer_band: tuple[PeerBand, ...],
    trust: Trust,
    publication: int,
) -> ControlChart:
    metric, key, found = subject.metric, subject.key, _judge(runtime, subject, readings)
    return ControlChart(
        metric=metric.code,
        metric_name=metric.name,
        touchpoint=key.touchpoint,
        touchpoint_name=(name := runtime.definitions.touchpoints[key.touchpoint].name),
        unit_text=figures.unit_text(metric),
        decimals=metric.decimals,
        better=metric.better,
        grain=subject.period.grain,
        points=found.points,
        limits=found.limits,
        natural_low=(bounds := natural_bounds(metric, found.values))[0],
        natural_high=bounds[1],
        targets=_targets(runtime, subject, readings.table.starts()[0]),
        peer_band=peer_band,
        verdict=(verdict := _sentence(subject, found, ranked)),
        why=_why(subject, found),
        alt=_alt(f"{metric.name}, {name}", subject, found, verdict),
        trust=doubted(trust, found.collapse),
        publication=publication,
        dimension=subject.dimension,
        segment=key.segment,
        period=subject.period.start.isoformat(),
        variation=found.variation,
        assurance=found.assurance,
        total=found.total,
        doubts=found.doubts,
        between=found.between,
    )


def _targets(
    runtime: Runtime, subject: _Subject, first: date
) -> tuple[tuple[date, date, float], ...]:
    touchpoint, metric, _ = subject.key
    return runtime.definitions.target_spans(touchpoint, metric, first, subject.period.end)


def _judge(runtime: Runtime, subject: _Subject, readings: ChartReadings) -> _Verdict:
    table = readings.table
    row, until = table.find(subject.key), subject.period.start
    judged = judge_table(
        table,
        runtime.definitions,
        until=until,
        periods=len(table.axis),
        in_season=subject.in_season,
        days=readings.days,
    )
    points = make_points(subject.metric, judged, row) if row is not None else ()
    if row is None or judged.ends[row] < 0:
        return replace(_UNJUDGED, points=points)
    return _Verdict(
        points=points,
        limits=judged.limits(row),
        variation=judged.variation(row),
        assurance=judged.assurances[row],
        total=make_total(subject.metric, judged, row),
        collapse=judged.collapse(row, runtime.definitions),
        doubts=doubts_of(
            subject.metric, judged, row, runtime.definitions, in_season=subject.in_season
        ),
        between=make_gaps(subject.metric, rare) if (rare := judged.rare.get(row)) else None,
    )


def _sentence(subject: _Subject, found: _Verdict, ranked: Ranked | None) -> str:
    if found.collapse:
        return tell_collapse(found.collapse)
    return verdict_sentence(
        found.variation,
        assurance=found.assurance,
        standing=ranked.standing if ranked else None,
        period=subject.period,
        target_text=target_text(subject.metric, found.assurance.target),
    )


def _why(subject: _Subject, found: _Verdict) -> str:
    if found.collapse:
        return why_suspended(subject.period.grain)
    if found.between and found.variation.between:
        return found.between.why
    newest = next((each for each in found.points if each.start == subject.period.start), None)
    season = found.doubts.adjusted_for
    told = why_signal(
        subject.metric,
        found.variation,
        found.limits,
        Newest(
            newest.value_text if newest else figures.NO_VALUE,
            subject.period.grain.value,
            found.values,
        ),
    )
    return f"{told} Adjusted for the {season}, which the limits follow." if season else told


def _alt(title: str, subject: _Subject, found: _Verdict, verdict: str) -> str:
    """The chart in a sentence for people who do not see it."""
    values = [each for each in found.points if each.value is not None and each.is_complete]
    if not values:
        return f"{title}: no values yet."
    newest, noun = values[-1], subject.period.grain.value
    text = f"{title}: {len(values)} {noun}s to {newest.label}, the newest at {newest.value_text}"
    limits = found.limits
    if limits.centre is not None:
        usual = figures.format_value(subject.metric, limits.centre)
        text += (
            f", usually {usual} and by chance {usual_span(subject.metric, limits, found.values)}"
        )
    return f"{text}. {verdict}."
