"""What was said of a publisher's last file, remembered so that it can be offered for the next."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
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
from data_contracts.parsing.headers import plain

_MOST = 5


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
    is_same_shape: bool
    is_same_publisher: bool


def shape_of(headers: Iterable[str]) -> str:
    """Return what files with the same headers have in common, in whichever order they stand."""
    told = "\x1f".join(sorted(plain(header) for header in headers))
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
    new = KeptMapping(
        publisher=publisher.strip(),
        publisher_plain=plain(publisher),
        shape=shape,
        answers=answers_to_json(useful),
        actor=act.actor.id,
        at=act.at,
        submission_id=submission,
    )
    last = next(iter(_same(connection, new)), None)
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
    name = plain(publisher)
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
            is_same_publisher=bool(name) and each.publisher_plain == name,
        )
        found.setdefault(each.answers, remembered)
    return tuple(found.values())[:_MOST]


def _same(connection: Connection, new: KeptMapping) -> Iterator[KeptMapping]:
    kept = read_mappings(connection, shape=new.shape)
    return (each for each in kept if each.publisher_plain == new.publisher_plain)


def _readable(kept: Iterable[KeptMapping]) -> Iterator[tuple[KeptMapping, Answers]]:
    for each in kept:
        try:
            answers = answers_from_json(each.answers)
        except CallboardError:
            continue
        yield each, answers
