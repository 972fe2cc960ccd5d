"""Durations are read as people write them; what may be minutes or hours is left open."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_contracts.parsing.durations import (
    OpenDuration,
    has_days,
    in_unit,
    read_duration,
    write_duration,
)


@pytest.mark.parametrize(
    ("word", "told"),
    [
        ("28 sec", timedelta(seconds=28)),
        ("28sec.", timedelta(seconds=28)),
        ("0:00:28", timedelta(seconds=28)),
        ("1:02:03.5", timedelta(hours=1, minutes=2, seconds=3.5)),
        ("1d 3h", timedelta(days=1, hours=3)),
        ("1h 5m", timedelta(hours=1, minutes=5)),
        ("1 hour and 5 minutes", timedelta(hours=1, minutes=5)),
        ("2 hrs, 3 min", timedelta(hours=2, minutes=3)),
        ("1,5 h", timedelta(minutes=90)),
        ("250 ms", timedelta(milliseconds=250)),
    ],
)
def test_a_duration_is_its_seconds(word: str, told: timedelta) -> None:
    assert told.total_seconds() == read_duration(word)


@pytest.mark.parametrize(
    "word",
    ["", "28", "5m", "1,234 s", "12 million", "3 months", "1:75:00", "5h 1d", "80/20", ":30"],
)
def test_other_words_are_no_durations(word: str) -> None:
    assert read_duration(word) is None


def test_two_parts_are_minutes_or_hours() -> None:
    assert OpenDuration(as_minutes=330, as_hours=19800) == read_duration("05:30")


@pytest.mark.parametrize(("word", "told"), [("1d 3h", True), ("27 h", False), ("x", False)])
def test_days_are_told_apart(word: str, told: bool) -> None:
    assert told is has_days(word)


@given(st.integers(0, 10**10))
def test_what_was_written_is_read_again(milliseconds: int) -> None:
    assert milliseconds / 1000 == read_duration(write_duration(milliseconds / 1000))


@given(st.integers(0, 9999), st.integers(0, 59), st.integers(0, 59))
def test_three_parts_are_hours_minutes_and_seconds(hours: int, minutes: int, seconds: int) -> None:
    told = timedelta(hours=hours, minutes=minutes, seconds=seconds).total_seconds()
    assert told == read_duration(f"{hours}:{minutes:02}:{seconds:02}")


@pytest.mark.parametrize(("unit", "told"), [("seconds", 5400), ("minutes", 90), ("days", 0.0625)])
def test_seconds_are_told_in_another_unit(unit: str, told: float) -> None:
    assert told == in_unit(5400, unit)
