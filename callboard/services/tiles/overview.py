"""The overview: what needs a look first, what has changed, and the tiles in their lanes."""

from collections.abc import Mapping, Sequence

from callboard.access import Actor
from callboard.services.runtime import Runtime
from callboard.services.scopes import narrow, open_scope
from callboard.services.tiles.board import Asked, Board, read_board
from callboard.services.tiles.headlines import NOTHING_YET, Kept, headline, kept
from callboard.storage.engine import snapshot
from callboard.storage.publications import latest_publication
from callboard.views import Lane, Overview, Tile
from metrics.dependence import expected_false_signals
from metrics.model import Grain

MOST_CHANGED = 12


def read_overview(  # noqa: PLR0913 - the filters of the page, by keyword
    runtime: Runtime,
    actor: Actor,
    *,
    grain: Grain,
    period: str | None = None,
    touchpoints: tuple[str, ...] = (),
    pillar: str = "",
    lanes: str = "key",
    sort: str = "concern",
    limit: int = 60,
    only: tuple[str, ...] | None = None,
) -> Overview:
    """Return the overview of a period (the ISO first day of one; None: the latest complete one).

    A tile whose data does not reach that period tells its own newest complete one. NotAllowed for
    a touchpoint outside the actor's scope. `only` shows nothing but what it names as
    `touchpoint/metric`, such as what the actor follows.
    """
    scope = open_scope(runtime, actor)
    metrics = runtime.definitions.metrics
    asked = Asked(
        grain=grain,
        period=period,
        scope=scope,
        touchpoints=narrow(scope, touchpoints),
        metrics=tuple(code for code in metrics if not pillar or metrics[code].pillar == pillar),
        only=None if only is None else frozenset(only),
    )
    with snapshot(runtime.store) as connection:
        publication = latest_publication(connection)
        board = read_board(runtime, connection, asked)
        ordered = order_rows(board, sort=sort)
        shown, fresh = ordered[:limit], _fresh(board, ordered)
        tiles = board.tiles(list(dict.fromkeys((*shown, *fresh, *order_rows(board)[:1]))))
    return Overview(
        headline=_headline(board, ordered, tiles, publication),
        complete_to=board.complete_to(),
        data_state=board.trusts.summary(),
        changed=_newest_change_first([tiles[row] for row in fresh if row in tiles]),
        lanes=_lanes(runtime, [tiles[row] for row in shown if row in tiles], lanes=lanes),
        tile_count=len(ordered),
        hidden_count=len(ordered) - len(shown),
        expected_false_signals=expected_false_signals(board.judged.correlations[ordered]),
        periods=board.period_options(),
        period=board.period.start.isoformat(),
        publication=publication,
        badge=board.trusts.worst,
    )


def order_rows(board: Board, *, sort: str = "concern") -> list[int]:
    """The series that have something to tell: what needs a look first, or by name.

    What needs a look equally stands by its key, safety first, so that a long page cuts it last.
    """
    names = {row: _name(board, row) for row in board.rows}
    if sort == "name":
        return sorted(board.rows, key=lambda row: names[row])
    concerns = board.judged.concerns.tolist()
    return sorted(board.rows, key=lambda row: (-concerns[row], _key_place(board, row), names[row]))


def kept_of(board: Board, rows: Sequence[int]) -> list[Kept]:
    """What becomes of the promise of each series."""
    judged = board.judged
    return [kept(judged.variations[row], judged.assurances[row]) for row in rows]


def _name(board: Board, row: int) -> tuple[str, str]:
    key, definitions = board.judged.table.keys[row], board.runtime.definitions
    return definitions.metrics[key.metric].name, definitions.touchpoints[key.touchpoint].name


def _key_place(board: Board, row: int) -> int:
    """Which of the workspace's keys a series is of; the last for one that it does not name."""
    keys = board.runtime.workspace.keys
    key = board.runtime.definitions.metrics[board.judged.table.keys[row].metric].key
    return keys.index(key) if key in keys else len(keys)


def _headline(
    board: Board, ordered: Sequence[int], tiles: Mapping[int, Tile], publication: int
) -> str:
    if not ordered and not publication:
        return NOTHING_YET
    worst = next((tiles.get(row) for row in order_rows(board)), None)
    return headline(kept_of(board, ordered), worst)


def _fresh(board: Board, ordered: Sequence[int]) -> list[int]:
    return [row for row in ordered if board.judged.is_fresh[row]][:MOST_CHANGED]


def _newest_change_first(tiles: Sequence[Tile]) -> tuple[Tile, ...]:
    """Good and bad news alike, the newest first."""
    by_name = sorted(tiles, key=lambda tile: (tile.metric_name, tile.touchpoint_name))
    return tuple(sorted(by_name, key=lambda tile: str(tile.variation.since or ""), reverse=True))


def _lanes(runtime: Runtime, tiles: Sequence[Tile], *, lanes: str) -> tuple[Lane, ...]:
    workspace = runtime.workspace
    titles = workspace.pillars if lanes == "pillar" else workspace.keys
    grouped = (
        Lane(
            title=title,
            tiles=tuple(
                tile for tile in tiles if title == (tile.pillar if lanes == "pillar" else tile.key)
            ),
        )
        for title in titles
    )
    return tuple(lane for lane in grouped if lane.tiles)
