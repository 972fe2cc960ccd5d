"""How far the data reaches, as people say it."""

from datetime import date

import pytest

from callboard.services.tiles.headlines import reach_in_words


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 11, 22), "Sunday"),
        (date(2026, 11, 17), "Tuesday"),
        (date(2026, 11, 16), "Mon 16 Nov"),
        (date(2025, 11, 23), "Sun 23 Nov 2025"),
        (date(2026, 11, 24), "Tue 24 Nov"),
    ],
)
def test_a_day_of_the_last_week_goes_by_its_name(day: date, words: str) -> None:
    assert words == reach_in_words(day, date(2026, 11, 23))
