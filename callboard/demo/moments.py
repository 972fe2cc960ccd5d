"""Local wall times as moments in UTC, and moments as the text that a feed keeps."""

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

Moments = NDArray[np.datetime64]
Floats = NDArray[np.float64]
NEVER = np.datetime64("9999-12-31T00:00:00", "s")
_CLOCK_CHANGE = 3 * 3600


@lru_cache(maxsize=4096)
def _offsets(day: date, zone: str) -> tuple[int, int]:
    place = ZoneInfo(zone)
    ends = (datetime.combine(day, moment, place) for moment in (time(), time(23, 59)))
    before, after = (int((end.utcoffset() or timedelta()).total_seconds()) for end in ends)
    return before, after


def local_moments(day: date, zone: str, seconds: Floats) -> Moments:
    """Return wall times, given as `seconds` after midnight of the local `day`, as UTC moments.

    On the two days a year on which clocks change, three in the morning parts the two offsets.
    """
    before, after = _offsets(day, zone)
    offsets = np.where(seconds < _CLOCK_CHANGE, before, after)
    return later(np.full(seconds.size, np.datetime64(day, "s")), seconds - offsets)


def later(moments: Moments, seconds: Floats) -> Moments:
    """Return `moments` moved by `seconds`."""
    moved: Moments = moments + seconds.astype("timedelta64[s]")
    return moved


def as_moment(at: datetime) -> np.datetime64:
    """Return an aware datetime as a UTC moment in whole seconds."""
    return np.datetime64(at.astimezone(UTC).replace(tzinfo=None), "s")


def moment_texts(moments: Moments) -> list[str | None]:
    """Return moments as `YYYY-MM-DD HH:MM:SS`, None for those that are not a time."""
    texts = np.datetime_as_string(moments, unit="s")
    if texts.size == 0:
        return []
    letters = texts.astype("U19").view("U1").reshape(texts.size, 19)
    letters[~np.isnat(moments), 10] = " "
    plain: list[str] = letters.view("U19").ravel().tolist()
    return [None if text == "NaT" else text for text in plain]
