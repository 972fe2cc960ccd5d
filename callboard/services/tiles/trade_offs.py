"""Pairs of metrics that moved against each other at a touchpoint, found on a board and told."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from callboard.services.tiles.board import Board
from callboard.services.tiles.headlines import in_a_sentence
from callboard.services.tiles.muting import plain_signal
from callboard.views import Tile, TradeOff
from metrics.calendar import Period, calendar_for
from metrics.model import Grain
from metrics.signals import Signal
from metrics.trade_offs import Coincidence, Leg, trade_offs

_WORDS = {Signal.IMPROVEMENT: "better", Signal.HIGH: "higher", Signal.LOW: "lower"}
_TOLD = (*_WORDS, Signal.CONCERN)


class Pair(NamedTuple):
    """The series that moved, the one that got worse, and since when both."""

    moved: int
    worse: int
    found: Coincidence


def find_pairs(board: Board, ordered: Sequence[int]) -> list[Pair]:
    """The pairs of which at least one side is news, the newest first, then as `ordered`."""
    metrics = board.runtime.definitions.metrics
    trades_with = {code: each.trades_with for code, each in metrics.items() if each.trades_with}
    named = trades_with.keys() | {code for codes in trades_with.values() for code in codes}
    judged = board.judged
    rows = [
        row
        for row in ordered
        if judged.table.keys[row].metric in named and plain_signal(judged.variations[row]) in _TOLD
    ]
    found = trade_offs([_leg(board, row) for row in rows], trades_with)
    pairs = [Pair(rows[each.moved], rows[each.worse], each) for each in found]
    fresh = [each for each in pairs if judged.is_fresh[each.moved] or judged.is_fresh[each.worse]]
    return sorted(fresh, key=lambda pair: pair.found.since, reverse=True)


def tell_pairs(
    board: Board, pairs: Sequence[Pair], tiles: Mapping[int, Tile]
) -> tuple[TradeOff, ...]:
    """The pairs as they are shown."""
    return tuple(_told(board, pair, tiles) for pair in pairs)


def _told(board: Board, pair: Pair, tiles: Mapping[int, Tile]) -> TradeOff:
    moved, worse = tiles[pair.moved], tiles[pair.worse]
    word = _WORDS[moved.variation.signal]
    since = calendar_for(board.period.grain).period_of(pair.found.since)
    return TradeOff(
        moved=moved,
        worse=worse,
        sentence=f"{moved.metric_name} {word} while {in_a_sentence(worse.metric_name)} worse",
        since=f"both {_since(since, _last(board, pair))}",
    )


def _since(began: Period, last: Period) -> str:
    label = calendar_for(began.grain).label(began, near=last)
    if began < last:
        return f"since {label}"
    return f"{'on' if began.grain is Grain.DAY else 'in'} {label}"


def _last(board: Board, pair: Pair) -> Period:
    """The newest period told of either side."""
    return max(_told_period(board, row) for row in (pair.moved, pair.worse))


def _told_period(board: Board, row: int) -> Period:
    start = board.judged.period_start(row)
    assert start is not None
    return calendar_for(board.period.grain).period_of(start)


def _leg(board: Board, row: int) -> Leg:
    key, variation = board.judged.table.keys[row], board.judged.variation(row)
    last = _told_period(board, row)
    return Leg(
        touchpoint=key.touchpoint,
        metric=key.metric,
        signal=variation.signal,
        since=variation.since or last.start,
        until=last.end,
    )
