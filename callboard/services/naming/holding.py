"""The names and peer sets that count now: the workspace's files, overlaid by edits that hold.

Other services read them here, never in the workspace alone.
"""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from callboard.entities import NameKind
from callboard.services.defining.told_names import Steps, ToldName, steps_of, told_in
from callboard.services.naming.overlay import Edit, by_key, keyed, overlay
from callboard.services.runtime import Runtime
from callboard.storage.engine import Connection
from callboard.storage.entity_names import NameEdit, read_names
from callboard.storage.peer_set_edits import PeerSetEdit, read_peer_set_edits
from callboard.workspace import PeerSet, Workspace
from data_contracts.parsing.headers import plain

NameKey = tuple[str, date | None]


def names_of(runtime: Runtime, connection: Connection) -> tuple[ToldName, ...]:
    """Return every name that stands for an entity now: those of the file, then those of edits."""
    in_file = keyed(told_in(runtime.definitions.entities), lambda each: each.key)
    return tuple(overlay(in_file, name_edits(read_names(connection))).values())


def aliases_of(runtime: Runtime, connection: Connection) -> Steps:
    """Return by plain name which entity it stands for and from which day, the earliest first.

    A value belongs to the entity of its period's last day: `told_names.entity_on`.
    """
    return steps_of(names_of(runtime, connection))


def peer_sets_of(runtime: Runtime, connection: Connection) -> tuple[PeerSet, ...]:
    """Return the peer sets that count now: those of the workspace, then those of edits."""
    in_file = keyed(runtime.workspace.peer_sets, peer_set_key)
    found = overlay(in_file, peer_edits(read_peer_set_edits(connection)))
    return tuple(found.values())


def workspace_of(runtime: Runtime, connection: Connection) -> Workspace:
    """Return the workspace with the peer sets that count now."""
    found = peer_sets_of(runtime, connection)
    return runtime.workspace.model_copy(update={"peer_sets": found})


def as_it_stands(runtime: Runtime, connection: Connection) -> Runtime:
    """Return the runtime with the peer sets that count now in its workspace and definitions.

    What compares us with others is given this one, right after it has opened its snapshot.
    """
    workspace = workspace_of(runtime, connection)
    if workspace == runtime.workspace:
        return runtime
    definitions = replace(runtime.definitions, workspace=workspace)
    return replace(runtime, workspace=workspace, definitions=definitions)


def name_edits(edits: tuple[NameEdit, ...]) -> Mapping[NameKey, list[Edit[ToldName]]]:
    """Return edits of names by name and day."""
    return by_key((told_by(each).key, _name_edit(each)) for each in edits)


def peer_edits(edits: tuple[PeerSetEdit, ...]) -> Mapping[str, list[Edit[PeerSet]]]:
    """Return edits of peer sets by plain name."""
    return by_key((plain(each.name), _peer_edit(each)) for each in edits)


def peer_set_key(of: PeerSet) -> str:
    """Return what one peer set only can have: its name as it is compared."""
    return plain(of.name)


def told_by(edit: NameEdit) -> ToldName:
    """Return what an edit says of a name."""
    return ToldName(
        entity=edit.entity,
        name=edit.name,
        kind=edit.kind,
        from_day=edit.from_day,
        why=edit.reason,
    )


def set_by(edit: PeerSetEdit) -> PeerSet | None:
    """Return the peer set as an edit has it; None where it takes the set away."""
    if not edit.entities:
        return None
    return PeerSet(name=edit.name, why=edit.reason, entities=edit.entities)


def name_as_json(of: ToldName | None) -> str:
    """Return what stood for a name, as it is kept beside an edit."""
    if of is None:
        return ""
    return json.dumps([of.entity, of.name, of.kind.value, of.why], ensure_ascii=False)


def set_as_json(of: PeerSet | None) -> str:
    """Return a peer set as it is kept beside an edit."""
    return "" if of is None else of.model_dump_json()


def _name_edit(edit: NameEdit) -> Edit[ToldName]:
    before = None
    if edit.before:
        entity, name, kind, why = json.loads(edit.before)
        before = ToldName(
            entity=entity, name=name, kind=NameKind(kind), from_day=edit.from_day, why=why
        )
    return Edit(value=told_by(edit), before=before, holds=edit.holds)


def _peer_edit(edit: PeerSetEdit) -> Edit[PeerSet]:
    before = PeerSet.model_validate_json(edit.before) if edit.before else None
    return Edit(value=set_by(edit), before=before, holds=edit.holds)
