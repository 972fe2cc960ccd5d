"""Days and times of day as people read them, in the zone they are told in."""

from datetime import date, datetime
from zoneinfo import ZoneInfo


def short_day(moment: date | None, zone: str) -> str:
    """Return `21 Nov`, or a dash for no moment; a plain day is the same in every zone."""
    if moment is None:
        return "–"
    local = moment.astimezone(ZoneInfo(zone)) if isinstance(moment, datetime) else moment
    return f"{local.day} {local:%b}"


def day_and_time(moment: date | None, zone: str) -> str:
    """Return `Sat 21 Nov 2026, 23:40`, a plain day without a time, or a dash for no moment."""
    if moment is None:
        return "–"
    if not isinstance(moment, datetime):
        return f"{moment:%a} {moment.day} {moment:%b %Y}"
    local = moment.astimezone(ZoneInfo(zone))
    return f"{local:%a} {local.day} {local:%b %Y, %H:%M}"


def full_day(day: date | None) -> str:
    """Return `31 Oct 2026`, or a dash for no day."""
    return "–" if day is None else f"{day.day} {day:%b %Y}"


def time_of_day(moment: datetime, zone: str) -> str:
    """Return `23:40`."""
    return f"{moment.astimezone(ZoneInfo(zone)):%H:%M}"
