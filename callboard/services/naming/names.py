"""Names that stand for others: listed, added, withdrawn, brought back; each act with its audit."""

from datetime import date

from callboard.access import Action, Actor, require
from callboard.entities import NameKind
from callboard.errors import CallboardError
from callboard.services.acting import said
from callboard.services.defining.told_names import ToldName, mistakes_in, told_in
from callboard.services.naming.holding import name_as_json, names_of, told_by
from callboard.services.naming.standings import standing_in_file, standing_of_edit
from callboard.services.runtime import Runtime
from callboard.storage import entity_names
from callboard.storage.engine import Connection, snapshot, write
from callboard.storage.entity_names import NameEdit, read_name, read_names
from callboard.views.upkeep import NameRow
from definition_files import nearest

_REASON = "Say why, such as where the merger was announced: it stands beside the name."


def list_names(runtime: Runtime, actor: Actor) -> tuple[NameRow, ...]:
    """Return the names of entities.yaml and every edit, by entity and name; some count no more."""
    require(actor, Action.READ_FIGURES)
    with snapshot(runtime.store) as connection:
        return _rows(runtime, connection)


def add_name(  # noqa: PLR0913 - what is said, by keyword
    runtime: Runtime,
    actor: Actor,
    *,
    entity: str,
    name: str,
    why: str,
    kind: str = NameKind.ALIAS.value,
    from_day: str = "",
) -> NameRow:
    """Let a name stand for an entity, from an ISO day on or always.

    CallboardError without a reason, for a rename or merger without a day, and for what cannot be:
    a name for itself, for two entities at a time, in a circle, or of ourselves.
    """
    require(actor, Action.EDIT_NAMES)
    told = ToldName(
        entity=said(entity, "Say for which entity the name stands."),
        name=said(name, "Say which name stands for it."),
        kind=_kind(kind),
        from_day=_day(from_day),
        why=said(why, _REASON),
    )
    if told.from_day is None and told.kind is not NameKind.ALIAS:
        raise CallboardError(f"Say since when: a {told.kind} needs its day, such as 2026-01-31.")
    with write(runtime.store) as connection:
        before = _check(runtime, connection, told)
        new = NameEdit(
            id=0,
            entity=told.entity,
            name=told.name,
            kind=told.kind,
            from_day=told.from_day,
            reason=told.why,
            actor=actor.id,
            at=runtime.clock.now("UTC"),
            before=name_as_json(before),
        )
        return _row_of(runtime, connection, entity_names.add_name(connection, new))


def withdraw_name(runtime: Runtime, actor: Actor, *, number: int, note: str) -> NameRow:
    """Let a name stand for nothing more, even where it was written to entities.yaml meanwhile.

    CallboardError without a reason, for one that is not there or withdrawn already.
    """
    require(actor, Action.EDIT_NAMES)
    why = said(note, "Say why it is withdrawn: the history keeps it beside the name.")
    at = runtime.clock.now("UTC")
    with write(runtime.store) as connection:
        entity_names.withdraw_name(connection, number, actor_id=actor.id, at=at, note=why)
        _refuse_mistakes(runtime, names_of(runtime, connection))
        return _row_of(runtime, connection, number)


def restore_name(runtime: Runtime, actor: Actor, *, number: int) -> NameRow:
    """Let a withdrawn name stand again; CallboardError where it cannot any more."""
    require(actor, Action.EDIT_NAMES)
    at = runtime.clock.now("UTC")
    with write(runtime.store) as connection:
        entity_names.restore_name(connection, number, actor_id=actor.id, at=at)
        _refuse_mistakes(runtime, names_of(runtime, connection))
        return _row_of(runtime, connection, number)


def _check(runtime: Runtime, connection: Connection, told: ToldName) -> ToldName | None:
    """What stands for the same name and day now; CallboardError where the new one cannot be."""
    standing = names_of(runtime, connection)
    before = next((each for each in standing if each.key == told.key), None)
    if before == told:
        raise CallboardError(f"{told.name} stands for {told.entity} already. Nothing was changed.")
    _refuse_mistakes(runtime, (*(each for each in standing if each != before), told))
    return before


def _refuse_mistakes(runtime: Runtime, told: tuple[ToldName, ...]) -> None:
    ourselves = runtime.workspace.ourselves
    for _, found, expected in mistakes_in(told, (ourselves.name, *ourselves.aliases)):
        raise CallboardError(f"Found {found}; expected {expected}. Nothing was changed.")


def _kind(word: str) -> NameKind:
    try:
        return NameKind(word)
    except ValueError as error:
        kinds = [each.value for each in NameKind]
        hint = nearest(word, kinds)
        told = f"Found the kind {word!r}; expected one of {', '.join(kinds)}. {hint}"
        raise CallboardError(told.rstrip()) from error


def _day(text: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise CallboardError(f"Found {text!r}; expected a day such as 2026-01-31.") from error


def _rows(runtime: Runtime, connection: Connection) -> tuple[NameRow, ...]:
    """The edits, each counting where it is what counts for its name, then what is in the file."""
    counting = {each.key: each for each in names_of(runtime, connection)}
    edits = read_names(connection)
    latest = {told_by(each).key: each.id for each in edits if each.holds}
    rows = [_edit_row(each, is_latest=latest.get(told_by(each).key) == each.id) for each in edits]
    for each in told_in(runtime.definitions.entities):
        agrees = counting.get(each.key) == each
        rows.append(_file_row(each, counts=agrees and each.key not in latest, agrees=agrees))
    return tuple(sorted(rows, key=lambda row: (row.entity.casefold(), row.name.casefold(), row.id)))


def _row_of(runtime: Runtime, connection: Connection, number: int) -> NameRow:
    read_name(connection, number)
    return next(row for row in _rows(runtime, connection) if row.id == number)


def _edit_row(edit: NameEdit, *, is_latest: bool) -> NameRow:
    return NameRow(
        id=edit.id,
        entity=edit.entity,
        name=edit.name,
        kind=edit.kind.value,
        from_day=edit.from_day,
        reason=edit.reason,
        actor=edit.actor,
        at=edit.at,
        counts=is_latest,
        holds=edit.holds,
        standing=standing_of_edit(edit, is_latest=is_latest),
    )


def _file_row(told: ToldName, *, counts: bool, agrees: bool) -> NameRow:
    return NameRow(
        id=0,
        entity=told.entity,
        name=told.name,
        kind=told.kind.value,
        from_day=told.from_day,
        reason=told.why,
        actor="",
        at=None,
        counts=counts,
        holds=True,
        standing=standing_in_file("entities.yaml", agrees=agrees),
    )
