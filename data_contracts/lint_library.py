"""What is wrong with a quality rule of the standard's own library."""

import math
from collections.abc import Iterator, Mapping

from open_data_contract_standard.model import DataQuality, SchemaProperty

from data_contracts.library_rules import ROW_COUNT, read_operator, read_tolerance
from data_contracts.lint_options import Complaint, lint_pattern
from data_contracts.model import ColumnType, CountedIn, Tolerance
from definition_files import nearest

_DUPLICATES = "duplicateValues"
_WORD_TYPES: dict[str, tuple[ColumnType, ...]] = {
    "validValues": (ColumnType.STRING, ColumnType.INTEGER),
    "missingValues": (ColumnType.STRING, ColumnType.INTEGER, ColumnType.NUMBER),
    "pattern": (ColumnType.STRING,),
}


def lint_library(
    rule: DataQuality, columns: Mapping[str, SchemaProperty], column: str | None
) -> Iterator[Complaint]:
    """Yield what is wrong with `rule` at `column` or, without one, at the table."""
    if column is None and rule.metric not in (ROW_COUNT, _DUPLICATES):
        yield "metric", f"{rule.metric!r} at the table", "it at the column that it counts in", ""
        return
    if column is not None and rule.metric == ROW_COUNT:
        yield "metric", f"{ROW_COUNT!r} at a column", "it under quality of the table", ""
        return
    yield from _arguments(rule, columns, column)
    yield from _unit(rule)
    yield from _operator(rule)


def _allowed(metric: str, column: str | None) -> tuple[str, ...]:
    """The arguments of a metric, of which exactly one is needed where there are any."""
    if metric == "missingValues":
        return ("missingValues",)
    if metric == "invalidValues":
        return ("validValues", "pattern")
    return ("properties",) if metric == _DUPLICATES and column is None else ()


def _arguments(
    rule: DataQuality, columns: Mapping[str, SchemaProperty], column: str | None
) -> Iterator[Complaint]:
    given, allowed = rule.arguments or {}, _allowed(rule.metric or "", column)
    for name in given.keys() - set(allowed):
        expected = f"one of {', '.join(allowed)}" if allowed else f"no arguments for {rule.metric}"
        hint = nearest(str(name), allowed)
        yield f"arguments.{name}", f"the unknown argument {name!r}", expected, hint
    named = [name for name in allowed if name in given]
    if allowed and len(named) != 1:
        found = " and ".join(named) or "nothing"
        yield "arguments", found, f"{' or '.join(allowed)}, which {rule.metric!r} needs", ""
        return
    for name in named:
        if name == "properties":
            yield from _properties(given[name], columns)
        else:
            yield from _words(name, given[name], _type_of(column, columns))


def _type_of(column: str | None, columns: Mapping[str, SchemaProperty]) -> str:
    found = columns.get(column or "")
    return (found.logicalType or "") if found else ""


def _properties(names: object, columns: Mapping[str, SchemaProperty]) -> Iterator[Complaint]:
    key = "arguments.properties"
    if not isinstance(names, list) or not names:
        yield key, repr(names), "a list of column names", ""
        return
    for name in names:
        if not isinstance(name, str) or name not in columns:
            hint = nearest(str(name), columns)
            yield key, f"the unknown column {name!r}", "columns of this table", hint
    if len({str(name) for name in names}) < len(names):
        yield key, "a column twice", "every column once", ""


def _words(name: str, given: object, kind: str) -> Iterator[Complaint]:
    key, types = f"arguments.{name}", _WORD_TYPES[name]
    if kind not in types:
        yield key, f"{name!r} on {kind}", f"it on {' or '.join(types)}", ""
    elif name == "pattern":
        if not isinstance(given, str) or not given or lint_pattern(given):
            yield key, lint_pattern(given) or repr(given), "a regular expression", ""
    else:
        words = given if isinstance(given, list) else []
        told = [word for word in words if word is not None or name == "validValues"]
        if not told or not all(_is_word(word, kind) for word in told):
            what = "text in quotes" if kind == ColumnType.STRING else "numbers without quotes"
            also = "; null stands for an empty cell" if name == "missingValues" else ""
            yield key, repr(given), f"a list of {what}{also}", ""


def _is_word(word: object, kind: str) -> bool:
    if kind == ColumnType.STRING:
        return isinstance(word, str)
    if isinstance(word, float):
        return kind == ColumnType.NUMBER and math.isfinite(word)
    return isinstance(word, int) and not isinstance(word, bool)


def _unit(rule: DataQuality) -> Iterator[Complaint]:
    if rule.unit is not None and rule.unit not in list(CountedIn):
        hint = nearest(rule.unit, CountedIn)
        yield "unit", repr(rule.unit), f"one of {', '.join(CountedIn)}", hint
    elif rule.unit == CountedIn.PERCENT and rule.metric == ROW_COUNT:
        yield "unit", f"{ROW_COUNT} in percent", "rows: there is nothing it is a part of", ""


def _operator(rule: DataQuality) -> Iterator[Complaint]:
    operator, value = read_operator(rule)
    in_percent = rule.unit == CountedIn.PERCENT
    wanted = "a number between 0 and 100" if in_percent else "a whole number from 0"
    numbers = value if isinstance(value, list) else [value]
    if not all(_is_count(number, in_percent=in_percent) for number in numbers):
        yield operator or "metric", repr(value), wanted, ""
    elif len(numbers) == 2 and numbers[0] > numbers[1]:
        yield operator, repr(value), "the smaller number first", ""
    elif rule.unit in (None, *CountedIn) and _keeps_nothing(read_tolerance(rule)):
        found = f"{operator} {value}, which nothing can keep"
        yield operator, found, "a bound that can be kept", ""


def _is_count(number: object, *, in_percent: bool) -> bool:
    if not isinstance(number, int | float) or isinstance(number, bool):
        return False
    if in_percent:
        return 0 <= number <= 100
    return math.isfinite(number) and number >= 0 and number == int(number)


def _keeps_nothing(tolerance: Tolerance) -> bool:
    most = 100.0 if tolerance.unit is CountedIn.PERCENT else math.inf
    low, high = tolerance.low or 0.0, most if tolerance.high is None else tolerance.high
    if tolerance.is_outside:
        return low <= 0 and high >= most
    return (tolerance.is_low_open and low >= most) or (tolerance.is_high_open and high <= 0)
