"""The named forms that a text column can be promised in, as patterns, and the bounds of times.

The patterns are read alike by Python and by PostgreSQL, so only what both know stands in them.
"""

import re
from datetime import UTC, date, datetime

from data_contracts.model import ColumnType

_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_HOST = rf"{_LABEL}(?:\.{_LABEL})*"
_BYTE = r"(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])"
_IPV4 = rf"{_BYTE}(?:\.{_BYTE}){{3}}"
_GROUP = r"[0-9A-Fa-f]{1,4}"
_IPV6 = "|".join(
    (
        rf"(?:{_GROUP}:){{7}}{_GROUP}",
        rf"(?:{_GROUP}:){{6}}{_IPV4}",
        *(rf"(?:{_GROUP}:){{{n}}}(?::{_GROUP}){{1,{7 - n}}}" for n in range(1, 7)),
        *(rf"(?:{_GROUP}:){{{n}}}:(?:{_GROUP}:){{0,{5 - n}}}{_IPV4}" for n in range(1, 6)),
        rf"(?:{_GROUP}:){{1,7}}:",
        rf":(?::{_GROUP}){{1,7}}",
        rf"::(?:{_GROUP}:){{0,5}}{_IPV4}",
        "::",
    )
)
PATTERNS: dict[str, str] = {
    "email": rf"^[A-Za-z0-9.!#$%&'*+/=?^_`{{|}}~-]+@{_LABEL}(?:\.{_LABEL})+\Z",
    "uuid": r"^[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}\Z",
    "uri": r"^[A-Za-z][A-Za-z0-9+.-]*:(?:[A-Za-z0-9._~:/?#@!$&'()*+,;=-]|\[|\]|%[0-9A-Fa-f]{2})+\Z",
    "hostname": rf"^(?=.{{1,253}}\Z){_HOST}\Z",
    "ipv4": rf"^{_IPV4}\Z",
    "ipv6": rf"^(?:{_IPV6})\Z",
}
DATE_FORMAT = "yyyy-MM-dd"
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOMENT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[ T][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{3,6})?)?"
    r"(?:Z|[+-][0-9]{2}:[0-9]{2})?)?"
)


def read_day(text: object) -> date | None:
    """Return the day that "2026-11-22" names; None for anything else."""
    if not isinstance(text, str) or not _DAY.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def read_bound(text: object, kind: ColumnType) -> str | None:
    """Return a bound of a date or timestamp column in one form; None where `text` is none.

    A day is 2026-11-22, a moment 2026-11-22T08:30:00 without an offset: it is in UTC.
    """
    if kind is ColumnType.DATE:
        day = read_day(text)
        return day.isoformat() if day else None
    if not isinstance(text, str) or not _MOMENT.fullmatch(text):
        return None
    try:
        moment = datetime.fromisoformat(text)
        return moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC).isoformat()[:-6]
    except (ValueError, OverflowError):
        return None
