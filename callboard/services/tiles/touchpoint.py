"""A touchpoint: its verdict, all of its tiles, the services behind it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from callboard.access import Actor
from callboard.services.runtime import Runtime
from callboard.services.scopes import open_scope
from callboard.services.tiles.board import Asked, Board, read_board
from callboard.services.tiles.fates import read_fates
from callboard.services.tiles.headlines import NOTHING_YET, Fate, headline
from callboard.services.tiles.overview import order_rows
from callboard.storage.engine import Connection, snapshot
from callboard.storage.publications import latest_publication
from callboard.storage.readings import list_segments
from callboard.views import ServiceBehind, Tile, TouchpointPage
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
    place, metrics = frozenset({touchpoint}), tuple(runtime.definitions.metrics)
    asked = Asked(grain=grain, period=period, scope=scope, touchpoints=place, metrics=metrics)
    with snapshot(runtime.store) as connection:
        publication = latest_publication(connection)
        board = read_board(runtime, connection, asked)
        fates = read_fates(board)
        rows = order_rows(board, fates)
        tiles = board.tiles(rows, fates)
        shown = tuple(tiles.values())
        sentence = tell_place(rows, tiles, fates) or NOTHING_YET
        dimensions = _dimensions(connection, shown)
        behind = _depends_on(runtime, connection, asked, touchpoint)
    return TouchpointPage(
        touchpoint=touchpoint,
        name=definition.name,
        description=definition.description,
        owner=definition.owner,
        stage=definition.stage.value,
        headline=sentence if shown or not publication else NO_READINGS_HERE,
        tiles=shown,
        depends_on=behind,
        dimensions=dimensions,
        publication=publication,
        expected_false_signals=expected_false_signals(board.judged.correlations[rows]),
    )


def tell_place(rows: Sequence[int], tiles: Mapping[int, Tile], fates: Mapping[int, Fate]) -> str:
    """Return the sentence of a touchpoint whose series are `rows`; nothing without any.

    What needs a look first is in front; there is a tile of whatever is of concern.
    """
    if not rows:
        return ""
    worst = next((tiles[row] for row in rows if fates[row].is_of_concern), None)
    return headline([fates[row] for row in rows], worst, with_touchpoint=False)


def _depends_on(
    runtime: Runtime, connection: Connection, asked: Asked, touchpoint: str
) -> tuple[ServiceBehind, ...]:
    """The services behind it that the actor may see, each with what needs a look first there."""
    touchpoints = runtime.definitions.touchpoints
    codes = [each for each in touchpoints[touchpoint].depends_on if each in asked.scope.touchpoints]
    if not codes:
        return ()
    board = read_board(runtime, connection, replace(asked, touchpoints=frozenset(codes)))
    keys, ordered = board.judged.table.keys, order_rows(board)
    worst = {code: next((r for r in ordered if keys[r].touchpoint == code), None) for code in codes}
    return tuple(
        _behind(runtime, board, row, ServiceBehind(touchpoint=code, name=touchpoints[code].name))
        for code, row in worst.items()
    )


def _behind(runtime: Runtime, board: Board, row: int | None, of: ServiceBehind) -> ServiceBehind:
    if row is None:
        return of
    metric = runtime.definitions.metrics[board.judged.table.keys[row].metric]
    return replace(
        of,
        metric=metric.code,
        metric_name=metric.name,
        variation=board.judged.variations[row],
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
