"""What one follows: chosen beside its chart, found on the overview; and what a figure means."""

from html import unescape

import pytest

from callboard.access import LOCAL_USER
from callboard.services.following import follow, list_followed
from callboard.services.tiles.overview import read_overview
from metrics.model import Grain
from tests.callboard.services.small_world import SmallWorld
from tests.pages.conftest import OpenPage, text_of

AT_DELIVERY = {"touchpoint": "delivery", "metric": "otd"}


def test_a_metric_is_followed_beside_its_chart_and_followed_no_more(
    open_app: OpenPage, full_world: SmallWorld
) -> None:
    app = open_app("10_touchpoint.py", of=full_world.runtime, **AT_DELIVERY)
    app.button(key="cb-follow").click().run()
    assert ["otd"] == [each.metric for each in list_followed(full_world.runtime, LOCAL_USER)]
    assert "Following" == app.button(key="cb-follow").label
    app.button(key="cb-follow").click().run()
    assert () == list_followed(full_world.runtime, LOCAL_USER)
    assert "Follow" == app.button(key="cb-follow").label


def test_the_overview_shows_what_is_followed_alone_and_the_address_says_so(
    open_app: OpenPage, full_world: SmallWorld
) -> None:
    assert "pick_followed" not in open_app(of=full_world.runtime).session_state
    follow(full_world.runtime, LOCAL_USER, touchpoint="desk", metric="abandon")
    app = open_app(of=full_world.runtime)
    assert "Of 3 tiles" in text_of(app)
    (choice,) = (each for each in app.button_group if each.key == "pick_followed")
    choice.set_value("1").run()
    assert "1" == app.query_params["followed"]
    assert "Of 1 tile " in text_of(app)
    assert 'class="cb-tile' in text_of(app)


def test_a_link_to_what_is_followed_says_where_to_begin(
    open_app: OpenPage, full_world: SmallWorld
) -> None:
    text = text_of(open_app(of=full_world.runtime, followed="1"))
    assert "You follow nothing yet." in text
    assert 'class="cb-tile' not in text


@pytest.mark.parametrize(
    ("only", "count"),
    [(None, 3), ((), 0), (("delivery/otd",), 1), (("desk/otd", "no/such", "desk/abandon"), 1)],
)
def test_only_what_is_named_is_read(
    only: tuple[str, ...] | None, count: int, full_world: SmallWorld
) -> None:
    view = read_overview(full_world.runtime, LOCAL_USER, grain=Grain.WEEK, only=only)
    assert count == view.tile_count


@pytest.mark.parametrize("page", ["10_touchpoint.py", "15_compare.py", "20_competitors.py"])
def test_a_page_about_a_metric_says_what_it_means_without_a_pointer(
    page: str, open_app: OpenPage, full_world: SmallWorld
) -> None:
    text = text_of(open_app(page, of=full_world.runtime, **AT_DELIVERY))
    meaning = unescape(text[text.index('class="cb-meaning"') :])
    metric = full_world.runtime.definitions.metrics["otd"]
    for words in (metric.question, metric.description, "Computed as: ", "definitions?metric=otd"):
        assert words in meaning
