"""The vocabulary of contracts, as the product uses it after an ODCS file has been read and linted.

Plain frozen data: the ODCS document itself is read in `catalogue`, checks are run in `masks` and,
as SQL, in `callboard.storage.feeds.check_sql`.
"""

from dataclasses import dataclass
from datetime import date, timedelta
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
    MULTIPLE = "multiple"
    MISSING = "missing"
    OVERLAP = "overlap"


class CountedIn(StrEnum):
    """What a tolerance is told in: rows, or per cent of the rows that were looked at."""

    ROWS = "rows"
    PERCENT = "percent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tolerance:
    """Within which bounds a number must lie; None is an open end.

    Bounds are inclusive unless `is_low_open` or `is_high_open`. With `is_outside` the number must
    not lie within them.
    """

    low: float | None = None
    high: float | None = None
    is_outside: bool = False
    is_low_open: bool = False
    is_high_open: bool = False
    unit: CountedIn = CountedIn.ROWS

    def number(self, counted: int, of: int) -> float | None:
        """What is judged where `counted` rows of `of` are meant; None is per cent of no row."""
        if self.unit is CountedIn.ROWS:
            return float(counted)
        return 100 * counted / of if of else None

    def allows(self, number: float) -> bool:
        """Whether `number` keeps the tolerance."""
        is_low = self.low is not None and (
            number <= self.low if self.is_low_open else number < self.low
        )
        is_high = self.high is not None and (
            number >= self.high if self.is_high_open else number > self.high
        )
        return self.is_outside == (is_low or is_high)


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One neutral row check: which column must hold what.

    `low`/`high` are bounds (numbers for range, characters for length); `values` are the allowed
    words of one_of; `other` is the column that not_before compares with. `known` takes its allowed
    words at run time (touchpoints, metrics, entities), named by `reference`. A missing value passes
    every check but `required`. `where` (column, allowed words) restricts the rows. `unique` fails
    every row whose `columns` (`column` is the first of them) another row has too; `overlap` every
    row whose time from `column` to `other`, both included, runs into that of another row with the
    same `columns`. `missing` fails a row whose value is one of the words in `values`, which stand
    for none; with `counts_missing` a row without any value, too.

    `earliest` and `latest` bound a range of dates or moments (ISO). A range includes its bounds
    unless `is_low_open` or `is_high_open`. With a `tolerance` the rows that break the check are
    counted and never kept out: their number is judged.
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
    counts_missing: bool = False
    multiple: float | None = None
    earliest: str = ""
    latest: str = ""
    is_low_open: bool = False
    is_high_open: bool = False
    tolerance: Tolerance | None = None

    @property
    def keeps_out(self) -> bool:
        """Whether a row that breaks the check is quarantined."""
        return self.severity is Severity.CRITICAL and self.tolerance is None


@dataclass(frozen=True, slots=True, kw_only=True)
class RowCount:
    """A rule of how many rows there must be; its `tolerance` bounds their number."""

    rule_id: str
    severity: Severity
    dimension: Dimension
    description: str
    tolerance: Tolerance


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
    unit: str = ""
    is_deprecated: bool = False


class Clock(StrEnum):
    """How a feed's time column is to be read."""

    UTC = "utc"
    LOCAL = "local"
    DATE = "date"


class Weekdays(StrEnum):
    """On which days the age of a feed counts."""

    EVERY_DAY = "every_day"
    BUSINESS_DAYS = "business_days"


@dataclass(frozen=True, slots=True, kw_only=True)
class Control:
    """A table of the same database that tells how many `rows` there are, by `day`.

    `touchpoint` is its column of touchpoints, where it tells them apart.
    """

    table: str
    day: str
    rows: str
    touchpoint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Support:
    """Who answers for a feed, who else works on it, and where to ask."""

    owner: str = ""
    channel: str = ""
    url: str = ""
    members: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Contract:
    """What a feed (or a benchmark file) promises.

    `time` is the column that says when an event happened, read by `clock`; `watermark` the column
    that grows whenever a row is written or corrected (the time column where there is none).
    `late` is how far back a correction may still arrive; `freshness` how old the newest row may be,
    by the days that count (`freshness_days`). `max_quarantine_share` (0-1) is what may be kept out
    of a touchpoint's day, `max_feed_quarantine_share` of all rows of a run. A median `scale_factor`
    times as large or small as before is a jump. `control` tells how many rows there should be.
    `sha256` is of the file's bytes. In a feed of rare events (`is_sparse`) a day without rows is a
    day on which nothing happened. `synonyms` are other names of the table. A deprecated contract
    ends with its `sunset`. `journey_key` is the column by which rows of one customer's case are
    known, at whichever touchpoint; "" where there is none.
    """

    feed: str
    name: str
    version: str
    status: str
    sha256: str
    source: str
    server: str = ""
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
    row_counts: tuple[RowCount, ...] = ()
    max_feed_quarantine_share: float = 0.2
    freshness_days: Weekdays = Weekdays.EVERY_DAY
    scale_factor: float = 20.0
    control: Control | None = None
    sunset: date | None = None
    journey_key: str = ""
    roles: str = ""
    usage: str = ""
    limitations: str = ""

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
