"""What a file can leave open, and the answers there are; each is asked once for a column."""

from dataclasses import dataclass
from enum import StrEnum


class Question(StrEnum):
    """Ids of what is asked, on screen, in JSON and in mapping files."""

    ENCODING = "encoding"
    SHEET = "sheet"
    HEADER = "header"
    LAYOUT = "layout"
    DECIMAL = "decimal"
    DAY_ORDER = "day_order"
    CLOCK = "clock"
    SHARE = "share"
    FISCAL = "fiscal"
    NEW_NAMES = "new_names"
    SCALE_JUMP = "scale_jump"


class Decimal(StrEnum):
    """Which sign parts the fraction of a number."""

    POINT = "point"
    COMMA = "comma"


class DayOrder(StrEnum):
    """Which comes first in 03/04/2025."""

    DAY_FIRST = "day_first"
    MONTH_FIRST = "month_first"


class ClockStyle(StrEnum):
    """What 05:30 is of."""

    MINUTES = "mm:ss"
    HOURS = "hh:mm"


class Scale(StrEnum):
    """Whether 0.82 is a percentage, or a share that stands for 82 %."""

    PERCENT = "percent"
    SHARE = "share"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One question about a file, with what each answer would make of some cells.

    `samples` are (as it stands, as the first option reads it, as the second does); `options` are
    (value, words); `rows` wait for the answer.
    """

    question: Question
    field: str
    header: str
    options: tuple[tuple[str, str], ...]
    samples: tuple[tuple[str, str, str], ...]
    rows: int
