"""Names and peer sets written to the workspace's own files, where their history is kept."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import TypeVar

from callboard.access import Action, Actor, require
from callboard.entities import ENTITIES_FILE, Entities, EntityNames
from callboard.errors import CallboardError, DefinitionError
from callboard.services.connecting.workspace_writing import (
    Change,
    diff_of,
    read_text,
    write_to,
)
from callboard.services.connecting.yaml_lists import list_in, set_list
from callboard.services.defining.told_names import ToldName, told_in
from callboard.services.naming.holding import (
    name_edits,
    names_of,
    peer_edits,
    peer_set_key,
    peer_sets_of,
)
from callboard.services.naming.overlay import is_explained, keyed
from callboard.services.runtime import Runtime
from callboard.storage.audit import append_audit
from callboard.storage.engine import Connection, snapshot, write
from callboard.storage.entity_names import read_names
from callboard.storage.peer_set_edits import read_peer_set_edits
from callboard.workspace import WORKSPACE_FILE, PeerSet, Workspace
from definition_files import read_model
from metrics.model import Strict

_HEAD = """\
# Names that stand for others: since when, and why. `callboard benchmarks names` edits them, too.
"""
_AGAIN = "start Callboard again, look at the names and peer sets, and write them then"
Model = TypeVar("Model", bound=Strict)


def diff_workspace_files(runtime: Runtime, actor: Actor) -> str:
    """Return what `write_workspace_files` would change now, as `diff -u` says it; "" for nothing.

    CallboardError where it would refuse to.
    """
    require(actor, Action.EDIT_NAMES)
    with snapshot(runtime.store) as connection:
        return diff_of(_changes(runtime, connection))


def write_workspace_files(runtime: Runtime, actor: Actor) -> tuple[Path, ...]:
    """Write the names and peer sets that count now to entities.yaml and workspace.yaml.

    Returns the files that were written; none where they say it already. CallboardError, and nothing
    written, where somebody changed the names or peer sets of a file since Callboard read it.
    """
    require(actor, Action.EDIT_NAMES)
    folder = runtime.settings.workspace
    with write(runtime.store) as connection:
        changed = _changes(runtime, connection)
        if changed:
            append_audit(
                connection,
                actor_id=actor.id,
                action="write_names",
                target=", ".join(each.path for each in changed),
                at=runtime.clock.now("UTC"),
                detail={each.path: _sha(each.after) for each in changed},
            )
        return write_to(folder, changed, otherwise=_AGAIN)


def _changes(runtime: Runtime, connection: Connection) -> list[Change]:
    """The files that do not say yet what counts."""
    changes = (_entities(runtime, connection), _workspace(runtime, connection))
    return [each for each in changes if each.after != (each.before or "")]


def _entities(runtime: Runtime, connection: Connection) -> Change:
    path = runtime.settings.workspace / ENTITIES_FILE
    before = read_text(path)
    now = () if before is None else _read(path, Entities).entities
    was = keyed(told_in(runtime.definitions.entities), lambda each: each.key)
    edits = name_edits(read_names(connection))
    if not is_explained(was, keyed(told_in(now), lambda each: each.key), edits):
        raise _changed(ENTITIES_FILE)
    counting = names_of(runtime, connection)
    text = before or ""
    entries = _name_entries(list_in(text, "entities"), now, counting)
    if before is None and not entries:
        return Change(path=str(ENTITIES_FILE), before=None, after="")
    after = set_list(text, "entities", entries)
    return Change(path=str(ENTITIES_FILE), before=before, after=after if before else _HEAD + after)


def _name_entries(
    raw: Sequence[Mapping[str, object]],
    read: Sequence[EntityNames],
    counting: Sequence[ToldName],
) -> list[dict[str, object]]:
    """What stays as the file has it, then what comes, the names of one change together."""
    left = {each.key: each for each in counting}
    entries: list[dict[str, object]] = []
    for entry, names in zip(raw, read, strict=True):
        kept = [each.name for each in told_in([names]) if left.get(each.key) == each]
        for each in told_in([names]):
            if each.name in kept:
                del left[each.key]
        if len(kept) == len(names.names):
            entries.append(dict(entry))
        elif kept:
            entries.append({**entry, "names": kept})
    return [*entries, *_new_entries(left.values())]


def _new_entries(told: Iterable[ToldName]) -> list[dict[str, object]]:
    def change(of: ToldName) -> tuple[str, str, str, str]:
        return of.entity, of.kind.value, str(of.from_day or ""), of.why

    entries: list[dict[str, object]] = []
    for _, same in groupby(sorted(told, key=change), key=change):
        names = list(same)
        first = names[0]
        since = {"from": first.from_day} if first.from_day else {}
        entries.append(
            {
                "entity": first.entity,
                "names": [each.name for each in names],
                "kind": first.kind.value,
                **since,
                "why": first.why,
            }
        )
    return entries


def _workspace(runtime: Runtime, connection: Connection) -> Change:
    path = runtime.settings.workspace / WORKSPACE_FILE
    before = read_text(path)
    if before is None:
        raise _changed(WORKSPACE_FILE)
    now = keyed(_read(path, Workspace).peer_sets, peer_set_key)
    was = keyed(runtime.workspace.peer_sets, peer_set_key)
    if not is_explained(was, now, peer_edits(read_peer_set_edits(connection))):
        raise _changed(WORKSPACE_FILE)
    counting = keyed(peer_sets_of(runtime, connection), peer_set_key)
    raw = dict(zip(now, list_in(before, "peer_sets"), strict=True))
    entries = [
        raw[key] if now.get(key) == told else _peer_entry(told) for key, told in counting.items()
    ]
    return Change(
        path=str(WORKSPACE_FILE), before=before, after=set_list(before, "peer_sets", entries)
    )


def _peer_entry(told: PeerSet) -> dict[str, object]:
    return {"name": told.name, "why": told.why, "entities": list(told.entities)}


def _read(path: Path, model: type[Model]) -> Model:
    found, problems = read_model(path, model, shown_as=path.name)
    if found is None:
        raise DefinitionError(problems)
    return found


def _changed(file: Path) -> CallboardError:
    return CallboardError(
        f"{file}: somebody changed it since Callboard read it. Nothing was written; {_AGAIN}."
    )


def _sha(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
