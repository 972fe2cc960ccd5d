"""Every number as people read it, in one place. Pure: values in the metric's unit go in, text out.

English, one locale: thousands by comma, decimals by point, a real minus sign. Not for CSV or JSON.
"""

import math
from datetime import date, datetime
from zoneinfo import ZoneInfo

from metrics.calendar import calendar_for
from metrics.model import Grain, Metric, Unit

_UNITS = {
    Unit.PERCENT: "%",
    Unit.POINTS: "points",
    Unit.MILLISECONDS: "ms",
    Unit.SECONDS: "s",
    Unit.MINUTES: "min",
    Unit.HOURS: "h",
    Unit.DAYS: "days",
    Unit.COUNT: "",
    Unit.INDEX: "index",
    Unit.SCORE: "score",
}
_IN_POINTS = frozenset({Unit.PERCENT, Unit.POINTS})
_ABSOLUTE = frozenset({Unit.INDEX, Unit.SCORE})
_LADDER = (
    (Unit.MILLISECONDS, 0.001),
    (Unit.SECONDS, 1.0),
    (Unit.MINUTES, 60.0),
    (Unit.HOURS, 3600.0),
    (Unit.DAYS, 86400.0),
)
_SECONDS = dict(_LADDER)
NO_VALUE = "–"


def format_number(value: float, decimals: int) -> str:
    """Return `1,234.5` or `−0.3`; never a negative zero."""
    text = f"{value:,.{decimals}f}"
    if not any(digit in text for digit in "123456789"):
        text = text.removeprefix("-")
    return text.replace("-", "−")


def format_count(count: float) -> str:
    """Return a number of things: `12,345`."""
    return format_number(count, 0)


def format_signed(value: float, decimals: int) -> str:
    """Return a difference with its sign: `+1.2`, `−0.4`, and `±0.0` for none."""
    text = format_number(value, decimals)
    if not any(digit in text for digit in "123456789"):
        return f"±{text}"
    return text if text.startswith("−") else f"+{text}"


def unit_text(metric: Metric) -> str:
    """Return the unit with its base: `%`, `per 1,000 orders`, `h`, `orders`."""
    if metric.unit is Unit.PER:
        return f"per {format_count(metric.per or 1)} {metric.base}".rstrip()
    if metric.unit is Unit.COUNT:
        return metric.base
    return _UNITS[metric.unit]


def format_value(metric: Metric, value: float | None) -> str:
    """Return a value with its unit: `94.2 %`, `6.9 per 1,000 orders`, `38.4 h`."""
    if value is None or not math.isfinite(value):
        return NO_VALUE
    return f"{format_number(value, metric.decimals)} {unit_text(metric)}".rstrip()


def format_short(metric: Metric, value: float | None) -> str:
    """Return a value without a long unit that was said before: `94.2 %`, but `6.9` of a rate."""
    text = format_value(metric, value)
    return text.split(" per ")[0] if metric.unit is Unit.PER else text


def format_full(metric: Metric, value: float | None) -> str:
    """Return a value unrounded (ten significant digits) with its unit, for a hover."""
    if value is None or not math.isfinite(value):
        return NO_VALUE
    decimals = max(0, 9 - math.floor(math.log10(abs(value)))) if value else 0
    number = format_number(value, min(decimals, 12))
    number = number.rstrip("0").rstrip(".") if "." in number else number
    return f"{number} {unit_text(metric)}".rstrip()


def format_tile(metric: Metric, value: float | None) -> tuple[str, str]:
    """Return a value's number in at most three significant digits, and the unit that goes with it.

    Times move to the unit people speak (0.5 h -> 30 min); large numbers are written 12.3 K,
    but not those per so many, where a thousand per 100,000 would have to be divided twice.
    """
    if value is None or not math.isfinite(value):
        return NO_VALUE, ""
    if metric.unit in _SECONDS:
        return _spoken_time(metric, value)
    suffix, size = ("", 1.0) if metric.unit is Unit.PER else _size_of(value)
    unit = unit_text(metric)
    number = _three_digits(value / size, metric.decimals if size == 1 else 2)
    return f"{number}{suffix}", unit


def _spoken_time(metric: Metric, value: float) -> tuple[str, str]:
    """Stay in the declared unit unless the number would be under 1 or over 999."""
    if value == 0 or 1 <= abs(value) < 999.5:
        return _three_digits(value, metric.decimals), _UNITS[metric.unit]
    seconds = value * _SECONDS[metric.unit]
    fitting = [step for step in _LADDER if abs(seconds) >= step[1]]
    unit, length = fitting[-1] if fitting else _LADDER[0]
    return _three_digits(seconds / length, max(1, metric.decimals)), _UNITS[unit]


def _size_of(value: float) -> tuple[str, float]:
    for suffix, size in ((" M", 1e6), (" K", 1e3)):
        if abs(value) >= size * 0.9995:
            return suffix, size
    return "", 1.0


def _three_digits(value: float, decimals: int) -> str:
    for fewer in range(decimals, -1, -1):
        text = format_number(value, fewer)
        if sum(letter.isdigit() for letter in text) <= 3:
            return text
    return format_number(value, 0)


def change_of(metric: Metric, now: float, before: float) -> float:
    """Return the change as it is spoken of: points, a share in percent, or in the unit itself."""
    if is_relative(metric, now, before):
        return 100.0 * (now - before) / abs(before)
    return now - before


def is_relative(metric: Metric, now: float, before: float) -> bool:
    """Whether a change is told in percent: not for percentages or scores, from zero, or below it.

    A delay can be negative; from 5 minutes late to 19 early is no -478 % of anything.
    """
    return metric.unit not in _IN_POINTS | _ABSOLUTE and before > 0 and now >= 0


def format_change(metric: Metric, now: float | None, before: float | None) -> str:
    """Return `+1.2 pts` for percentages, `+3.4 %` for amounts and times; `no value` without two."""
    if now is None or before is None or not (math.isfinite(now) and math.isfinite(before)):
        return "no value"
    change = change_of(metric, now, before)
    if metric.unit in _IN_POINTS:
        return format_gap(metric, change)
    if is_relative(metric, now, before):
        return f"{format_signed(change, 1 if abs(change) < 100 else 0)} %"
    return f"{format_signed(change, metric.decimals)} {_base_unit(metric)}".rstrip()


def format_gap(metric: Metric, difference: float) -> str:
    """Return a difference in the metric's own unit: `+1.2 pts`, `−0.4 per 1,000 orders`."""
    number, unit = format_signed(difference, gap_decimals(metric)), gap_unit(metric)
    is_one = unit == "pts" and number.lstrip("+−") == "1"
    return f"{number} {'pt' if is_one else unit}".rstrip()


def format_gap_interval(metric: Metric, low: float, high: float) -> str:
    """Return how far a difference may be off: `−0.4 to +2.1 pts`."""
    return f"{format_signed(low, gap_decimals(metric))} to {format_gap(metric, high)}"


def gap_decimals(metric: Metric) -> int:
    """Return how many decimals gaps are told with: those of the values, one for a percentage."""
    return max(1, metric.decimals) if metric.unit is Unit.PERCENT else metric.decimals


def gap_unit(metric: Metric) -> str:
    """Return the unit that gaps are told in: `pts` for percentages, else the metric's own."""
    return "pts" if metric.unit in _IN_POINTS else unit_text(metric)


def format_interval(metric: Metric, low: float, high: float) -> str:
    """Return `92.1 to 94.0 %`."""
    return f"{format_number(low, metric.decimals)} to {format_value(metric, high)}"


def _base_unit(metric: Metric) -> str:
    return unit_text(metric) if metric.unit is not Unit.COUNT else ""


def period_label(grain: Grain, start: date, *, near: date | None = None) -> str:
    """Return `Week 46, 2026`, `Nov 2026`, `Sat 21 Nov 2026`; without the year if it is `near`'s."""
    calendar = calendar_for(grain)
    return calendar.label(
        calendar.period_of(start), near=calendar.period_of(near) if near is not None else None
    )


def format_day(day: date, *, near: date | None = None) -> str:
    """Return `3 Oct`, and `3 Oct 2025` where the year is not that of `near`."""
    short = f"{day.day} {_MONTHS[day.month - 1]}"
    return short if near is not None and near.year == day.year else f"{short} {day.year}"


def format_span(start: date, end: date) -> str:
    """Return the days of a period: `9 to 15 Nov 2026`, `28 Dec 2026 to 3 Jan 2027`, `Jul 2026`."""
    if start == end:
        return format_day(start)
    months = calendar_for(Grain.MONTH)
    first, last = months.period_of(start), months.period_of(end)
    if (first.start, last.end) == (start, end):
        near = months.label(first, near=last)
        return months.label(last) if first == last else f"{near} to {months.label(last)}"
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day} to {format_day(end)}"
    return f"{format_day(start, near=end)} to {format_day(end)}"


def format_moment(moment: datetime, zone: str) -> str:
    """Return an aware moment as the wall time of `zone`: `Sat 21 Nov 2026, 23:10`."""
    here = moment.astimezone(ZoneInfo(zone))
    day = f"{_WEEKDAYS[here.weekday()]} {here.day} {_MONTHS[here.month - 1]} {here.year}"
    return f"{day}, {here:%H:%M}"


_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
