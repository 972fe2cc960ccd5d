from dataclasses import replace
from datetime import date

import pytest

from callboard.access import LOCAL_USER, Actor, Role
from callboard.entities import EntityNames
from callboard.errors import CallboardError, NotAllowed
from callboard.services.naming.holding import aliases_of
from callboard.services.naming.names import add_name, list_names, restore_name, withdraw_name
from callboard.storage.engine import snapshot
from callboard.views.upkeep import NameRow
from tests.callboard.services.small_world import SmallWorld
from tests.conftest import on_both_engines

READER = Actor(id="reader", name="Reader", roles=frozenset({Role.EXECUTIVE}))
ALWAYS = {"kind": "alias", "from_day": ""}
MERGED = date(2018, 4, 25)
ALDER = EntityNames.model_validate({"entity": "Alder", "names": ["Alder Ltd"], "why": "its firm"})


def _add(world: SmallWorld, **changes: str) -> NameRow:
    told = {
        "entity": "Alaska Air",
        "name": "Virgin America",
        "kind": "merger",
        "from_day": "2018-04-25",
        "why": "One certificate",
    }
    return add_name(world.runtime, LOCAL_USER, **told | changes)


def _with_file(world: SmallWorld, *entities: EntityNames) -> SmallWorld:
    definitions = replace(world.runtime.definitions, entities=entities)
    return SmallWorld(replace(world.runtime, definitions=definitions))


def _aliases(world: SmallWorld) -> dict[str, tuple[tuple[str, date | None], ...]]:
    with snapshot(world.runtime.store) as connection:
        return dict(aliases_of(world.runtime, connection))


@on_both_engines
def test_a_merger_counts_from_its_day_on_until_it_is_withdrawn(own_world: SmallWorld) -> None:
    row = _add(own_world)
    assert (1, "merger", MERGED, True, "") == (
        *(row.id, row.kind, row.from_day, row.counts),
        row.standing,
    )
    assert {"virgin_america": (("Alaska Air", MERGED),)} == _aliases(own_world)
    row = withdraw_name(own_world.runtime, LOCAL_USER, number=1, note="Not yet")
    assert (False, "withdrawn by local: Not yet") == (row.counts, row.standing)
    assert {} == _aliases(own_world)
    assert restore_name(own_world.runtime, LOCAL_USER, number=1).counts
    assert 3 == own_world.runtime.publication()


def test_names_of_the_file_are_listed_and_an_edit_outweighs_them(own_world: SmallWorld) -> None:
    world = _with_file(own_world, ALDER)
    (listed,) = list_names(world.runtime, LOCAL_USER)
    assert (0, True, "entities.yaml") == (listed.id, listed.counts, listed.standing)
    _add(world, name="alder ltd", entity="Birch", kind="alias", from_day="")
    told = [(row.entity, row.counts) for row in list_names(world.runtime, LOCAL_USER)]
    assert [("Alder", False), ("Birch", True)] == told
    withdraw_name(world.runtime, LOCAL_USER, number=1, note="Mixed up")
    assert {"alder_ltd": (("Alder", None),)} == _aliases(world)


def test_a_name_that_was_written_to_the_file_goes_when_its_edit_is_withdrawn(
    own_world: SmallWorld,
) -> None:
    _add(own_world, name="Alder Ltd", entity="Alder", kind="alias", from_day="")
    later = _with_file(own_world, ALDER)  # the next start reads what was written
    withdraw_name(later.runtime, LOCAL_USER, number=1, note="Mixed up")
    assert {} == _aliases(later)
    assert [False, False] == [row.counts for row in list_names(later.runtime, LOCAL_USER)]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"why": " "}, "Say why"),
        ({"entity": ""}, "for which entity"),
        ({"name": "\x00"}, "which name"),
        ({"from_day": ""}, "Say since when: a merger needs its day"),
        ({"from_day": "25.4.2018"}, "expected a day such as 2026-01-31"),
        ({"kind": "merge"}, "Did you mean 'merger'"),
        ({"name": "alaska  air"}, "for itself; expected another name"),
        ({"name": "Small Stores Ltd"}, "which is ourselves"),
        ({"name": "Old Alder", "entity": "Alder"} | ALWAYS, "already. Nothing was changed"),
        ({"name": "Alder", "entity": "Old Alder"} | ALWAYS, "leads back to it"),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(
    world: SmallWorld, changes: dict[str, str], sentence: str
) -> None:
    file = EntityNames.model_validate({"entity": "Alder", "names": ["Old Alder"], "why": "x"})
    with pytest.raises(CallboardError, match=sentence):
        _add(_with_file(world, file), **changes)
    assert () == tuple(row for row in list_names(world.runtime, LOCAL_USER) if row.id)


def test_one_brought_back_may_not_close_a_circle(world: SmallWorld) -> None:
    _add(world, name="A", entity="B")
    withdraw_name(world.runtime, LOCAL_USER, number=1, note="Wrong way round")
    _add(world, name="B", entity="A")
    with pytest.raises(CallboardError, match="leads back to it"):
        restore_name(world.runtime, LOCAL_USER, number=1)
    assert [2] == [row.id for row in list_names(world.runtime, LOCAL_USER) if row.counts]


def test_only_those_who_may_edit_names_do(world: SmallWorld) -> None:
    with pytest.raises(NotAllowed, match="Reader may not edit names"):
        add_name(world.runtime, READER, entity="A", name="B", why="x")
    assert () == list_names(world.runtime, READER)
