"""The overview: what needs a look first, what has changed, and the tiles in their lanes."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from callboard.access import Actor
from callboard.services.runtime import Runtime
from callboard.services.scopes import narrow, open_scope
from callboard.services.tiles.board import NO_FATES, Asked, Board, read_board
from callboard.services.tiles.fates import read_fates
from callboard.services.tiles.headlines import (
    NOTHING_YET,
    Fate,
    headline,
    reach_in_words,
)
from callboard.services.tiles.muting import mute
from callboard.services.tiles.trade_offs import find_pairs, tell_pairs
from callboard.storage.engine import snapshot
from callboard.storage.publications import latest_publication
from callboard.views import Lane, Overview, Tile
from metrics.dependence import expected_false_signals
from metrics.model import Grain

MOST_CHANGED, MOST_EVER = 12, 100
_ALL, _MANY = 100, 60  # so many tiles are all made; of more, the first so many


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
    changes: str = "",
    limit: int | None = None,
    only: tuple[str, ...] | None = None,
) -> Overview:
    """Return the overview of a period (the ISO first day of one; None: the latest complete one).

    A tile whose data does not reach that period tells its own newest complete one. `changes="all"`
    tells of all that changed, not of the newest only; `only` shows nothing but what it names as
    `touchpoint/metric`, such as what the actor follows. NotAllowed for a touchpoint outside the
    actor's scope.
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
    layout = _Layout(lanes=lanes, sort=sort, changes=changes, limit=limit)
    with snapshot(runtime.store) as connection:
        publication = latest_publication(connection)
        return _overview(read_board(runtime, connection, asked), publication, layout)


class _Layout(NamedTuple):
    """How what was read is laid out."""

    lanes: str
    sort: str
    changes: str
    limit: int | None


def _overview(board: Board, publication: int, layout: _Layout) -> Overview:
    fates = read_fates(board)
    ordered, worst_first = order_rows(board, fates, sort=layout.sort), order_rows(board, fates)
    shown, fresh = ordered[: _limit(layout, ordered)], _fresh(board, ordered)
    pairs = find_pairs(board, ordered)
    told = fresh if layout.changes == "all" else fresh[:MOST_CHANGED]
    in_pairs = [row for pair in pairs for row in (pair.moved, pair.worse)]
    muted = mute(board, worst_first) if layout.lanes == "key" else {}
    first = [row for row in worst_first if fates[row].is_of_concern][:1]
    made = board.tiles(list(dict.fromkeys((*shown, *told, *in_pairs, *first))), fates)
    tiles = {row: replace(tile, muted=muted.get(row)) for row, tile in made.items()}
    worst = next((tiles.get(row) for row in first), None)
    return Overview(
        headline=_headline(board, fates, worst, publication, muted=muted),
        complete_to=board.complete_to(),
        data_state=board.trusts.summary(),
        changed=tuple(tiles[row] for row in told),
        lanes=_lanes(board.runtime, [tiles[row] for row in shown if row in tiles], layout.lanes),
        tile_count=len(ordered),
        hidden_count=len(ordered) - len(shown),
        expected_false_signals=expected_false_signals(board.judged.correlations[ordered]),
        periods=board.period_options(),
        period=board.period.start.isoformat(),
        publication=publication,
        badge=board.trusts.worst,
        trade_offs=tell_pairs(board, pairs, tiles),
        changed_count=len(fresh),
        days_behind=max(0, (_today(board) - board.last_whole_day()).days - 1),
    )


def _limit(layout: _Layout, ordered: Sequence[int]) -> int:
    return layout.limit or (_ALL if len(ordered) <= _ALL else _MANY)


def order_rows(
    board: Board, fates: Mapping[int, Fate] = NO_FATES, *, sort: str = "concern"
) -> list[int]:
    """The series that have something to tell: what needs a look first, or by name.

    What needs a look equally stands by its key, safety first, so that a long page cuts it last.
    """
    names = {row: _name(board, row) for row in board.rows}
    if sort == "name":
        return sorted(board.rows, key=lambda row: names[row])
    concerns = {row: board.concern(row, fates.get(row)) for row in board.rows}
    return sorted(board.rows, key=lambda row: (-concerns[row], _key_place(board, row), names[row]))


def _name(board: Board, row: int) -> tuple[str, str]:
    key, definitions = board.judged.table.keys[row], board.runtime.definitions
    return definitions.metrics[key.metric].name, definitions.touchpoints[key.touchpoint].name


def _key_place(board: Board, row: int) -> int:
    """Which of the workspace's keys a series is of; the last for one that it does not name."""
    keys = board.runtime.workspace.keys
    key = board.runtime.definitions.metrics[board.judged.table.keys[row].metric].key
    return keys.index(key) if key in keys else len(keys)


def _headline(
    board: Board,
    fates: Mapping[int, Fate],
    worst: Tile | None,
    publication: int,
    *,
    muted: Collection[int],
) -> str:
    """The page's sentence; a promise at risk that improves is not counted among what improves."""
    if not fates and not publication:
        return NOTHING_YET
    reach = reach_in_words(board.last_whole_day(), _today(board))
    below = sum(not fates[row].is_at_risk for row in muted)
    return headline(list(fates.values()), worst, muted=below, reach=reach)


def _today(board: Board) -> date:
    return board.runtime.clock.today(board.runtime.workspace.time_zone)


def _fresh(board: Board, ordered: Sequence[int]) -> list[int]:
    """What has changed lately, good and bad news alike, the newest first."""
    rows = sorted(
        (row for row in ordered if board.judged.is_fresh[row]), key=lambda row: _name(board, row)
    )
    since = {row: str(board.judged.variation(row).since or "") for row in rows}
    return sorted(rows, key=since.__getitem__, reverse=True)[:MOST_EVER]


def _lanes(runtime: Runtime, tiles: Sequence[Tile], lanes: str) -> tuple[Lane, ...]:
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
