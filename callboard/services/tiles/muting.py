"""Improvements that stand below a concern of a higher key, on the page that shows lanes by key."""

from collections.abc import Mapping, Sequence

from callboard.services.tiles.board import Board
from callboard.services.tiles.headlines import in_a_sentence
from callboard.views import Muting
from metrics.limits import Footing
from metrics.muting import Mark, muted_by
from metrics.signals import Signal
from metrics.verdict import Variation

_UNJUDGED = (Footing.NONE, Footing.GAPS)


def mute(board: Board, ordered: Sequence[int]) -> Mapping[int, Muting]:
    """What mutes each of the series that it does mute; `ordered` has what needs a look first."""
    keys, definitions = board.runtime.workspace.keys, board.runtime.definitions
    marks = [_mark(board, row, keys) for row in ordered]
    muted = {}
    for at, by in muted_by(marks).items():
        series = board.judged.table.keys[ordered[by]]
        metric = definitions.metrics[series.metric]
        words = f"{metric.key}: {in_a_sentence(metric.name)}"
        muted[ordered[at]] = Muting(words=words, metric=metric.code)
    return muted


def plain_signal(variation: Variation) -> Signal:
    """The signal as far as it is concluded from: none of what is not judged."""
    if variation.is_suspended or variation.footing in _UNJUDGED:
        return Signal.NONE
    return variation.signal


def _mark(board: Board, row: int, keys: Sequence[str]) -> Mark:
    series = board.judged.table.keys[row]
    key = board.runtime.definitions.metrics[series.metric].key
    return Mark(
        touchpoint=series.touchpoint,
        rank=keys.index(key) if key in keys else len(keys),
        signal=plain_signal(board.judged.variations[row]),
    )
