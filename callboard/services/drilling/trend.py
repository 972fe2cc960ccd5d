"""A metric's history at a touchpoint as a control chart: limits, signals, target, peers."""

from collections.abc import Sequence
from dataclasses import replace

from callboard import figures
from callboard.access import Actor
from callboard.services.comparing.standing import Ranked, rank_tiles
from callboard.services.drilling.chart_peers import read_band
from callboard.services.drilling.chart_reading import ChartReadings, read_periods
from callboard.services.drilling.chart_verdict import Subject, Verdict, judge_subject
from callboard.services.promising.comment_reading import read_said
from callboard.services.readings.annotation_marks import (
    mark_annotations,
    tell_annotations,
    tell_beginning,
)
from callboard.services.readings.baseline_marks import tell_baselines
from callboard.services.readings.breaks import mark_breaks, tell_marks
from callboard.services.readings.changes import mark_changes
from callboard.services.readings.coverage import Coverages
from callboard.services.readings.period_choice import choose_period
from callboard.services.readings.seasons import history_of
from callboard.services.readings.series import ReadingTable, Wanted
from callboard.services.readings.signal_words import Newest, natural_bounds, usual_span, why_signal
from callboard.services.readings.targets import Span, targets_of
from callboard.services.readings.volumes import tell_collapse, why_suspended
from callboard.services.runtime import Runtime
from callboard.services.scopes import open_scope, require_metric
from callboard.services.tiles.badge_cards import read_grounds
from callboard.services.tiles.badges import doubted, judge_feeds
from callboard.services.tiles.tile_making import target_text
from callboard.storage.annotations import Annotation, read_annotations
from callboard.storage.engine import Connection, snapshot
from callboard.storage.publications import latest_publication
from callboard.storage.runs import read_feed_states
from callboard.storage.series_table import SeriesKey
from callboard.views import CommentRow, ControlChart, Trust
from metrics.calendar import calendar_for
from metrics.model import Grain, Metric
from metrics.peers import PeerBand
from metrics.verdict import verdict_sentence

MOST_PERIODS = 1000


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
    (scope := open_scope(runtime, actor)).require(touchpoint)
    definition, key = require_metric(runtime, metric), SeriesKey(touchpoint, metric, segment)
    with snapshot(runtime.store) as connection:
        states = read_feed_states(connection)
        coverages = Coverages(runtime, states)
        found = _subject(runtime, coverages, definition, key, grain=grain, asked=period)
        subject = replace(found, dimension=dimension, in_season=in_season)
        wanted = _wanted(subject, min(periods or history_of(grain), MOST_PERIODS))
        readings = read_periods(runtime, connection, wanted, coverages, told=subject.period)
        is_whole = not dimension
        pairs = [key[:2]] if is_whole else []
        ranked = rank_tiles(runtime, connection, pairs, coverages=coverages, scope=scope)
        until = subject.period.end
        band = read_band(runtime, connection, readings.table, key, until=until) if is_whole else ()
        publication = latest_publication(connection)
        notes = read_annotations(connection, scope={touchpoint}, metric=metric)
        comments = _said(runtime, connection, readings.table, subject) if is_whole else ()
        trusts = judge_feeds(runtime, states, read_grounds(runtime, connection, states))
    trust = trusts.of(definition.feeds, touchpoint=touchpoint, metric=metric)
    chart = _chart(
        runtime,
        subject,
        readings,
        ranked=ranked.get(key[:2]),
        peer_band=band,
        trust=trust,
        publication=publication,
    )
    chart = _marked(replace(chart, comments=comments), readings.table, subject)
    return _annotated(chart, notes)


def _said(
    runtime: Runtime, connection: Connection, table: ReadingTable, subject: Subject
) -> tuple[CommentRow, ...]:
    """What people say of the periods that are drawn."""
    starts, grain = table.starts(), subject.period.grain
    return read_said(
        connection, runtime.definitions, subject.key, grain=grain, starts=(starts[0], starts[-1])
    )


def _marked(chart: ControlChart, table: ReadingTable, subject: Subject) -> ControlChart:
    found = (*mark_breaks(table, subject.key), *mark_changes(table, subject.metric))
    breaks = tuple(sorted(found, key=lambda mark: mark.start))
    alt = chart.alt + tell_marks(breaks) + tell_baselines(chart.baselines)
    return replace(chart, breaks=breaks, alt=alt + _tell_comments(chart))


def _tell_comments(chart: ControlChart) -> str:
    labels = dict.fromkeys(each.period_label for each in chart.comments)
    return f" There are comments on {', '.join(labels)}." if labels else ""


def _annotated(chart: ControlChart, notes: Sequence[Annotation]) -> ControlChart:
    """The chart with the annotations of its days, and whether the signal began with one."""
    if not chart.points or not notes:
        return chart
    shown = (chart.points[0].start, chart.points[-1].end)
    marks = mark_annotations(notes, chart.grain, shown=shown)
    began = tell_beginning(marks, chart.variation, chart.grain) if chart.variation else ""
    return replace(chart, annotations=marks, began=began, alt=chart.alt + tell_annotations(marks))


def _subject(
    runtime: Runtime,
    coverages: Coverages,
    metric: Metric,
    key: SeriesKey,
    *,
    grain: Grain,
    asked: str | None,
) -> Subject:
    """The period that is told, and the last day that is read."""
    latest = calendar_for(grain).last_complete(coverages.of(metric, key.touchpoint).last)
    told = choose_period(asked, latest)
    today = runtime.clock.today(runtime.definitions.zone(key.touchpoint))
    until = told.end if told < latest else max(today, latest.end)
    return Subject(metric=metric, key=key, period=told, until=until)


def _wanted(subject: Subject, periods: int) -> Wanted:
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
    subject: Subject,
    readings: ChartReadings,
    *,
    ranked: Ranked | None,
    peer_band: tuple[PeerBand, ...],
    trust: Trust,
    publication: int,
) -> ControlChart:
    metric, key, found = subject.metric, subject.key, judge_subject(runtime, subject, readings)
    chart = ControlChart(
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
        targets=_targets(runtime, subject, readings.table),
        peer_band=peer_band,
        verdict=(verdict := _sentence(subject, found, ranked)),
        why=_why(subject, found),
        alt=_alt(f"{metric.name}, {name}", subject, found, verdict),
        trust=doubted(trust, found.collapse),
        publication=publication,
        dimension=subject.dimension,
        segment=key.segment,
        period=subject.period.start.isoformat(),
    )
    return _with_verdict(chart, found)


def _with_verdict(chart: ControlChart, found: Verdict) -> ControlChart:
    return replace(
        chart,
        variation=found.variation,
        assurance=found.assurance,
        total=found.total,
        doubts=found.doubts,
        between=found.between,
        baselines=found.baselines,
    )


def _targets(runtime: Runtime, subject: Subject, table: ReadingTable) -> tuple[Span, ...]:
    touchpoint, metric, _ = subject.key
    targets = targets_of(table, runtime.definitions)
    return targets.spans(touchpoint, metric, table.starts()[0], subject.period.end)


def _sentence(subject: Subject, found: Verdict, ranked: Ranked | None) -> str:
    if found.collapse:
        return tell_collapse(found.collapse)
    return verdict_sentence(
        found.variation,
        assurance=found.assurance,
        standing=ranked.standing if ranked else None,
        period=subject.period,
        target_text=target_text(subject.metric, found.assurance.target),
    )


def _why(subject: Subject, found: Verdict) -> str:
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


def _alt(title: str, subject: Subject, found: Verdict, verdict: str) -> str:
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
