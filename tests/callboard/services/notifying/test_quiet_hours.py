"""Quiet hours are of the workspace's clock; they may pass midnight."""

from datetime import UTC, datetime

import pytest

from callboard.services.notifying.quiet_hours import is_quiet
from callboard.workspace import QuietHours


def _hours(start: str, end: str) -> QuietHours:
    return QuietHours.model_validate({"start": start, "end": end})


NIGHT, NOON = _hours("22:00", "07:30"), _hours("12:00", "13:00")


@pytest.mark.parametrize(
    ("hours", "clock", "is_so"),
    [
        (NIGHT, (21, 59), False),
        (NIGHT, (22, 0), True),
        (NIGHT, (0, 0), True),
        (NIGHT, (7, 29), True),
        (NIGHT, (7, 30), False),
        (NOON, (11, 59), False),
        (NOON, (12, 0), True),
        (NOON, (13, 0), False),
        (_hours("09:00", "09:00"), (9, 0), False),
        (None, (3, 0), False),
    ],
)
def test_hours_are_quiet_from_their_start_up_to_their_end(
    hours: QuietHours | None, clock: tuple[int, int], is_so: bool
) -> None:
    assert is_so is is_quiet(hours, datetime(2026, 11, 22, *clock, tzinfo=UTC), "UTC")


def test_the_clock_is_that_of_the_zone() -> None:
    moment = datetime(2026, 7, 1, 21, 30, tzinfo=UTC)
    assert (False, True) == (
        is_quiet(NIGHT, moment, "UTC"),
        is_quiet(NIGHT, moment, "Europe/London"),
    )
