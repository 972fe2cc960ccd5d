"""Take away on the pages: files of exactly this view, and packs made, built and edited."""

import io
import json

import pytest
from openpyxl import load_workbook
from streamlit.testing.v1 import AppTest

from callboard.access import LOCAL_USER, Actor, Role
from callboard.services.taking.asking import asked_view
from callboard.services.taking.files import Form
from callboard.services.taking.packs import add_view, list_packs, make_pack, move_view
from callboard.ui.overview import OverviewQuestion
from callboard.ui.page import make_page
from callboard.ui.takeaway import _make, view_of
from metrics.model import Grain
from tests.callboard.services.small_world import SmallWorld
from tests.pages.conftest import OpenPage, text_of

PAGE = "45_board_pack.py"
TAKEN = ["", "10_touchpoint.py", "15_compare.py", "20_competitors.py"]
EVA = Actor(id="eva", name="Eva", roles=frozenset({Role.EXECUTIVE}))


@pytest.mark.parametrize("page", TAKEN)
def test_a_page_can_be_taken_away(page: str, open_app: OpenPage, full_world: SmallWorld) -> None:
    app = open_app(page, of=full_world.runtime)
    offered = [each.proto for each in app.get("download_button")][:3]
    assert ["Excel", "Slides", "Report"] == [each.label.split(":")[0] for each in offered]
    assert all(each.ignore_rerun and each.deferred_file_id for each in offered)
    assert app.button(key="cb-pack-into-now")


@pytest.mark.parametrize(
    ("page", "query", "charts"),
    [
        ("10_touchpoint.py", {"touchpoint": "delivery", "metric": "otd"}, 3),
        ("20_competitors.py", {"metric": "otd"}, 2),
    ],
)
def test_every_chart_is_saved_with_its_stamp(
    page: str, query: dict[str, str], charts: int, open_app: OpenPage, full_world: SmallWorld
) -> None:
    app = open_app(page, of=full_world.runtime, **query)
    drawn = [each.proto for each in app.get("plotly_chart")]
    assert charts <= len(drawn)
    names = [json.loads(each.config)["toImageButtonOptions"]["filename"] for each in drawn]
    assert len(names) == len(set(names))
    for each in drawn:
        title = json.loads(each.spec)["layout"]["title"]["text"]
        assert "On-time delivery" in title
        assert f"publication {full_world.runtime.publication()}" in title


def test_what_is_taken_is_what_was_asked(full_world: SmallWorld) -> None:
    question = OverviewQuestion(
        grain=Grain.WEEK,
        period="",
        touchpoints=("delivery",),
        pillar="",
        lanes="key",
        sort="name",
    )
    page = make_page("overview", full_world.runtime, LOCAL_USER)
    book = load_workbook(io.BytesIO(_make(page, view_of(question), Form.EXCEL)))
    cells = {str(c) for sheet in book for row in sheet.iter_rows(values_only=True) for c in row}
    assert "Field delivery" in cells
    assert "Service desk" not in cells


def popovers(app: AppTest) -> list[str]:
    """The identities of what *Take away* opens."""
    blocks = [each.proto for each in app.get("popover")]
    return [each.id for each in blocks if each.popover.label == "Take away"]


def test_a_view_goes_into_a_new_pack(open_app: OpenPage, full_world: SmallWorld) -> None:
    app = open_app("10_touchpoint.py", of=full_world.runtime, touchpoint="delivery", metric="otd")
    (before,) = popovers(app)
    app.text_input(key="cb-pack-into-name").set_value("Board")
    app.button(key="cb-pack-into-now").click().run()
    assert "Board holds 1 view now." in text_of(app)
    assert ["Added to a board pack"] == [each.value for each in app.toast]
    assert [before] != popovers(app)  # another popover than that which was open
    (row,) = list_packs(full_world.runtime, LOCAL_USER)
    assert ["delivery"] == row.views[0].query["touchpoint"]


@pytest.fixture
def board(full_world: SmallWorld) -> SmallWorld:
    made = make_pack(full_world.runtime, LOCAL_USER, name="Board <b>x</b>")
    for asked in (
        asked_view("overview", {}),
        asked_view("touchpoint", {"touchpoint": "delivery", "metric": "otd"}),
    ):
        add_view(full_world.runtime, LOCAL_USER, number=made.id, asked=asked)
    return full_world


def test_a_pack_is_built_and_led_back_from(open_app: OpenPage, board: SmallWorld) -> None:
    app = open_app(PAGE, of=board.runtime)
    text = text_of(app)
    assert "1 board pack, one click" in text
    assert "<h2>Board &lt;b&gt;x&lt;/b&gt;</h2>" in text
    assert 'href="touchpoint?metric=otd&amp;touchpoint=delivery"' in text
    assert 3 == len(app.get("download_button"))


def test_views_are_moved_and_removed(open_app: OpenPage, board: SmallWorld) -> None:
    app = open_app(PAGE, of=board.runtime)
    app.button(key="cb-pack-Down-1-0").click().run()
    assert text_of(app).index("1. Touchpoint") < text_of(app).index("2. Overview")
    app.button(key="cb-pack-remove-1-0").click().run()
    assert "Touchpoint" not in [each.title for each in list_packs(board.runtime, EVA)[0].views]


def test_a_pack_is_deleted_and_brought_back(open_app: OpenPage, board: SmallWorld) -> None:
    app = open_app(PAGE, of=board.runtime)
    (row,) = list_packs(board.runtime, LOCAL_USER)
    move_view(board.runtime, LOCAL_USER, number=1, place=0, mark=row.views[0].mark, by=1)
    app.button(key="cb-pack-delete-1").click().run()
    assert "Somebody has changed Board" in text_of(app)
    app.button(key="cb-pack-delete-1").click().run()
    assert "No board pack yet." in text_of(app)
    app.button(key="cb-pack-restore-now").click().run()
    assert "1 board pack" in text_of(app)


def test_somebody_elses_pack_is_built_and_not_changed(
    open_app: OpenPage, board: SmallWorld
) -> None:
    app = open_app(PAGE, of=board.runtime, actor=EVA)
    assert 3 == len(app.get("download_button"))
    assert not [each for each in app.button if (each.key or "").startswith("cb-pack-remove")]


def test_who_may_not_make_packs_is_offered_none(open_app: OpenPage, board: SmallWorld) -> None:
    reader = Actor(id="emp", name="Emp", roles=frozenset({Role.EMPLOYEE}))
    for page in (PAGE, "10_touchpoint.py"):
        app = open_app(page, of=board.runtime, actor=reader)
        assert 3 <= len(app.get("download_button"))
        assert not [each for each in app.button if (each.key or "").startswith("cb-pack")]


def test_a_click_on_a_page_that_is_behind_moves_nothing(
    open_app: OpenPage, board: SmallWorld
) -> None:
    app = open_app(PAGE, of=board.runtime)
    (row,) = list_packs(board.runtime, LOCAL_USER)
    move_view(board.runtime, LOCAL_USER, number=1, place=0, mark=row.views[0].mark, by=1)
    app.button(key="cb-pack-remove-1-0").click().run()
    assert "Somebody has changed Board" in text_of(app)
    assert 2 == len(list_packs(board.runtime, LOCAL_USER)[0].views)
