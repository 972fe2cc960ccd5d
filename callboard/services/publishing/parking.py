"""Rows whose metric nobody has defined yet: parked with a request, taken up again, or dropped."""

import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial

from callboard.access import Action, Actor, require
from callboard.errors import CallboardError
from callboard.services.acting import said
from callboard.services.publishing.answers_json import answers_from_json, answers_to_json
from callboard.services.publishing.raw_rows import raws_as_csv
from callboard.services.runtime import Runtime
from callboard.services.scopes import require_metric
from callboard.storage.audit import append_audit
from callboard.storage.engine import Connection, snapshot, write
from callboard.storage.parked import (
    ParkedRow,
    ParkedState,
    add_parked,
    add_parked_acts,
    read_parked,
)
from callboard.views.upkeep import ParkedRowView
from data_contracts.benchmarks import FileReport
from data_contracts.findings import Reason, RowVerdict
from data_contracts.importing.answers import NO_ANSWERS, Answers, ReadingAnswer, ValueAnswer
from data_contracts.parsing.headers import plain


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedFile:
    """A file that was judged, by its name and hash, and what was said of it."""

    name: str
    sha256: str
    report: FileReport
    answers: Answers = NO_ANSWERS


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenUp:
    """Parked rows as a file to be checked, with what was said of the one they came in."""

    name: str
    content: bytes = field(repr=False)
    answers: Answers
    ids: tuple[int, ...]


def words_to_park(report: FileReport) -> Mapping[str, tuple[int, ...]]:
    """Return the words of a file that are no metric here, each with its lines."""
    words = {each.word for each in report.mapping.values if each.field == "metric"}
    found: dict[str, list[int]] = {}
    for each in report.findings:
        is_unknown = each.reason is Reason.UNKNOWN_NAME and each.column == "metric"
        if is_unknown and each.verdict is RowVerdict.QUARANTINE:
            found.setdefault(_word(each.found, words), []).append(each.row)
    return {word: tuple(dict.fromkeys(lines)) for word, lines in found.items()}


def _word(found: str, words: Collection[str]) -> str:
    """The word alone; a wide file's finding tells the column it came from before it."""
    origin, _, word = found.partition(": ")
    return word if found not in words and (word in words or word == origin) else found


def park(
    runtime: Runtime,
    actor: Actor,
    *,
    file: JudgedFile,
    request: str,
    words: Collection[str] = (),
    asked_of: str = "",
) -> int:
    """Keep a judged file's rows of some unknown words, or of all of them; return how many.

    Rows that wait already are not kept twice. CallboardError without a request, and for a word that
    is not among the file's unknown ones.
    """
    require(actor, Action.PUBLISH)
    asked = said(request, "Say what is asked for: what the metric is, and where it is described.")
    unknown = words_to_park(file.report)
    if missing := [word for word in words if word not in unknown]:
        known = ", ".join(unknown) or "none"
        raise CallboardError(
            f"Found {missing[0]!r}; expected one of the words of {file.name} that are no metric "
            f"here: {known}."
        )
    with write(runtime.store) as connection:
        waiting = {row.key for row in read_parked(connection)}
        make = partial(
            ParkedRow,
            request=asked,
            asked_of=" ".join(asked_of.split()),
            actor=actor.id,
            at=runtime.clock.now("UTC"),
        )
        lines = {word: unknown[word] for word in words or unknown}
        new = [row for row in _rows_of(file, lines, make) if row.key not in waiting]
        if new:
            add_parked(connection, new)
            _audit(runtime, connection, actor, "park", new)
        return len(new)


def list_parked(
    runtime: Runtime, actor: Actor, *, is_whole: bool = False
) -> tuple[ParkedRowView, ...]:
    """Return the rows that wait, or all that ever did; those whose definition has come first."""
    require(actor, Action.CHECK_FILE)
    states = tuple(ParkedState) if is_whole else (ParkedState.WAITS,)
    with snapshot(runtime.store) as connection:
        rows = read_parked(connection, states=states)
    codes = _codes(runtime)
    views = [_view(row, codes) for row in rows]
    return tuple(sorted(views, key=lambda view: (not view.means, view.id)))


def take_up(
    runtime: Runtime, actor: Actor, *, ids: Collection[int], means: str = ""
) -> tuple[TakenUp, ...]:
    """Give parked rows back as files to be checked, those that were read alike together.

    `means` is the metric that their word stands for, where it is no name of one. Rows that were
    taken up before may be again. CallboardError where the definition has not come, or for rows
    that are not there or dropped.
    """
    require(actor, Action.PUBLISH)
    code = require_metric(runtime, means).code if means else ""
    codes = _codes(runtime)
    with write(runtime.store) as connection:
        rows = _find(connection, ids, (ParkedState.WAITS, ParkedState.TAKEN))
        for row in rows:
            if not code and plain(row.word) not in codes:
                raise CallboardError(
                    f"{row.word!r} is no metric yet: define it, give a metric this other name, or "
                    "say which metric it is. The row was left where it is."
                )
        _act(runtime, connection, actor, rows, ParkedState.TAKEN)
    return tuple(_files(rows, code))


def drop(runtime: Runtime, actor: Actor, *, ids: Collection[int], note: str) -> int:
    """Let parked rows wait no more; return how many. CallboardError without a reason."""
    require(actor, Action.PUBLISH)
    why = said(note, "Say why they are dropped: the history keeps it.")
    with write(runtime.store) as connection:
        rows = _find(connection, ids, (ParkedState.WAITS,))
        _act(runtime, connection, actor, rows, ParkedState.DROPPED, note=why)
    return len(rows)


def _codes(runtime: Runtime) -> dict[str, str]:
    """The code of each metric by every plain name it goes by."""
    metrics = runtime.definitions.metrics.items()
    names = {plain(name): code for code, each in metrics for name in (each.name, *each.synonyms)}
    return names | {plain(code): code for code, _ in metrics}


def _rows_of(
    file: JudgedFile, lines: Mapping[str, tuple[int, ...]], make: Callable[..., ParkedRow]
) -> Iterator[ParkedRow]:
    answers = answers_to_json(replace(file.answers, edits=(), confirmed=frozenset()))
    for word, places in lines.items():
        for line in places:
            raw = file.report.raw.get(line, "")
            if raw:
                yield make(
                    file_name=file.name,
                    sha256=file.sha256,
                    line=line,
                    word=word,
                    raw=raw,
                    raw_hash=hashlib.sha256(raw.encode()).hexdigest(),
                    answers=answers,
                )


def _find(
    connection: Connection, ids: Collection[int], states: Collection[ParkedState]
) -> list[ParkedRow]:
    known = {row.id: row for row in read_parked(connection, states=states)}
    for number in ids:
        if number not in known:
            raise CallboardError(f"There is no parked row {number}.")
    return [known[number] for number in sorted(set(ids))]


def _act(
    runtime: Runtime,
    connection: Connection,
    actor: Actor,
    rows: Collection[ParkedRow],
    act: ParkedState,
    *,
    note: str = "",
) -> None:
    at = runtime.clock.now("UTC")
    numbers = [row.id for row in rows]
    add_parked_acts(connection, numbers, act, actor_id=actor.id, at=at, note=note)
    _audit(runtime, connection, actor, f"parked_{act}", rows)


def _audit(
    runtime: Runtime, connection: Connection, actor: Actor, action: str, rows: Collection[ParkedRow]
) -> None:
    words = ", ".join(sorted({row.word for row in rows}))
    append_audit(
        connection,
        actor_id=actor.id,
        action=action,
        target=f"{len(rows)} parked rows",
        at=runtime.clock.now("UTC"),
        detail={"words": words},
    )


def _files(rows: Iterable[ParkedRow], code: str) -> Iterator[TakenUp]:
    alike: dict[tuple[str, str], list[ParkedRow]] = {}
    for row in rows:
        alike.setdefault((row.file_name, row.answers), []).append(row)
    for (name, answers), same in alike.items():
        words = dict.fromkeys(row.word for row in same) if code else ()
        yield TakenUp(
            name=f"parked {name}",
            content=raws_as_csv(dict.fromkeys(row.raw for row in same)),
            answers=_with_metric(answers_from_json(answers), words, code),
            ids=tuple(row.id for row in same),
        )


def _with_metric(answers: Answers, words: Collection[str], code: str) -> Answers:
    """The answers for rows under a header of their own, with what their words mean."""
    told = set(words)
    meant = tuple(ValueAnswer(field="metric", word=word, means=code) for word in words)
    left = (each for each in answers.values if each.field != "metric" or each.word not in told)
    return replace(answers, reading=ReadingAnswer(), values=(*left, *meant))


def _view(row: ParkedRow, codes: Mapping[str, str]) -> ParkedRowView:
    return ParkedRowView(
        id=row.id,
        word=row.word,
        means=codes.get(plain(row.word), ""),
        request=row.request,
        asked_of=row.asked_of,
        file_name=row.file_name,
        line=row.line,
        actor=row.actor,
        at=row.at,
        state=row.state.value,
        read_as=hashlib.sha256(row.answers.encode()).hexdigest(),
    )
