"""Step one, second half: a wide file turned into rows, where a person said so."""

from collections.abc import Mapping
from dataclasses import dataclass

from data_contracts.importing.answers import LayoutAnswer, Unpivot
from data_contracts.parsing.table import TextTable


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """What of a file stands across its columns, how sure that is (0 to 1), and why."""

    unpivot: tuple[Unpivot, ...] = ()
    confidence: float = 1.0
    why: str = ""


def propose_layout(table: TextTable, names: Mapping[str, str]) -> Layout:
    """Return what seems to stand across the columns; `names` are the contract's, by plain header.

    A proposal is shown and confirmed, never applied by itself.
    """
    del table, names
    return Layout()


def lay_out(table: TextTable, answer: LayoutAnswer | None) -> TextTable:
    """Return the table with the columns that were answered turned into rows."""
    del answer
    return table
