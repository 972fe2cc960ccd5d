"""Rare events on the touchpoint page: a second chart of what lies between them."""

import json
from datetime import timedelta

import pytest
from streamlit.testing.v1 import AppTest

from tests.callboard.services.rare_world import LAST, every, rare_rows
from tests.callboard.services.small_world import SmallWorld
from tests.pages.conftest import OpenPage, text_of

PAGE = "10_touchpoint.py"


@pytest.fixture
def page(open_app: OpenPage, full_world: SmallWorld) -> AppTest:
    full_world.add(rare_rows(every(8, until=LAST - timedelta(days=90))))
    return open_app(
        PAGE,
        of=full_world.runtime,
        touchpoint="delivery",
        metric="complaints",
        grain="day",
    )


def test_the_page_says_how_long_there_was_no_event(page: AppTest) -> None:
    text = text_of(page)
    assert not page.exception
    assert "Better than usual: 90 days since the last, usually 7.9" in text
    assert "Days between complaints" in text
    assert "90 days since the last is more than" in text
    assert "Rare events: judged by the days between them, below." in text


def test_the_running_gap_is_drawn_hollow_with_its_word(page: AppTest) -> None:
    charts = page.get("plotly_chart")
    specs = [json.loads(chart.proto.spec) for chart in charts]
    between = next(spec for spec in specs if any(t["name"] == "Gaps" for t in spec["data"]))
    running = next(trace for trace in between["data"] if trace["name"] == "Since the last")
    assert (["diamond-open"], [90.0]) == ([running["marker"]["symbol"]], running["y"])
    assert "Improvement" in [each.get("text") for each in between["layout"]["annotations"]]
    assert any("Days between complaints" in chart.proto.alt for chart in charts)


def test_the_gaps_are_there_as_a_table(page: AppTest) -> None:
    page.toggle(key="cb-between-table").set_value(True).run()
    text = text_of(page)
    assert not page.exception
    assert "none by 21 Nov 2026" in text
    assert "longer than the upper limit" in text


def test_frequent_events_have_no_second_chart(open_app: OpenPage, full_world: SmallWorld) -> None:
    app = open_app(PAGE, of=full_world.runtime, touchpoint="delivery", metric="otd")
    assert "Show gaps as a table" not in [toggle.label for toggle in app.toggle]
