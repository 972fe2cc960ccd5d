"""Board packs: views kept under a name, ordered, built into one file for whoever asks."""

import json
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256

from callboard.access import Action, Actor, Role, Scope, is_allowed, require
from callboard.errors import CallboardError, NotAllowed
from callboard.services.acting import said
from callboard.services.runtime import Runtime
from callboard.services.scopes import open_scope
from callboard.services.taking.asking import TITLES, ViewAsked, asked_view
from callboard.services.taking.files import Form, write
from callboard.services.taking.reports import take_views
from callboard.services.taking.stamping import filters_in_words, short_filter
from callboard.storage.engine import Connection, snapshot
from callboard.storage.engine import write as writing
from callboard.storage.packs import (
    Pack,
    PackItem,
    add_pack,
    change_pack,
    read_pack,
    read_packs,
)
from callboard.views import PackedView, PackRow
from definition_files import nearest

MOST_VIEWS, LONGEST_NAME, MOST_PACKS = 40, 80, 50
HIDDEN = "A view that is not there, or not yours to see"


def list_packs(runtime: Runtime, actor: Actor) -> tuple[PackRow, ...]:
    """Return every board pack by name, deleted ones too; what is outside the scope is hidden."""
    scope = open_scope(runtime, actor)
    with snapshot(runtime.store) as connection:
        found = read_packs(connection)
    return tuple(_row(runtime, actor, scope, each) for each in found)


def make_pack(runtime: Runtime, actor: Actor, *, name: str) -> PackRow:
    """Keep a new pack without views; CallboardError for no name, one that is taken, or too many."""
    require(actor, Action.MAKE_PACKS)
    scope = open_scope(runtime, actor)
    with writing(runtime.store) as connection:
        _require_room(connection, actor.id)
        new = Pack(
            id=0,
            name=_free_name(connection, name),
            items=(),
            owner=actor.id,
            at=runtime.clock.now("UTC"),
        )
        made = replace(new, id=add_pack(connection, new))
    return _row(runtime, actor, scope, made)


def add_view(runtime: Runtime, actor: Actor, *, number: int, asked: ViewAsked) -> PackRow:
    """Put a view at the end of a pack; CallboardError where it is in it already, or it is full."""
    item = PackItem(page=asked.page, query=asked.address)

    def act(pack: Pack, _: Connection) -> Pack:
        if len(pack.items) >= MOST_VIEWS:
            raise CallboardError(
                f"A board pack holds at most {MOST_VIEWS} views; this one is full."
            )
        if item in pack.items:
            raise CallboardError(f"{pack.name} holds this view already. Nothing was changed.")
        return replace(pack, items=(*pack.items, item))

    return _change(runtime, actor, number, act, note="view added")


def move_view(
    runtime: Runtime, actor: Actor, *, number: int, place: int, mark: str, by: int
) -> PackRow:
    """Let the view at `place` change places with the one `by` further; the ends stay the ends.

    CallboardError where another view than that of the `mark` stands there by now.
    """

    def act(pack: Pack, _: Connection) -> Pack:
        items = list(pack.items)
        _require_there(pack, place, mark)
        there = min(max(place + by, 0), len(items) - 1)
        items.insert(there, items.pop(place))
        return replace(pack, items=tuple(items))

    return _change(runtime, actor, number, act, note="views reordered")


def remove_view(runtime: Runtime, actor: Actor, *, number: int, place: int, mark: str) -> PackRow:
    """Take the view at `place` out of a pack; CallboardError where it is that of `mark` no more."""

    def act(pack: Pack, _: Connection) -> Pack:
        _require_there(pack, place, mark)
        return replace(pack, items=pack.items[:place] + pack.items[place + 1 :])

    return _change(runtime, actor, number, act, note="view removed")


def rename_pack(runtime: Runtime, actor: Actor, *, number: int, mark: str, name: str) -> PackRow:
    """Give a pack another name.

    CallboardError for one that is taken, or where the pack is that of `mark` no more.
    """

    def act(pack: Pack, connection: Connection) -> Pack:
        _require_same(pack, mark)
        return replace(pack, name=_free_name(connection, name, but=pack.id))

    return _change(runtime, actor, number, act, note="renamed")


def delete_pack(runtime: Runtime, actor: Actor, *, number: int, mark: str) -> PackRow:
    """Take a pack from the list; it can be brought back.

    CallboardError where it is that of `mark` no more: somebody may have put a view into it.
    """

    def act(pack: Pack, _: Connection) -> Pack:
        _require_same(pack, mark)
        return replace(pack, withdrawn=True)

    return _change(runtime, actor, number, act, note="deleted")


def restore_pack(runtime: Runtime, actor: Actor, *, number: int) -> PackRow:
    """Bring a deleted pack back; CallboardError where its owner has too many."""

    def act(pack: Pack, connection: Connection) -> Pack:
        if pack.withdrawn:
            _require_room(connection, pack.owner)
        return replace(pack, withdrawn=False)

    return _change(runtime, actor, number, act, note="brought back")


def build_pack(
    runtime: Runtime, actor: Actor, *, name: str, form: Form, period: str | None = None
) -> bytes:
    """Return a pack as one file, of the figures that the actor may see.

    Each view tells the latest complete period unless it names one; `period` is one for all of
    them, "" the latest. CallboardError for a pack there is not, or that holds no view.
    """
    open_scope(runtime, actor)
    with snapshot(runtime.store) as connection:
        there = {each.name: each for each in read_packs(connection) if not each.withdrawn}
    pack = there.get(name)
    if pack is None:
        hint = nearest(name, there)
        raise CallboardError(f"There is no board pack {name!r}. {hint}".rstrip())
    report = take_views(
        runtime,
        actor,
        [asked_view(each.page, each.query).at(period) for each in pack.items],
        title=pack.name,
        stem="callboard-pack",
        with_charts=form is not Form.EXCEL,
    )
    return write(report, form)


def _change(
    runtime: Runtime,
    actor: Actor,
    number: int,
    act: Callable[[Pack, Connection], Pack],
    *,
    note: str,
) -> PackRow:
    """Change a pack in one transaction, for its owner or an administrator."""
    require(actor, Action.MAKE_PACKS)
    scope = open_scope(runtime, actor)
    with writing(runtime.store) as connection:
        pack = read_pack(connection, number)
        if not _is_mine(actor, pack):
            raise NotAllowed(f"{pack.name} belongs to {pack.owner}, who may change it.")
        changed = replace(act(pack, connection), at=runtime.clock.now("UTC"))
        told = note if changed.name == pack.name else f"{note}, was {pack.name}"
        change_pack(connection, changed, actor_id=actor.id, note=told)
    return _row(runtime, actor, scope, changed)


def _is_mine(actor: Actor, pack: Pack) -> bool:
    return is_allowed(actor, Action.MAKE_PACKS) and (
        pack.owner == actor.id or Role.ADMIN in actor.roles
    )


def _require_room(connection: Connection, owner: str) -> None:
    """CallboardError where somebody has as many packs as one may; deleted ones do not count."""
    held = [each for each in read_packs(connection) if each.owner == owner and not each.withdrawn]
    if len(held) >= MOST_PACKS:
        raise CallboardError(
            f"{owner} has {MOST_PACKS} board packs, the most there can be. Delete one first."
        )


def _require_there(pack: Pack, place: int, mark: str) -> None:
    """CallboardError where a pack was changed since the view of the mark stood at the place."""
    if not (0 <= place < len(pack.items) and _mark(pack.items[place]) == mark):
        raise _changed_meanwhile(pack)


def _require_same(pack: Pack, mark: str) -> None:
    """CallboardError where a pack has another name, views or order than when it was read."""
    if _mark_of(pack) != mark:
        raise _changed_meanwhile(pack)


def _changed_meanwhile(pack: Pack) -> CallboardError:
    return CallboardError(
        f"Somebody has changed {pack.name} meanwhile; look again. Nothing was changed."
    )


def _mark_of(pack: Pack) -> str:
    """What a pack is, name and views in their order, in a word."""
    told = json.dumps([pack.name, pack.withdrawn, *map(_mark, pack.items)])
    return sha256(told.encode()).hexdigest()[:16]


def _mark(item: PackItem) -> str:
    """What tells the views of one pack apart, the same after any change of their order."""
    query = {key: list(values) for key, values in item.query.items()}
    told = json.dumps([item.page, query], sort_keys=True)
    return sha256(told.encode()).hexdigest()[:16]


def _free_name(connection: Connection, name: str, *, but: int = 0) -> str:
    """A name that no other pack has, whatever its capitals."""
    wanted = said(name, "Say what the board pack is called.")[:LONGEST_NAME]
    for each in read_packs(connection):
        if each.id != but and each.name.casefold() == wanted.casefold():
            deleted = " It was deleted and can be brought back." if each.withdrawn else ""
            raise CallboardError(f"There is a board pack {each.name!r} already.{deleted}")
    return wanted


def _row(runtime: Runtime, actor: Actor, scope: Scope, pack: Pack) -> PackRow:
    return PackRow(
        id=pack.id,
        name=pack.name,
        owner=pack.owner,
        at=pack.at,
        views=tuple(_view(runtime, scope, each) for each in pack.items),
        is_mine=_is_mine(actor, pack),
        is_deleted=pack.withdrawn,
        mark=_mark_of(pack),
    )


def _view(runtime: Runtime, scope: Scope, item: PackItem) -> PackedView:
    """A view in words; one that names a touchpoint outside the scope says nothing of it."""
    asked = asked_view(item.page, item.query)
    named = {asked.one("touchpoint"), asked.one("at"), *asked.several("touchpoints")} - {""}
    metric = asked.one("metric")
    if not named <= scope.touchpoints or (metric and metric not in runtime.definitions.metrics):
        return PackedView(title=HIDDEN, words="", period="", page=None, query={}, mark=_mark(item))
    told = ", ".join(short_filter(*each) for each in filters_in_words(runtime, asked))
    return PackedView(
        title=TITLES[asked.page],
        words=told,
        period=asked.named_period(runtime),
        page=asked.page,
        query=asked.address,
        mark=_mark(item),
    )
