"""What metrics were on the days that were read, beside what they were before: scale shifts."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

import numpy as np

from callboard.services.refreshing.findings import Reading
from callboard.storage.engine import Connection
from callboard.storage.feeds.readings import readings
from callboard.storage.readings import ReadingRow
from callboard.storage.series_table import Series, SeriesTable, read_series
from data_contracts.evidence import SliceEvidence
from data_contracts.gates.scales import DayValue, judge_scale
from metrics.model import Form, Grain, Metric
from metrics.value import percentiles_of, values_of

_LOOK_BACK = timedelta(days=120)  # wherein 56 published days are, also where weekends have none
_DIVIDED = frozenset({Form.RATIO, Form.RATE})


class _Slice(NamedTuple):
    touchpoint: str
    metric: str


def judge_scales(
    conn: Connection, reading: Reading, *, factor: float, is_comparable: bool, is_whole: bool
) -> Iterator[SliceEvidence]:
    """Judge every metric with a unit at every touchpoint that was read; whole, or some days of it.

    What the store has is compared with only where it `is_comparable`: made by the same definitions.
    """
    metrics = {
        share.metric.code: share.metric
        for share in reading.plan.shares
        if not share.part and _has_scale(share.metric)
    }
    found = _found(reading, metrics)
    past = _past(conn, found, metrics) if is_comparable else []
    for (touchpoint, code), days in sorted(found.items()):
        metric = metrics[code]
        before = [each for table in past if (each := table.get(touchpoint, code))]
        yield judge_scale(
            touchpoint,
            code,
            found=_of_rows(metric, days),
            history=[day for each in before for day in _of_series(metric, each)],
            factor=factor,
            is_whole=is_whole,
        )


def _has_scale(metric: Metric) -> bool:
    """Whether another unit in the feed would show: counts of rows have none."""
    if metric.form in (Form.MEAN, Form.PERCENTILE):
        return True
    sides = (metric.numerator, metric.denominator)
    return metric.form in _DIVIDED and any(each and each.sum is not None for each in sides)


def _found(reading: Reading, metrics: Mapping[str, Metric]) -> dict[_Slice, list[ReadingRow]]:
    found: dict[_Slice, list[ReadingRow]] = {}
    for row in readings(reading.plan, reading.answer.sums.wholes()):
        if row.metric in metrics:
            found.setdefault(_Slice(row.touchpoint, row.metric), []).append(row)
    return found


def _past(
    conn: Connection, found: Mapping[_Slice, Sequence[ReadingRow]], metrics: Mapping[str, Metric]
) -> list[SeriesTable]:
    """What was published around the days that were found: one table for days near each other."""
    scope = frozenset(touchpoint for touchpoint, _ in found)
    return [
        read_series(conn, grain=Grain.DAY, scope=scope, metrics=metrics, start=start, end=end)
        for start, end in windows_around({row.day for rows in found.values() for row in rows})
    ]


def windows_around(days: Collection[date]) -> list[tuple[date, date]]:
    """From when to when to look back and ahead of days; no two of these overlap."""
    windows: list[tuple[date, date]] = []
    for day in sorted(days):
        start = max(day, date.min + _LOOK_BACK) - _LOOK_BACK
        end = min(day, date.max - _LOOK_BACK) + _LOOK_BACK
        if windows and start <= windows[-1][1]:
            start = windows.pop()[0]
        windows.append((start, end))
    return windows


def _of_rows(metric: Metric, rows: Sequence[ReadingRow]) -> list[DayValue]:
    values = _values(
        metric,
        numerator=[row.numerator for row in rows],
        denominator=[row.denominator for row in rows],
        sketches=[row.sketch for row in rows],
    )
    return [DayValue(row.day, value, row.n) for row, value in zip(rows, values, strict=True)]


def _of_series(metric: Metric, past: Series) -> list[DayValue]:
    values = _values(
        metric, numerator=past.numerator, denominator=past.denominator, sketches=past.sketch
    )
    days: list[date] = past.start.tolist()
    return [
        DayValue(day, value, int(n)) for day, value, n in zip(days, values, past.n, strict=True)
    ]


def _values(
    metric: Metric,
    *,
    numerator: Sequence[float | None] | np.ndarray,
    denominator: Sequence[float | None] | np.ndarray,
    sketches: Sequence[str | None],
) -> list[float]:
    """The value of each day, NaN where there is none."""
    if metric.form is Form.PERCENTILE:
        return [float(each) for each in percentiles_of(metric, sketches)]
    above = np.array(numerator, dtype=np.float64)
    found = values_of(
        metric,
        numerator=above,
        denominator=np.array(denominator, dtype=np.float64),
        days=np.ones(len(above)),
    )
    return [float(each) for each in found]
