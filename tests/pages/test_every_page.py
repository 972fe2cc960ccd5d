"""Every page in every state: readings, an empty store, the store away, nothing allowed."""

from collections.abc import Callable

import pytest

from callboard.access import Actor, Role
from callboard.errors import DefinitionError, StoreUnavailable
from callboard.services.runtime import Runtime
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
    assert "callboard connect" in text
    assert 1 == text.count("<h1>")


@pytest.mark.parametrize("page", EVERY)
def test_a_store_that_is_away_is_a_state_with_an_error_id(page: str, open_app: OpenPage) -> None:
    app = open_app(page, of=_raise(StoreUnavailable("The store did not answer.")))
    assert not app.exception
    assert "Callboard cannot reach its store" in text_of(app)
    assert "error id <code>" in text_of(app)


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


def _raise(error: Exception) -> Callable[[], Runtime]:
    def fail() -> Runtime:
        raise error

    return fail
