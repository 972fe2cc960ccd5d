"""How much of a file is looked at at all."""

from dataclasses import dataclass

CELL = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Largest file in bytes, most rows and columns, longest cell in characters."""

    size: int = 100_000_000
    rows: int = 1_000_000
    columns: int = 200
    cell: int = CELL
