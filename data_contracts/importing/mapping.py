"""Steps two and three of an import: what each column is, and what its words mean."""

from collections.abc import Mapping as Dict
from dataclasses import dataclass, field

from data_contracts.benchmarks.known import Known
from data_contracts.importing.answers import Answers
from data_contracts.importing.questions import Asked
from data_contracts.model import Contract
from data_contracts.parsing.headers import Mapping as HeaderMapping
from data_contracts.parsing.headers import map_headers
from data_contracts.parsing.table import Refused, TextTable


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnMatch:
    """What a column of the file seems to be, or was answered to be; "" for none.

    `confidence` is 0 to 1, `evidence` says in words what it rests on, `alternatives` are other
    contract columns with their confidence.
    """

    header: str
    field: str
    confidence: float
    evidence: str
    is_answered: bool = False
    alternatives: tuple[tuple[str, float], ...] = ()
    example: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueMatch:
    """What a word of a naming column seems to mean, or was answered to; "" for nothing known."""

    field: str
    word: str
    means: str
    rows: int
    confidence: float
    evidence: str
    is_answered: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapping:
    """What the columns of a file are, the constants beside them, and what their words mean.

    `ignored` are headers that nothing is taken from, `missing` required contract columns that
    neither a column nor a constant gives.
    """

    columns: tuple[ColumnMatch, ...] = ()
    values: tuple[ValueMatch, ...] = ()
    constants: Dict[str, str] = field(default_factory=dict)
    ignored: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapped:
    """A file ready to be typed: `table` has the answers in it, `headers` says where each column is.

    `asked` are the questions its columns leave open.
    """

    table: TextTable
    headers: HeaderMapping
    mapping: Mapping = field(default_factory=Mapping)
    asked: tuple[Asked, ...] = ()


def map_columns(
    table: TextTable, contract: Contract, known: Known, answers: Answers
) -> Mapped | Refused:
    """Return the file with its columns and words mapped, by exact names and by what was answered.

    A refusal names every required column that neither a column nor a constant gives.
    """
    del known, answers
    headers = map_headers(table.headers, contract, line=table.header_line)
    if isinstance(headers, tuple):
        return Refused(findings=headers, encoding=table.encoding, delimiter=table.delimiter)
    return Mapped(table=table, headers=headers)
