"""What is wrong with one quality rule of a contract, beyond what the standard says.

Rules of the library are looked at in `lint_library`, those of our own engine here.
"""

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from open_data_contract_standard.model import DataQuality, SchemaProperty

from data_contracts.library_rules import OPERATORS
from data_contracts.lint_library import lint_library
from data_contracts.lint_options import Complaint, lint_pattern
from data_contracts.model import ColumnType, Kind, Severity
from definition_files import Problem, nearest

_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")
OF_FEEDS = ("touchpoints",)
OF_FILES = ("touchpoints", "metrics", "units")
_TIMES = frozenset({ColumnType.DATE, ColumnType.TIMESTAMP})
_NUMBERS = frozenset({ColumnType.NUMBER, ColumnType.INTEGER})
_TEXT = frozenset({ColumnType.STRING})
_ANY = frozenset(ColumnType)
_PARTS: dict[Kind, tuple[frozenset[str], frozenset[str], frozenset[ColumnType]]] = {
    # kind: parts it must have, parts it may have, types of column it is for
    Kind.REQUIRED: (frozenset(), frozenset(), _ANY),
    Kind.RANGE: (frozenset(), frozenset({"low", "high"}), _NUMBERS),
    Kind.LENGTH: (frozenset(), frozenset({"low", "high"}), _TEXT),
    Kind.ONE_OF: (frozenset({"values"}), frozenset(), _TEXT),
    Kind.PATTERN: (frozenset({"pattern"}), frozenset(), _TEXT),
    Kind.NOT_BEFORE: (frozenset({"other"}), frozenset(), _TIMES),
    Kind.NOT_FUTURE: (frozenset(), frozenset(), _TIMES),
    Kind.KNOWN: (frozenset({"reference"}), frozenset(), _TEXT),
    Kind.MULTIPLE: (frozenset({"multiple"}), frozenset(), _NUMBERS),
    Kind.MISSING: (frozenset({"values"}), frozenset(), _TEXT | _NUMBERS),
    Kind.OVERLAP: (frozenset({"other", "columns"}), frozenset(), _TIMES),
}
_ALWAYS = frozenset({"kind", "column", "where"})
_TOLD = "id name type severity dimension description businessImpact tags authoritativeDefinitions"
CUSTOM_WORDS = frozenset([*_TOLD.split(), "engine", "implementation"])
LIBRARY_WORDS = frozenset([*_TOLD.split(), "metric", "arguments", "unit", *OPERATORS])

Columns = Mapping[str, SchemaProperty]


@dataclass(frozen=True, slots=True)
class Around:
    """What a rule may speak of: the columns of its table, and lists of known words."""

    columns: Columns
    references: tuple[str, ...]


def lint_rule(
    rule: DataQuality,
    around: Around,
    *,
    file: str,
    where: str,
    column: str | None = None,
) -> list[Problem]:
    """Return every problem of `rule`, which stands at `column` or, without one, at the table."""
    complaints = [*_head(rule)]
    if rule.type == "custom" and rule.engine == "callboard":
        complaints += _implementation(rule.implementation, around, column)
    elif _is_library(rule):
        complaints += lint_library(rule, around.columns, column)
    return [
        Problem(
            file=file,
            key=f"{where} ({rule.id}).{key}" if rule.id else f"{where}.{key}",
            found=found,
            expected=expected,
            suggestion=hint,
        )
        for key, found, expected, hint in complaints
    ]


def _is_library(rule: DataQuality) -> bool:
    return rule.type in (None, "library") and rule.metric is not None


def _head(rule: DataQuality) -> Iterator[Complaint]:
    is_library = _is_library(rule)
    if rule.type != "custom" and not is_library:
        found = f"a rule of type {rule.type or 'library'!r}, which is not checked"
        expected = "type: library with a metric, or type: custom with engine: callboard"
        yield "type", found, expected, ""
        return
    if not is_library and rule.engine != "callboard":
        yield "engine", f"{rule.engine!r}, which is not run here", "callboard", ""
    for name in sorted(rule.model_fields_set - (LIBRARY_WORDS if is_library else CUSTOM_WORDS)):
        found = f"a word that nothing heeds in a {'library' if is_library else 'custom'} rule"
        yield name, found, f"no {name}: rules are judged at every refresh, in full", ""
    for name in ("id", "severity", "dimension", "description"):
        if not getattr(rule, name):
            yield name, "nothing", f"a value for {name!r}", ""
    if rule.severity and rule.severity not in list(Severity):
        hint = nearest(rule.severity, Severity)
        yield "severity", repr(rule.severity), f"one of {', '.join(Severity)}", hint


def _implementation(given: object, around: Around, column: str | None) -> Iterator[Complaint]:
    if not isinstance(given, dict):
        yield "implementation", "text", "a mapping with 'kind'", ""
        return
    kinds = [kind.value for kind in _PARTS]
    if given.get("kind") not in kinds:
        hint = nearest(str(given.get("kind", "")), kinds)
        found = f"the unknown kind {given.get('kind')!r}"
        yield "implementation.kind", found, f"one of {', '.join(kinds)}", hint
        return
    kind = Kind(given["kind"])
    yield from _parts(given, kind)
    yield from _place(given, around.columns, column, kind)
    yield from _values(given, kind)
    if kind is Kind.KNOWN:
        yield from _reference(given.get("reference"), around.references)
    if kind is Kind.OVERLAP:
        yield from _sameness(given, around.columns, column)
    if kind is Kind.MISSING:
        yield from _numbers_as_text(given, around.columns, column)
    yield from _where(given, around.columns)


def _parts(given: Mapping[str, Any], kind: Kind) -> Iterator[Complaint]:
    needed, optional, _ = _PARTS[kind]
    allowed = needed | optional | _ALWAYS
    for name in needed - given.keys():
        yield f"implementation.{name}", "nothing", f"{name!r}, which {kind.value!r} needs", ""
    for name in given.keys() - allowed:
        words = f"one of {', '.join(sorted(allowed))}"
        hint = nearest(str(name), allowed)
        yield f"implementation.{name}", f"the unknown key {name!r}", words, hint


def _place(
    given: Mapping[str, Any], columns: Columns, column: str | None, kind: Kind
) -> Iterator[Complaint]:
    name = given.get("column", column)
    found, types = _type_of(name, columns), _PARTS[kind][2]
    if column is not None and name != column:
        expected = f"{column!r}, or no column: the rule stands there"
        yield "implementation.column", repr(name), expected, ""
    elif not found:
        hint = nearest(str(name), columns)
        yield "implementation.column", f"the unknown column {name!r}", "a column", hint
    elif found not in types:
        expected = f"{kind.value!r} on {' or '.join(sorted(types))}"
        yield "implementation.kind", f"{kind.value!r} on {found}", expected, ""
    other = given.get("other")
    if other is not None and found and _type_of(other, columns) != found:
        expected = "another column of the same type"
        yield "implementation.other", repr(other), expected, nearest(str(other), columns)


def _type_of(name: object, columns: Columns) -> str:
    """The logical type of a column, empty where there is no such column."""
    if not isinstance(name, str) or name not in columns:
        return ""
    return columns[name].logicalType or ""


def _values(given: Mapping[str, Any], kind: Kind) -> Iterator[Complaint]:
    low, high = given.get("low"), given.get("high")
    if kind in (Kind.RANGE, Kind.LENGTH):
        if not all(v is None or _is_number(v) for v in (low, high)) or low is high is None:
            yield "implementation", f"low {low!r}, high {high!r}", "numbers, at least one", ""
        elif low is not None and high is not None and low > high:
            yield "implementation", f"low {low} above high {high}", "low at most high", ""
    if kind in (Kind.ONE_OF, Kind.MISSING) and not _is_words(given.get("values")):
        yield "implementation.values", repr(given.get("values")), "a list of text in quotes", ""
    step = given.get("multiple")
    if kind is Kind.MULTIPLE and (step is None or not _is_number(step) or step <= 0):
        yield "implementation.multiple", repr(step), "a number above zero", ""
    if kind is Kind.PATTERN and (wrong := lint_pattern(given.get("pattern", ""))):
        yield "implementation.pattern", wrong, "a regular expression", ""


def _reference(name: object, known: tuple[str, ...]) -> Iterator[Complaint]:
    if name not in known:
        words, hint = f"one of {', '.join(known)}", nearest(str(name), known)
        yield "implementation.reference", repr(name), words, hint


def _sameness(
    given: Mapping[str, Any], columns: Columns, column: str | None
) -> Iterator[Complaint]:
    """The columns in which rows must be the same for their times to be compared."""
    names = given.get("columns")
    if not _is_words(names):
        yield "implementation.columns", repr(names), "a list of column names", ""
        return
    times = [given.get("column", column), given.get("other")]
    for name in names if isinstance(names, list) else []:
        if name not in columns:
            hint = nearest(name, columns)
            yield "implementation.columns", f"the unknown column {name!r}", "a column", hint
        elif name in times:
            expected = "columns other than the two times"
            yield "implementation.columns", f"the time {name!r}", expected, ""


def _numbers_as_text(
    given: Mapping[str, Any], columns: Columns, column: str | None
) -> Iterator[Complaint]:
    """On a column of numbers, words that stand for none are numbers too."""
    if _type_of(given.get("column", column), columns) not in _NUMBERS:
        return
    words = given.get("values")
    for word in words if _is_words(words) and isinstance(words, list) else []:
        if not _NUMBER.fullmatch(word):
            expected = 'numbers in quotes, such as "9999", on a column of numbers'
            yield "implementation.values", repr(word), expected, ""


def _where(given: Mapping[str, Any], columns: Columns) -> Iterator[Complaint]:
    where = given.get("where")
    if where is None:
        return
    if not isinstance(where, dict) or where.keys() != {"column", "values"}:
        yield "implementation.where", repr(where), "a mapping of column and values", ""
        return
    name, found = where["column"], _type_of(where["column"], columns)
    if not found:
        hint = nearest(str(name), columns)
        yield "implementation.where.column", repr(name), "a column", hint
    elif found != ColumnType.STRING:
        yield "implementation.where.column", repr(name), "a string column", ""
    if not _is_words(where["values"]):
        yield "implementation.where.values", repr(where["values"]), "a list of text in quotes", ""


def _is_number(value: object) -> bool:
    if not isinstance(value, int | float) or isinstance(value, bool):
        return False
    return math.isfinite(value)


def _is_words(value: object) -> bool:
    return isinstance(value, list) and value != [] and all(isinstance(each, str) for each in value)
