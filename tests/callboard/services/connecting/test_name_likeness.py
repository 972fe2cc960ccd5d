import pytest
from hypothesis import given
from hypothesis import strategies as st

from callboard.services.connecting.name_likeness import SAME_WORDS, likeness, read_name, unit_fit


def _alike(one: str, other: str) -> float:
    return likeness(read_name(one), read_name(other))


@pytest.mark.parametrize(
    "name", ["created_at", "createdAt", "Created At", "CREATED-AT", "created", "creation_date"]
)
def test_a_name_is_its_words_whatever_the_spelling(name: str) -> None:
    assert SAME_WORDS <= _alike(name, "created_at")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("complete", "incomplete"),
        ("resolved", "not_resolved"),
        ("created_at", "updated_at"),
        ("region", "reason"),
        ("due_at", "done_at"),
    ],
)
def test_names_that_only_look_alike_are_not(one: str, other: str) -> None:
    assert 0.0 == _alike(one, other)


def test_a_longer_name_is_somewhat_alike_and_a_misspelt_one_less() -> None:
    assert 1.0 > _alike("via_channel", "channel") > _alike("chanel", "channel") > 0.0


def test_plural_and_short_forms_say_the_same() -> None:
    assert SAME_WORDS == _alike("orders_no", "order number") == _alike("qty", "quantity")


@pytest.mark.parametrize(
    ("expected", "name"),
    [
        ("seconds", "wait_sec"),
        ("minutes", "reply_time_in_minutes"),
        ("milliseconds", "lcp_ms"),
        ("hours", "resolution_hrs"),
        ("", "day"),
        ("", "wait_time"),
    ],
)
def test_the_unit_in_a_name_is_found(expected: str, name: str) -> None:
    assert expected == read_name(name).unit


def test_minutes_are_never_taken_for_hours() -> None:
    assert 0.0 == unit_fit("minutes", "hours")
    assert 1.0 == unit_fit("hours", "hours") > unit_fit("", "hours") > 0.0


@given(st.text(max_size=30), st.text(max_size=30))
def test_likeness_is_a_share_and_every_name_is_like_itself(one: str, other: str) -> None:
    assert 0.0 <= _alike(one, other) <= 1.0
    assert 1.0 == _alike(one, one)
