"""Our own value over exactly the days a benchmark covers: sums over sums of what was counted."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from callboard import figures
from callboard.services.readings.composites import expand
from callboard.services.readings.coverage import Coverages
from callboard.services.readings.series import ReadingTable, Wanted, read_table
from callboard.services.runtime import Runtime
from callboard.storage.engine import Connection
from metrics.calendar import DAY, calendar_for
from metrics.changes import change_within
from metrics.composite import reweights, score
from metrics.intervals import Interval, interval_of
from metrics.model import Form, Grain, Metric
from metrics.peer_ranking import Contender
from metrics.sketch import read_sketch
from metrics.value import Parts, is_shown, merge_days, merge_segments, value_of

Span = tuple[date, date]
OURS = ""  # our name among contenders; no peer is called that
NO_READINGS = "we have no readings in these days"


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnValue:
    """Our value over a span; `value` is None, and `note` says why, where there is none to show."""

    value: float | None
    parts: Parts
    interval: Interval | None
    note: str = ""

    def as_contender(self) -> Contender | None:
        """The value as the ranks take it, under `OURS`; None where there is none to show."""
        if self.value is None:
            return None
        return Contender(
            entity=OURS,
            value=self.value,
            numerator=self.parts.numerator,
            denominator=self.parts.denominator,
            interval=self.interval,
        )


# Our value over a span at a touchpoint, "" for all of them together.
OwnOf = Callable[[Span, str], OwnValue]


def own_value(
    table: ReadingTable,
    metric: Metric,
    span: Span,
    *,
    touchpoints: Collection[str],
    coverages: Coverages,
) -> OwnValue:
    """Return our value of `metric` over the days of `span`, of some touchpoints taken together.

    `table` must cut the span into whole periods. A composite is computed from its components'
    sums over the whole span, never from its scores.
    """
    if change := change_within(metric, *span):
        return _without(Parts(), f"the definition changed on {figures.format_day(change.day)}")
    if metric.is_composite:
        return _own_score(table, metric, span, touchpoints=touchpoints, coverages=coverages)
    rows = [
        row
        for row, key in enumerate(table.keys)
        if key.metric == metric.code and key.touchpoint in touchpoints
    ]
    parts = merge_segments(metric, [merge_days(metric, _within(table, row, span)) for row in rows])
    covered = [coverages.of(metric, table.keys[row].touchpoint) for row in rows]
    if not rows or not parts.n:
        return _without(parts, NO_READINGS)
    if any(each.first > span[0] or each.last < span[1] for each in covered):
        return _without(parts, "our readings do not cover all of these days")
    if not is_shown(metric, parts.n):
        return _without(parts, f"too few cases: {parts.n:g} of at least {metric.min_n}")
    return OwnValue(value=value_of(metric, parts), parts=parts, interval=interval_of(metric, parts))


def _own_score(
    table: ReadingTable,
    metric: Metric,
    span: Span,
    *,
    touchpoints: Collection[str],
    coverages: Coverages,
) -> OwnValue:
    here = {key.touchpoint for key in table.keys if key.metric == metric.code} & set(touchpoints)
    parts = [
        own_value(table, part, span, touchpoints=here, coverages=coverages)
        for part in metric.component_metrics
    ]
    counted = [
        each.parts.n
        for each, part in zip(parts, metric.component_metrics, strict=True)
        if part.form is not Form.COUNT
    ]
    of_all = Parts(n=min(counted, default=0.0))
    wrong = [
        f"{part.name}: {own.note}"
        for part, own in zip(metric.component_metrics, parts, strict=True)
        if own.value is None and (own.parts.n or not reweights(metric))
    ]
    if not here or wrong:
        return _without(of_all, wrong[0] if wrong else NO_READINGS)
    values = np.array([np.nan if own.value is None else own.value for own in parts])
    found = float(score(metric, values).scores)
    if np.isnan(found):
        return _without(of_all, "too many of its components have no value in these days")
    return OwnValue(value=found, parts=of_all, interval=None)


def read_spans(
    runtime: Runtime,
    connection: Connection,
    spans: Sequence[Span],
    *,
    metrics: Collection[str],
    touchpoints: frozenset[str],
    coverages: Coverages,
) -> ReadingTable:
    """Return the readings that make up all of `spans`: by month where all are whole months.

    Those of a composite's components are among them.
    """
    grain = Grain.MONTH if all(_is_whole(span, Grain.MONTH) for span in spans) else Grain.DAY
    wanted = Wanted(
        touchpoints=touchpoints,
        metrics=expand(runtime.definitions.metrics, metrics),
        grain=grain,
        first=min(start for start, _ in spans),
        last=max(end for _, end in spans),
        with_targets=False,
    )
    return read_table(runtime, connection, wanted, coverages)


def parts_at(table: ReadingTable, row: int, column: int) -> Parts:
    """The parts of one period of one series."""
    text = table.sketches[row, column] if table.sketches is not None else None
    sketch = read_sketch(text) if isinstance(text, str) else None
    return replace(sums_at(table, row, column), sketch=sketch)


def sums_at(table: ReadingTable, row: int, column: int) -> Parts:
    """The parts of one period of one series without the sketch, which takes long to read."""
    n, days = table.n[row, column], table.days[row, column]
    return Parts(
        numerator=_known(table.numerator[row, column]),
        denominator=_known(table.denominator[row, column]),
        n=0.0 if np.isnan(n) else float(n),
        sumsq=_known(table.sumsq[row, column]),
        days=1 if np.isnan(days) else int(days),
    )


def _within(table: ReadingTable, row: int, span: Span) -> list[Parts]:
    bounds = np.array([span[0], span[1] + DAY], dtype="datetime64[D]")
    first, after = np.searchsorted(table.axis, bounds).tolist()
    has_reading = ~np.isnan(table.n[row, first:after])
    return [parts_at(table, row, first + offset) for offset in np.flatnonzero(has_reading)]


def _is_whole(span: Span, grain: Grain) -> bool:
    calendar = calendar_for(grain)
    first, last = calendar.period_of(span[0]), calendar.period_of(span[1])
    return first.start == span[0] and last.end == span[1]


def _without(parts: Parts, note: str) -> OwnValue:
    return OwnValue(value=None, parts=parts, interval=None, note=note)


def _known(value: np.float64) -> float | None:
    return None if np.isnan(value) else float(value)
