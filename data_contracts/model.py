"""The vocabulary of contracts, as the product uses it after an ODCS file has been read and linted.

Plain frozen data: the ODCS document itself is read in `catalogue`, checks are run in `masks` and,
as SQL, in `callboard.storage.feeds.check_sql`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
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


class State(StrEnum):
    """What a rule says of a run. No data never passes; an exception is its own state."""

    PASS = "pass"
    FAIL = "fail"
    NOT_EVALUATED = "not_evaluated"
    ERROR = "error"


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """On how many rows of a slice ("" is all of the run) a rule was evaluated, and failed."""

    rule_id: str
    evaluated: int
    failed: int
    slice_key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DatasetEvidence:
    """What is known of a run as a whole, beside the evidence of its row rules.

    `age` is how old the newest row is, None where that cannot be said. `errors` says of a rule that
    could not be run (by rule_id) why not. `is_incremental`: no rows then means no news.
    """

    rows_in: int
    rows_quarantined: int = 0
    age: timedelta | None = None
    has_table: bool = True
    missing_columns: tuple[str, ...] = ()
    is_incremental: bool = False
    errors: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleResult:
    """A rule's verdict on a run, in a form that is stored and shown."""

    rule_id: str
    state: State
    severity: Severity
    dimension: Dimension
    evaluated: int
    failed: int
    description: str
    threshold: float = 0.0
    slice_key: str = ""
    message: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GateVerdict:
    """Whether a run may be published, every rule's result, and the engine's own evidence (JSON)."""

    may_publish: bool
    results: tuple[RuleResult, ...]
    reasons: tuple[str, ...]
    engine: str
    document: str


class Reason(StrEnum):
    """Stable codes of what can be wrong with a row or a file. Documented in docs/reasons.md."""

    MISSING = "missing"
    WRONG_TYPE = "wrong_type"
    OUT_OF_RANGE = "out_of_range"
    NOT_ALLOWED = "not_allowed"
    BAD_PATTERN = "bad_pattern"
    TOO_LONG = "too_long"
    BEFORE_OTHER = "before_other"
    IN_FUTURE = "in_future"
    UNKNOWN_NAME = "unknown_name"
    NOT_FINITE = "not_finite"
    EXCEL_ERROR = "excel_error"
    AMBIGUOUS_NUMBER = "ambiguous_number"
    AMBIGUOUS_DATE = "ambiguous_date"
    MIXED_STYLE = "mixed_style"
    IMPOSSIBLE_DATE = "impossible_date"
    TWO_DIGIT_YEAR = "two_digit_year"
    EXCEL_SERIAL = "excel_serial"
    UNIT_CONFLICT = "unit_conflict"
    SCALE = "scale"
    RAGGED = "ragged"
    DUPLICATE_KEY = "duplicate_key"
    OVERLAP = "overlap"
    REVISION = "revision"
    LOOKALIKE = "lookalike"
    CONTROL_CHARACTER = "control_character"
    TOTAL_ROW = "total_row"
    TIDIED = "tidied"
    FORMULA_LIKE = "formula_like"
    ENCODING = "encoding"
    RATIO_LOOKING = "ratio_looking"
    TRAILING_TEXT = "trailing_text"
    FILE_EMPTY = "file_empty"
    FILE_NO_ROWS = "file_no_rows"
    FILE_TOO_BIG = "file_too_big"
    FILE_KIND = "file_kind"
    FILE_HEADER = "file_header"
    FILE_BROKEN = "file_broken"


class RowVerdict(StrEnum):
    """What happens because of a finding."""

    REFUSE = "refuse"
    QUARANTINE = "quarantine"
    PUBLISH = "publish"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One broken check at one row and column; `row` is the file's line, 1 = header, 0 = file."""

    row: int
    column: str
    reason: Reason
    found: str
    expected: str
    verdict: RowVerdict
    suggestion: str = ""
