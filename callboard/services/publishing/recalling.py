"""What was said of a publisher's last file, offered for a new one as far as it helps there."""

from collections.abc import Iterator
from dataclasses import fields, replace

from callboard import views
from callboard.access import Actor
from callboard.services.publishing.answer_words import say_answers
from callboard.services.publishing.asking import Ask
from callboard.services.publishing.diffing import publishers_of
from callboard.services.publishing.files import Examined, examine
from callboard.services.publishing.lab_passport import lacking
from callboard.services.publishing.memory import Remembered, recall, remember, shape_of
from callboard.services.publishing.store import Act
from callboard.services.runtime import Runtime
from callboard.services.scopes import open_scope
from callboard.storage.engine import Connection
from data_contracts.importing.answers import (
    NO_ANSWERS,
    Answers,
    ColumnAnswer,
    ReadingAnswer,
    ValueAnswer,
)
from data_contracts.importing.remembered import Words, added, fit, with_remembered
from data_contracts.parsing.headers import names_of, plain
from data_contracts.parsing.table import TextTable

_MOST = 2


def keep_answers(connection: Connection, examined: Examined, act: Act, *, submission: int) -> None:
    """Remember what was said of a file that is being published, where that was asked for."""
    if examined.ask.remembers:
        remember(
            connection,
            examined.ask.answers,
            publisher=publisher_of(examined),
            shape=shape_of(examined.report.headers),
            act=act,
            submission=submission,
        )


def publisher_of(examined: Examined) -> str:
    """Return who published what is in a file, "" where that is several, or nobody says it yet."""
    said = examined.ask.answers.constants
    if not examined.rows.num_rows:
        return said.get("publisher", "") or said.get("source_name", "")
    found = publishers_of(examined.rows).unique().to_pylist()
    return str(found[0]) if len(found) == 1 else ""


def list_offers(
    runtime: Runtime,
    actor: Actor,
    examined: Examined,
    *,
    proposed: ReadingAnswer | None,
) -> tuple[views.LastTime, ...]:
    """Return what was said of the publisher's files, or of files with the same headers.

    Only what nobody has said of this one and what helps here; `proposed` is another way to read it.
    """
    file = _File(examined, proposed)
    publisher = publisher_of(examined)
    told = []
    for each in recall(runtime, actor, publisher=publisher, shape=file.shape):
        if publisher and each.publisher and not each.is_same_publisher:
            continue
        adds = _helpful(file.adds(each), examined)
        if adds != NO_ANSWERS:
            told.append(_offer(each, adds))
    return tuple(told[:_MOST])


def last_time(runtime: Runtime, actor: Actor, *, ask: Ask) -> tuple[views.LastTime, ...]:
    """Return what was said of earlier files and helps with this one; nothing is stored."""
    examined = examine(runtime, open_scope(runtime, actor), ask)
    proposal = examined.sent.propose(ask.answers.reading)
    proposed = proposal.answer if proposal.confidence else None
    return list_offers(runtime, actor, examined, proposed=proposed)


def _offer(past: Remembered, adds: Answers) -> views.LastTime:
    return views.LastTime(
        id=past.id,
        publisher=past.publisher,
        submission=past.submission,
        at=past.at,
        actor=past.actor,
        says=say_answers(adds),
        adds=adds,
    )


class _File:
    """A new file, read as it is now or as it might be; read once, and only if need be."""

    def __init__(self, examined: Examined, proposed: ReadingAnswer | None) -> None:
        self._examined = examined
        self._words = Words(
            names=names_of(examined.contract), metrics=frozenset(examined.known.metric_codes())
        )
        self._proposed = proposed
        self._tables: dict[ReadingAnswer, TextTable | None] = {}
        headers = examined.report.headers
        if proposed is not None and (table := self._read(proposed)) is not None:
            headers = table.headers
        self.shape = shape_of(headers) if headers else ""

    def adds(self, past: Remembered) -> Answers:
        """What was said then and not of this file, fitted to its columns."""
        now = self._examined.ask.answers
        if added(now, with_remembered(now, past.answers)) == NO_ANSWERS:
            return NO_ANSWERS
        found = self._fitting(past)
        if found is None:
            return NO_ANSWERS
        reading, table = found
        fitted = fit(replace(past.answers, reading=reading), table, self._words)
        return added(now, with_remembered(now, fitted))

    def _fitting(self, past: Remembered) -> tuple[ReadingAnswer, TextTable] | None:
        """The reading that shows the headers of then, else the first that shows any."""
        now = self._examined.ask.answers
        then = with_remembered(now, past.answers).reading
        sheets = self._examined.report.reading.sheets if self._examined.report.reading else ()
        if then.sheet not in sheets:
            then = replace(then, sheet=now.reading.sheet)
        ways = [then, now.reading, *([self._proposed] if self._proposed else [])]
        found = [(way, table) for way in ways if (table := self._read(way)) is not None]
        alike = (each for each in found if shape_of(each[1].headers) == past.shape)
        return next(alike, next(iter(found), None))

    def _read(self, answer: ReadingAnswer) -> TextTable | None:
        if answer not in self._tables:
            table = self._examined.sent.read(answer)
            self._tables[answer] = table if isinstance(table, TextTable) else None
        return self._tables[answer]


def _helpful(adds: Answers, examined: Examined) -> Answers:
    """What of it makes a difference to this file."""
    return replace(
        adds,
        reading=_beyond_detected(adds.reading, examined),
        columns=tuple(each for each in adds.columns or () if _is_news(each, examined)) or None,
        values=tuple(_open_words(adds, examined)),
        constants={
            field: text for field, text in adds.constants.items() if _is_lacking(field, examined)
        },
    )


def _beyond_detected(reading: ReadingAnswer, examined: Examined) -> ReadingAnswer:
    """The parts that are not read so by themselves."""
    found = examined.report.reading
    if found is None:
        return reading
    parts = {each.name: getattr(reading, each.name) for each in fields(reading)}
    same = {name for name, said in parts.items() if said == getattr(found, name, None)}
    same -= {"encoding"} if found.is_guessed else set()
    return replace(reading, **{name: getattr(ReadingAnswer(), name) for name in same})


def _is_news(column: ColumnAnswer, examined: Examined) -> bool:
    """Whether a column is not taken so already."""
    if column != ColumnAnswer(header=column.header, field=column.field):
        return True
    now = {plain(each.header): each for each in examined.report.mapping.columns}
    match = now.get(plain(column.header))
    is_taken = match is not None and match.confidence >= 1
    used = match.field if match is not None and is_taken else ""
    return used != column.field


def _open_words(adds: Answers, examined: Examined) -> Iterator[ValueAnswer]:
    """The words of this file that nobody has given a meaning; all while it has no rows yet."""
    if not examined.report.rows_in:
        yield from adds.values
        return
    words = {
        (each.field, plain(each.word))
        for each in examined.report.mapping.values
        if not each.is_answered
    }
    yield from (each for each in adds.values if (each.field, plain(each.word)) in words)


def _is_lacking(field: str, examined: Examined) -> bool:
    rows, report = examined.rows, examined.report
    if not rows.num_rows or report.quarantined or field not in rows.column_names:
        return True
    return lacking(rows, field) > 0
