"""How gates tell of days."""

from collections.abc import Sequence
from datetime import date, timedelta

_HOUR, _MINUTE = timedelta(hours=1), timedelta(minutes=1)
_SPOKEN_IN_HOURS = 72


def on_days(days: Sequence[date], worst: str) -> str:
    """Tell of broken days in one sentence, of which `worst` says what the last one shows."""
    if not days:
        return ""
    last = f"{max(days).day} {max(days):%b %Y}"
    return f"{last}: {worst}." if len(days) == 1 else f"{len(days)} days, the last {last}: {worst}."


def spoken_age(age: timedelta) -> str:
    """An age in words: `30.0 hours`, from three days on in days, below an hour in minutes."""
    hours = age / _HOUR
    if hours < 0.95:
        minutes = max(0, round(age / _MINUTE))
        return "1 minute" if minutes == 1 else f"{minutes} minutes"
    return f"{hours:,.1f} hours" if hours < _SPOKEN_IN_HOURS else f"{hours / 24:,.1f} days"
