"""Whether a feed's value lies outside what a check bounds, or is no multiple of what it names."""

import math
from typing import Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement

from callboard.storage.feeds.table import Value
from data_contracts.masks import NEARLY, WHOLE_FROM
from data_contracts.model import Check

_LARGEST_WHOLE = 2**31 - 1  # beyond it, PostgreSQL takes no number for one of its integers
_LARGEST = 1.7976931348623157e308


def outside(value: Value, check: Check, low: Any, high: Any) -> ColumnElement[bool]:
    """Whether `value` is beyond `low` or `high`; `check` says whether the ends are within."""
    tests = []
    if low is not None:
        tests.append(value <= low if check.is_low_open else value < low)
    if high is not None:
        tests.append(value >= high if check.is_high_open else value > high)
    return sa.or_(*tests)


def number(told: float | None) -> Any:
    """A number of a contract in a form that columns of any type of number can be compared with."""
    is_large = told is not None and abs(told) > _LARGEST_WHOLE
    return sa.literal(float(told), sa.Double()) if is_large and told is not None else told


def no_multiple(value: Value, step: float) -> ColumnElement[bool]:
    """Whether a number is no multiple of `step`; what is too large or small for that is one."""
    exact: Value = sa.cast(value, sa.Double())
    step = float(step)
    times = exact / sa.literal(step, sa.Double())
    is_off = sa.func.abs(times - sa.func.round(times)) > NEARLY
    largest = min(WHOLE_FROM * step, _LARGEST)
    smallest = max(step * NEARLY / 2, math.ulp(0.0))
    size = sa.func.abs(exact)
    can_be_off = sa.and_(size > smallest, size < largest)
    return sa.case((can_be_off, is_off), else_=sa.false())
