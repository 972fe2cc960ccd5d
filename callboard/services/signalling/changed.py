"""What stands behind each change: its size against normal, whose it is, what is done about it."""

from collections.abc import Sequence

from callboard import figures
from callboard.access import Actor
from callboard.services.drilling.excess import read_excess
from callboard.services.readings.process_parts import ProcessParts
from callboard.services.runtime import Runtime
from callboard.services.scopes import narrow, open_scope
from callboard.services.signalling.cards import follow_all
from callboard.services.signalling.lately import beginnings
from callboard.services.tiles.board import Asked, Board, read_board
from callboard.storage.engine import snapshot
from callboard.storage.signal_acts import SignalAct, read_signal_acts
from callboard.views import ChangeFacts
from callboard.views.signalling import FollowUp
from metrics.model import Grain


def read_changed(
    runtime: Runtime,
    actor: Actor,
    *,
    grain: Grain,
    period: str | None = None,
    series: tuple[str, ...] = (),
) -> tuple[ChangeFacts, ...]:
    """Return what there is to say of each of `series` (`touchpoint/metric`), judged as their tiles.

    All are read at once. NotAllowed for a touchpoint outside the actor's scope.
    """
    scope = open_scope(runtime, actor)
    pairs = [tuple(each.split("/", 1)) for each in series]
    if not pairs:
        return ()
    asked = Asked(
        grain=grain,
        period=period,
        scope=scope,
        touchpoints=narrow(scope, tuple(dict.fromkeys(touchpoint for touchpoint, _ in pairs))),
        metrics=tuple(dict.fromkeys(metric for _, metric in pairs)),
    )
    with snapshot(runtime.store) as connection:
        board = read_board(runtime, connection, asked)
        acts = read_signal_acts(connection, scope=asked.touchpoints)
        rows = {board.judged.table.keys[row][:2]: row for row in board.rows}
        follows = _follows(board, acts)
        return tuple(
            _facts(board, rows[pair], follows.get(rows[pair])) for pair in pairs if pair in rows
        )


def _follows(board: Board, acts: Sequence[SignalAct]) -> dict[int, FollowUp]:
    """What people did about the signals that are on, as the page of signals tells it."""
    found = dict(enumerate(beginnings(board, periods=1)))
    followed = follow_all(board, found, acts)
    return {each.found.row: each.follow for each in followed if each.found.until is None}


def _facts(board: Board, row: int, follow: FollowUp | None) -> ChangeFacts:
    key = board.judged.table.keys[row]
    definitions = board.runtime.definitions
    metric = definitions.metrics[key.metric]
    excess = read_excess(ProcessParts(metric=metric, judged=board.judged, row=row))
    return ChangeFacts(
        touchpoint=key.touchpoint,
        metric=key.metric,
        size=_size(board, row),
        excess=excess.sentence if excess else "",
        owner=definitions.touchpoints[key.touchpoint].owner,
        follow=follow,
    )


def _size(board: Board, row: int) -> str:
    """The newest value against the centre: `80.0 %, usually 90.2 %`; "" where there is no centre.

    Judged without its season it is told without it, for so it is compared.
    """
    judged = board.judged
    metric = board.runtime.definitions.metrics[judged.table.keys[row].metric]
    centre, value = judged.limits(row).centre, float(judged.values[row, -1])
    if centre is None or value != value:  # noqa: PLR0124 - NaN is not itself
        return ""
    if value != centre and figures.format_value(metric, value) == figures.format_value(
        metric, centre
    ):
        metric = metric.model_copy(update={"decimals": metric.decimals + 1})
    is_plain = value == float(judged.table.values[row, int(judged.ends[row])])
    now = figures.format_value(metric, value) + ("" if is_plain else " without the season")
    return f"{now}, usually {figures.format_value(metric, centre)}"
