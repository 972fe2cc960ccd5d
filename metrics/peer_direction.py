"""Whether we gain on our peers: how our gap to the middle one moves, in spreads of the peers.

A spread is how far the best and the last peer lie apart, so metrics of any unit can stand in one
picture.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from metrics.peer_ranking import Ruler
from metrics.slope import Slope, theil_sen

ENOUGH = 5  # periods; with fewer the interval holds every slope there is


class Moving(StrEnum):
    """Which way we move against the peers; unclear where the interval holds standing still."""

    GAINING = "gaining"
    LOSING = "losing"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True, kw_only=True)
class Duel:
    """Our value and the peers' in one period; `year` is when, in years."""

    year: float
    own: float
    peers: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Direction:
    """How far we move against the middle peer, in spreads of the peers a year; up is better."""

    slope: Slope
    periods: int

    @property
    def moving(self) -> Moving:
        """Which way, where more than chance says so."""
        if self.slope.low > 0:
            return Moving.GAINING
        return Moving.LOSING if self.slope.high < 0 else Moving.UNCLEAR


def direction_of(duels: Sequence[Duel], ruler: Ruler) -> Direction | None:
    """Return how our gap to the middle peer moves (Theil-Sen, 90 % interval); oldest duel first.

    None below five periods with at least two peers each, and where all peers are always level.
    """
    fit = [each for each in duels if len(each.peers) >= 2]
    if len(fit) < ENOUGH:
        return None
    merits = [ruler.merits(np.array([each.own, *each.peers], dtype=float)) for each in fit]
    gaps = np.array([each[0] - np.median(each[1:]) for each in merits])
    spread = float(np.median([each[1:].max() - each[1:].min() for each in merits]))
    if spread <= 0:
        return None
    slope = theil_sen(gaps / spread, np.array([each.year for each in fit]))
    return Direction(slope=slope, periods=len(fit))
