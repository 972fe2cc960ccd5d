"""What is written on held days: nothing new, and nothing old that other definitions have made."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import TypeVar

from callboard.storage.held_days import HeldDays
from callboard.storage.parts import PartRow
from callboard.storage.readings import HourRow, ReadingRow
from data_contracts.evidence import Held

Row = TypeVar("Row", ReadingRow, HourRow)


class Holds:
    """The holds of a feed while its figures are written.

    What the store has on held days stays, and its writers take `kept` for that. Where the feed
    `is_anew` defined, that would be figures of two kinds beside each other: nothing is kept then.
    """

    def __init__(self, *, held: frozenset[Held], days: Collection[date], is_anew: bool) -> None:
        """Take what is held on `days`."""
        self.kept: frozenset[Held] = frozenset() if is_anew else held
        self._left_out = HeldDays(held if is_anew else (), days)

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
