"""Durations as people write them: `28 sec`, `0:00:28`, `1d 3h`, `1h 5m`; a day has 24 hours.

Two parts with a colon, such as 05:30, are minutes or hours: that is for a person to say.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

SECONDS_IN: Mapping[str, float] = {
    "milliseconds": 0.001,
    "seconds": 1,
    "minutes": 60,
    "hours": 3600,
    "days": 86400,
}
_WORDS = {
    "days": "d|day|days",
    "hours": "h|hr|hrs|hour|hours",
    "minutes": "m|min|mins|minute|minutes",
    "seconds": "s|sec|secs|second|seconds",
    "milliseconds": "ms|msec|millisecond|milliseconds",
}
_NUMBER = r"[0-9]+(?:[.,](?:[0-9]{1,2}|[0-9]{4,}))?"  # three decimals might be thousands
_PARTS = re.compile(
    r"[ ,]*(?:and )?".join(
        rf"(?:(?P<{unit}>{_NUMBER}) ?(?:{words})\.?(?![a-z]))?" for unit, words in _WORDS.items()
    ),
    re.IGNORECASE,
)
_ONLY_M = re.compile(rf"{_NUMBER} ?m\.?", re.IGNORECASE)  # metres, months, millions
_THREE = re.compile(r"(?P<h>[0-9]{1,4}):(?P<m>[0-5][0-9]):(?P<s>[0-5][0-9](?:\.[0-9]{1,6})?)")
_MAY_BE = re.compile("[:dhms]", re.IGNORECASE)  # each has one of these, and most words have none
_TWO = re.compile(r"(?P<first>[0-9]{1,4}):(?P<second>[0-5][0-9])")


@dataclass(frozen=True, slots=True)
class OpenDuration:
    """Two numbers with a colon, in seconds: as minutes and seconds, and as hours and minutes."""

    as_minutes: float
    as_hours: float


def read_duration(word: str) -> float | OpenDuration | None:
    """Return the seconds a word means, both meanings of 05:30, or None for no duration."""
    if not _MAY_BE.search(word):
        return None
    if match := _THREE.fullmatch(word):
        return int(match["h"]) * 3600 + int(match["m"]) * 60 + float(match["s"])
    if match := _TWO.fullmatch(word):
        first, second = int(match["first"]), int(match["second"])
        return OpenDuration(first * 60.0 + second, first * 3600.0 + second * 60)
    match = _PARTS.fullmatch(word)
    if match is None or _ONLY_M.fullmatch(word):
        return None
    found = {unit: text for unit, text in match.groupdict().items() if text}
    if not found:
        return None
    seconds = (float(text.replace(",", ".")) * SECONDS_IN[unit] for unit, text in found.items())
    return round(sum(seconds), 9)


def has_days(word: str) -> bool:
    """Whether a duration is told in days, which are shorter where only business hours count."""
    match = _PARTS.fullmatch(word)
    return match is not None and bool(match["days"])


def in_unit(seconds: float, unit: str) -> float:
    """Return seconds in another unit of time."""
    return round(seconds / SECONDS_IN[unit], 9)


def write_duration(seconds: float) -> str:
    """Write seconds, to the millisecond, as people say them: `1 h 5 min`."""
    left = round(seconds * 1000)
    parts = []
    for size, word in (
        (86_400_000, "d"),
        (3_600_000, "h"),
        (60_000, "min"),
        (1000, "s"),
        (1, "ms"),
    ):
        count, left = divmod(left, size)
        if count:
            parts.append(f"{count} {word}")
    return " ".join(parts) or "0 s"
