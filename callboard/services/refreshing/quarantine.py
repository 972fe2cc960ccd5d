"""Rows that break their contract, in the form in which they wait in quarantine."""

import hashlib
import json
from collections.abc import Iterable

from callboard.services.masking import hidden_columns
from callboard.storage.feeds.rows import BrokenRow
from callboard.storage.quarantine import FailingRow
from data_contracts.model import Check, Contract, Kind

_LONGEST = 2_000
_SHOWN = 60


def to_quarantine(contract: Contract, rows: Iterable[BrokenRow]) -> list[FailingRow]:
    """The rows with their key, their text, and a sentence for each check that they break."""
    return [_failing(contract, row) for row in rows]


def _failing(contract: Contract, row: BrokenRow) -> FailingRow:
    raw = json.dumps(
        {name: _plain(value) for name, value in row.values.items()}, ensure_ascii=False
    )
    parts = [str(_plain(row.values.get(name))) for name in contract.key]
    return FailingRow(
        row_key="|".join(parts) if parts else hashlib.sha256(raw.encode()).hexdigest()[:16],
        raw=raw,
        rule_ids=tuple(check.rule_id for check in row.broken),
        messages=tuple(_message(contract, check, row) for check in row.broken),
        day=row.day,
    )


def _plain(value: object) -> object:
    """What JSON can hold, cells of absurd length cut."""
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, float):
        return value if abs(value) <= 1e308 else str(value)
    return str(value)[:_LONGEST]


def _message(contract: Contract, check: Check, row: BrokenRow) -> str:
    value = row.values.get(check.column)
    if check.kind is Kind.REQUIRED or value is None or check.column in hidden_columns(contract):
        return check.description
    text = str(value)
    found = text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"
    return f"{check.description} Found: {found}"
