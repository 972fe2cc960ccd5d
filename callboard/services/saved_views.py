"""Views that a person has saved: their own alone, so no publication tells of them."""

from collections.abc import Sequence

from callboard.access import Action, Actor, require
from callboard.errors import CallboardError
from callboard.services.acting import said
from callboard.services.runtime import Runtime
from callboard.storage import personal
from callboard.storage.engine import snapshot, write
from callboard.views.personal import SavedView

MOST, LONGEST_NAME, LONGEST_QUERY = 50, 60, 2_000


def list_views(runtime: Runtime, actor: Actor) -> tuple[SavedView, ...]:
    """Return the actor's own views, by name."""
    require(actor, Action.READ_FIGURES)
    with snapshot(runtime.store) as conn:
        return tuple(_shown(each) for each in personal.list_views(conn, actor.id))


def save_view(
    runtime: Runtime,
    actor: Actor,
    *,
    name: str,
    page: str,
    query: Sequence[tuple[str, str]],
    replaces: bool = False,
) -> SavedView:
    """Keep a page with its filters under a name, and return it.

    CallboardError for a name that is taken, unless it `replaces` that one, and for too many.
    """
    require(actor, Action.READ_FIGURES)
    view = personal.SavedView(
        owner=actor.id,
        name=_checked_name(name),
        page=page,
        query=_checked_query(query),
        at=runtime.clock.now(),
    )
    with write(runtime.store) as conn:
        taken = {each.name for each in personal.list_views(conn, actor.id)}
        _check_room(taken, view.name, replaces=replaces)
        personal.save_view(conn, view)
    return _shown(view)


def delete_view(runtime: Runtime, actor: Actor, *, name: str) -> SavedView:
    """Delete one of the actor's views and return it, so that it can be saved again."""
    require(actor, Action.READ_FIGURES)
    with write(runtime.store) as conn:
        for view in personal.list_views(conn, actor.id):
            if view.name == name:
                personal.delete_view(conn, actor.id, name=name)
                return _shown(view)
    raise CallboardError(f"You have no view “{name}”.")


def _checked_name(name: str) -> str:
    kept = said(name, "A view needs a name.")
    if len(kept) > LONGEST_NAME:
        raise CallboardError(f"A view's name has at most {LONGEST_NAME} characters.")
    return kept


def _checked_query(query: Sequence[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    if sum(len(key) + len(value) + 2 for key, value in query) > LONGEST_QUERY:
        raise CallboardError("This view has too many filters to be kept. Choose fewer of them.")
    return tuple(query)


def _check_room(taken: set[str], name: str, *, replaces: bool) -> None:
    if name in taken and not replaces:
        raise CallboardError(f"You have a view “{name}” already.")
    if len(taken | {name}) > MOST:
        raise CallboardError(f"You have {MOST} views, as many as are kept. Delete one first.")


def _shown(view: personal.SavedView) -> SavedView:
    return SavedView(name=view.name, page=view.page, query=view.query, at=view.at)
