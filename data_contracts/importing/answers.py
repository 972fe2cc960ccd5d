"""What a person has said about a file: how it is read, laid out, mapped, and what is put right.

The steps of the lab, a mapping file and what is remembered of a publisher are all this one type.
Everything else about a file is derived from its bytes and these answers.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from data_contracts.importing.questions import ClockStyle, DayOrder, Decimal, Scale

# What is said of one edition: its days, and how many it stands on.
_OF_THE_EDITION = frozenset((
    *("period", "period_start", "period_end", "published_on", "retrieved_on", "as_of"),
    *("value", "numerator", "denominator", "sample_size"),
))  # fmt: skip
_A_YEAR = re.compile(r"(?<![0-9])(19|20)[0-9]{2}(?![0-9])")


class UnpivotKind(StrEnum):
    """What stands across the columns of a wide file."""

    PERIODS = "periods"
    METRICS = "metrics"
    STATISTICS = "statistics"
    ENTITIES = "entities"
    BLOCKS = "blocks"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingAnswer:
    """How the bytes are read; "" and 0 mean: as it was detected. Lines count from 1."""

    encoding: str = ""
    delimiter: str = ""
    header_line: int = 0
    header_rows: int = 0
    skip_below: int = 0
    sheet: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unpivot:
    """Columns that become rows: each header's words go to the contract column `into`.

    `into` is `period`, `metric`, `statistic` or `entity`. Of blocks, `block_of` says what the upper
    header is (`industry`, `entity`, `segment` or `region`).
    """

    kind: UnpivotKind
    columns: tuple[str, ...]
    into: str
    block_of: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LayoutAnswer:
    """Which columns become rows, at most two kinds of them; none where the file is long already."""

    unpivot: tuple[Unpivot, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnAnswer:
    """What a column of the file is: a contract column, `period`, `year`, `month`; "" is ignored.

    The rest settles what its cells leave open; `fiscal_from` is the month (1 to 12) a fiscal year
    begins with.
    """

    header: str
    field: str
    decimal: Decimal | None = None
    day_order: DayOrder | None = None
    clock: ClockStyle | None = None
    scale: Scale | None = None
    unit: str = ""
    per: int | None = None
    fiscal_from: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueAnswer:
    """What a word of the file means in a contract column: `First call res.` is `fcr`.

    A period is two ISO days with a slash between; "" leaves the rows out.
    """

    field: str
    word: str
    means: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """A cell that a person has put right; `column` is the header in the file, `line` its line."""

    line: int
    column: str
    becomes: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """Everything a person has said about a file.

    `columns` and `layout` None mean that nothing was said: only exact headers count then, and
    nothing is turned. `constants` are texts for all rows by contract column, where no cell says
    otherwise. `new_names` are entities that are new on purpose, `*` all of them. `confirmed` holds
    `encoding` and keys of jumps in scale such as `scale:fcr`.
    """

    reading: ReadingAnswer = field(default_factory=ReadingAnswer)
    layout: LayoutAnswer | None = None
    columns: tuple[ColumnAnswer, ...] | None = None
    values: tuple[ValueAnswer, ...] = ()
    constants: Mapping[str, str] = field(default_factory=dict)
    edits: tuple[Edit, ...] = ()
    new_names: tuple[str, ...] = ()
    confirmed: frozenset[str] = frozenset()

    def for_next_time(self) -> "Answers":
        """What also fits the publisher's next file: nothing of this one's rows or edition."""
        return replace(
            self,
            values=tuple(each for each in self.values if each.field != "period"),
            constants={
                field: text
                for field, text in self.constants.items()
                if field not in _OF_THE_EDITION and not _A_YEAR.search(text)
            },
            edits=(),
            new_names=(),
            confirmed=frozenset(),
        )


NO_ANSWERS = Answers()
