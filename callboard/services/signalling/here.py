"""The signal that a metric shows at a touchpoint now, and what people did about it."""

from callboard.access import Actor
from callboard.services.runtime import Runtime
from callboard.services.scopes import open_scope, require_metric
from callboard.services.signalling.cards import follow_all
from callboard.services.signalling.lately import beginnings
from callboard.services.tiles.board import Asked, read_board
from callboard.storage.engine import snapshot
from callboard.storage.signal_acts import read_signal_acts
from callboard.views.signalling import SignalHere


def read_signal_here(
    runtime: Runtime, actor: Actor, *, metric: str, touchpoint: str
) -> SignalHere | None:
    """Return the signal of the newest complete period, by the workspace's own; None for none.

    NotAllowed for a touchpoint outside the actor's scope, and for a metric there is not.
    """
    scope = open_scope(runtime, actor)
    scope.require(touchpoint)
    require_metric(runtime, metric)
    here = frozenset({touchpoint})
    asked = Asked(
        grain=runtime.workspace.calendar.grain,
        period=None,
        scope=scope,
        touchpoints=here,
        metrics=(metric,),
    )
    with snapshot(runtime.store) as connection:
        board = read_board(runtime, connection, asked)
        found = dict(enumerate(beginnings(board, periods=1)))
        followed = follow_all(board, found, read_signal_acts(connection, scope=here))
    standing = [each for each in followed if each.found.until is None]
    if not standing:
        return None
    newest = max(standing, key=lambda each: each.found.since)
    return SignalHere(
        touchpoint=touchpoint, metric=metric, kept_since=newest.kept_since, follow=newest.follow
    )
