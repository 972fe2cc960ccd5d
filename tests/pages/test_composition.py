"""A composite on the touchpoint page: taken apart, linked, downloadable, without rows."""

import json
from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from callboard.services.runtime import Runtime
from tests.callboard.services.composite_world import with_index
from tests.callboard.services.small_world import SmallWorld
from tests.pages.conftest import OpenPage, text_of

PAGE = "10_touchpoint.py"


@pytest.fixture
def runtime(full_world: SmallWorld) -> Runtime:
    return with_index(full_world.runtime)


@pytest.fixture
def page(open_app: OpenPage, runtime: Runtime) -> Callable[..., AppTest]:
    return lambda metric: open_app(PAGE, of=runtime, touchpoint="delivery", metric=metric)


def test_a_composite_is_taken_apart(page: Callable[..., AppTest]) -> None:
    app = page("delivery_index")
    text = text_of(app)
    assert not app.exception
    assert "What the score is made of" in text
    assert "With weights varied by ±25 %" in text
    assert "Why these weights: What customers said." in text
    assert 'href="touchpoint?touchpoint=delivery&amp;metric=otd&amp;grain=week"' in text


def test_its_bars_add_up_to_the_score(page: Callable[..., AppTest]) -> None:
    specs = [json.loads(each.proto.spec) for each in page("delivery_index").get("plotly_chart")]
    ladders = [spec["data"][0] for spec in specs if spec["data"][0]["type"] == "bar"]
    assert 2 == len(ladders)
    for bars in ladders:
        assert bars["x"][-1] == pytest.approx(sum(bars["x"][:-1]), abs=1e-12)


def test_the_figures_have_words_for_who_cannot_see_them(page: Callable[..., AppTest]) -> None:
    charts = page("delivery_index").get("plotly_chart")
    assert all(len(chart.proto.alt) > 20 for chart in charts)


def test_it_has_no_rows_of_its_own(page: Callable[..., AppTest]) -> None:
    app = page("delivery_index")
    assert "The rows behind it" not in text_of(app)


def test_another_metric_is_not_taken_apart(page: Callable[..., AppTest]) -> None:
    assert "What the score is made of" not in text_of(page("otd"))


def test_the_overview_has_a_tile_for_it(open_app: OpenPage, runtime: Runtime) -> None:
    app = open_app(of=runtime)
    assert not app.exception
    assert "Delivery index" in text_of(app)


def test_the_definitions_tell_its_weights(open_app: OpenPage, runtime: Runtime) -> None:
    text = text_of(open_app("50_definitions.py", of=runtime))
    assert "What Delivery index is made of" in text
    assert "What customers said." in text
