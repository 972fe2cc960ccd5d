"""The journey page: what it shows, how it is drawn, saved, refused, brought back and exported."""

from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from callboard.access import Actor, Role
from callboard.services.journeys.drawing import list_versions
from callboard.services.runtime import Runtime
from tests.callboard.services.journey_world import ADA, FILED, USE, draw, exported, with_file
from tests.callboard.services.small_world import SmallWorld
from tests.pages.conftest import OpenPage, text_of

PAGE = "14_journey.py"
EVE = Actor(id="eve", name="Eve", roles=frozenset({Role.EXECUTIVE}))


def press(app: AppTest, label: str, at: int = 0) -> AppTest:
    """Press one of the buttons called so."""
    return [each for each in app.button if each.label == label][at].click().run()


def field(app: AppTest, label: str) -> object:
    (found,) = (each for each in app.text_input if each.label == label)
    return found


@pytest.fixture
def filed(full_world: SmallWorld) -> Runtime:
    """The full world with a journey's file."""
    return with_file(full_world.runtime)


def test_the_sentence_the_stages_the_line_and_the_service_are_there(
    open_app: OpenPage, filed: Runtime
) -> None:
    text = text_of(open_app(PAGE, of=filed))
    assert "<h1>Receive is where it hurts: on-time delivery at Field delivery" in text
    assert ["Receive", "Get help"] == [
        name for name in ("Receive", "Get help") if f"<h2>{name}</h2>" in text
    ]
    assert "Line of visibility" in text
    assert 'href="touchpoint?touchpoint=depot&amp;grain=week">Depot</a>' in text
    assert "As journeys/customer.yaml says it." in text


def test_a_proposed_journey_says_how_to_draw_one(
    open_app: OpenPage, full_world: SmallWorld
) -> None:
    text = text_of(open_app(PAGE, of=full_world.runtime))
    assert "Not drawn yet" in text
    assert "<code>journeys/customer.yaml</code>" in text


def test_a_table_says_the_same(open_app: OpenPage, filed: Runtime) -> None:
    app = open_app(PAGE, of=filed)
    app.toggle(key="cb-way-table").set_value(True).run()
    text = text_of(app)
    assert '<th scope="row">Receive</th>' in text
    assert '<th scope="row">Behind the line</th>' in text


def test_a_way_without_touchpoints_says_what_to_do(
    open_app: OpenPage, full_world: SmallWorld
) -> None:
    definitions = replace(full_world.runtime.definitions, touchpoints={})
    app = open_app(PAGE, of=replace(full_world.runtime, definitions=definitions))
    assert "<code>stage: front</code>" in text_of(app)


def test_a_journey_is_drawn_and_saved(open_app: OpenPage, filed: Runtime) -> None:
    app = press(open_app(PAGE, of=filed, actor=ADA), "Draw this journey")
    field(app, "Stage 1").set_value("Take in")  # type: ignore[attr-defined]
    app = press(press(app, "Add a stage"), "Earlier", at=2)
    assert ["Take in", "", "Get help"] == [
        each.value for each in app.text_input if each.label.startswith("Stage ")
    ]
    field(app, "Stage 2").set_value("Use")  # type: ignore[attr-defined]
    app.multiselect[1].set_value(["desk", "delivery"])
    app = press(app, "Save this version")
    assert "Stage “Use” is new." in text_of(app)
    assert [("receive", "Take in"), ("use", "Use"), ("help", "Get help")] == [
        (each.code, each.name) for each in exported(filed).stages
    ]
    assert ("desk", "delivery") == exported(filed).stages[1].touchpoints
    assert "<h2>Take in</h2>" in text_of(app)


def test_a_stage_is_taken_out_and_closing_saves_nothing(open_app: OpenPage, filed: Runtime) -> None:
    app = press(open_app(PAGE, of=filed, actor=ADA), "Draw this journey")
    app = press(app, "Take out")
    assert ["Get help"] == [each.value for each in app.text_input if each.label == "Stage 1"]
    app = press(app, "Close without saving")
    assert ["Draw this journey"] == [each.label for each in app.button if "raw" in each.label]
    assert FILED == exported(filed)


def test_what_is_refused_stays_to_be_put_right(open_app: OpenPage, filed: Runtime) -> None:
    app = press(open_app(PAGE, of=filed, actor=ADA), "Draw this journey")
    app = press(press(app, "Add a stage"), "Save this version")
    assert "Give every stage a name" in text_of(app)
    assert "Stage 3" in [each.label for each in app.text_input]


def test_an_older_version_comes_back_by_one_click(open_app: OpenPage, filed: Runtime) -> None:
    draw(filed, USE)
    draw(filed, replace(USE, name="Return"))
    app = press(open_app(PAGE, of=filed, actor=ADA), "Go back to version 1")
    assert "Stage “Return” is gone." in text_of(app)
    assert [3, 2, 1] == [each.number for each in list_versions(filed, ADA, journey="customer")]
    assert "Use it!" == exported(filed).stages[-1].name


def test_the_file_comes_back_by_one_click(open_app: OpenPage, filed: Runtime) -> None:
    draw(filed, USE)
    app = press(open_app(PAGE, of=filed, actor=ADA), r"Go back to journeys/customer\.yaml")
    assert "Stage “Use it!” is gone." in text_of(app)
    assert FILED == exported(filed)


def test_a_file_that_changed_since_asks_which_to_take(open_app: OpenPage, filed: Runtime) -> None:
    draw(filed, USE)
    later = with_file(filed, FILED.model_copy(update={"name": "Another way"}))
    app = open_app(PAGE, of=later, actor=ADA)
    assert "was changed since this journey was drawn by ada" in text_of(app)
    app = press(app, "Keep what was drawn")
    assert "was changed since" not in text_of(app)
    assert "Use it!" == exported(later).stages[-1].name


def test_who_may_not_draw_sees_the_way_only(open_app: OpenPage, filed: Runtime) -> None:
    draw(filed, USE)
    app = open_app(PAGE, of=filed, actor=EVE)
    assert "<h2>Use it!</h2>" in text_of(app)
    assert not [each for each in app.button if "raw" in each.label or "back" in each.label]
    assert "Versions drawn" not in text_of(app)


def test_the_words_of_people_are_words(open_app: OpenPage, filed: Runtime) -> None:
    draw(filed, replace(USE, name="<b>Use</b>", question="<img src=x onerror=alert(1)>"))
    text = text_of(open_app(PAGE, of=filed, actor=ADA))
    assert "<h2>&lt;b&gt;Use&lt;/b&gt;</h2>" in text
    assert "<img src=x" not in text
