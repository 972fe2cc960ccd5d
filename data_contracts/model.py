"""The vocabulary of contracts, as the product uses it after an ODCS file has been read and linted.

Plain frozen data: the ODCS document itself is read in `catalogue`, checks are run in `masks` and,
as SQL, in `callboard.storage.feeds.check_sql`.
"""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum


class ColumnType(StrEnum):
    """ODCS logical types that a feed or a benchmark file may use."""

    STRING = "string"
    DATE = "date"
    TIMESTAMP = "timestamp"
    NUMBER = "number"
    INTEGER = "integer"
    BOOLEAN = "boolean"


class Severity(StrEnum):
    """Critical rows are quarantined, warnings are published and flagged, infos are counted."""

    CRITICAL = "critical"
    WARNING = "warning"
    INFO = "info"


class Dimension(StrEnum):
    """The seven data-quality dimensions of ODCS."""

    ACCURACY = "accuracy"
    COMPLETENESS = "completeness"
    CONFORMITY = "conformity"
    CONSISTENCY = "consistency"
    COVERAGE = "coverage"
    TIMELINESS = "timeliness"
    UNIQUENESS = "uniqueness"


class Kind(StrEnum):
    """The closed set of row checks; each has a vector mask and a SQL predicate."""

    REQUIRED = "required"
    TYPE = "type"
    RANGE = "range"
    ONE_OF = "one_of"
    PATTERN = "pattern"
    LENGTH = "length"
    NOT_BEFORE = "not_before"
    NOT_FUTURE = "not_future"
    KNOWN = "known"
    UNIQUE = "unique"


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One neutral row check: which column must hold what.

    `low`/`high` are inclusive bounds (numbers for range, characters for length); `values` are the
    allowed words of one_of; `other` is the column that not_before compares with. `known` takes its
    allowed words at run time (touchpoints, metrics, entities), named by `reference`. A missing
    value passes every check but `required`. `where` (column, allowed words) restricts the rows.
    `unique` fails every row whose `columns` (`column` is the first of them) another row has too.
    """

    rule_id: str
    kind: Kind
    column: str
    severity: Severity
    dimension: Dimension
    description: str
    low: float | None = None
    high: float | None = None
    values: tuple[str, ...] = ()
    pattern: str = ""
    other: str = ""
    reference: str = ""
    column_type: ColumnType = ColumnType.STRING
    where: tuple[str, tuple[str, ...]] | None = None
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One promised column: its name in Callboard, its name in the database, its type."""

    name: str
    physical_name: str
    type: ColumnType
    required: bool = False
    is_key: bool = False
    description: str = ""
    classification: str = ""
    synonyms: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()


class Clock(StrEnum):
    """How a feed's time column is to be read."""

    UTC = "utc"
    LOCAL = "local"
    DATE = "date"


@dataclass(frozen=True, slots=True, kw_only=True)
class Support:
    """Who answers for a feed, and where to ask."""

    owner: str = ""
    channel: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contract:
    """What a feed (or a benchmark file) promises.

    `time` is the column that says when an event happened, read by `clock`; `watermark` the column
    that grows whenever a row is written or corrected (the time column where there is none).
    `late` is how far back a correction may still arrive; `freshness` how old the newest row may be;
    `max_quarantine_share` is 0-1. `sha256` is of the file's bytes. In a feed of rare events
    (`is_sparse`) a day without rows is a day on which nothing happened. `synonyms` are other names
    of the table.
    """

    feed: str
    name: str
    version: str
    status: str
    sha256: str
    source: str
    server: str
    table: str
    columns: tuple[Column, ...]
    checks: tuple[Check, ...]
    touchpoint: str = ""
    time: str = ""
    clock: Clock = Clock.UTC
    watermark: str = ""
    late: timedelta = timedelta(days=3)
    freshness: timedelta | None = None
    dimensions: tuple[str, ...] = ()
    max_quarantine_share: float = 0.2
    is_sparse: bool = False
    purpose: str = ""
    support: Support = Support()
    synonyms: tuple[str, ...] = ()

    @property
    def key(self) -> tuple[str, ...]:
        """The names of the columns that identify a row."""
        return tuple(column.name for column in self.columns if column.is_key)

    def column(self, name: str) -> Column:
        """The promised column called `name`; KeyError where there is none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)
