"""What the lab says of a file's columns and words, as data."""

from collections.abc import Mapping as Dict
from dataclasses import dataclass, field

from data_contracts.importing.questions import Asked
from data_contracts.parsing.cells import Issue
from data_contracts.parsing.headers import Mapping as HeaderMapping
from data_contracts.parsing.table import Refused, TextTable


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnMatch:
    """What a column of the file seems to be, or was answered to be; "" for none.

    `confidence` is 0 to 1, `evidence` says in words what it rests on, `alternatives` are other
    contract columns with their confidence. Below 1 it is a proposal that nobody has taken.
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

    `asked` are the questions its columns leave open. `left_out` closes the rows that a person left
    out; `issues` are of single cells. `is_scale_said`: somebody has said whether 0.82 is a share.
    """

    table: TextTable
    headers: HeaderMapping
    mapping: Mapping = field(default_factory=Mapping)
    asked: tuple[Asked, ...] = ()
    left_out: tuple[Issue, ...] = ()
    issues: tuple[Issue, ...] = ()
    is_scale_said: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NotMapped(Refused):
    """A file whose columns are not all known; `mapping` says what they seem to be."""

    mapping: Mapping
