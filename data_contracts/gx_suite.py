"""A contract's row checks as a plain Great Expectations suite, to be used anywhere.

The engine itself is not needed for that: a suite is JSON. Its columns have the contract's logical
names. It holds the contract's own words and no value of the data.
"""

from collections.abc import Callable, Collection, Mapping
from datetime import UTC, datetime
from typing import Any

import pandas as pd

from data_contracts.checks import latest_day
from data_contracts.columns import read_column
from data_contracts.model import (
    Check,
    ColumnType,
    Contract,
    CountedIn,
    Kind,
    RowCount,
    Tolerance,
)
from data_contracts.type_patterns import TYPE_PATTERNS

Expectation = tuple[str, dict[str, Any]]
_TIMES = (ColumnType.DATE, ColumnType.TIMESTAMP)
_NUMBERS = (ColumnType.NUMBER, ColumnType.INTEGER)
_AS_THEY_STAND = frozenset({Kind.REQUIRED, Kind.TYPE, Kind.UNIQUE})
_HARDLY = 1e-9  # less than one row among as many as there can be
_NO_WAY = {
    Kind.MULTIPLE: "no expectation says that a number is a multiple of another",
    Kind.OVERLAP: "no expectation compares the times of several rows",
}
_IN_ROWS = "an expectation tolerates a share of rows, at most so many per cent, and nothing else"
_OUTSIDE = "an expectation bounds a number of rows from outside, it cannot leave out a middle"
_NULLS = "an expectation about words passes over missing values, which this rule counts"


def suite_of(
    contract: Contract, *, known: Mapping[str, Collection[str]], now: datetime
) -> tuple[dict[str, Any], dict[str, str]]:
    """Return the suite, and for every rule that it cannot tell (by rule_id) why not.

    `known` holds the allowed words of each reference; `now` is an aware moment.
    """
    rules: tuple[Check | RowCount, ...] = (*contract.checks, *contract.row_counts)
    untold = {each.rule_id: why for each in rules if (why := _why_not(each, known))}
    told = [each for each in rules if each.rule_id not in untold]
    suite = {
        "name": contract.feed,
        "expectations": [_expectation(each, known, now) for each in told],
        "meta": {"contract": contract.feed, "version": contract.version},
    }
    return suite, untold


def with_rows(
    suite: Mapping[str, Any], frame: pd.DataFrame, contract: Contract
) -> tuple[tuple[dict[str, Any], pd.DataFrame], ...]:
    """Return the parts of a suite, each with the rows that it can judge; together they are all.

    Missing values, types and keys are judged of the values as they stand, everything else of those
    that have their type.
    """
    told = suite["expectations"]
    raw = [each for each in told if each["meta"]["kind"] in _AS_THEY_STAND]
    typed = [each for each in told if each["meta"]["kind"] not in _AS_THEY_STAND]
    parts = ((raw, frame), (typed, typed_rows(frame, contract)))
    return tuple(({**suite, "expectations": each}, rows) for each, rows in parts if each)


def typed_rows(frame: pd.DataFrame, contract: Contract) -> pd.DataFrame:
    """Return the rows with every promised column in its type; other values are missing."""
    kinds = {each.name: each.type for each in contract.columns}
    return pd.DataFrame(
        {
            name: _typed(frame[name], kinds[name]) if name in kinds else frame[name]
            for name in frame.columns
        }
    )


def _typed(values: "pd.Series[Any]", kind: ColumnType) -> "pd.Series[Any]":
    read = read_column(values, kind)
    if kind is ColumnType.STRING:
        return read.words
    if kind in _TIMES:
        return pd.Series(read.moments, index=values.index)
    if kind in _NUMBERS:
        return pd.Series(read.numbers, index=values.index).where(read.is_right)
    return values.where(read.is_right)


def _why_not(rule: Check | RowCount, known: Mapping[str, Collection[str]]) -> str:
    if isinstance(rule, RowCount):
        return _OUTSIDE if rule.tolerance.is_outside else ""
    if rule.kind in _NO_WAY:
        return _NO_WAY[rule.kind]
    if rule.counts_missing:
        return _NULLS
    if rule.reference and rule.reference not in known:
        return f"the allowed {rule.reference} are not known here"
    return "" if rule.tolerance is None or _is_share(rule.tolerance) else _IN_ROWS


def _is_share(tolerance: Tolerance) -> bool:
    is_at_most = not tolerance.is_outside and not tolerance.low and not tolerance.is_low_open
    return tolerance.unit is CountedIn.PERCENT and is_at_most and tolerance.high is not None


def _expectation(
    rule: Check | RowCount, known: Mapping[str, Collection[str]], now: datetime
) -> dict[str, Any]:
    meta = {"rule": rule.rule_id, "dimension": rule.dimension.value, "kind": "row_count"}
    if isinstance(rule, RowCount):
        name, parts = "expect_table_row_count_to_be_between", _row_count(rule.tolerance)
    else:
        name, parts = _KINDS[rule.kind](rule, known, now)
        parts |= {**_share(rule.tolerance), **_where(rule)}
        meta["kind"] = rule.kind.value
    return {
        "type": name,
        "kwargs": parts,
        "meta": meta,
        "description": rule.description,
        "severity": rule.severity.value,
    }


def _row_count(tolerance: Tolerance) -> dict[str, Any]:
    """The bounds as whole numbers, both inside."""
    low, high = tolerance.low, tolerance.high
    return {
        "min_value": None if low is None else int(low) + tolerance.is_low_open,
        "max_value": None if high is None else int(high) - tolerance.is_high_open,
    }


def _share(tolerance: Tolerance | None) -> dict[str, Any]:
    if tolerance is None or tolerance.high is None:
        return {}
    return {"mostly": min(1 - tolerance.high / 100 + _HARDLY * tolerance.is_high_open, 1.0)}


def _where(check: Check) -> dict[str, Any]:
    if check.where is None:
        return {}
    column, words = check.where
    condition = {"type": "comparison", "column": {"name": column}, "operator": "IN"}
    return {"row_condition": {**condition, "parameter": list(words)}}


def _required(check: Check, *_: object) -> Expectation:
    return "expect_column_values_to_not_be_null", {"column": check.column}


def _type(check: Check, *_: object) -> Expectation:
    return _matches(check, TYPE_PATTERNS.get(check.column_type, ""))


def _pattern(check: Check, *_: object) -> Expectation:
    return _matches(check, check.pattern)


def _matches(check: Check, pattern: str) -> Expectation:
    return "expect_column_values_to_match_regex", {"column": check.column, "regex": pattern}


def _range(check: Check, *_: object) -> Expectation:
    is_time = check.column_type in _TIMES
    low, high = (check.earliest, check.latest) if is_time else (check.low, check.high)
    bounds = {
        "min_value": _moment(low) if isinstance(low, str) else low,
        "max_value": _moment(high) if isinstance(high, str) else high,
        "strict_min": check.is_low_open,
        "strict_max": check.is_high_open,
    }
    return "expect_column_values_to_be_between", {"column": check.column, **bounds}


def _moment(told: str) -> str | None:
    """A day's bound is its midnight: a plain day is compared with nothing but plain days."""
    return datetime.fromisoformat(told).isoformat() if told else None


def _not_future(check: Check, _: object, now: datetime) -> Expectation:
    moment, is_day = now.astimezone(UTC).replace(tzinfo=None), check.column_type is ColumnType.DATE
    latest = latest_day(now).isoformat() if is_day else moment.isoformat()
    parts = {"column": check.column, "max_value": _moment(latest)}
    return "expect_column_values_to_be_between", parts


def _one_of(check: Check, known: Mapping[str, Collection[str]], _: object) -> Expectation:
    words = check.values or sorted(known[check.reference])
    return "expect_column_values_to_be_in_set", {"column": check.column, **_set(check, words)}


def _missing(check: Check, *_: object) -> Expectation:
    parts = {"column": check.column, **_set(check, check.values)}
    return "expect_column_values_to_not_be_in_set", parts


def _set(check: Check, words: Collection[str]) -> dict[str, Any]:
    is_number = check.column_type in _NUMBERS
    return {"value_set": [float(word) if is_number else word for word in words]}


def _length(check: Check, *_: object) -> Expectation:
    bounds = {"min_value": check.low, "max_value": check.high}
    return "expect_column_value_lengths_to_be_between", {"column": check.column, **bounds}


def _not_before(check: Check, *_: object) -> Expectation:
    parts = {"column_A": check.column, "column_B": check.other, "or_equal": True}
    missing = {"ignore_row_if": "either_value_is_missing"}
    return "expect_column_pair_values_a_to_be_greater_than_b", {**parts, **missing}


def _unique(check: Check, *_: object) -> Expectation:
    if len(check.columns) == 1:
        return "expect_column_values_to_be_unique", {"column": check.columns[0]}
    parts = {"column_list": list(check.columns), "ignore_row_if": "any_value_is_missing"}
    return "expect_compound_columns_to_be_unique", parts


_KINDS: dict[Kind, Callable[[Check, Mapping[str, Collection[str]], datetime], Expectation]] = {
    Kind.REQUIRED: _required,
    Kind.TYPE: _type,
    Kind.RANGE: _range,
    Kind.ONE_OF: _one_of,
    Kind.KNOWN: _one_of,
    Kind.PATTERN: _pattern,
    Kind.LENGTH: _length,
    Kind.NOT_BEFORE: _not_before,
    Kind.NOT_FUTURE: _not_future,
    Kind.UNIQUE: _unique,
    Kind.MISSING: _missing,
}
