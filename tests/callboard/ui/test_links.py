"""Addresses: plain keys, properly written."""

from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callboard.ui.links import address, outside


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


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        " javascript:alert(1)",
        "JAVASCRIPT://example.org/%0aalert(1)",
        "data:text/html,x",
        "//example.org/x",
        "http:",
        "http://[",
        "www.example.org",
        "",
    ],
)
def test_only_an_http_address_becomes_a_link(url: str) -> None:
    assert "The <b>source</b>" == outside("The <b>source</b>", url)


def test_a_link_to_elsewhere_is_escaped_and_tells_nobody_where_it_came_from() -> None:
    assert (
        '<a href="https://example.org/?a=1&amp;b=&#34;" target="_blank" rel="noopener noreferrer">'
        "&lt;b&gt;</a>" == outside("<b>", 'https://example.org/?a=1&b="')
    )
