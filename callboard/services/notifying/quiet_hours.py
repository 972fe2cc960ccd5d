"""When nobody is disturbed."""

from datetime import datetime
from zoneinfo import ZoneInfo

from callboard.workspace import QuietHours


def is_quiet(hours: QuietHours | None, now: datetime, zone: str) -> bool:
    """Whether `now` is within the quiet hours of a zone's clock; their end is not."""
    if hours is None:
        return False
    clock = now.astimezone(ZoneInfo(zone)).time()
    if hours.start <= hours.end:
        return hours.start <= clock < hours.end
    return clock >= hours.start or clock < hours.end
