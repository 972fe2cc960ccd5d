"""What readings should be, by plain arithmetic over rows: shares no code with the SQL."""

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from data_contracts.model import Clock, Contract
from metrics.model import Condition, Metric, Part, Quantity

Row = Mapping[str, Any]


class Key(NamedTuple):
    touchpoint: str
    dimension: str
    segment: str
    day: date


class Expected(NamedTuple):
    numerator: float | None
    denominator: float | None
    n: int
    sumsq: float | None
    sketch: Mapping[str, int] | None


def expected_readings(
    metric: Metric,
    contract: Contract,
    rows: Iterable[Row],
    touchpoints: Mapping[str, str],
    zones: Mapping[str, str],
) -> dict[Key, Expected]:
    groups: dict[Key, list[Row]] = defaultdict(list)
    for row in rows:
        code = touchpoints[row[contract.touchpoint]]
        day = local_day(row[contract.time], contract, zones[code])
        groups[Key(code, "", "", day)].append(row)
        for dimension in contract.dimensions:
            if metric.dimensions is None or dimension in metric.dimensions:
                segment = row[dimension] or "unknown"
                groups[Key(code, dimension, segment, day)].append(row)
    found = {key: _reading(metric, group) for key, group in groups.items()}
    return {key: reading for key, reading in found.items() if reading is not None}


def local_day(moment: Any, contract: Contract, zone: str) -> date:
    if contract.clock is Clock.DATE:
        return moment
    if contract.clock is Clock.LOCAL:
        return moment.date()
    return moment.astimezone(ZoneInfo(zone)).date()


def _reading(metric: Metric, rows: list[Row]) -> Expected | None:
    match metric.form.value:
        case "ratio" | "rate":
            numerator, _ = part_of(metric.numerator, rows)
            denominator, n = part_of(metric.denominator, rows)
            return Expected(numerator, denominator, n, None, None) if n or numerator else None
        case "count":
            numerator, n = part_of(metric.numerator, rows)
            return Expected(numerator, None, n, None, None)
    values = _values(metric, rows)
    still_open = sum(all(_holds(each, row) for each in metric.open) for row in rows)
    begun = len(values) + still_open if metric.open else None
    if not values and not begun:
        return None
    if metric.form.value == "mean":
        return Expected(sum(values), len(values), len(values), sum(v * v for v in values), None)
    if metric.form.value == "net_score":
        promoters = sum(value >= metric.promoters_from for value in values)
        detractors = sum(value <= metric.detractors_to for value in values)
        n = len(values)
        return Expected(promoters - detractors, n, n, promoters + detractors, None)
    return Expected(None, begun, len(values), None, Counter(map(_bucket, values)))


def _values(metric: Metric, rows: list[Row]) -> list[float]:
    kept = (row for row in rows if all(_holds(each, row) for each in metric.where))
    taken = (_amount(metric.value, row) for row in kept)
    return [value for value in taken if value is not None]


def part_of(part: Part, rows: Iterable[Row]) -> tuple[float, int]:
    kept = [row for row in rows if all(_holds(each, row) for each in part.where)]
    if part.sum is None:
        return len(kept), len(kept)
    amounts = [_amount(part.sum, row) for row in kept]
    present = [amount for amount in amounts if amount is not None]
    return sum(present), len(present)


def _amount(quantity: Quantity, row: Row) -> float | None:
    if quantity.column is not None:
        return row[quantity.column]
    start, end = row[quantity.start], row[quantity.end]
    if start is None or end is None:
        return None
    unit = {"seconds": 1, "minutes": 60, "hours": 3600, "days": 86400}[quantity.unit.value]
    return (end - start).total_seconds() / unit


def _bucket(value: float) -> str:
    gamma = 1.01 / 0.99
    return "z" if value < 1e-9 else str(math.ceil(math.log(value) / math.log(gamma)))


_TESTS: dict[str, Callable[[Any, Any], bool]] = {
    "equal": lambda one, other: one == other,
    "not_equal": lambda one, other: one != other,
    "in": lambda one, other: one in other,
    "not_in": lambda one, other: one not in other,
    "above": lambda one, other: one > other,
    "at_least": lambda one, other: one >= other,
    "below": lambda one, other: one < other,
    "at_most": lambda one, other: one <= other,
}


def _holds(condition: Condition, row: Row) -> bool:
    value = row[condition.column]
    if condition.comparison.value == "missing":
        return value is None
    if value is None:
        return False
    if condition.comparison.value == "present":
        return True
    other = row[condition.other] if condition.other else condition.value
    if isinstance(value, date) and isinstance(other, str):
        other = type(value).fromisoformat(other)
    return other is not None and _TESTS[condition.comparison.value](value, other)
