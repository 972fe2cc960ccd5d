"""What the tests of reading and laying out share: looking at a file, and its rows as tuples."""

from data_contracts.importing.answers import ReadingAnswer
from data_contracts.importing.proposing import ReadingProposal, propose_reading
from data_contracts.importing.reading import look
from data_contracts.parsing import Limits, Refused, TextTable
from tests.data_contracts.benchmarks.files import CONTRACT


def looked(
    content: bytes | str, *, name: str = "", limits: Limits | None = None, **answer
) -> TextTable | Refused:
    """The rows of a file, read as it was answered."""
    return look(
        content.encode() if isinstance(content, str) else content,
        ReadingAnswer(**answer),
        contract=CONTRACT,
        limits=limits or Limits(),
        name=name,
    )


def proposed(content: bytes | str, *, name: str = "", **answer) -> ReadingProposal:
    """How a file seems to be read."""
    return propose_reading(
        content.encode() if isinstance(content, str) else content,
        ReadingAnswer(**answer),
        contract=CONTRACT,
        limits=Limits(),
        name=name,
    )


def told(table: TextTable | Refused) -> list[tuple[int | str, ...]]:
    """Each row as its line and its cells."""
    assert isinstance(table, TextTable), table
    rows = table.cells.itertuples(index=False)
    return [(int(line), *row) for line, row in zip(table.lines, rows, strict=True)]


def why(table: TextTable | Refused) -> tuple[str, str]:
    """The reason a file is refused for, and what was found."""
    assert isinstance(table, Refused), table
    (finding,) = table.findings
    return finding.reason.value, finding.found
