"""Which tiles of a page are drawn whole, and which stand in the list below their lane. Pure."""

from collections.abc import Sequence
from typing import NamedTuple

from callboard.services.tiles.headlines import Kept, state_of
from callboard.views import Badge, Lane, Tile

MOST_WHOLE = 24
_FEW = 12  # so many in all need no list
_ROW = 4  # tiles beside each other on a wide screen
_MATTERS = (Kept.AT_RISK, Kept.IMPROVING, Kept.UNUSUAL, Kept.SUSPENDED)


class Laid(NamedTuple):
    """A lane's tiles in two parts, each in the lane's order."""

    lane: Lane
    whole: tuple[Tile, ...]
    listed: tuple[Tile, ...]


def lay_out(lanes: Sequence[Lane]) -> tuple[Laid, ...]:
    """What matters is drawn whole, and steady tiles as far as they fill a lane's first row.

    No more than `MOST_WHOLE` are drawn whole in all: each lane gets its row, then what needs a look
    most, wherever it is. A dozen or fewer are all drawn whole.
    """
    if sum(len(lane.tiles) for lane in lanes) <= _FEW:
        return tuple(Laid(lane=lane, whole=lane.tiles, listed=()) for lane in lanes)
    row = max(1, min(_ROW, MOST_WHOLE // max(1, len(lanes))))
    chosen = [_first_row(lane.tiles, row) for lane in lanes]
    left = MOST_WHOLE - sum(len(each) for each in chosen)
    more = sorted(
        (
            (-tile.concern, at, place)
            for at, lane in enumerate(lanes)
            for place, tile in enumerate(lane.tiles)
            if place not in chosen[at] and _matters(tile)
        )
    )
    for _, at, place in more[:left]:
        chosen[at].add(place)
    return tuple(_laid(lane, places) for lane, places in zip(lanes, chosen, strict=True))


def _first_row(tiles: Sequence[Tile], row: int) -> set[int]:
    """The places of those that matter, then of the others, as many as fit into a row."""
    order = sorted(range(len(tiles)), key=lambda place: not _matters(tiles[place]))
    return set(order[:row])


def _matters(tile: Tile) -> bool:
    """Whether a promise moves or is at risk, its figure is held back, or somebody commented."""
    if tile.note is not None or tile.trust.badge is Badge.WITHHELD:
        return True
    return state_of(tile) in _MATTERS


def _laid(lane: Lane, places: set[int]) -> Laid:
    return Laid(
        lane=lane,
        whole=tuple(tile for at, tile in enumerate(lane.tiles) if at in places),
        listed=tuple(tile for at, tile in enumerate(lane.tiles) if at not in places),
    )
