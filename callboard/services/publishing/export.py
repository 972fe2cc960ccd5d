"""The values that count now as a file in the canonical form, which can be published again."""

import csv
import io
from datetime import date

from callboard.access import Actor
from callboard.services.export import safe_text
from callboard.services.naming.holding import aliases_of
from callboard.services.naming.renaming import as_named_now
from callboard.services.publishing.own_contract import contract_of
from callboard.services.runtime import Runtime
from callboard.services.scopes import open_scope, require_metric
from callboard.storage.benchmarks import BenchmarkRow, read_current
from callboard.storage.engine import snapshot
from data_contracts.model import ColumnType, Contract


def export_current(runtime: Runtime, actor: Actor, *, metric: str = "") -> bytes:
    """Return the values of one metric, or of all, with every column of the contract.

    UTF-8, CRLF, ISO days, numbers that read back as they are, text that no spreadsheet takes for
    a formula; in the order of metric, entity and end of period. Publishing it changes nothing.
    Values of touchpoints outside the actor's scope are left out; NotAllowed for a metric there is
    not.
    """
    scope = open_scope(runtime, actor)
    codes = [require_metric(runtime, metric).code] if metric else None
    contract = contract_of(runtime)
    with snapshot(runtime.store) as connection:
        current = read_current(connection, metrics=codes)
        rows = as_named_now(current, aliases_of(runtime, connection))
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([column.physical_name for column in contract.columns])
    for row in rows:
        if not row.touchpoint or row.touchpoint in scope.touchpoints:
            writer.writerow(_cells(row, contract))
    return text.getvalue().encode("utf-8")


def _cells(row: BenchmarkRow, contract: Contract) -> list[str]:
    return [
        _cell(getattr(row, column.name, None), is_whole=column.type is ColumnType.INTEGER)
        for column in contract.columns
    ]


def _cell(value: object, *, is_whole: bool) -> str:
    match value:
        case None:
            return ""
        case date():
            return value.isoformat()
        case float():
            return str(int(value)) if is_whole and value.is_integer() else repr(value)
        case int():
            return str(value)
        case _:
            return safe_text(str(value))
