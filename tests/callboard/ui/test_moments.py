"""Days and times of day in the zone they are told in."""

from datetime import UTC, date, datetime

import pytest

from callboard.ui.moments import day_and_time, short_day

LATE = datetime(2026, 11, 21, 23, 40, tzinfo=UTC)


@pytest.mark.parametrize(
    ("expected", "moment", "zone"),
    [
        ("Sat 21 Nov 2026, 23:40", LATE, "Europe/London"),
        ("Sun 22 Nov 2026, 08:40", LATE, "Asia/Tokyo"),
        ("Sat 21 Nov 2026", date(2026, 11, 21), "Asia/Tokyo"),
        ("Sat 21 Nov 2026", date(2026, 11, 21), "America/New_York"),
        ("–", None, "Europe/London"),
    ],
)
def test_a_moment_is_told_in_its_zone_and_a_day_as_it_is(
    expected: str, moment: date | None, zone: str
) -> None:
    assert expected == day_and_time(moment, zone)


def test_a_short_day_follows_the_same_rule() -> None:
    assert ["22 Nov", "21 Nov", "–"] == [
        short_day(each, "Asia/Tokyo") for each in (LATE, date(2026, 11, 21), None)
    ]
