"""Files between upload and publication: bytes on disk under a random name, their owner's only."""

import hashlib
import json
import re
import secrets
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from callboard.access import Action, Actor, require
from callboard.errors import CallboardError
from callboard.services.publishing.answers_json import answers_from_json, answers_to_json
from callboard.services.publishing.asking import Mode, plain_text
from callboard.services.runtime import Runtime
from callboard.views import DraftRow
from data_contracts.importing.answers import NO_ANSWERS, Answers

KEPT_FOR = timedelta(hours=24)
MOST_BYTES = 2_000_000_000
_TOKEN = re.compile(r"[0-9a-f]{32}")
_PRIVATE = 0o600
_YES = "yes"
_GONE = (
    "The file you chose is no longer here: found no draft of yours, expected one of the last 24 "
    "hours. Choose the file again."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A file as it was handed in, not published yet."""

    name: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What was said of a draft so far, and which step was open, "" for none.

    `taken` is what was taken over from an earlier file, which `taken_told` names.
    """

    answers: Answers = NO_ANSWERS
    mode: Mode = Mode.BY_KEY
    step: str = ""
    remembers: bool = True
    taken_told: str = ""
    taken: Answers = NO_ANSWERS


def keep_draft(runtime: Runtime, actor: Actor, *, name: str, content: bytes) -> str:
    """Keep a file until it is published, for a day at most; return the token that finds it.

    CallboardError for one that is larger than a file may be.
    """
    require(actor, Action.CHECK_FILE)
    limit = runtime.settings.max_upload_mb
    if len(content) > limit * 1024 * 1024:
        megabytes = len(content) / 1024 / 1024
        raise CallboardError(
            f"{plain_text(name)}: found {megabytes:,.1f} MB; expected at most {limit} MB. Part "
            "the file. Nothing of it was kept."
        )
    folder = _folder(runtime)
    _sweep(folder, room=MOST_BYTES - len(content))
    token = secrets.token_hex(16)
    told = {
        "actor": actor.id,
        "name": plain_text(name),
        "sha256": hashlib.sha256(content).hexdigest(),
    }
    _write(folder / f"{token}.bin", content)
    _write(folder / f"{token}.json", json.dumps(told).encode())
    return token


def read_draft(runtime: Runtime, actor: Actor, token: str) -> Draft:
    """Return a file of the actor's own; CallboardError where there is none (any more)."""
    require(actor, Action.CHECK_FILE)
    told = _told(runtime, token)
    if not _is_own(runtime, actor, token, told):
        raise CallboardError(_GONE)
    content = _path(runtime, token, "bin").read_bytes()
    if hashlib.sha256(content).hexdigest() != told["sha256"]:
        raise CallboardError(_GONE)
    return Draft(name=told["name"], content=content)


def keep_work(runtime: Runtime, actor: Actor, token: str, work: Work) -> None:
    """Keep what was said of a file beside it; a draft that is gone stays so."""
    require(actor, Action.CHECK_FILE)
    told = _told(runtime, token)
    if told.get("actor") == actor.id:
        _replace(_path(runtime, token, "json"), json.dumps({**told, **_work_told(work)}).encode())


def read_work(runtime: Runtime, actor: Actor, token: str) -> Work:
    """Return what was said of a file of the actor's own; CallboardError where there is none.

    What another version of Callboard wrote and this one cannot read is said anew.
    """
    require(actor, Action.CHECK_FILE)
    told = _told(runtime, token)
    if not _is_own(runtime, actor, token, told):
        raise CallboardError(_GONE)
    try:
        return Work(
            answers=answers_from_json(told["answers"]),
            mode=Mode(told["mode"]),
            step=told["step"],
            remembers=told["remembers"] == _YES,
            taken_told=told["taken_told"],
            taken=answers_from_json(told["taken"]),
        )
    except (CallboardError, KeyError, ValueError):
        return Work()


def list_drafts(runtime: Runtime, actor: Actor) -> tuple[DraftRow, ...]:
    """Return the actor's own files that are not published yet, the newest first."""
    require(actor, Action.CHECK_FILE)
    found = []
    for path in _folder(runtime).glob("*.bin"):
        told = _told(runtime, path.stem)
        if _is_own(runtime, actor, path.stem, told):
            at = datetime.fromtimestamp(_written(path), UTC)
            size = path.stat().st_size
            found.append(DraftRow(token=path.stem, name=told["name"], size=size, at=at))
    return tuple(sorted(found, key=lambda each: each.at, reverse=True))


def size_of_draft(runtime: Runtime, actor: Actor, token: str) -> int:
    """Return how many bytes a file of the actor's own has, 0 where there is none."""
    require(actor, Action.CHECK_FILE)
    is_there = _is_own(runtime, actor, token, _told(runtime, token))
    return _path(runtime, token, "bin").stat().st_size if is_there else 0


def drop_draft(runtime: Runtime, actor: Actor, token: str) -> None:
    """Forget a file of the actor's own; one that is not there is forgotten already."""
    require(actor, Action.CHECK_FILE)
    if _told(runtime, token).get("actor") == actor.id:
        _remove(_path(runtime, token, "bin"))


def _is_own(runtime: Runtime, actor: Actor, token: str, told: dict[str, str]) -> bool:
    if told.get("actor") != actor.id:
        return False
    path = _path(runtime, token, "bin")
    return path.exists() and not _is_old(path)


def _work_told(work: Work) -> dict[str, str]:
    return {
        "answers": answers_to_json(work.answers),
        "mode": work.mode.value,
        "step": work.step,
        "remembers": _YES if work.remembers else "",
        "taken_told": work.taken_told,
        "taken": answers_to_json(work.taken),
    }


def _told(runtime: Runtime, token: str) -> dict[str, str]:
    """What is kept beside a draft; empty where there is none."""
    if not _TOKEN.fullmatch(token):
        return {}
    path = _path(runtime, token, "json")
    return dict(json.loads(path.read_text(encoding="utf-8"))) if path.exists() else {}


def _folder(runtime: Runtime) -> Path:
    folder = runtime.settings.home / "drafts"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _path(runtime: Runtime, token: str, kind: str) -> Path:
    return _folder(runtime) / f"{token}.{kind}"


def _write(path: Path, content: bytes) -> None:
    path.touch(mode=_PRIVATE)
    path.write_bytes(content)


def _replace(path: Path, content: bytes) -> None:
    """Put a file in the place of another at once, so that nobody reads half of it."""
    new = path.with_suffix(f".{secrets.token_hex(4)}.tmp")
    _write(new, content)
    new.replace(path)


def _sweep(folder: Path, *, room: int) -> None:
    """Remove what is a day old, and the oldest where they are too many."""
    kept = sorted(folder.glob("*.bin"), key=_written)
    size = sum(each.stat().st_size for each in kept)
    for each in kept:
        if _is_old(each) or size > room:
            size -= each.stat().st_size
            _remove(each)
    for each in folder.glob("*.tmp"):
        if _is_old(each):  # left behind by a process that was ended while it wrote
            each.unlink(missing_ok=True)


def _is_old(path: Path) -> bool:
    return datetime.now(UTC) - datetime.fromtimestamp(_written(path), UTC) > KEPT_FOR


def _written(path: Path) -> float:
    return path.stat().st_mtime


def _remove(path: Path) -> None:
    path.unlink(missing_ok=True)
    path.with_suffix(".json").unlink(missing_ok=True)
