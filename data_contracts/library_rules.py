"""Quality rules of the standard's own library -> one check or row count, each with its tolerance.

Works on rules that `lint_library` has passed. Their rows are counted and never kept out: the rule
says how many of them there may be.
"""

from typing import Any

from open_data_contract_standard.model import DataQuality, SchemaProperty

from data_contracts.model import (
    Check,
    ColumnType,
    CountedIn,
    Dimension,
    Kind,
    RowCount,
    Severity,
    Tolerance,
)

OPERATORS = (
    "mustBe",
    "mustNotBe",
    "mustBeGreaterThan",
    "mustBeGreaterOrEqualTo",
    "mustBeLessThan",
    "mustBeLessOrEqualTo",
    "mustBeBetween",
    "mustNotBeBetween",
)
ROW_COUNT = "rowCount"
_KINDS = {
    "nullValues": (Kind.REQUIRED, Dimension.COMPLETENESS),
    "missingValues": (Kind.MISSING, Dimension.COMPLETENESS),
    "invalidValues": (Kind.ONE_OF, Dimension.CONFORMITY),
    "duplicateValues": (Kind.UNIQUE, Dimension.UNIQUENESS),
}


def read_operator(rule: DataQuality) -> tuple[str, Any]:
    """Return the rule's operator and what it compares with; two empty ones where it has none."""
    for name in OPERATORS:
        if name in rule.model_fields_set:
            return name, getattr(rule, name)
    return "", None


def read_tolerance(rule: DataQuality) -> Tolerance:
    """Return how many rows may fail (or, of a row count, must be there); bounds are inclusive."""
    operator, value = read_operator(rule)
    unit = CountedIn(rule.unit or CountedIn.ROWS)
    match operator:
        case "mustBeGreaterThan":
            return Tolerance(low=value, is_low_open=True, unit=unit)
        case "mustBeGreaterOrEqualTo":
            return Tolerance(low=value, unit=unit)
        case "mustBeLessThan":
            return Tolerance(high=value, is_high_open=True, unit=unit)
        case "mustBeLessOrEqualTo":
            return Tolerance(high=value, unit=unit)
    low, high = value if isinstance(value, list) else (value, value)
    return Tolerance(low=low, high=high, is_outside=operator.startswith("mustNot"), unit=unit)


def compile_library(rule: DataQuality, column: SchemaProperty | None) -> Check | RowCount:
    """Return what a linted library rule at `column`, or at the table, is judged by."""
    severity = Severity(rule.severity or Severity.CRITICAL)
    if rule.metric == ROW_COUNT:
        return RowCount(
            rule_id=rule.id or "",
            severity=severity,
            dimension=Dimension(rule.dimension or Dimension.COMPLETENESS),
            description=rule.description or "",
            tolerance=read_tolerance(rule),
        )
    arguments = rule.arguments or {}
    kind, dimension = _KINDS[rule.metric or ""]
    if "pattern" in arguments:
        kind = Kind.PATTERN
    columns = _columns(arguments, column) if kind is Kind.UNIQUE else ()
    words = arguments.get("validValues") or arguments.get("missingValues") or ()
    return Check(
        rule_id=rule.id or "",
        kind=kind,
        column=(column.name or "") if column else columns[0],
        severity=severity,
        dimension=Dimension(rule.dimension or dimension),
        description=rule.description or "",
        values=tuple(str(word) for word in words if word is not None),
        counts_missing=kind is Kind.MISSING and None in words,
        pattern=str(arguments.get("pattern", "")),
        column_type=ColumnType((column.logicalType if column else None) or ColumnType.STRING),
        columns=columns,
        tolerance=read_tolerance(rule),
    )


def _columns(arguments: dict[str, Any], column: SchemaProperty | None) -> tuple[str, ...]:
    if column is not None:
        return (column.name or "",)
    return tuple(str(name) for name in arguments["properties"])
