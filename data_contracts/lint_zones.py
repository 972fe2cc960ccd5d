"""Whether the time zones that columns name agree with the clock that the contract is read by."""

from collections.abc import Iterable, Iterator

from open_data_contract_standard.model import SchemaProperty

from data_contracts.house import House
from data_contracts.model import Clock, ColumnType
from definition_files import Problem

_UTC = ("UTC", "Etc/UTC", "Z", "GMT", "Etc/GMT")


def lint_zones(house: House, columns: Iterable[SchemaProperty], *, file: str) -> Iterator[Problem]:
    """Yield a problem for every time zone that is not the one the column is read in."""
    for column in columns:
        options = column.logicalTypeOptions or {}
        if column.logicalType != ColumnType.TIMESTAMP or not options:
            continue
        is_local = house.clock is Clock.LOCAL and column.name == house.time
        zone = options.get("defaultTimezone")
        key = f"schema.0.properties ({column.name}).logicalTypeOptions"
        if is_local:
            found = repr(zone) if zone else "timezone: true" if options.get("timezone") else ""
            expected = "no time zone: callboard.clock is local, the touchpoint's own"
        else:
            found = repr(zone) if zone is not None and zone not in _UTC else ""
            expected = "Etc/UTC, in which moments without an offset are read"
        if found:
            name = "defaultTimezone" if zone else "timezone"
            yield Problem(file=file, key=f"{key}.{name}", found=found, expected=expected)
