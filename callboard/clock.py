"""What time it is: real, fixed by a historical workspace, or fixed by a test's environment."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Clock:
    """`fixed` None means the machine's clock; a naive fixed time is a wall time in every zone."""

    fixed: datetime | None = None

    def now(self, zone: str = "UTC") -> datetime:
        """The present moment as an aware datetime in `zone`."""
        place = ZoneInfo(zone)
        if self.fixed is None:
            return datetime.now(UTC).astimezone(place)
        if self.fixed.tzinfo is None:
            return self.fixed.replace(tzinfo=place)
        return self.fixed.astimezone(place)

    def today(self, zone: str) -> date:
        """The present local day in `zone`."""
        return self.now(zone).date()


def parse_moment(text: str) -> datetime:
    """Read `2026-11-22` (its midnight) or an ISO datetime; ValueError otherwise."""
    if len(text) == 10:
        return datetime.combine(date.fromisoformat(text), time())
    return datetime.fromisoformat(text)
