from dataclasses import replace

import pytest

from callboard.access import LOCAL_USER, Actor, Role
from callboard.errors import CallboardError, NotAllowed
from callboard.services.defining.definitions import load_definitions
from callboard.services.naming.holding import names_of, peer_sets_of
from callboard.services.naming.names import add_name, list_names, withdraw_name
from callboard.services.naming.peers import edit_peer_set
from callboard.services.naming.writing import diff_workspace_files, write_workspace_files
from callboard.storage.audit import count_acts
from callboard.storage.engine import snapshot
from tests.callboard.services.small_world import SmallWorld
from tests.conftest import on_both_engines


@pytest.fixture
def edited(own_world: SmallWorld) -> SmallWorld:
    """A name and a peer set that only the store knows yet."""
    runtime = own_world.runtime
    told = {"entity": "Alder", "kind": "rename", "from_day": "2025-07-01", "why": "New owner"}
    add_name(runtime, LOCAL_USER, name="Old Alder", **told)
    add_name(runtime, LOCAL_USER, name="Alder & Sons: the 'first'", **told)
    edit_peer_set(runtime, LOCAL_USER, name="Near us", entities=["Elm"], why="new streets")
    return own_world


def _started_again(world: SmallWorld) -> SmallWorld:
    definitions, problems = load_definitions(world.runtime.settings)
    assert [] == problems
    assert definitions is not None
    return SmallWorld(
        replace(world.runtime, definitions=definitions, workspace=definitions.workspace)
    )


def _write(world: SmallWorld) -> list[str]:
    return [path.name for path in write_workspace_files(world.runtime, LOCAL_USER)]


def _counting(world: SmallWorld) -> tuple[object, object]:
    with snapshot(world.runtime.store) as connection:
        return set(names_of(world.runtime, connection)), peer_sets_of(world.runtime, connection)


@on_both_engines
def test_what_counts_is_written_and_read_again_at_the_next_start(edited: SmallWorld) -> None:
    assert ["entities.yaml", "workspace.yaml"] == _write(edited)
    later = _started_again(edited)
    assert 2 == len(later.runtime.definitions.entities[0].names)
    assert ("Elm",) == later.runtime.workspace.peer_sets[0].entities
    assert _counting(edited) == _counting(later)
    assert {"", "entities.yaml"} == {
        each.standing for each in list_names(later.runtime, LOCAL_USER)
    }
    text = (edited.runtime.settings.workspace / "entities.yaml").read_text()
    assert text.startswith("# Names that stand for others")
    assert "    from: 2025-07-01\n" in text


def test_what_would_be_written_is_told_before_and_nothing_of_it_after(edited: SmallWorld) -> None:
    told = diff_workspace_files(edited.runtime, LOCAL_USER)
    assert "--- /dev/null\n+++ b/entities.yaml\n" in told
    assert "+  - entity: Alder\n" in told
    assert not (edited.runtime.settings.workspace / "entities.yaml").exists()
    _write(edited)
    assert "" == diff_workspace_files(edited.runtime, LOCAL_USER)


def test_a_second_writing_writes_nothing_and_a_later_edit_is_added(edited: SmallWorld) -> None:
    _write(edited)
    with snapshot(edited.runtime.store) as connection:
        acts = count_acts(connection)
    assert [] == _write(edited) == _write(_started_again(edited))
    with snapshot(edited.runtime.store) as connection:
        assert acts == count_acts(connection)
    add_name(edited.runtime, LOCAL_USER, entity="Elm", name="Elms", why="its sign")
    assert ["entities.yaml"] == _write(edited)
    assert 2 == len(_started_again(edited).runtime.definitions.entities)


def test_what_is_withdrawn_goes_from_the_file_too(edited: SmallWorld) -> None:
    _write(edited)
    later = _started_again(edited)
    withdraw_name(later.runtime, LOCAL_USER, number=1, note="Another Alder")
    assert ["entities.yaml"] == _write(later)
    (left,) = _started_again(later).runtime.definitions.entities
    assert ("Alder & Sons: the 'first'",) == left.names


def test_a_file_that_somebody_changed_meanwhile_is_left_alone(edited: SmallWorld) -> None:
    path = edited.runtime.settings.workspace / "workspace.yaml"
    changed = path.read_text().replace("Birch", "Beech")
    path.write_text(changed)
    with pytest.raises(CallboardError, match=r"workspace\.yaml: somebody changed it since"):
        _write(edited)
    assert changed == path.read_text()
    assert not path.with_name("entities.yaml").exists()


def test_a_change_elsewhere_in_the_file_is_kept(edited: SmallWorld) -> None:
    path = edited.runtime.settings.workspace / "workspace.yaml"
    path.write_text(f"# ours\n{path.read_text()}")
    assert ["entities.yaml", "workspace.yaml"] == _write(edited)
    assert path.read_text().startswith("# ours\nname: Small Stores\n")


def test_a_file_that_is_broken_is_told_of_and_nothing_written(edited: SmallWorld) -> None:
    path = edited.runtime.settings.workspace / "entities.yaml"
    path.write_text("entities: [{entity: A}]\n")
    with pytest.raises(CallboardError, match=r"entities\.yaml: entities\.0\.names"):
        _write(edited)


def test_only_those_who_may_edit_names_write_files(edited: SmallWorld) -> None:
    reader = Actor(id="r", name="Reader", roles=frozenset({Role.EXECUTIVE}))
    with pytest.raises(NotAllowed):
        write_workspace_files(edited.runtime, reader)
