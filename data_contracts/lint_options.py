"""What is wrong with the `logicalTypeOptions` of a column: each is checked, or a problem."""

import math
import re
from collections.abc import Iterator, Mapping
from typing import Any

from data_contracts.formats import DATE_FORMAT, PATTERNS, read_bound
from data_contracts.model import ColumnType
from data_contracts.ranges import HIGH, LOW, TIMES, has_range, read_range
from definition_files import nearest

Complaint = tuple[str, str, str, str]
_BOUNDS = frozenset({*LOW, *HIGH})
_OPTIONS: dict[ColumnType, frozenset[str]] = {
    ColumnType.STRING: frozenset({"minLength", "maxLength", "pattern", "format"}),
    ColumnType.NUMBER: _BOUNDS | {"multipleOf"},
    ColumnType.INTEGER: _BOUNDS | {"multipleOf"},
    ColumnType.DATE: _BOUNDS | {"format"},
    ColumnType.TIMESTAMP: _BOUNDS | {"timezone", "defaultTimezone"},
    ColumnType.BOOLEAN: frozenset(),
}


def lint_options(options: Mapping[str, Any], kind: ColumnType) -> Iterator[Complaint]:
    """Yield what is wrong with the options of a column of `kind`: key, found, expected, hint.

    Whether a time zone agrees with the contract's clock is another function's.
    """
    allowed = _OPTIONS[kind]
    for name in options:
        if name not in allowed:
            words = ", ".join(sorted(allowed)) or f"no options for {kind.value}"
            yield _at(name), "an option that is not checked", words, ""
    for name, value in options.items():
        if isinstance(value, float) and not math.isfinite(value):
            yield _at(name), str(value), "a finite number", ""
    yield from _format(options, kind)
    yield from _ends(options, kind)
    if wrong := lint_pattern(options.get("pattern", "")):
        yield _at("pattern"), wrong, "a regular expression", ""


def lint_pattern(pattern: object) -> str:
    """Return what is wrong with a regular expression, or an empty string."""
    try:
        re.compile(str(pattern))
    except re.error as error:
        return f"{pattern!r} ({error})"
    return ""


def _at(name: str) -> str:
    return f"logicalTypeOptions.{name}"


def _format(options: Mapping[str, Any], kind: ColumnType) -> Iterator[Complaint]:
    given = options.get("format")
    if given is None or "format" not in _OPTIONS[kind]:
        return
    known = (DATE_FORMAT,) if kind is ColumnType.DATE else tuple(PATTERNS)
    if given not in known:
        hint = nearest(str(given), known)
        yield _at("format"), f"{given!r}, which is not checked", f"one of {', '.join(known)}", hint


def _ends(options: Mapping[str, Any], kind: ColumnType) -> Iterator[Complaint]:
    for names in (LOW, HIGH):
        if all(name in options for name in names):
            yield "logicalTypeOptions", f"{names[0]} and {names[1]}", "one of the two", ""
    if kind in TIMES:
        form = '"2026-11-22"' if kind is ColumnType.DATE else '"2026-11-22T08:30:00Z"'
        for name in sorted(_BOUNDS & options.keys()):
            if read_bound(options[name], kind) is None:
                yield _at(name), repr(options[name]), f"a time such as {form}", ""
    if has_range(options) and read_range(options, kind).is_empty:
        told = [f"{name} {options[name]}" for name in (*LOW, *HIGH) if name in options]
        yield "logicalTypeOptions", " and ".join(told), "the low end at most the high end", ""
    low, high = options.get("minLength"), options.get("maxLength")
    if low is not None and high is not None and low > high:
        found = f"minLength {low} above maxLength {high}"
        yield "logicalTypeOptions", found, "minLength at most maxLength", ""
