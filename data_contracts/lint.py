"""What the ODCS standard allows and a contract of ours must not say.

A rule that cannot be checked is an error, never skipped: a promise that nobody tests must not pass.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from open_data_contract_standard.model import (
    OpenDataContractStandard,
    SchemaObject,
    SchemaProperty,
)

from data_contracts.house import House, read_house
from data_contracts.lint_columns import lint_column
from data_contracts.lint_rules import OF_FEEDS, OF_FILES, Around, lint_rule
from data_contracts.lint_sla import lint_sla
from data_contracts.lint_zones import lint_zones
from data_contracts.model import Clock, ColumnType
from definition_files import Problem, nearest

API_VERSION = "v3.2.0"
STATUSES = ("draft", "active", "deprecated")
FILE_CONTRACTS: dict[str, dict[str, ColumnType]] = {
    "benchmarks": {
        "metric": ColumnType.STRING,
        "entity": ColumnType.STRING,
        "statistic": ColumnType.STRING,
        "value": ColumnType.NUMBER,
        "unit": ColumnType.STRING,
        "period_end": ColumnType.DATE,
        "source_name": ColumnType.STRING,
    }
}
_ID = re.compile(r"[a-z][a-z0-9_]{0,62}")
_VERSION = re.compile(r"\d+\.\d+\.\d+")
_SECRET = re.compile(r"://[^/@\s]*:[^/@\s]+@")


def lint(document: OpenDataContractStandard, *, file: str, stem: str) -> list[Problem]:
    """Return everything wrong with a contract that already keeps the standard."""
    problems = [*_lint_head(document, file, stem), *_lint_servers(document, file)]
    house, found = read_house(file, document.customProperties or [])
    problems += found
    tables = document.schema_ or []
    if len(tables) != 1:
        return [*problems, _problem(file, "schema", f"{len(tables)} tables", "exactly one table")]
    is_feed = document.id not in FILE_CONTRACTS
    problems += _lint_table(tables[0], file, OF_FEEDS if is_feed else OF_FILES)
    problems += _lint_house(house, tables[0], file, is_feed=is_feed)
    problems += _lint_file_columns(tables[0], FILE_CONTRACTS.get(document.id or "", {}), file)
    element = f"{tables[0].name}.{house.watermark}"
    problems += lint_sla(document.slaProperties or [], element=element, file=file)
    problems += _lint_ending(document, house, file)
    return problems


def _problem(file: str, key: str, found: str, expected: str, suggestion: str = "") -> Problem:
    return Problem(file=file, key=key, found=found, expected=expected, suggestion=suggestion)


def _lint_head(document: OpenDataContractStandard, file: str, stem: str) -> Iterator[Problem]:
    if document.apiVersion != API_VERSION:
        yield _problem(file, "apiVersion", repr(document.apiVersion), API_VERSION)
    if document.status not in STATUSES:
        yield _problem(
            file,
            "status",
            repr(document.status) if document.status else "nothing",
            f"one of {', '.join(STATUSES)}",
            nearest(document.status or "", STATUSES),
        )
    if not _ID.fullmatch(document.id or ""):
        yield _problem(file, "id", repr(document.id), "small letters, digits and _")
    elif document.id != stem:
        yield _problem(file, "id", repr(document.id), f"{stem!r}, the name of the file")
    if not _VERSION.fullmatch(document.version or ""):
        yield _problem(file, "version", repr(document.version), "a version such as 1.0.0")
    if document.slaDefaultElement is not None:
        expected = "the element at each of slaProperties"
        yield _problem(file, "slaDefaultElement", repr(document.slaDefaultElement), expected)


def _lint_ending(document: OpenDataContractStandard, house: House, file: str) -> Iterator[Problem]:
    """What is no longer to be used says until when it is there."""
    key, is_ending = "customProperties.callboard.sunset", document.status == "deprecated"
    if is_ending and house.sunset is None:
        expected = 'the last day of a deprecated contract, such as "2027-03-31"'
        yield _problem(file, key, "nothing", expected)
    elif house.sunset is not None and not is_ending:
        yield _problem(
            file, key, f"a last day of an {document.status} contract", "status: deprecated"
        )


def _lint_servers(document: OpenDataContractStandard, file: str) -> Iterator[Problem]:
    for index, server in enumerate(document.servers or []):
        key = f"servers.{index}"
        if not server.server:
            expected = "the name of a database in workspace.yaml"
            yield _problem(file, f"{key}.server", "nothing", expected)
        texts = [value for value in server.model_dump().values() if isinstance(value, str)]
        if any(_SECRET.search(text) for text in texts):
            expected = "no credentials: they belong in the environment"
            yield _problem(file, key, "an address with a password", expected)


def _lint_table(table: SchemaObject, file: str, references: tuple[str, ...]) -> list[Problem]:
    columns = table.properties or []
    if not columns:
        return [_problem(file, "schema.0.properties", "no columns", "at least one column")]
    problems = [*_twice(file, columns), *_key_positions(file, columns)]
    problems += _table_words(table, file)
    around = Around({column.name or "": column for column in columns}, references)
    rules: list[str] = []
    for index, column in enumerate(columns):
        where = f"schema.0.properties.{index}"
        problems += lint_column(column, file=file, where=where)
        for number, rule in enumerate(column.quality or []):
            key = f"{where}.quality.{number}"
            problems += lint_rule(rule, around, file=file, where=key, column=column.name)
            rules.append(rule.id or "")
    for number, rule in enumerate(table.quality or []):
        problems += lint_rule(rule, around, file=file, where=f"schema.0.quality.{number}")
        rules.append(rule.id or "")
    for rule_id, count in Counter(rules).items():
        if rule_id and count > 1:
            expected = "an id of its own for every rule"
            problems.append(_problem(file, f"quality {rule_id}", f"{count} rules", expected))
    return problems


def _table_words(table: SchemaObject, file: str) -> Iterator[Problem]:
    if table.deprecated:
        expected = "status: deprecated, with callboard.sunset"
        yield _problem(file, "schema.0.deprecated", "true", expected)
    if table.relationships:
        expected = "no relationships"
        yield _problem(file, "schema.0.relationships", "a promise that is not checked", expected)


def _twice(file: str, columns: Iterable[SchemaProperty]) -> Iterator[Problem]:
    for what in ("name", "physicalName"):
        names = Counter((getattr(each, what) or each.name or "").lower() for each in columns)
        for name, count in names.items():
            if count > 1:
                expected = f"every {what} once"
                yield _problem(file, "schema.0.properties", f"{name!r} {count} times", expected)


def _key_positions(file: str, columns: Iterable[SchemaProperty]) -> Iterator[Problem]:
    keys = [each for each in columns if each.primaryKey]
    positions = sorted(each.primaryKeyPosition or 0 for each in keys)
    if len(keys) > 1 and positions != list(range(1, len(keys) + 1)):
        expected = f"the positions 1 to {len(keys)}, each once"
        yield _problem(file, "primaryKeyPosition", str(positions), expected)


def _lint_house(
    house: House, table: SchemaObject, file: str, *, is_feed: bool
) -> Iterator[Problem]:
    columns = {each.name or "": each for each in table.properties or []}
    if is_feed:
        for name in ("time", "touchpoint"):
            if not getattr(house, name):
                key = f"customProperties.callboard.{name}"
                yield _problem(file, key, "nothing", f"the column that holds the {name}")
        if not any(each.primaryKey for each in columns.values()):
            expected = "at least one column with primaryKey: true"
            yield _problem(file, "primaryKey", "no key", expected)
    roles = [("time", house.time), ("touchpoint", house.touchpoint), ("watermark", house.watermark)]
    roles += [("dimensions", name) for name in house.dimensions]
    roles.append(("journeyKey", house.journey_key))
    for role, name in roles:
        if name and name not in columns:
            key, hint = f"customProperties.callboard.{role}", nearest(name, columns)
            yield _problem(file, key, f"the unknown column {name!r}", "a column of this file", hint)
        elif name and role in ("time", "touchpoint") and not columns[name].required:
            yield _problem(file, name, f"an optional column as {role}", "required: true")
    if house.journey_key and house.clock is Clock.DATE:
        key, found = "customProperties.callboard.journeyKey", "a feed of days"
        yield _problem(file, key, found, "a feed of moments: days do not tell what came first")
    yield from _lint_clock(house, columns, file)


def _lint_file_columns(
    table: SchemaObject, needed: dict[str, ColumnType], file: str
) -> Iterator[Problem]:
    """A file's contract may add columns and rules, and not take away what its rows are read by."""
    columns = {each.name or "": each for each in table.properties or []}
    for name, kind in needed.items():
        column = columns.get(name)
        if column is None or not column.required or column.logicalType != kind:
            expected = f"a required column of logicalType {kind.value}"
            found = "no such column" if column is None else f"{column.logicalType}, or optional"
            yield _problem(file, name, found, expected)


def _lint_clock(house: House, columns: dict[str, SchemaProperty], file: str) -> Iterator[Problem]:
    time = columns.get(house.time)
    wanted = ColumnType.DATE if house.clock is Clock.DATE else ColumnType.TIMESTAMP
    if time is not None and time.logicalType != wanted:
        expected = f"logicalType {wanted.value} with callboard.clock {house.clock.value}"
        yield _problem(file, house.time, f"logicalType {time.logicalType}", expected)
    watermark = columns.get(house.watermark)
    if watermark is not None and watermark.logicalType not in (
        ColumnType.DATE,
        ColumnType.TIMESTAMP,
    ):
        expected = "logicalType date or timestamp for a watermark"
        yield _problem(file, house.watermark, f"logicalType {watermark.logicalType}", expected)
    yield from lint_zones(house, columns.values(), file=file)
