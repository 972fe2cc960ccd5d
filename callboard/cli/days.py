"""Days as options of a command: typed as ISO dates."""

from datetime import date

import typer


def parse_day(text: str) -> date:
    """Return the day that a person typed; BadParameter for anything but an ISO date."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise typer.BadParameter(f"found {text!r}; expected a day such as 2026-01-31.") from error
