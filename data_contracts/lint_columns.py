"""What is wrong with one column of a contract, beyond what the standard says."""

import math
import re
from collections.abc import Iterator
from typing import Any

from open_data_contract_standard.model import SchemaProperty

from data_contracts.model import ColumnType, Severity
from definition_files import Problem, nearest

_NAME = re.compile(r"[a-z][a-z0-9_]{0,62}")
_NUMBERS = frozenset({ColumnType.NUMBER, ColumnType.INTEGER})
_OPTIONS: dict[ColumnType, frozenset[str]] = {
    ColumnType.STRING: frozenset({"minLength", "maxLength", "pattern"}),
    ColumnType.NUMBER: frozenset({"minimum", "maximum"}),
    ColumnType.INTEGER: frozenset({"minimum", "maximum"}),
    ColumnType.DATE: frozenset(),
    ColumnType.TIMESTAMP: frozenset(),
    ColumnType.BOOLEAN: frozenset(),
}


def lint_column(column: SchemaProperty, *, file: str, where: str) -> Iterator[Problem]:
    """Yield every problem of `column`; its quality rules are another function's."""
    where = f"{where} ({column.name})"

    def problem(key: str, found: str, expected: str, suggestion: str = "") -> Problem:
        return Problem(
            file=file,
            key=f"{where}.{key}",
            found=found,
            expected=expected,
            suggestion=suggestion,
        )

    if not _NAME.fullmatch(column.name or ""):
        yield problem("name", repr(column.name), "small letters, digits and _")
    if column.primaryKey and not column.required:
        yield problem("required", "a key that may be empty", "required: true")
    if column.logicalType not in list(ColumnType):
        found = repr(column.logicalType) if column.logicalType else "nothing"
        yield problem("logicalType", found, f"one of {', '.join(ColumnType)}")
        return
    for key, found, expected, hint in (
        *_options(column, ColumnType(column.logicalType)),
        *_enum(column),
        *_severity(column),
    ):
        yield problem(key, found, expected, hint)


def lint_pattern(pattern: object) -> str:
    """Return what is wrong with a regular expression, or an empty string."""
    try:
        re.compile(str(pattern))
    except re.error as error:
        return f"{pattern!r} ({error})"
    return ""


_Complaint = tuple[str, str, str, str]


def _options(column: SchemaProperty, kind: ColumnType) -> Iterator[_Complaint]:
    options: dict[str, Any] = column.logicalTypeOptions or {}
    allowed = _OPTIONS[kind]
    for name in options:
        if name not in allowed:
            words = ", ".join(sorted(allowed)) or f"no options for {kind.value}"
            yield f"logicalTypeOptions.{name}", "an option that is not checked", words, ""
    for low, high in (("minimum", "maximum"), ("minLength", "maxLength")):
        if low in options and high in options and options[low] > options[high]:
            found = f"{low} {options[low]} above {high} {options[high]}"
            yield "logicalTypeOptions", found, f"{low} at most {high}", ""
    for name, value in options.items():
        if isinstance(value, float) and not math.isfinite(value):
            yield f"logicalTypeOptions.{name}", str(value), "a finite number", ""
    if wrong := lint_pattern(options.get("pattern", "")):
        yield "logicalTypeOptions.pattern", wrong, "a regular expression", ""


def _enum(column: SchemaProperty) -> Iterator[_Complaint]:
    values = [each.value for each in column.enum or []]
    if values and column.logicalType != ColumnType.STRING:
        yield "enum", f"an enum on {column.logicalType}", "an enum on a string column only", ""
        return
    for index, value in enumerate(values):
        if not isinstance(value, str):
            hint = "YAML reads NO, 012 or 1:30 as something else: write the value in quotes."
            yield f"enum.{index}.value", repr(value), "text in quotes", hint
    if len({str(value) for value in values}) < len(values):
        yield "enum", "a value twice", "every value once", ""


def _severity(column: SchemaProperty) -> Iterator[_Complaint]:
    for each in column.customProperties or []:
        if each.property == "severity":
            if each.value not in list(Severity):
                words = f"one of {', '.join(Severity)}"
                hint = nearest(str(each.value), Severity)
                yield "customProperties.severity", repr(each.value), words, hint
        else:
            hint = nearest(each.property or "", ["severity"])
            yield "customProperties", f"the unknown name {each.property!r}", "severity", hint
