"""What stands behind each thing that changed: its size against normal, and whose it is."""

from callboard import figures
from callboard.access import Actor
from callboard.services.drilling.excess import read_excess
from callboard.services.readings.process_parts import ProcessParts
from callboard.services.runtime import Runtime
from callboard.services.scopes import narrow, open_scope
from callboard.services.tiles.board import Asked, Board, read_board
from callboard.storage.engine import snapshot
from callboard.views import ChangeFacts
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
        rows = {board.judged.table.keys[row][:2]: row for row in board.rows}
        return tuple(_facts(board, rows[pair]) for pair in pairs if pair in rows)


def _facts(board: Board, row: int) -> ChangeFacts:
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
    is_plain = value == float(judged.table.values[row, int(judged.ends[row])])
    now = figures.format_value(metric, value) + ("" if is_plain else " without the season")
    return f"{now}, usually {figures.format_value(metric, centre)}"
