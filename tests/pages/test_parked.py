"""Rows of metrics that nobody has defined: parked in the steps, listed, taken up, dropped."""

import pytest
from streamlit.testing.v1 import AppTest

from callboard.access import LOCAL_USER
from callboard.services.publishing.parking import list_parked
from tests.callboard.services.small_world import SmallWorld
from tests.pages.conftest import OpenPage, key_of, text_of
from tests.pages.test_lab import HEADER, press, published, start

LINES = (
    "smiles,Alder,value,71,percent,2026-10-01,2026-10-31,Delivery Watch\n"
    "smiles,Birch,value,72,percent,2026-10-01,2026-10-31,Delivery Watch\n"
    "otd,Cedar,value,90.5,percent,2026-10-01,2026-10-31,Delivery Watch\n"
)


def unknown(open_app: OpenPage, world: SmallWorld) -> AppTest:
    """The step that asks what a word means that is no metric."""
    app = start(open_app, world, (HEADER + LINES).encode())
    assert "Step 3 of 6" in text_of(app)
    return app


def park(app: AppTest, request: str = "Is it our csat?", of: str = "Bo") -> None:
    app.text_input(key=f"{_stem(app)}-request").set_value(request)
    app.text_input(key=f"{_stem(app)}-of").set_value(of)
    press(app, "park-0-now")


def _stem(app: AppTest) -> str:
    return key_of(app, "park-0-now").removesuffix("-now")


def waiting(world: SmallWorld) -> list[tuple[str, int, str, str]]:
    rows = list_parked(world.runtime, LOCAL_USER)
    return [(each.word, each.line, each.request, each.asked_of) for each in rows]


def test_rows_of_an_unknown_metric_are_parked_and_the_rest_goes_on(
    open_app: OpenPage, full_world: SmallWorld
) -> None:
    app = unknown(open_app, full_world)
    assert "Park 2 rows" in [each.label for each in app.button]
    park(app)
    assert [("smiles", line, "Is it our csat?", "Bo") for line in (2, 3)] == waiting(full_world)
    assert "2 rows of smiles wait for a definition" in text_of(app)
    press(app, "step-publish")
    app.button(key="cb-publish").click().run()
    assert 90.5 == published(full_world)["Cedar", "2026-10"]


def test_without_a_request_nothing_is_parked(open_app: OpenPage, full_world: SmallWorld) -> None:
    app = unknown(open_app, full_world)
    park(app, request=" ")
    assert "Say what is asked for: what the metric is" in text_of(app)
    assert [] == waiting(full_world)
    assert "smiles" in text_of(app)


def test_the_page_lists_what_waits_only_where_something_does(
    open_app: OpenPage, full_world: SmallWorld
) -> None:
    app = unknown(open_app, full_world)
    assert "Parked rows</h2>" not in text_of(app)
    park(app)
    text = text_of(app)
    assert "Parked rows</h2>" in text
    for told in ("Is it our csat?", "Bo", "peers.csv", "Sun 22 Nov 2026", "waits"):
        assert f">{told}" in text
    assert app.button(key="cb-parked-take").disabled


@pytest.fixture
def parked(open_app: OpenPage, full_world: SmallWorld) -> AppTest:
    """The page without a file, with two rows that wait."""
    app = unknown(open_app, full_world)
    park(app)
    press(app, "-drop")
    return app


def test_parked_rows_become_a_file_once_it_is_said_what_they_are(
    parked: AppTest, full_world: SmallWorld
) -> None:
    parked.selectbox(key="cb-parked-means-1").set_value("nps").run()
    parked.button(key="cb-parked-take").click().run()
    assert not parked.exception
    assert "of 6 · parked peers.csv" in text_of(parked)
    assert [] == waiting(full_world)
    press(parked, "step-values")
    assert "smiles" in text_of(parked)


def test_parked_rows_are_left_where_nobody_says_what_they_are(
    parked: AppTest, full_world: SmallWorld
) -> None:
    parked.button(key="cb-parked-take").click().run()
    assert "is no metric yet: define it" in text_of(parked)
    assert 2 == len(waiting(full_world))


def test_rows_whose_file_is_given_up_can_be_taken_up_again(
    parked: AppTest, full_world: SmallWorld
) -> None:
    parked.selectbox(key="cb-parked-means-1").set_value("complaints").run()
    parked.button(key="cb-parked-take").click().run()
    press(parked, "-drop")
    assert ">taken up<" in text_of(parked)
    parked.button(key="cb-parked-take").click().run()
    assert "of 6 · parked peers.csv" in text_of(parked)


def test_parked_rows_are_dropped_with_a_reason(parked: AppTest, full_world: SmallWorld) -> None:
    parked.button(key="cb-parked-let-go").click().run()
    assert "Say why they are dropped" in text_of(parked)
    assert 2 == len(waiting(full_world))
    parked.text_input(key="cb-parked-why").set_value("We shall not measure it")
    parked.button(key="cb-parked-let-go").click().run()
    assert "2 rows of smiles wait no more." in text_of(parked)
    assert [] == waiting(full_world)
    assert "Parked rows</h2>" not in text_of(parked)
