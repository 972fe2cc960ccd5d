"""The door for HTML: only our own markup passes, texts are escaped."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup
from streamlit.testing.v1 import AppTest

from callboard.ui.markup import show, tag


def test_a_plain_string_is_refused() -> None:
    with pytest.raises(TypeError, match="not str"):
        show("<b>anybody's</b>")  # type: ignore[arg-type]  # what must not pass


def test_content_and_attributes_are_escaped() -> None:
    assert '<p class="a" title="&#34;&gt;">&lt;b&gt;</p>' == tag("p", "<b>", css="a", title='">')


def test_markup_inside_markup_stays_markup() -> None:
    assert "<p><b>1</b></p>" == tag("p", Markup("<b>1</b>"))


def test_an_empty_attribute_is_left_out() -> None:
    assert "<p>x</p>" == tag("p", "x", title="")


@given(st.text())
def test_no_text_opens_a_tag(text: str) -> None:
    assert "<" not in tag("p", text).removeprefix("<p>").removesuffix("</p>")


def test_a_number_and_its_unit_stay_on_one_line() -> None:
    app = AppTest.from_string(
        "from markupsafe import Markup\n"
        "from callboard.ui.markup import show\n"
        "show(Markup('<p>93.0 % of 2 %s, 2.64 s, 2 sites, 0 min(1)</p>'))"
    ).run()
    body = app.get("html")[0].proto.body
    assert (
        "<p>93.0\N{NO-BREAK SPACE}% of 2\N{NO-BREAK SPACE}%s, 2.64\N{NO-BREAK SPACE}s, 2 sites, "
        "0 min(1)</p>"
    ) == body
