"""A touchpoint: its verdict, all of its tiles, the services behind it."""

from collections.abc import Sequence

from callboard.access import Actor, Scope
from callboard.services.runtime import Runtime
from callboard.services.scopes import open_scope
from callboard.services.tiles.board import Asked, Board, read_board
from callboard.services.tiles.headlines import NOTHING_YET, headline
from callboard.services.tiles.overview import kept_of, order_rows
from callboard.storage.engine import Connection, snapshot
from callboard.storage.publications import latest_publication
from callboard.storage.readings import list_segments
from callboard.views import Tile, TouchpointPage
from metrics.dependence import expected_false_signals
from metrics.model import Grain

NO_READINGS_HERE = "No readings at this touchpoint yet: no row of a connected feed names it."


def read_touchpoint(
    runtime: Runtime, actor: Actor, *, touchpoint: str, grain: Grain, period: str | None = None
) -> TouchpointPage:
    """Return everything of one touchpoint; NotAllowed where the actor may not read it."""
    scope = open_scope(runtime, actor)
    scope.require(touchpoint)
    definition = runtime.definitions.touchpoints[touchpoint]
    asked = Asked(
        grain=grain,
        period=period,
        scope=scope,
        touchpoints=frozenset({touchpoint}),
        metrics=tuple(runtime.definitions.metrics),
    )
    with snapshot(runtime.store) as connection:
        publication = latest_publication(connection)
        board = read_board(runtime, connection, asked)
        rows = order_rows(board)
        tiles = board.tiles(rows)
        dimensions = _dimensions(connection, list(tiles.values()))
    shown = tuple(tiles[row] for row in rows if row in tiles)
    return TouchpointPage(
        touchpoint=touchpoint,
        name=definition.name,
        description=definition.description,
        owner=definition.owner,
        stage=definition.stage.value,
        headline=_headline(board, rows, shown, publication),
        tiles=shown,
        depends_on=_depends_on(runtime, scope, touchpoint),
        dimensions=dimensions,
        publication=publication,
        expected_false_signals=expected_false_signals(board.judged.correlations[rows]),
    )


def _headline(board: Board, rows: Sequence[int], shown: Sequence[Tile], publication: int) -> str:
    if not shown:
        return NO_READINGS_HERE if publication else NOTHING_YET
    return headline(kept_of(board, rows), shown[0], with_touchpoint=False)


def _depends_on(runtime: Runtime, scope: Scope, touchpoint: str) -> tuple[tuple[str, str], ...]:
    """The services behind it that the actor may see, as code and name."""
    touchpoints = runtime.definitions.touchpoints
    return tuple(
        (code, touchpoints[code].name)
        for code in touchpoints[touchpoint].depends_on
        if code in scope.touchpoints
    )


def _dimensions(connection: Connection, tiles: Sequence[Tile]) -> dict[str, tuple[str, ...]]:
    """The dimensions by which each metric has readings here, first those that tell things apart."""
    found = {
        tile.metric: list_segments(connection, metric=tile.metric, touchpoint=tile.touchpoint)
        for tile in tiles
    }
    return {
        metric: tuple(sorted(segments, key=lambda dimension: len(segments[dimension]) < 2))
        for metric, segments in found.items()
        if segments
    }
