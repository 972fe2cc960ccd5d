"""The points of a control chart: every period of a series, what it counts, what caught it."""

from dataclasses import replace

import numpy as np

from callboard import figures
from callboard.services.comparing.own_values import parts_at
from callboard.services.readings.baselines import periods_aside
from callboard.services.readings.judging import Judged
from callboard.services.readings.series import STATUSES, Status
from callboard.services.readings.signal_words import rules_in_words
from callboard.services.readings.volumes import collapse_at
from callboard.services.tiles.comparisons import Reading, why_not
from callboard.services.tiles.tile_making import counted, plain_status
from callboard.views import Point, Total
from metrics.calendar import Period, calendar_for
from metrics.model import Form, Metric
from metrics.signals import RULES, SIGNALS, Rule, Signal
from metrics.value import Parts, is_shown, merge_days, value_of


def make_points(metric: Metric, judged: Judged, row: int) -> tuple[Point, ...]:
    """Return the points of one series, oldest first, from its first reading on.

    Later periods than the newest complete one are there only where they have a reading.
    """
    has_reading = np.flatnonzero(~np.isnan(judged.table.n[row]))
    if not len(has_reading):
        return ()
    first, last = int(has_reading[0]), max(int(judged.ends[row]), int(has_reading[-1]))
    calendar = calendar_for(judged.table.grain)
    periods = [calendar.period_of(start) for start in judged.table.starts()]
    points = {
        column: _within_limits(
            _point(metric, judged, (row, column), period=periods[column]), judged, row, column
        )
        for column in range(first, last + 1)
    }
    aside = {} if row in judged.rare else periods_aside(judged.table, judged.table.keys[row])
    for column in points.keys() & aside.keys():
        points[column] = replace(points[column], aside=aside[column].reason)
    return tuple(points.values())


def make_total(metric: Metric, judged: Judged, row: int) -> Total | None:
    """Return the complete periods of one series as one, None where there are not two of them."""
    table = judged.table
    if metric.is_composite:
        return None  # a score of all the periods is made of its components' sums, not of scores
    has_reading = ~np.isnan(table.n[row, : int(judged.ends[row]) + 1])
    columns = np.flatnonzero(has_reading & table.is_complete[row, : len(has_reading)])
    if len(columns) < 2:
        return None
    whole = merge_days(metric, [parts_at(table, row, int(column)) for column in columns])
    value = value_of(metric, whole) if is_shown(metric, whole.n) else None
    return Total(
        periods=len(columns),
        value_text=figures.format_value(metric, value),
        n=int(whole.n),
        numerator=whole.numerator,
        denominator=whole.denominator,
    )


def _point(metric: Metric, judged: Judged, at: tuple[int, int], *, period: Period) -> Point:
    table = judged.table
    label = figures.period_label(period.grain, period.start)
    status = STATUSES[table.status[at]]
    value, n = _known(table.values[at]), _known(table.n[at]) or 0.0
    rules, signal = _caught(judged, *at)
    is_shown = status in (Status.OK, Status.PARTIAL, Status.COLLAPSED)
    parts = Parts(
        numerator=_known(table.numerator[at]), denominator=_known(table.denominator[at]), n=n
    )
    is_reweighted = bool(table.is_reweighted[at])
    reading = Reading(value=value, status=status, n=n, sums=parts, is_reweighted=is_reweighted)
    return Point(
        start=period.start,
        end=period.end,
        label=label,
        value=value if is_shown else None,
        value_text=figures.format_value(metric, value)
        if is_shown
        else why_not(metric, reading, label),
        numerator=None if status is Status.SUPPRESSED else parts.numerator,
        denominator=parts.denominator,
        n=int(n),
        n_text="" if metric.form is Form.COUNT else counted(metric, reading),
        rule=rules[0] if rules else Rule.NONE,
        hits=rules,
        signal=signal,
        rule_text=_what_it_says(status, rules, collapse_at(table, metric, at)),
        status=plain_status(status),
        is_complete=bool(table.is_complete[at]),
    )


def _what_it_says(status: Status, rules: tuple[Rule, ...], collapse: str) -> str:
    if status is Status.PARTIAL:
        return "not whole, so not judged"
    return f"not judged: volume collapsed ({collapse})" if collapse else rules_in_words(rules)


def _caught(judged: Judged, row: int, column: int) -> tuple[tuple[Rule, ...], Signal]:
    """All rules that caught a period, the one that names it first, and what that means."""
    at = _judged_at(judged, row, column)
    if not 0 <= at < judged.values.shape[1]:
        return (), Signal.NO_DATA
    found = tuple(RULES[rule] for rule in np.flatnonzero(judged.found.hits[row, at]))
    return found, SIGNALS[judged.found.signals[row, at]]


def _within_limits(point: Point, judged: Judged, row: int, column: int) -> Point:
    """The point with the limits in force: a running period has those of the newest complete one."""
    width = judged.values.shape[1]
    at = min(_judged_at(judged, row, column), width - 1)
    if at < 0:
        return point
    limits, groups = judged.found.limits.at(row, at), judged.found.limits.groups[row]
    return replace(
        point,
        centre=limits.centre,
        lower=limits.lower,
        upper=limits.upper,
        near_lower=limits.near_lower,
        near_upper=limits.near_upper,
        segment=int(groups[at] - groups[0]),
    )


def _judged_at(judged: Judged, row: int, column: int) -> int:
    """The place of a period among those judged; negative before them and without any."""
    end = int(judged.ends[row])
    return column - end + judged.values.shape[1] - 1 if end >= 0 else -1


def _known(value: np.float64) -> float | None:
    return None if np.isnan(value) else float(value)
