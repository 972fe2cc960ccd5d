"""Rows that break their contract, in the form in which they wait in quarantine."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from callboard.access import REFRESH_PROCESS
from callboard.services.masking import hidden_columns
from callboard.services.refreshing.findings import Findings
from callboard.storage.corrections import Correction, read_corrections
from callboard.storage.engine import Connection
from callboard.storage.feeds.question import FeedQuestion
from callboard.storage.feeds.rows import BrokenRow
from callboard.storage.quarantine import (
    FailingRow,
    QuarantineStatus,
    StoredRow,
    find_texts,
    resolve_row,
)
from callboard.storage.quarantine_acts import Act, RowAct, add_act, read_pending
from data_contracts.model import Check, Contract, Kind
from data_contracts.suggesting import suggest

_ITSELF = REFRESH_PROCESS.id
_LONGEST = 2_000
_SHOWN = 60


def to_quarantine(question: FeedQuestion, rows: Iterable[BrokenRow]) -> list[FailingRow]:
    """The rows with their key, their text, and a sentence for each check that they break.

    And with the touchpoint they belong to, and what was probably meant, where that can be told.
    """
    return [_failing(question, row) for row in rows]


def settle_acts(
    conn: Connection,
    findings: Findings,
    *,
    is_good: bool,
    has_all: bool,
    at: datetime,
) -> None:
    """Note what a run made of what people did about rows of the days that it judged.

    Corrected rows that are in the figures are fixed, by whoever corrected them. One whose source
    reads differently by now is superseded.
    """
    feed, days = findings.question.contract.feed, findings.question.days
    for each in read_pending(conn, feed=feed):
        is_judged = days is None or each.day in days
        if is_judged and (is_good or each.is_new):
            act = Act.TAKEN_IN if is_good else Act.JUDGED
            add_act(conn, RowAct(row_id=each.row_id, act=act, actor=_ITSELF, at=at))
    if not is_good:
        return
    held = {(e.row_key, e.row_hash): e for e in read_corrections(conn, feed=feed) if e.fields}
    for row in find_texts(conn, feed=feed, texts=held.keys()):
        text = (row.row_key, row.row_hash)
        if text in findings.corrected:
            _fix(conn, row, held[text])
        elif has_all and (days is None or row.day in days) and row.resolved_by:
            _supersede(conn, row, at)


def _fix(conn: Connection, row: StoredRow, by: Correction) -> None:
    if row.status is not QuarantineStatus.FIXED or row.resolved_by != by.actor:
        status = QuarantineStatus.FIXED
        resolve_row(conn, row.id, status=status, by=by.actor, at=by.at, note=by.note)


def _supersede(conn: Connection, row: StoredRow, at: datetime) -> None:
    if row.status is QuarantineStatus.FIXED:
        resolve_row(conn, row.id, status=QuarantineStatus.SUPERSEDED, at=at)


def _failing(question: FeedQuestion, row: BrokenRow) -> FailingRow:
    contract = question.contract
    raw = json.dumps(
        {name: _plain(value) for name, value in row.values.items()}, ensure_ascii=False
    )
    parts = [str(_plain(row.values.get(name))) for name in contract.key]
    return FailingRow(
        row_key="|".join(parts) if parts else hashlib.sha256(raw.encode()).hexdigest()[:16],
        raw=raw,
        rule_ids=tuple(check.rule_id for check in row.broken),
        messages=tuple(message_of(contract, check, row.values) for check in row.broken),
        day=row.day,
        touchpoint=question.touchpoints.get(str(row.values.get(contract.touchpoint)), ""),
        suggestion=" ".join(_suggestions(question, row)),
    )


def _suggestions(question: FeedQuestion, row: BrokenRow) -> Iterator[str]:
    hidden = hidden_columns(question.contract)
    for check in row.broken:
        words = question.known.get(check.reference, frozenset(check.values))
        told = suggest(check, row.values.get(check.column), words=words)
        if told and check.column not in hidden:
            yield told


def _plain(value: object) -> object:
    """What JSON can hold, cells of absurd length cut."""
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, float):
        return value if abs(value) <= 1e308 else str(value)
    return str(value)[:_LONGEST]


def message_of(contract: Contract, check: Check, values: Mapping[str, object]) -> str:
    """Why a row with these values breaks a check, in words; nothing personal is quoted."""
    value = values.get(check.column)
    if check.kind is Kind.REQUIRED or value is None or check.column in hidden_columns(contract):
        return check.description
    text = str(value)
    found = text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"
    return f"{check.description} Found: {found}"
