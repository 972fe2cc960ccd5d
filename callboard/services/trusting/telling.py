"""What every act about a feed's data ends with: its audit row, the feed's state, a publication."""

from dataclasses import replace

from callboard.access import Actor
from callboard.services.runtime import Runtime
from callboard.storage.audit import append_audit
from callboard.storage.engine import Connection
from callboard.storage.publications import PublicationKind, add_publication
from callboard.storage.quarantine import count_quarantine
from callboard.storage.runs import read_feed_states, write_feed_state


def tell_act(  # noqa: PLR0913 - what was done, by keyword
    conn: Connection,
    runtime: Runtime,
    actor: Actor,
    *,
    feed: str,
    action: str,
    target: str,
    note: str,
) -> None:
    """Write down an act and have open pages show it; call it last in the act's transaction."""
    at = runtime.clock.now("UTC")
    append_audit(
        conn, actor_id=actor.id, action=action, target=target, at=at, detail={"feed": feed}
    )
    state = read_feed_states(conn).get(feed)
    if state is not None:
        waiting = count_quarantine(conn).get(feed, 0)
        write_feed_state(conn, replace(state, rows_quarantined_open=waiting))
    add_publication(conn, kind=PublicationKind.STATE, actor_id=actor.id, note=note, at=at)
