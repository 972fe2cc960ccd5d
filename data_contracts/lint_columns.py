"""What is wrong with one column of a contract, beyond what the standard says."""

import re
from collections.abc import Iterator

from open_data_contract_standard.model import SchemaProperty

from data_contracts.lint_options import Complaint, lint_options
from data_contracts.model import ColumnType, Severity
from definition_files import Problem, nearest

_NAME = re.compile(r"[a-z][a-z0-9_]{0,62}")
_JUDGED = (
    "name primaryKey primaryKeyPosition required unique logicalType logicalTypeOptions enum "
    "quality customProperties deprecated"
)
_TOLD = (
    "id physicalName physicalType description businessName synonyms examples classification tags "
    "authoritativeDefinitions partitioned partitionKeyPosition encryptedName criticalDataElement "
    "semanticType transformSourceObjects transformLogic transformDescription"
)
COLUMN_WORDS = frozenset([*_JUDGED.split(), *_TOLD.split()])
_OWN = ("severity", "unit")


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
        *_words(column),
        *lint_options(column.logicalTypeOptions or {}, ColumnType(column.logicalType)),
        *_enum(column),
        *_own_words(column),
    ):
        yield problem(key, found, expected, hint)


def _words(column: SchemaProperty) -> Iterator[Complaint]:
    for name in sorted(column.model_fields_set - COLUMN_WORDS):
        yield name, "a promise that is not checked", f"no {name}", ""
    if column.semanticType == "measure":
        yield "semanticType", "'measure'", "column or dimension: a column of the table itself", ""


def _enum(column: SchemaProperty) -> Iterator[Complaint]:
    values = [each.value for each in column.enum or []]
    if values and column.logicalType not in (ColumnType.STRING, ColumnType.INTEGER):
        expected = "an enum on a string column, or on one of whole numbers"
        yield "enum", f"an enum on {column.logicalType}", expected, ""
        return
    for index, value in enumerate(values):
        if column.logicalType == ColumnType.INTEGER:
            if not isinstance(value, int) or isinstance(value, bool):
                yield f"enum.{index}.value", repr(value), "a whole number, without quotes", ""
        elif not isinstance(value, str):
            hint = "YAML reads NO, 012 or 1:30 as something else: write the value in quotes."
            yield f"enum.{index}.value", repr(value), "text in quotes", hint
    if len({str(value) for value in values}) < len(values):
        yield "enum", "a value twice", "every value once", ""


def _own_words(column: SchemaProperty) -> Iterator[Complaint]:
    seen: set[str] = set()
    for each in column.customProperties or []:
        name = each.property or ""
        if name not in _OWN:
            words, hint = f"one of {', '.join(_OWN)}", nearest(name, _OWN)
            yield "customProperties", f"the unknown name {each.property!r}", words, hint
        elif name in seen:
            yield f"customProperties.{name}", "the name twice", "one entry", ""
        elif name == "severity" and each.value not in list(Severity):
            words, hint = f"one of {', '.join(Severity)}", nearest(str(each.value), Severity)
            yield "customProperties.severity", repr(each.value), words, hint
        elif name == "unit" and not (isinstance(each.value, str) and each.value):
            yield "customProperties.unit", repr(each.value), "a unit such as seconds or EUR", ""
        seen.add(name)
