"""What was said of a publisher's last file, remembered so that it can be offered for the next."""

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from callboard.access import Action, Actor, require
from callboard.errors import CallboardError
from callboard.services.publishing.answers_json import answers_from_json, answers_to_json
from callboard.services.publishing.store import Act
from callboard.services.runtime import Runtime
from callboard.storage.audit import append_audit
from callboard.storage.engine import Connection, snapshot
from callboard.storage.mapping_memory import KeptMapping, add_mapping, read_mappings
from data_contracts.importing.answers import NO_ANSWERS, Answers
from data_contracts.importing.header_words import is_period
from data_contracts.importing.remembered import with_remembered
from data_contracts.parsing.header_rows import JOINT
from data_contracts.parsing.headers import plain

_MOST = 5
_YEAR = re.compile(r"(?<![0-9])(19|20)[0-9]{2}(?![0-9])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Remembered:
    """Answers that were given for an earlier file, by whom and when.

    `is_same_shape`: that file had the same headers; `is_same_publisher`: it was theirs.
    """

    id: int
    publisher: str
    answers: Answers
    actor: str
    at: datetime
    submission: int | None
    shape: str
    is_same_shape: bool
    is_same_publisher: bool


def shape_of(headers: Iterable[str]) -> str:
    """Return what files with the same headers have in common, in whichever order they stand.

    Years do not count: of one with years across, next year's has the same shape.
    """
    told = "\x1f".join(sorted({_without_years(header) for header in headers}))
    return hashlib.sha256(told.encode()).hexdigest()


def remember(
    connection: Connection,
    answers: Answers,
    *,
    publisher: str,
    shape: str,
    act: Act,
    submission: int | None = None,
) -> int:
    """Keep what also fits the publisher's next file, with an audit row; return its number.

    0 where nothing was said that could be of use again. What is remembered already is not kept
    twice: its number is returned.
    """
    useful = answers.for_next_time()
    if useful == NO_ANSWERS:
        return 0
    name = _without_years(publisher)
    last = next(iter(_same(connection, name, shape)), None)
    if last is not None:
        useful = _with_older_words(useful, last)
    new = KeptMapping(
        publisher=publisher.strip(),
        publisher_plain=name,
        shape=shape,
        answers=answers_to_json(useful),
        actor=act.actor.id,
        at=act.at,
        submission_id=submission,
    )
    if last is not None and last.answers == new.answers:
        return last.id
    number = add_mapping(connection, new)
    append_audit(
        connection,
        actor_id=act.actor.id,
        action="remember_mapping",
        target=f"mapping {number}",
        at=act.at,
        detail={"publisher": new.publisher, "shape": shape, "submission": submission},
    )
    return number


def recall(
    runtime: Runtime, actor: Actor, *, publisher: str = "", shape: str = ""
) -> tuple[Remembered, ...]:
    """Return what was said of a publisher's files, or of files with the same headers.

    The newest first, the same answers once. What a later version wrote and this one cannot read is
    left out.
    """
    require(actor, Action.CHECK_FILE)
    name = _without_years(publisher)
    with snapshot(runtime.store) as connection:
        kept = read_mappings(connection, publisher_plain=name, shape=shape)
    found: dict[str, Remembered] = {}
    for each, answers in _readable(kept):
        remembered = Remembered(
            id=each.id,
            publisher=each.publisher,
            answers=answers,
            actor=each.actor,
            at=each.at,
            submission=each.submission_id,
            is_same_shape=each.shape == shape,
            shape=each.shape,
            is_same_publisher=bool(name) and each.publisher_plain == name,
        )
        found.setdefault(each.answers, remembered)
    return tuple(found.values())[:_MOST]


def _without_years(text: str) -> str:
    """A header or a name as next year's edition has it as well; a period is any period."""
    parts = text.split(JOINT)
    told = ("#" if is_period(part) else plain(_YEAR.sub("#", part)) for part in parts)
    return JOINT.join(told)


def _same(connection: Connection, name: str, shape: str) -> Iterator[KeptMapping]:
    kept = read_mappings(connection, shape=shape)
    return (each for each in kept if each.publisher_plain == name)


def _with_older_words(answers: Answers, last: KeptMapping) -> Answers:
    """The answers with the words that only earlier files had: they may come back."""
    older = next((found for _, found in _readable([last])), NO_ANSWERS)
    merged = with_remembered(answers, Answers(values=older.values))
    return replace(answers, values=merged.values)


def _readable(kept: Iterable[KeptMapping]) -> Iterator[tuple[KeptMapping, Answers]]:
    for each in kept:
        try:
            answers = answers_from_json(each.answers)
        except CallboardError:
            continue
        yield each, answers
