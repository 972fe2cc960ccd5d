"""Which period is told: the one an address names, or the latest complete one."""

from datetime import date

from metrics.calendar import Period, calendar_for


def choose_period(asked: str | None, latest: Period) -> Period:
    """Return the period of the ISO day `asked`; `latest` for None, nonsense and the future."""
    try:
        day = date.fromisoformat(asked or "")
    except ValueError:
        return latest
    return min(calendar_for(latest.grain).period_of(day), latest)
