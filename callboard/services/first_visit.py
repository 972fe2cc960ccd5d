"""Whether a person has been shown around already."""

from callboard.access import Action, Actor, require
from callboard.services.runtime import Runtime
from callboard.storage import personal
from callboard.storage.engine import snapshot, write

_TOUR = "tour"


def has_seen_tour(runtime: Runtime, actor: Actor) -> bool:
    """Return whether the actor has seen the tour, or has skipped it."""
    require(actor, Action.READ_FIGURES)
    with snapshot(runtime.store) as conn:
        return bool(personal.read_setting(conn, actor.id, name=_TOUR))


def note_tour_seen(runtime: Runtime, actor: Actor) -> None:
    """Keep that the actor need not be shown around again."""
    require(actor, Action.READ_FIGURES)
    with write(runtime.store) as conn:
        personal.write_setting(conn, actor.id, name=_TOUR, value="seen", at=runtime.clock.now())
