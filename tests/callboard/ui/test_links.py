"""Addresses: plain keys, properly written."""

from urllib.parse import parse_qs, urlsplit

from hypothesis import given
from hypothesis import strategies as st

from callboard.ui.links import address


def test_the_overview_is_the_root() -> None:
    assert "./" == address("", {})


def test_empty_filters_are_left_out() -> None:
    assert "touchpoint?metric=otd" == address("touchpoint", {"metric": "otd", "period": ""})


def test_several_values_repeat_their_key() -> None:
    assert "./?touchpoints=a&touchpoints=b" == address("", {"touchpoints": ("a", "b")})


@given(st.text(min_size=1))
def test_any_value_comes_back_as_it_was(value: str) -> None:
    query = urlsplit(address("touchpoint", {"metric": value})).query
    assert [value] == parse_qs(query, keep_blank_values=True)["metric"]
