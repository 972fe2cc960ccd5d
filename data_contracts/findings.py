"""What is wrong with a row or a file, by stable codes, and what happens because of it."""

from dataclasses import dataclass
from enum import StrEnum


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
    NOT_A_MULTIPLE = "not_a_multiple"
    STANDS_FOR_MISSING = "stands_for_missing"
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
