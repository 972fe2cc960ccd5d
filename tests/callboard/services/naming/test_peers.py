from dataclasses import replace

import pytest

from callboard.access import LOCAL_USER, Actor, Role
from callboard.errors import CallboardError, NotAllowed
from callboard.services.naming.holding import as_it_stands, peer_sets_of, workspace_of
from callboard.services.naming.peers import (
    edit_peer_set,
    list_peer_sets,
    restore_peer_set,
    withdraw_peer_set,
)
from callboard.storage.engine import snapshot
from callboard.views.upkeep import PeerSetRow
from tests.callboard.services.small_world import SmallWorld
from tests.conftest import on_both_engines

OPS = Actor(id="ops", name="Ops", roles=frozenset({Role.OPS_LEAD}))
FILE = ("Alder", "Birch", "Cedar", "Dogwood")


def _edit(world: SmallWorld, *entities: str, name: str = "Near us", why: str = "new") -> PeerSetRow:
    return edit_peer_set(world.runtime, LOCAL_USER, name=name, entities=entities, why=why)


def _sets(world: SmallWorld) -> dict[str, tuple[str, ...]]:
    with snapshot(world.runtime.store) as connection:
        return {each.name: each.entities for each in peer_sets_of(world.runtime, connection)}


@on_both_engines
def test_an_edit_counts_instead_of_the_file_until_it_is_withdrawn(own_world: SmallWorld) -> None:
    assert {"Near us": FILE} == _sets(own_world)
    row = _edit(own_world, "Alder", "Elm", "alder")
    assert (1, ("Alder", "Elm"), True) == (row.id, row.entities, row.counts)
    assert {"Near us": ("Alder", "Elm")} == _sets(own_world)
    rows = list_peer_sets(own_world.runtime, LOCAL_USER)
    assert ["workspace.yaml; an edit counts instead", ""] == [each.standing for each in rows]
    withdraw_peer_set(own_world.runtime, LOCAL_USER, number=1, note="Elm closed")
    assert {"Near us": FILE} == _sets(own_world)
    restore_peer_set(own_world.runtime, LOCAL_USER, number=1)
    assert {"Near us": ("Alder", "Elm")} == _sets(own_world)
    assert 3 == own_world.runtime.publication()


def test_a_set_is_added_and_another_taken_away(own_world: SmallWorld) -> None:
    _edit(own_world, "Elm", name="Large")
    _edit(own_world, name="near us", why="no longer comparable")
    assert {"Large": ("Elm",)} == _sets(own_world)


def test_those_who_compare_are_given_the_sets_that_count_now(own_world: SmallWorld) -> None:
    with snapshot(own_world.runtime.store) as connection:
        assert own_world.runtime is as_it_stands(own_world.runtime, connection)
    _edit(own_world, "Elm")
    with snapshot(own_world.runtime.store) as connection:
        now = as_it_stands(own_world.runtime, connection)
    assert now.workspace == now.definitions.workspace
    assert ("Elm",) == now.workspace.peer_sets[0].entities
    assert FILE == own_world.runtime.workspace.peer_sets[0].entities


def test_withdrawing_what_was_written_to_the_file_brings_back_what_was_before(
    own_world: SmallWorld,
) -> None:
    _edit(own_world, "Elm")
    with snapshot(own_world.runtime.store) as connection:
        written = workspace_of(own_world.runtime, connection)
    later = SmallWorld(replace(own_world.runtime, workspace=written))
    withdraw_peer_set(later.runtime, LOCAL_USER, number=1, note="Elm closed")
    assert {"Near us": FILE} == _sets(later)


@pytest.mark.parametrize(
    ("entities", "changes", "sentence"),
    [
        (["Elm"], {"why": ""}, "Say why these are comparable"),
        (["Elm", " "], {}, "an empty name among the peers"),
        (["small stores"], {}, "which is ourselves"),
        ([], {"name": "Far"}, "There is no peer set 'Far'"),
        (FILE, {"why": "the same towns"}, "says that already"),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(
    world: SmallWorld, entities: list[str], changes: dict[str, str], sentence: str
) -> None:
    with pytest.raises(CallboardError, match=sentence):
        _edit(world, *entities, **changes)
    assert 0 == world.runtime.publication()


def test_only_those_who_may_edit_names_do(world: SmallWorld) -> None:
    with pytest.raises(NotAllowed):
        edit_peer_set(world.runtime, OPS, name="Near us", entities=["Elm"], why="x")
    assert 1 == len(list_peer_sets(world.runtime, OPS))
