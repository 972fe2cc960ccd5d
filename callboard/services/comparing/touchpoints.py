"""Touchpoints beside each other, or the segments of a dimension: who stands apart, and who not."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from callboard import figures
from callboard.access import Actor, Scope
from callboard.services.comparing.compare_ways import noun_of, pairs_of
from callboard.services.comparing.compared_units import Found, Span, Unit, find_units
from callboard.services.comparing.comparison_words import (
    MIXED,
    by_concern,
    chance_line,
    headline,
    lead,
)
from callboard.services.comparing.flagged_runs import flag_runs
from callboard.services.comparing.unit_judging import (
    choose_picture,
    counts_of,
    curves_of,
    judge_units,
    kind_of,
)
from callboard.services.readings.coverage import Coverages
from callboard.services.readings.period_choice import choose_period
from callboard.services.readings.series import Wanted, read_table
from callboard.services.readings.signal_words import natural_bounds
from callboard.services.runtime import Runtime
from callboard.services.scopes import open_scope, require_metric
from callboard.storage.annotations import read_annotations
from callboard.storage.engine import snapshot
from callboard.storage.publications import latest_publication
from callboard.storage.runs import read_feed_states
from callboard.views import ComparedUnit, Comparison, Picture
from metrics.calendar import Period, calendar_for
from metrics.funnel import Funnel, make_funnel
from metrics.model import Form, Grain, Metric
from metrics.value import merge_segments, value_of

RUN = 26
MOST_PERIODS = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """What is compared: a metric's touchpoints, or the segments of a dimension."""

    metric: Metric
    by: str
    at: str
    span: Span
    scope: Scope


def read_comparison(  # noqa: PLR0913 - the question of the page, by keyword
    runtime: Runtime,
    actor: Actor,
    *,
    metric: str,
    grain: Grain,
    period: str | None = None,
    periods: int = 1,
    by: str = "",
    at: str = "",
) -> Comparison:
    """Return the units of a metric over the `periods` up to one (None: the latest complete one).

    Units are the touchpoints that the actor may read or, `by` a dimension, its segments at the
    touchpoint `at`, or at all of those together. NotAllowed for a touchpoint outside the scope and
    a metric there is not.
    """
    scope = open_scope(runtime, actor)
    definition = require_metric(runtime, metric)
    if at:
        scope.require(at)
    with snapshot(runtime.store) as connection:
        coverages = Coverages(runtime, read_feed_states(connection))
        measured = {place for place, code in pairs_of(runtime, connection, scope) if code == metric}
        places = frozenset(measured & {at} if by and at else measured)
        told = _told_period(coverages, definition, places, grain=grain, asked=period)
        span = _span(told, min(max(periods, 1), MOST_PERIODS))
        asked = _Asked(metric=definition, by=by, at=at if by else "", span=span, scope=scope)
        wanted = Wanted(
            touchpoints=places,
            metrics=[metric],
            grain=grain,
            first=span.run[0].start,
            last=told.start,
            dimension=by,
        )
        table = read_table(runtime, connection, wanted, coverages)
        publication = latest_publication(connection)
        notes = read_annotations(connection, scope=places, metric=metric)
    found = find_units(table, runtime.definitions, definition, span=span, coverages=coverages)
    if not by:
        found = _with_missing(runtime, found, places - {key.touchpoint for key in table.keys})
    view = _comparison(runtime, asked, found, publication=publication)
    return replace(view, units=flag_runs(view.units, notes, span.run))


def _told_period(
    coverages: Coverages,
    metric: Metric,
    places: frozenset[str],
    *,
    grain: Grain,
    asked: str | None,
) -> Period:
    """The newest period that is whole at every touchpoint, or an earlier one that was asked for."""
    known = places or frozenset({""})
    until = min(coverages.of(metric, place).last for place in known)
    return choose_period(asked, calendar_for(grain).last_complete(until))


def _span(last: Period, periods: int) -> Span:
    calendar, run = calendar_for(last.grain), [last]
    while len(run) < max(periods, RUN):
        run.append(calendar.previous(run[-1]))
    run.reverse()
    return Span(compared=tuple(run[-periods:]), run=tuple(run))


def _with_missing(runtime: Runtime, found: Found, missing: frozenset[str]) -> Found:
    names = [runtime.definitions.touchpoints[code].name for code in missing]
    left_out = [*found.left_out, *((name, "no readings in these days") for name in names)]
    return replace(found, left_out=tuple(sorted(left_out)))


def _comparison(runtime: Runtime, asked: _Asked, found: Found, *, publication: int) -> Comparison:
    metric = asked.metric
    funnel = _funnel(metric, found.units)
    picture = choose_picture(metric, found.units, funnel)
    centre = _centre(metric, found.units)
    where = runtime.definitions.touchpoints[asked.at].name if asked.at else ""
    blank = _blank(asked, publication=publication)
    view = replace(
        blank,
        picture=picture,
        units=_in_order(metric, found.units, funnel, picture),
        left_out=found.left_out,
        centre=centre,
        centre_text=figures.format_value(metric, centre),
        phi=funnel.phi if funnel else None,
        tau2=funnel.tau2 if funnel else None,
    )
    if picture is Picture.FUNNEL and funnel is not None:
        chance = chance_line(len(view.units), view.noun)
        view = replace(view, chance=chance, curves=curves_of(metric, funnel))
    return _with_words(view, metric, funnel, where=where)


def _blank(asked: _Asked, *, publication: int) -> Comparison:
    """What is compared, before anything is known of it."""
    metric, compared = asked.metric, asked.span.compared
    low, high = natural_bounds(metric)
    return Comparison(
        metric=metric.code,
        metric_name=metric.name,
        unit_text=figures.unit_text(metric),
        size_text=metric.base or "cases",
        decimals=metric.decimals,
        better=metric.better,
        grain=compared[0].grain,
        by=asked.by,
        at=asked.at,
        noun=noun_of(asked.by),
        period=compared[-1].start.isoformat(),
        period_label=figures.format_span(compared[0].start, compared[-1].end),
        run_label=_run_label(asked.span),
        natural_low=low,
        natural_high=high,
        publication=publication,
    )


def _with_words(
    view: Comparison, metric: Metric, funnel: Funnel | None, *, where: str
) -> Comparison:
    """The comparison with its sentence, what that stands on, and both for who cannot see it."""
    first = headline(metric, view.units, view.picture, noun=view.noun)
    rest = lead(
        metric,
        view.units,
        view.picture,
        noun=view.noun,
        together=_together(view, where=where),
        funnel=funnel,
    )
    if view.by and any(not unit.touchpoint for unit in view.units):
        rest = f"{rest} {MIXED}"
    return replace(view, headline=first, lead=rest, alt=f"{first} {rest}")


def _funnel(metric: Metric, units: Sequence[Unit]) -> Funnel | None:
    """The funnel of the units, None where what they count has none."""
    kind = kind_of(metric, units)
    if kind is None or not units:
        return None
    counted = [counts_of(metric, unit) for unit in units]
    return make_funnel([x or 0.0 for x, _ in counted], [n or 0.0 for _, n in counted], kind=kind)


def _in_order(
    metric: Metric, units: Sequence[Unit], funnel: Funnel | None, picture: Picture
) -> tuple[ComparedUnit, ...]:
    judged = judge_units(metric, units, funnel, picture)
    if picture is Picture.RUNS:
        return tuple(sorted(judged, key=lambda unit: (-unit.value, unit.name)))
    scores = [unit.value for unit in judged]
    if funnel is not None and picture is Picture.FUNNEL:
        scores = funnel.scores().tolist()
    pairs = sorted(zip(judged, scores, strict=True), key=lambda pair: by_concern(metric, *pair))
    return tuple(unit for unit, _ in pairs)


def _centre(metric: Metric, units: Sequence[Unit]) -> float | None:
    """What all of them do together; nothing for counts, which only add up."""
    if metric.form is Form.COUNT or not units:
        return None
    return value_of(metric, merge_segments(metric, [unit.parts for unit in units]))


def _together(view: Comparison, *, where: str) -> str:
    place = f" at {where}" if where else ""
    if view.centre is None:
        return f"{view.period_label}{place}"
    return f"Together {view.centre_text}{place}, {view.period_label}"


def _run_label(span: Span) -> str:
    noun = span.run[0].grain.value
    return f"{len(span.run)} {noun}s to {figures.format_day(span.run[-1].end)}"
