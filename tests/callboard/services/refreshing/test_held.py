"""Which days of a feed are read once more."""

from datetime import date, timedelta

from callboard.services.refreshing.held import days_to_ask_again
from callboard.storage.runs import FeedState, RunVerdict, SliceState

FIRST = date(2026, 1, 1)


def days(first: int, last: int) -> tuple[date, ...]:
    return tuple(FIRST + timedelta(days=n) for n in range(first, last))


def state(**parts: tuple[date, ...]) -> FeedState:
    told = (SliceState(touchpoint="desk", **parts),)
    return FeedState(feed="contacts", verdict=RunVerdict.PUBLISHED, slices=told)


def test_missing_days_are_asked_again_and_take_no_place_of_held_ones() -> None:
    found = state(held=days(0, 80), missing=days(100, 250))
    assert {*days(0, 80), *days(150, 250)} == days_to_ask_again(found)


def test_all_days_are_asked_again_once_waivers_change() -> None:
    found = state(waived=days(0, 120), held=days(200, 210))
    assert {*days(30, 120), *days(200, 210)} == days_to_ask_again(found)
    assert {*days(0, 120), *days(200, 210)} == days_to_ask_again(found, with_all=True)
