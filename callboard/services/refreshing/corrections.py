"""Puts rows that people have corrected into the figures; the feed itself stays as it is.

A correction is of one text of a row. It holds while the feed gives that text and the corrected row
keeps its contract; a row that breaks a rule about several rows is never put in.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

import pandas as pd

from callboard.services.refreshing.findings import Findings, Reading, Wanted
from callboard.services.refreshing.quarantine import to_quarantine
from callboard.services.refreshing.question import ask_about
from callboard.services.runtime import Runtime
from callboard.storage.corrections import Correction, read_corrections
from callboard.storage.engine import Connection, snapshot
from callboard.storage.feeds.corrected_rows import Values, add_rows, day_of_row, plain_row
from callboard.storage.feeds.question import FeedQuestion
from callboard.storage.feeds.rows import BrokenRow
from callboard.storage.feeds.scan_answer import Answer, SliceCount
from callboard.storage.quarantine import find_texts, text_hash
from callboard.storage.quarantine_acts import read_pending
from data_contracts.masks import judge_rows
from data_contracts.model import Check, Contract, Kind

OF_SEVERAL_ROWS = frozenset({Kind.UNIQUE, Kind.OVERLAP})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Corrected:
    """A broken row as it is now read, and on which day."""

    broken: BrokenRow
    text: tuple[str, str]
    values: Values
    day: date


def with_acts(runtime: Runtime, feed: str, wanted: Wanted) -> Wanted:
    """What is wanted of a feed, with the days of rows that people did something about."""
    with snapshot(runtime.store) as conn:
        pending = read_pending(conn, feed=feed)
        moved = _moved(conn, runtime, feed)
    days = frozenset(each.day for each in pending if each.day is not None)
    is_new = any(each.is_new and each.day is not None for each in pending)
    return replace(wanted, days=days, moved=moved, has_acts=is_new)


def with_corrected(runtime: Runtime, findings: Findings) -> Findings:
    """The findings with the corrected rows of the days asked for in their sums, and not broken."""
    reading = findings.reading
    if reading is None or not reading.broken:
        return findings
    question = findings.question
    with snapshot(runtime.store) as conn:
        held = read_corrections(conn, feed=question.contract.feed)
    corrected = _that_hold(question, reading.broken, held) if held else []
    if not corrected:
        return findings
    done = {id(each.broken) for each in corrected}
    return replace(
        findings,
        reading=_added(question, reading, corrected, done),
        corrected=frozenset(each.text for each in corrected),
    )


def judge_values(question: FeedQuestion, rows: Sequence[Values]) -> list[tuple[Check, ...]]:
    """The checks that each plain row breaks by itself, of those that keep a row out."""
    checks = tuple(
        each
        for each in question.contract.checks
        if each.keeps_out and each.kind not in OF_SEVERAL_ROWS
    )
    names = [each.name for each in question.contract.columns]
    frame = pd.DataFrame([dict(row) for row in rows], columns=names)
    judged = judge_rows(frame, checks, known=question.known, now=question.latest)
    return [judged.broken_by(position) for position in range(len(rows))]


def corrected_values(contract: Contract, raw: str, fields: Values) -> dict[str, object]:
    """A row in quarantine as a correction has it, in plain forms."""
    came = json.loads(raw)
    return plain_row(contract, {**came, **fields})


def _moved(conn: Connection, runtime: Runtime, feed: str) -> tuple[tuple[date, date], ...]:
    """The days that corrections take rows from and to: one cannot be read without the other."""
    definitions = runtime.definitions
    contract = definitions.contracts[feed]
    question = ask_about(definitions, feed, runtime.clock.now(runtime.workspace.time_zone))
    places = {contract.time, contract.touchpoint}
    found = {
        (each.row_key, each.row_hash): each
        for each in read_corrections(conn, feed=feed)
        if each.day is not None and places & set(each.fields)
    }
    pairs = []
    for row in find_texts(conn, feed=feed, texts=found.keys()):
        correction = found[row.row_key, row.row_hash]
        day = day_of_row(question, corrected_values(contract, row.raw, correction.fields))
        if correction.day is not None and day not in (None, correction.day):
            pairs.append((correction.day, day))
    return tuple((old, new) for old, new in pairs if new is not None)


def _that_hold(
    question: FeedQuestion, broken: Iterable[BrokenRow], held: Iterable[Correction]
) -> list[_Corrected]:
    """The broken rows that have a correction under which they keep their contract."""
    by_text = {(each.row_key, each.row_hash): each for each in held if each.fields}
    candidates = []
    for row in broken:
        (failing,) = to_quarantine(question, [row])
        text = (failing.row_key, text_hash(failing.raw))
        correction = by_text.get(text)
        if correction is None or any(each.kind in OF_SEVERAL_ROWS for each in row.broken):
            continue
        values = corrected_values(question.contract, failing.raw, correction.fields)
        day = day_of_row(question, values)
        if day is not None and _is_asked(question, day) and _is_placed(question, values):
            candidates.append(_Corrected(broken=row, text=text, values=values, day=day))
    if not candidates:
        return []
    breaks = judge_values(question, [each.values for each in candidates])
    return [each for each, checks in zip(candidates, breaks, strict=True) if not checks]


def _is_asked(question: FeedQuestion, day: date) -> bool:
    return question.days is None or day in question.days


def _is_placed(question: FeedQuestion, values: Values) -> bool:
    return values.get(question.contract.touchpoint) in question.touchpoints


def _added(
    question: FeedQuestion, reading: Reading, corrected: Sequence[_Corrected], done: set[int]
) -> Reading:
    rows = [each.values for each in corrected]
    added = add_rows(rows, reading.plan, question, reading.answer.sums)
    if reading.hours is not None:
        days = reading.hours.days
        recent = [each.values for each in corrected if each.day in days]
        if recent:
            asked = replace(question, days=days)
            add_rows(recent, reading.hours.plan, asked, reading.hours.sums)
    answer = replace(
        reading.answer,
        rows_used=reading.answer.rows_used + added.rows_used,
        slices=_slices(question, reading.answer, corrected),
    )
    left = tuple(row for row in reading.broken if id(row) not in done)
    return replace(
        reading,
        answer=answer,
        broken=left,
        corrected=tuple(each.broken for each in corrected),
        came=reading.answer.slices,
    )


def _slices(
    question: FeedQuestion, answer: Answer, corrected: Iterable[_Corrected]
) -> dict[tuple[str, date], SliceCount]:
    """What each touchpoint has on each day, where the corrected rows stand now."""
    slices = dict(answer.slices)
    if not slices:
        return slices
    for each in corrected:
        came = question.touchpoints.get(str(each.broken.values.get(question.contract.touchpoint)))
        if came is not None and each.broken.day is not None:
            _count(slices, (came, each.broken.day), rows_in=-1)
        place = question.touchpoints[str(each.values[question.contract.touchpoint])]
        _count(slices, (place, each.day), rows_in=1, rows_used=1)
    return slices


def _count(
    slices: dict[tuple[str, date], SliceCount],
    key: tuple[str, date],
    *,
    rows_in: int,
    rows_used: int = 0,
) -> None:
    before = slices.get(key, SliceCount(rows_in=0, rows_used=0))
    slices[key] = SliceCount(
        rows_in=before.rows_in + rows_in, rows_used=before.rows_used + rows_used
    )
