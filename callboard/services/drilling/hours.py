"""A metric by weekday and hour at a touchpoint: sums over sums of the last thirteen weeks."""

from datetime import date, timedelta

import numpy as np

from callboard import figures
from callboard.access import Actor
from callboard.services.drilling.empty_hours import with_empty_hours
from callboard.services.drilling.hour_words import (
    make_cell,
    name_overall,
    tell_hours,
    tell_how,
    tell_signs,
    unit_of_hours,
)
from callboard.services.readings.coverage import Coverages
from callboard.services.readings.series import ReadingTable, Wanted, read_table
from callboard.services.runtime import Runtime
from callboard.services.scopes import open_scope, require_metric
from callboard.settings import HOURLY_DAYS
from callboard.storage.engine import snapshot
from callboard.storage.runs import read_feed_states
from callboard.storage.series_table import Series, read_hours
from callboard.views import CellState, HourCell, HourMap
from metrics.calendar import Days
from metrics.hour_cells import CELLS, JudgedCells, Observed, judge_cells
from metrics.limits import Ints
from metrics.model import Form, Grain, Metric
from metrics.sketch import read_sketch
from metrics.suppression import Mask, hide_derivable
from metrics.value import Parts, merge_days

_SPAN = 13 * 7
_DAY = timedelta(days=1)


def read_hour_map(runtime: Runtime, actor: Actor, *, metric: str, touchpoint: str) -> HourMap:
    """Return the hours of the last thirteen whole weeks of data; no cells where none are kept.

    An hour without a reading is not in it; of what is counted it is a zero, on the days that the
    feed tells of. NotAllowed for a touchpoint outside the actor's scope, and for a metric there is
    not.
    """
    open_scope(runtime, actor).require(touchpoint)
    definition = require_metric(runtime, metric)
    nothing = HourMap(metric=metric, touchpoint=touchpoint)
    if definition.is_composite or definition.stock is not None:
        return nothing
    with snapshot(runtime.store) as connection:
        coverages = Coverages(runtime, read_feed_states(connection))
        last = coverages.of(definition, touchpoint).last
        found = read_hours(
            connection,
            scope=frozenset({touchpoint}),
            metrics=[metric],
            days=[last - at * _DAY for at in range(HOURLY_DAYS)],
        ).get(touchpoint, metric)
        if found is None:
            return nothing
        since, recent = _day(found.start.min()), _within(found, last)
        if definition.form is Form.COUNT:
            first = max(since, last - (_SPAN - 1) * _DAY)
            wanted = _days_of(metric, touchpoint, first, last)
            table = read_table(runtime, connection, wanted, coverages)
            recent = with_empty_hours(recent, _told(table))
    return _map(runtime, definition, touchpoint, recent, since=since)


def _days_of(metric: str, touchpoint: str, first: date, last: date) -> Wanted:
    return Wanted(
        touchpoints=frozenset({touchpoint}),
        metrics=[metric],
        grain=Grain.DAY,
        first=first,
        last=last,
        with_targets=False,
    )


def _told(table: ReadingTable) -> Days:
    """The days with a value, zero among them: where there is none nothing is known of any hour."""
    is_known = ~np.isnan(table.values) & table.is_complete
    return table.axis[is_known.any(axis=0)]


def _within(found: Series, last: date) -> Series:
    """The hours of the whole weeks up to the last day, so that every weekday counts alike."""
    first = np.datetime64(last - (_SPAN - 1) * _DAY)
    chosen = np.flatnonzero((found.start >= first) & (found.n > 0))
    numbers = {
        name: getattr(found, name)[chosen]
        for name in ("start", "numerator", "denominator", "n", "sumsq", "days", "last")
    }
    return Series(**numbers, sketch=tuple(found.sketch[at] for at in chosen))


def _day(moment: np.datetime64) -> date:
    found: date = moment.astype("datetime64[D]").item()
    return found


def _places(found: Series) -> Ints:
    days = found.start.astype("datetime64[D]")
    hours = (found.start - days).astype(np.int64)
    weekdays = (days.astype(np.int64) + 3) % 7  # 1 January 1970 was a Thursday
    places: Ints = weekdays * 24 + hours
    return places


def _map(
    runtime: Runtime, metric: Metric, touchpoint: str, found: Series, *, since: date
) -> HourMap:
    place = runtime.definitions.touchpoints[touchpoint].name
    title = f"{metric.name} by weekday and hour, {place}"
    if not len(found.start):
        return HourMap(metric=metric.code, touchpoint=touchpoint)
    places = _places(found)
    parts = {at: _merged(metric, found, places == at) for at in np.unique(places).tolist()}
    whole = _merged(metric, found, np.ones(len(places), dtype=bool))
    shown = _shown(metric, parts)
    judged = judge_cells(metric, _observed(metric, found, places), shown)
    cells = tuple(_cell(metric, at, parts[at], whole, shown, judged) for at in sorted(parts))
    sentence = tell_hours(metric, cells)
    return HourMap(
        metric=metric.code,
        touchpoint=touchpoint,
        title=title,
        cells=cells,
        sentence=sentence,
        legend=tell_signs(metric, cells),
        how=tell_how(metric, cells, judged.phi),
        alt=f"{title}. {sentence}",
        unit_text=unit_of_hours(metric),
        overall_text=name_overall(metric, whole),
        span=figures.format_span(_day(found.start.min()), _day(found.start.max())),
        since=since,
    )


def _merged(metric: Metric, found: Series, chosen: Mask) -> Parts:
    """The sums of some hours; its `days` are how many hours they are."""
    return merge_days(metric, [_parts(found, int(at)) for at in np.flatnonzero(chosen)])


def _parts(found: Series, at: int) -> Parts:
    text = found.sketch[at]
    return Parts(
        numerator=_known(found.numerator[at]),
        denominator=_known(found.denominator[at]),
        n=float(found.n[at]),
        sumsq=_known(found.sumsq[at]),
        sketch=read_sketch(text) if text else None,
    )


def _known(value: np.float64) -> float | None:
    return None if np.isnan(value) else float(value)


def _shown(metric: Metric, parts: dict[int, Parts]) -> Mask:
    """Which cells hold enough cases, and do not give a smaller one away."""
    n = np.zeros(CELLS)
    n[list(parts)] = [each.n for each in parts.values()]
    if metric.form is Form.COUNT:
        return np.isin(np.arange(CELLS), list(parts))
    hidden = hide_derivable(n, (n > 0) & (n < metric.min_n), least=metric.min_n)
    return (n > 0) & ~hidden


def _observed(metric: Metric, found: Series, places: Ints) -> Observed:
    is_sum = metric.form is Form.COUNT
    usable = np.ones(len(places), dtype=bool) if is_sum else found.denominator > 0
    weight = np.ones(len(places)) if is_sum else found.denominator
    return Observed(
        cell=places[usable],
        counted=found.numerator[usable],
        weight=weight[usable],
        sumsq=found.sumsq[usable],
    )


def _cell(
    metric: Metric, at: int, parts: Parts, whole: Parts, shown: Mask, judged: JudgedCells
) -> HourCell:
    state = CellState.SHOWN if shown[at] else CellState.HIDDEN
    p = None if np.isnan(judged.p[at]) else float(judged.p[at])
    return make_cell(metric, at, parts, whole, state=state, p=p)
