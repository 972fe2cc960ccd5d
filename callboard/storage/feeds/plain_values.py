"""Reads what SQLite lets stand in a column the way the masks of `data_contracts` read text.

SQLite keeps any value in any column. Values in their plain form are handled by SQL alone; these
functions are called for the others only, which are few, or are garbage.
"""

import math
import re
from collections.abc import Callable
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?")
_DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_OFFSET = r"(?:Z|[+-][0-9]{2}(?::?[0-9]{2})?)?"
_MOMENT = re.compile(
    rf"{_DAY}(?:[ T][0-9]{{2}}:[0-9]{{2}}(?::[0-9]{{2}}(?:\.[0-9]{{1,9}})?)?{_OFFSET})?"
)
_DATE = re.compile(rf"{_DAY}(?:[ T]00:00(?::00(?:\.0+)?)?)?")
_YES_NO = {"0": 0, "1": 1, "true": 1, "false": 0}


def read_number(value: object) -> float | None:
    """A finite number, or text that is one; None for anything else."""
    if isinstance(value, int | float):
        return value if math.isfinite(value) else None
    if not isinstance(value, str) or not _NUMBER.fullmatch(value):
        return None
    number = float(value)
    return number if math.isfinite(number) else None


def read_whole(value: object) -> int | None:
    """A whole number, or text that is one; None for anything else."""
    number = read_number(value)
    return int(number) if number is not None and number % 1 == 0 else None


def read_yes_no(value: object) -> int | None:
    """1 or 0 for true or false in any of its spellings; None for anything else."""
    if isinstance(value, int | float):
        return int(value) if value in (0, 1) else None
    return _YES_NO.get(str(value).lower())


def read_moment(value: object) -> str | None:
    """A moment as `YYYY-MM-DD HH:MM:SS` in UTC, with microseconds where there are some."""
    if not isinstance(value, str) or not _MOMENT.fullmatch(value):
        return None
    try:
        moment = datetime.fromisoformat(value)
        if moment.tzinfo is not None:
            moment = moment.astimezone(UTC).replace(tzinfo=None)
    except (ValueError, OverflowError):
        return None
    return moment.isoformat(sep=" ")


def read_day(value: object) -> str | None:
    """A date as `YYYY-MM-DD`; None for anything that is none, a time of day included."""
    if not isinstance(value, str) or not _DATE.fullmatch(value):
        return None
    moment = read_moment(value)
    return moment[:10] if moment else None


def is_found(pattern: str, value: object) -> bool | None:
    """Whether a regular expression is found in a text: what SQLite's REGEXP operator asks."""
    return None if value is None else _compiled(pattern)(str(value)) is not None


@lru_cache(maxsize=100)
def _compiled(pattern: str) -> Callable[[str], re.Match[str] | None]:
    return re.compile(pattern).search


FUNCTIONS: dict[str, Callable[..., Any]] = {
    "callboard_number": read_number,
    "callboard_whole": read_whole,
    "callboard_yes_no": read_yes_no,
    "callboard_moment": read_moment,
    "callboard_day": read_day,
}


def register_functions(connection: Any) -> None:
    """Make the functions known to a SQLite connection, and logarithms if its library has none."""
    for name, function in FUNCTIONS.items():
        connection.create_function(name, 1, function, deterministic=True)
    connection.create_function("regexp", 2, is_found, deterministic=True)
    try:
        connection.execute("SELECT ln(1), ceil(1)").fetchone()
    except connection.OperationalError:
        connection.create_function("ln", 1, _logarithm, deterministic=True)
        connection.create_function("ceil", 1, _ceiling, deterministic=True)


def _logarithm(value: float | None) -> float | None:
    return math.log(value) if value is not None and value > 0 else None


def _ceiling(value: float | None) -> float | None:
    return None if value is None else float(math.ceil(value))
