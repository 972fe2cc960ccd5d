"""Contract -> neutral checks: plain data that masks and SQL run alike.

Works on an ODCS schema object that `lint` has passed; says nothing of how a check is run.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

from open_data_contract_standard.model import DataQuality, SchemaObject, SchemaProperty

from data_contracts.findings import Reason
from data_contracts.formats import PATTERNS
from data_contracts.library_rules import ROW_COUNT, compile_library
from data_contracts.model import Check, ColumnType, Dimension, Kind, RowCount, Severity
from data_contracts.ranges import TIMES, has_range, read_range, say_range

DIMENSION_OF = {
    Kind.REQUIRED: Dimension.COMPLETENESS,
    Kind.TYPE: Dimension.CONFORMITY,
    Kind.RANGE: Dimension.ACCURACY,
    Kind.ONE_OF: Dimension.CONFORMITY,
    Kind.PATTERN: Dimension.CONFORMITY,
    Kind.LENGTH: Dimension.CONFORMITY,
    Kind.NOT_BEFORE: Dimension.CONSISTENCY,
    Kind.NOT_FUTURE: Dimension.TIMELINESS,
    Kind.KNOWN: Dimension.CONSISTENCY,
    Kind.UNIQUE: Dimension.UNIQUENESS,
    Kind.MULTIPLE: Dimension.ACCURACY,
    Kind.MISSING: Dimension.COMPLETENESS,
    Kind.OVERLAP: Dimension.CONSISTENCY,
}
REASON_OF = {
    Kind.REQUIRED: Reason.MISSING,
    Kind.TYPE: Reason.WRONG_TYPE,
    Kind.RANGE: Reason.OUT_OF_RANGE,
    Kind.ONE_OF: Reason.NOT_ALLOWED,
    Kind.PATTERN: Reason.BAD_PATTERN,
    Kind.LENGTH: Reason.TOO_LONG,
    Kind.NOT_BEFORE: Reason.BEFORE_OTHER,
    Kind.NOT_FUTURE: Reason.IN_FUTURE,
    Kind.KNOWN: Reason.UNKNOWN_NAME,
    Kind.UNIQUE: Reason.DUPLICATE_KEY,
    Kind.MULTIPLE: Reason.NOT_A_MULTIPLE,
    Kind.MISSING: Reason.STANDS_FOR_MISSING,
    Kind.OVERLAP: Reason.OVERLAP,
}
TOUCHPOINTS = "touchpoints"
_TYPE_WORDS = {
    ColumnType.DATE: "a date",
    ColumnType.TIMESTAMP: "a date with time",
    ColumnType.NUMBER: "a number",
    ColumnType.INTEGER: "a whole number",
    ColumnType.BOOLEAN: "true or false",
}
_FORMAT_WORDS = {
    "email": "an e-mail address",
    "uuid": "a UUID",
    "uri": "a URI",
    "hostname": "a host name",
    "ipv4": "an IPv4 address",
    "ipv6": "an IPv6 address",
}


def latest_day(now: datetime) -> date:
    """The latest local day anywhere on earth (UTC+14): no date after it can have happened."""
    return (now.astimezone(UTC) + timedelta(hours=14)).date()


def compile_checks(table: SchemaObject, touchpoint: str) -> tuple[Check, ...]:
    """Return every check that a linted schema object promises, in the order of its columns."""
    columns = {each.name or "": each for each in table.properties or []}
    checks = [check for column in columns.values() for check in _column_checks(column)]
    checks += _key_checks(list(columns.values()))
    if touchpoint:
        checks.append(_known_touchpoint(touchpoint))
    for rule in table.quality or []:
        if rule.metric == ROW_COUNT:
            continue
        place = None if rule.metric else columns[str(_implementation(rule)["column"])]
        checks.append(_rule_check(place, rule))
    return tuple(checks)


def compile_row_counts(table: SchemaObject) -> tuple[RowCount, ...]:
    """Return every promise of how many rows there are."""
    rules = [compile_library(rule, None) for rule in table.quality or [] if rule.metric]
    return tuple(rule for rule in rules if isinstance(rule, RowCount))


def _column_checks(column: SchemaProperty) -> Iterator[Check]:
    kind = ColumnType(column.logicalType or "string")
    options = column.logicalTypeOptions or {}
    if column.required:
        yield _check(column, Kind.REQUIRED, "is filled in")
    if kind is not ColumnType.STRING:
        yield _check(column, Kind.TYPE, f"is {_TYPE_WORDS[kind]}")
    if has_range(options):
        yield _range(column, kind)
    if "multipleOf" in options:
        step = options["multipleOf"]
        yield _check(column, Kind.MULTIPLE, f"is a multiple of {step:,}", multiple=step)
    if "minLength" in options or "maxLength" in options:
        low, high = options.get("minLength"), options.get("maxLength")
        words = f"has {_between(low, high)} characters"
        yield _check(column, Kind.LENGTH, words, low=low, high=high)
    if "pattern" in options:
        such = f", such as {column.examples[0]}" if column.examples else ""
        words = f"has the agreed form{such}"
        yield _check(column, Kind.PATTERN, words, pattern=options["pattern"])
    if kind is ColumnType.STRING and "format" in options:
        pattern, name = PATTERNS[options["format"]], f"{column.name}.format"
        words = f"has the form of {_FORMAT_WORDS[options['format']]}"
        yield _check(column, Kind.PATTERN, words, pattern=pattern, rule_id=name)
    if column.enum:
        values = tuple(str(each.value) for each in column.enum)
        yield _check(column, Kind.ONE_OF, f"is one of {', '.join(values)}", values=values)
    if column.unique and not column.primaryKey:
        yield _check(column, Kind.UNIQUE, "stands only once", columns=(column.name,))
    for rule in column.quality or []:
        yield _rule_check(column, rule)


def _range(column: SchemaProperty, kind: ColumnType) -> Check:
    found = read_range(column.logicalTypeOptions or {}, kind)
    ends = (
        {"earliest": found.low or "", "latest": found.high or ""}
        if kind in TIMES
        else {"low": found.low, "high": found.high}
    )
    return _check(
        column,
        Kind.RANGE,
        f"is {say_range(found, kind)}",
        is_low_open=found.is_low_open,
        is_high_open=found.is_high_open,
        **ends,
    )


def _check(
    column: SchemaProperty, kind: Kind, words: str, *, rule_id: str = "", **parts: Any
) -> Check:
    name = column.name or ""
    return Check(
        rule_id=rule_id or f"{name}.{kind.value}",
        kind=kind,
        column=name,
        severity=_severity(column),
        dimension=DIMENSION_OF[kind],
        description=f"{name} {words}.",
        column_type=ColumnType(column.logicalType or "string"),
        **parts,
    )


def _severity(column: SchemaProperty) -> Severity:
    for each in column.customProperties or []:
        if each.property == "severity":
            return Severity(str(each.value))
    return Severity.CRITICAL


def _key_checks(columns: list[SchemaProperty]) -> list[Check]:
    keys = sorted(
        (each for each in columns if each.primaryKey), key=lambda each: each.primaryKeyPosition or 1
    )
    if not keys:
        return []
    names = tuple(each.name or "" for each in keys)
    return [
        Check(
            rule_id="key.unique",
            kind=Kind.UNIQUE,
            column=names[0],
            severity=Severity.CRITICAL,
            dimension=Dimension.UNIQUENESS,
            description=f"Only one row has the same {' and '.join(names)}.",
            columns=names,
        )
    ]


def _known_touchpoint(column: str) -> Check:
    return Check(
        rule_id=f"{column}.known",
        kind=Kind.KNOWN,
        column=column,
        severity=Severity.CRITICAL,
        dimension=Dimension.CONSISTENCY,
        description=f"{column} is a touchpoint of the workspace.",
        reference=TOUCHPOINTS,
    )


def _rule_check(column: SchemaProperty | None, rule: DataQuality) -> Check:
    if column is None or rule.metric:
        compiled = compile_library(rule, column)
        if isinstance(compiled, RowCount):
            raise TypeError(f"{rule.id} counts all rows and checks none")
        return compiled
    given = _implementation(rule)
    kind = Kind(given["kind"])
    where = given.get("where")
    return Check(
        rule_id=rule.id or "",
        kind=kind,
        column=column.name or "",
        severity=Severity(rule.severity or "critical"),
        dimension=Dimension(rule.dimension or DIMENSION_OF[kind]),
        description=rule.description or "",
        low=given.get("low"),
        high=given.get("high"),
        values=tuple(given.get("values", ())),
        pattern=given.get("pattern", ""),
        other=given.get("other", ""),
        reference=given.get("reference", ""),
        column_type=ColumnType(column.logicalType or "string"),
        where=(where["column"], tuple(where["values"])) if where else None,
        columns=tuple(given.get("columns", ())),
        multiple=given.get("multiple"),
    )


def _implementation(rule: DataQuality) -> dict[str, Any]:
    return rule.implementation if isinstance(rule.implementation, dict) else {}


def _between(low: float | None, high: float | None) -> str:
    if low is None:
        return f"at most {high:,}"
    if high is None:
        return f"at least {low:,}"
    return f"between {low:,} and {high:,}"
