"""Every segment of a breakdown, and the whole, over one period or over several taken together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from callboard.services.readings.seasons import adds_up
from callboard.services.readings.series import ReadingTable, Status
from callboard.services.tiles.comparisons import NOTHING, Reading
from callboard.services.tiles.past import Past
from metrics.calendar import Period
from metrics.model import Form, Metric
from metrics.suppression import hide_derivable
from metrics.value import Parts, is_shown, merge_days, value_of

REST = "not assigned"


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """The readings and parts of every segment, and of the whole (under ""), over some periods.

    Of several periods a sum is that of one of them on average; ratios are sums over sums. The
    parts of one period are those of as many days too, so that a longer month has no more of them.
    """

    readings: Mapping[str, Reading]
    parts: Mapping[str, Parts]

    def reading(self, segment: str) -> Reading:
        """The reading of a segment, nothing where it has none."""
        return self.readings.get(segment, NOTHING)


def span_of(
    metric: Metric, tables: Sequence[ReadingTable], periods: Sequence[Period], *, days: int
) -> Span:
    """Return the segments over `periods`; what adds up is told for so many `days`."""
    past = Past(tables=tables)
    keys = [key for table in tables for key in table.keys]
    if len(periods) == 1:
        readings = {key.segment: past.reading(key, periods[0]) for key in keys}
        parts = {key.segment: past.parts(key, periods[0]) for key in keys}
        one = _with_rest(metric, readings, parts, periods[0].days)
        per_day = {name: _averaged(metric, each, periods, days) for name, each in one.parts.items()}
        return replace(one, parts=per_day)
    parts = {
        key.segment: _averaged(
            metric, merge_days(metric, [past.parts(key, each) for each in periods]), periods, days
        )
        for key in keys
    }
    readings = {
        name: Reading(
            value=value_of(metric, each),
            status=_status(metric, each),
            n=each.n,
            days=days,
            sums=each,
            period=min(periods),
        )
        for name, each in parts.items()
    }
    return _hidden_alike(metric, _with_rest(metric, readings, parts, days))


def _averaged(metric: Metric, parts: Parts, periods: Sequence[Period], days: int) -> Parts:
    """What adds up, for `days` days of the same pace; of a share there is nothing to average."""
    if not adds_up(metric) or parts.numerator is None:
        return parts
    share = days / sum(each.days for each in periods)
    return replace(parts, numerator=parts.numerator * share, n=parts.n * share)


def _status(metric: Metric, parts: Parts) -> Status:
    if value_of(metric, parts) is None:
        return Status.NO_ACTIVITY if parts.denominator == 0 else Status.NO_DATA
    return Status.OK if is_shown(metric, parts.n) else Status.SUPPRESSED


def _hidden_alike(metric: Metric, span: Span) -> Span:
    """The span without what would give a small segment away, as it is done for one period."""
    names = [name for name in span.readings if name]
    n = np.array([span.parts[name].n for name in names], dtype=float)
    hidden = np.array([span.readings[name].status is Status.SUPPRESSED for name in names])
    if not hidden.any():
        return span
    found = hide_derivable(n, hidden, least=metric.min_n)
    readings = dict(span.readings)
    for name in np.array(names)[found]:
        readings[str(name)] = replace(readings[str(name)], status=Status.SUPPRESSED)
    return replace(span, readings=readings)


def _with_rest(
    metric: Metric, readings: dict[str, Reading], parts: dict[str, Parts], days: int
) -> Span:
    rest = _rest(metric, parts)
    if rest is not None:
        shown = is_shown(metric, rest.n) and not _gives_away(metric, readings)
        status = Status.OK if shown else Status.SUPPRESSED
        value = value_of(metric, rest)
        parts[REST] = rest
        readings[REST] = Reading(value=value, status=status, n=rest.n, days=days)
    return Span(readings=readings, parts=parts)


def _gives_away(metric: Metric, readings: Mapping[str, Reading]) -> bool:
    """Whether what is left of the whole beside the rest are too few cases to be known."""
    hidden = sum(each.n for each in readings.values() if each.status is Status.SUPPRESSED)
    return 0 < hidden < metric.min_n


def _rest(metric: Metric, parts: Mapping[str, Parts]) -> Parts | None:
    """What of the whole no segment holds; None where they add up, and for percentiles."""
    if metric.form is Form.PERCENTILE or "" not in parts or len(parts) == 1:
        return None
    cut = [each for segment, each in parts.items() if segment]
    n = parts[""].n - sum(each.n for each in cut)
    if n <= 1e-9 * max(1.0, parts[""].n):
        return None
    return Parts(
        numerator=_difference(parts[""].numerator, [each.numerator for each in cut]),
        denominator=_difference(parts[""].denominator, [each.denominator for each in cut]),
        n=n,
        days=parts[""].days,
    )


def _difference(whole: float | None, cut: Sequence[float | None]) -> float | None:
    return None if whole is None else whole - sum(each or 0.0 for each in cut)
