"""Every page in every state: readings, an empty store, the store away, nothing allowed."""

from collections.abc import Callable, Iterator

import pytest
from streamlit.testing.v1 import AppTest

from callboard.access import Actor, Role
from callboard.errors import DefinitionError, StoreUnavailable
from callboard.services.runtime import Runtime
from callboard.ui import live
from callboard.ui.moments import time_of_day
from definition_files import Problem
from tests.callboard.services.small_world import SmallWorld
from tests.pages.conftest import PAGES, OpenPage, text_of

EVERY = ["", *PAGES]
NOBODY = Actor(id="nobody", name="Nobody", roles=frozenset())


@pytest.mark.parametrize("page", EVERY)
def test_a_page_with_readings_shows_no_error(
    page: str, open_app: OpenPage, full_world: SmallWorld
) -> None:
    app = open_app(page, of=full_world.runtime)
    assert not app.exception
    assert "Something went wrong" not in text_of(app)


@pytest.mark.parametrize("page", EVERY)
def test_a_page_says_whose_workspace_it_shows(
    page: str, open_app: OpenPage, full_world: SmallWorld
) -> None:
    assert "<b>Small Stores</b>" in text_of(open_app(page, of=full_world.runtime))


@pytest.mark.parametrize("page", EVERY)
def test_a_page_says_how_far_its_data_reaches(
    page: str, open_app: OpenPage, full_world: SmallWorld
) -> None:
    assert "Complete to" in text_of(open_app(page, of=full_world.runtime))


@pytest.mark.parametrize("page", EVERY)
def test_a_page_over_an_empty_store_stands(
    page: str, open_app: OpenPage, empty_world: SmallWorld
) -> None:
    app = open_app(page, of=empty_world.runtime)
    assert not app.exception
    assert "No readings yet" in text_of(app)


@pytest.mark.parametrize("page", ["", "10_touchpoint.py"])
def test_an_empty_page_says_what_to_do_next(
    page: str, open_app: OpenPage, empty_world: SmallWorld
) -> None:
    text = text_of(open_app(page, of=empty_world.runtime))
    feeds = len(empty_world.runtime.definitions.contracts)
    assert f"{feeds} feeds are connected, and no row that could be counted has been read." in text
    assert "callboard connect" in text
    assert 1 == text.count("<h1>") == text.count("No readings yet")


@pytest.mark.parametrize("page", EVERY)
def test_a_store_that_is_away_is_a_state_with_an_error_id(page: str, open_app: OpenPage) -> None:
    app = open_app(page, of=_raise(StoreUnavailable("The store did not answer.")))
    assert not app.exception
    assert "Callboard cannot reach its store" in text_of(app)
    assert "error id <code>" in text_of(app)
    assert 1 == text_of(app).count("<h1>")


def test_a_store_that_stops_leaves_the_figures_and_says_since_when(
    open_app: OpenPage, full_world: SmallWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = iter([full_world.runtime.publication()])
    monkeypatch.setattr(live.Page, "is_new", False)
    monkeypatch.setattr(Runtime, "publication", lambda _: _next_of(answers))
    app = open_app(of=full_world.runtime)
    last = time_of_day(full_world.runtime.pulse.last, "Europe/London")
    assert f"The store has not answered since {last}" in text_of(app)
    assert "Field delivery" in text_of(app)
    fail = app.run()
    assert f"did not answer. It last answered at {last}." in text_of(fail)
    assert "<b>Small Stores</b>" in text_of(fail)
    assert _error_id(fail) == _error_id(app.run())


@pytest.mark.parametrize("page", EVERY)
def test_broken_definitions_are_listed(page: str, open_app: OpenPage) -> None:
    problem = Problem(
        file="metrics/otd.yaml", key="unit", found="'percentage'", expected="a unit", suggestion=""
    )
    app = open_app(page, of=_raise(DefinitionError([problem])))
    assert not app.exception
    assert "metrics/otd.yaml" in text_of(app)


@pytest.mark.parametrize("page", EVERY)
def test_without_rights_a_page_shows_no_figure(
    page: str, open_app: OpenPage, full_world: SmallWorld
) -> None:
    app = open_app(page, of=full_world.runtime, actor=NOBODY)
    assert not app.exception
    assert "Nothing here" in text_of(app)
    assert "Field delivery" not in text_of(app)


def test_the_publish_page_is_not_for_everybody(open_app: OpenPage, full_world: SmallWorld) -> None:
    executive = Actor(id="eva", name="Eva", roles=frozenset({Role.EXECUTIVE}))
    app = open_app("30_publish.py", of=full_world.runtime, actor=executive)
    assert "Nothing here" in text_of(app)
    assert not app.get("file_uploader")


def _next_of(answers: Iterator[int]) -> int:
    found = next(answers, None)
    if found is None:
        raise StoreUnavailable("The store did not answer.")
    return found


def _error_id(app: AppTest) -> str:
    return text_of(app).partition("error id <code>")[2][:9]


def _raise(error: Exception) -> Callable[[], Runtime]:
    def fail() -> Runtime:
        raise error

    return fail
