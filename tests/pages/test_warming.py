"""What is read ahead of those who look: for whom, when, and that nothing older stays."""

from dataclasses import replace

import pytest

from callboard.access import LOCAL_USER, Actor, Scope
from callboard.services.journeys import journey_map
from callboard.services.runtime import Runtime
from callboard.services.scopes import open_scope
from callboard.services.tiles import overview
from callboard.ui import warming
from tests.callboard.services.journey_world import USE, draw
from tests.callboard.services.small_world import SmallWorld
from tests.pages.conftest import OpenPage, text_of

PAGE = "14_journey.py"
DESK = replace(LOCAL_USER, id="dee", touchpoints=frozenset({"desk"}))


@pytest.fixture(autouse=True)
def nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody has been here yet."""
    monkeypatch.setattr(warming, "_READERS", {})


def read_aheads(world: SmallWorld, monkeypatch: pytest.MonkeyPatch) -> list[Actor]:
    """Publish something, read ahead, and return for whom a journey was read."""
    actors: list[Actor] = []

    def noting(of: Runtime, actor: Actor) -> Scope:
        actors.append(actor)
        return open_scope(of, actor)

    monkeypatch.setattr(journey_map, "open_scope", noting)
    draw(world.runtime, USE)
    warming.catch_up()
    return actors


def test_who_opens_a_page_after_a_publication_finds_it_read(
    open_app: OpenPage, full_world: SmallWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_app(PAGE, of=full_world.runtime)
    assert [LOCAL_USER] == read_aheads(full_world, monkeypatch)
    for module in (journey_map, overview):
        monkeypatch.delattr(module, "read_steps" if module is journey_map else "read_board")
    assert "<h2>Use it!</h2>" in text_of(open_app(PAGE, of=full_world.runtime))


def test_it_is_read_for_each_reach_once_and_for_nobody_who_left_long_ago(
    open_app: OpenPage, full_world: SmallWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    for actor in (LOCAL_USER, replace(LOCAL_USER, id="lee"), DESK):
        open_app(PAGE, of=full_world.runtime, actor=actor)
    assert ["lee", "dee"] == [each.id for each in read_aheads(full_world, monkeypatch)]
    monkeypatch.setattr(warming, "_VISITED", 0.0)
    assert [] == read_aheads(full_world, monkeypatch)
