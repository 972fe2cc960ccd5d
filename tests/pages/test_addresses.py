"""Whatever is chosen on a page is in its address, and what a link names but is not there is said."""

import pytest
from streamlit.testing.v1 import AppTest

from tests.callboard.services.small_world import SmallWorld
from tests.pages.conftest import OpenPage, text_of

OTD = {"touchpoint": "delivery", "metric": "otd"}


def put(app: AppTest, key: str, value: str) -> AppTest:
    """Choose it in whichever kind of widget offers it."""
    offered = (*app.selectbox, *app.button_group)
    (widget,) = (each for each in offered if each.key in (f"pick_{key}", f"pick_{key}_week"))
    ran: AppTest = widget.set_value(value).run()
    return ran


@pytest.mark.parametrize(
    ("page", "key", "value"),
    [
        ("", "lanes", "pillar"),
        ("", "sort", "name"),
        ("10_touchpoint.py", "history", "400"),
        ("10_touchpoint.py", "period", "2026-11-02"),
        ("15_compare.py", "span", "4"),
        ("40_data_trust.py", "feed", "deliveries"),
        ("40_data_trust.py", "show", "history"),
    ],
)
def test_a_choice_is_in_the_address_and_the_address_chooses_it(
    page: str, key: str, value: str, open_app: OpenPage, full_world: SmallWorld
) -> None:
    app = put(open_app(page, of=full_world.runtime), key, value)
    assert value == app.query_params[key]
    again = open_app(page, of=full_world.runtime, **{key: value})
    widget = "pick_period_week" if key == "period" else f"pick_{key}"
    assert value == again.session_state[widget]


def test_a_period_of_another_length_leaves_the_address(
    open_app: OpenPage, full_world: SmallWorld
) -> None:
    app = put(open_app(of=full_world.runtime), "period", "2026-11-02")
    for grain in ("month", "week"):
        app = put(app, "grain", grain)
        assert "period" not in app.query_params
        assert "" == app.selectbox(key=f"pick_period_{grain}").value


@pytest.mark.parametrize(
    ("page", "widget", "query"),
    [
        ("10_touchpoint.py", "cb-history-table", OTD),
        ("15_compare.py", "cb-compare-table", {"metric": "otd"}),
    ],
)
def test_a_table_that_is_switched_on_is_in_the_address(
    page: str, widget: str, query: dict[str, str], open_app: OpenPage, full_world: SmallWorld
) -> None:
    app = open_app(page, of=full_world.runtime, **query)
    app.toggle(key=widget).set_value(True).run()
    assert "1" == app.query_params["table"]
    assert open_app(page, of=full_world.runtime, **query, table="1").toggle(key=widget).value
    app.toggle(key=widget).set_value(False).run()
    assert "table" not in app.query_params


@pytest.mark.parametrize(
    ("page", "key", "noun"),
    [
        ("10_touchpoint.py", "metric", "metric"),
        ("15_compare.py", "metric", "metric"),
        ("20_competitors.py", "metric", "metric"),
        ("20_competitors.py", "competitor", "competitor"),
        ("40_data_trust.py", "feed", "feed"),
        ("50_definitions.py", "metric", "metric"),
    ],
)
def test_a_link_to_what_is_gone_says_so(
    page: str, key: str, noun: str, open_app: OpenPage, full_world: SmallWorld
) -> None:
    app = open_app(page, of=full_world.runtime, **{key: "<i>gone</i>"})
    assert not app.exception
    assert f"There is no {noun} “&lt;i&gt;gone&lt;/i&gt;” here" in text_of(app)
    assert "There is no" not in text_of(open_app(page, of=full_world.runtime))
