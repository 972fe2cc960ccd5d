"""What is told of one touchpoint on a shift: metrics that signal or have a today, feeds not well.

Where nothing is to be told, nothing is.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from callboard import figures
from callboard.services.tiles.badges import BADGES
from callboard.services.tiles.board import Board
from callboard.services.tiles.fates import read_fates
from callboard.services.tiles.headlines import Fate, Kept, tell
from callboard.services.tiles.overview import order_rows
from callboard.services.tiles.today import read_today
from callboard.views import Badge, ShiftFeed, ShiftRow, Tile, TodaySoFar

_TOLD = frozenset({Kept.AT_RISK, Kept.IMPROVING, Kept.UNUSUAL, Kept.SUSPENDED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """The series of each touchpoint, what needs a look first, with the tiles and todays of some."""

    rows: Mapping[str, Sequence[int]]
    tiles: Mapping[int, Tile]
    todays: Mapping[int, TodaySoFar]
    fates: Mapping[int, Fate]

    def state(self, row: int) -> Kept:
        """What becomes of the promise of a series."""
        return self.fates[row].state


def read_places(board: Board) -> Places:
    """Sort a board by touchpoint; tiles are made of what signals and of the first of each."""
    rows: dict[str, list[int]] = {}
    fates = read_fates(board)
    for row in order_rows(board, fates):
        rows.setdefault(board.judged.table.keys[row].touchpoint, []).append(row)
    firsts = [first for first, *_ in rows.values()]
    signals = [row for mine in rows.values() for row in mine if fates[row].state in _TOLD]
    keys = {row: board.judged.table.keys[row] for mine in rows.values() for row in mine}
    todays = read_today(board.runtime, board.connection, list(keys.values()), states=board.states)
    return Places(
        rows=rows,
        tiles=board.tiles(list(dict.fromkeys((*firsts, *signals))), fates),
        todays={row: todays[key] for row, key in keys.items() if key in todays},
        fates=fates,
    )


def tell_rows(board: Board, places: Places, touchpoint: str) -> tuple[ShiftRow, ...]:
    """The metrics of a touchpoint that signal, what needs a look first; then those with a today."""
    mine = places.rows.get(touchpoint, ())
    signals = [row for row in mine if places.state(row) in _TOLD and row in places.tiles]
    others = [row for row in mine if row in places.todays and row not in signals]
    return tuple(_row(board, places, row) for row in (*signals, *others))


def _row(board: Board, places: Places, row: int) -> ShiftRow:
    metric = board.runtime.definitions.metrics[board.judged.table.keys[row].metric]
    plain = ShiftRow(
        metric=metric.code,
        metric_name=metric.name,
        variation=board.judged.variation(row),
        today=places.todays.get(row),
    )
    state = places.state(row)
    if state not in _TOLD:
        return plain
    tile = places.tiles[row]
    return replace(
        plain,
        told=(state is not Kept.SUSPENDED and tell(tile)) or tile.verdict.rstrip("."),
        value_text=figures.format_value(metric, tile.value),
        period_label=tile.period_label,
        needs_look=state is not Kept.IMPROVING,
    )


def tell_feeds(board: Board, places: Places, touchpoint: str) -> tuple[ShiftFeed, ...]:
    """The feeds under a touchpoint's metrics that are not well there, by name."""
    keys, metrics = board.judged.table.keys, board.runtime.definitions.metrics
    by_feed: dict[str, list[str]] = {}
    for code in [keys[row].metric for row in places.rows.get(touchpoint, ())]:
        for feed in metrics[code].feeds:
            by_feed.setdefault(feed, []).append(code)
    found = [_feed(board, feed, touchpoint, codes) for feed, codes in by_feed.items()]
    return tuple(sorted((each for each in found if each is not None), key=lambda each: each.name))


def _feed(board: Board, feed: str, touchpoint: str, metrics: Sequence[str]) -> ShiftFeed | None:
    """A feed as its worst metric here has it; None where all is well."""
    told = [board.trusts.of((feed,), touchpoint=touchpoint, metric=each) for each in metrics]
    trust = max(told, key=lambda each: BADGES.index(each.badge))
    waiting = board.trusts.grounds.waiting(feed, touchpoint)
    if trust.badge is Badge.VERIFIED and not waiting:
        return None
    contract = board.runtime.definitions.contracts.get(feed)
    return ShiftFeed(
        feed=feed, name=contract.name if contract else feed, trust=trust, waiting=waiting
    )
