"""What is written on held days: nothing new, and nothing old that is not to be trusted any more."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from callboard.storage.held_days import HeldDays
from callboard.storage.parts import PartRow
from callboard.storage.readings import HourRow, ReadingRow
from data_contracts.evidence import Held

Row = TypeVar("Row", ReadingRow, HourRow)


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """What made the figures that the store has of a feed.

    Where it `is_anew` defined, other definitions did. What was `waived` broke its contract.
    """

    is_anew: bool
    waived: frozenset[Held]

    def stale(self, held: frozenset[Held]) -> frozenset[Held]:
        """What of that which is held now is no last good figure."""
        return held if self.is_anew else held & self.waived


class Holds:
    """The holds of a feed while its figures are written.

    What the store has on held days stays, and its writers take `kept` for that; but for what is
    stale by `before`, of which nothing is kept.
    """

    def __init__(self, *, held: frozenset[Held], days: Collection[date], before: Before) -> None:
        """Take what is held on `days`."""
        stale = before.stale(held)
        self.kept: frozenset[Held] = held - stale
        self._left_out = HeldDays(stale, days)

    def free(self, rows: Iterable[Row]) -> Iterable[Row]:
        """The rows to be written, for a writer that is told what is kept."""
        holds = self._left_out
        if not holds:
            return rows
        return (row for row in rows if row.day not in holds.of(row.touchpoint, row.metric))

    def free_parts(self, metric: str, rows: Iterable[PartRow]) -> Iterable[PartRow]:
        """The same of one side of a metric."""
        holds = self._left_out
        return (row for row in rows if row.day not in holds.of(row.touchpoint, metric))
