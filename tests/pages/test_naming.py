"""Names and peer sets on the Publish page: listed, edited, taken back, written to the files."""

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from callboard import access
from callboard.access import LOCAL_USER, Action, Actor, Role
from callboard.services.naming.names import add_name, list_names
from callboard.services.naming.peers import list_peer_sets
from tests.callboard.services.small_world import SmallWorld
from tests.pages.conftest import OpenPage, text_of

READER = Actor(id="rae", name="Rae", roles=frozenset({Role.EXECUTIVE}))


@pytest.fixture
def own_world(full_world: SmallWorld, tmp_path: Path) -> SmallWorld:
    """The full world with files of the test's own."""
    folder = shutil.copytree(full_world.runtime.settings.workspace, tmp_path / "own")
    settings = replace(full_world.runtime.settings, workspace=folder)
    return SmallWorld(replace(full_world.runtime, settings=settings))


def opened(open_app: OpenPage, world: SmallWorld, actor: Actor = LOCAL_USER) -> AppTest:
    """The page with the section open."""
    app = open_app("30_publish.py", of=world.runtime, actor=actor)
    app.session_state["cb-naming"] = True
    app.run()
    assert not app.exception
    return app


def click(app: AppTest, key: str) -> AppTest:
    app.button(key=key).click().run()
    assert not app.exception
    return app


def add(
    app: AppTest, name: str = "Alder GmbH", why: str = "Annual report", kind: str = "alias"
) -> AppTest:
    app.text_input(key="cb-names-name-0").set_value(name)
    app.selectbox(key="cb-names-entity-0").set_value("Alder")
    app.selectbox(key="cb-names-kind-0").set_value(kind)
    app.text_input(key="cb-names-why-0").set_value(why)
    return click(app, "cb-names-add")


def names(world: SmallWorld) -> dict[str, bool]:
    return {each.name: each.counts for each in list_names(world.runtime, LOCAL_USER)}


def peers(world: SmallWorld) -> dict[str, tuple[str, ...]]:
    rows = list_peer_sets(world.runtime, LOCAL_USER)
    return {each.name: each.entities for each in rows if each.counts and each.entities}


def test_the_section_is_read_only_once_it_is_opened(
    open_app: OpenPage, full_world: SmallWorld
) -> None:
    app = open_app("30_publish.py", of=full_world.runtime)
    assert "Names, peer sets, reminders" in [each.label for each in app.expander]
    assert "the same towns" not in text_of(app)
    assert "the same towns" in text_of(opened(open_app, full_world))


def test_a_name_is_added_and_its_form_is_empty_after(
    open_app: OpenPage, own_world: SmallWorld
) -> None:
    app = add(opened(open_app, own_world))
    assert "Alder GmbH stands for Alder." in text_of(app)
    assert {"Alder GmbH": True} == names(own_world)
    assert "" == app.text_input(key="cb-names-name-1").value


def test_a_merger_without_its_day_is_refused_and_nothing_typed_is_lost(
    open_app: OpenPage, own_world: SmallWorld
) -> None:
    app = add(opened(open_app, own_world), kind="merger")
    assert "Say since when: a merger needs its day" in text_of(app)
    assert "Alder GmbH" == app.text_input(key="cb-names-name-0").value
    app.date_input(key="cb-names-from-0").set_value(date(2018, 4, 25))
    assert "stands for Alder from 25 Apr 2018." in text_of(click(app, "cb-names-add"))


def test_a_name_is_withdrawn_with_a_reason_and_brought_back(
    open_app: OpenPage, own_world: SmallWorld
) -> None:
    app = add(opened(open_app, own_world))
    assert "Say why it is withdrawn" in text_of(click(app, "cb-names-withdraw-now"))
    app.text_input(key="cb-names-withdraw-why").set_value("Another firm")
    text = text_of(click(app, "cb-names-withdraw-now"))
    assert "withdrawn by local: Another firm" in text
    assert {"Alder GmbH": False} == names(own_world)
    click(app, "cb-names-restore-now")
    assert {"Alder GmbH": True} == names(own_world)


def test_a_peer_set_is_edited_from_what_stands(open_app: OpenPage, own_world: SmallWorld) -> None:
    app = opened(open_app, own_world)
    members = app.multiselect(key="cb-peers-0-Near us-0-members")
    assert ["Alder", "Birch", "Cedar", "Dogwood"] == members.value
    assert "the same towns" == app.text_input(key="cb-peers-0-Near us-0-why").value
    members.set_value(["Alder", "Birch"])
    app.text_input(key="cb-peers-0-Near us-0-why").set_value("the same streets")
    assert "Near us: Alder, Birch." in text_of(click(app, "cb-peers-0-Near us-0-keep"))
    assert {"Near us": ("Alder", "Birch")} == peers(own_world)
    assert "workspace.yaml; an edit counts instead" in text_of(app)


def test_a_peer_set_is_made_taken_away_and_brought_back(
    open_app: OpenPage, own_world: SmallWorld
) -> None:
    app = opened(open_app, own_world)
    app.selectbox(key="cb-peers-set").set_value("a new one").run()
    app.text_input(key="cb-peers-new-0-name").set_value("Far")
    app.multiselect(key="cb-peers-new-0-members").set_value(["Cedar"])
    app.text_input(key="cb-peers-new-0-why").set_value("large items, too")
    click(app, "cb-peers-new-0-keep")
    assert ("Cedar",) == peers(own_world)["Far"]
    app.text_input(key="cb-peers-withdraw-why").set_value("They do not")
    click(app, "cb-peers-withdraw-now")
    assert {"Near us"} == set(peers(own_world))
    click(app, "cb-peers-restore-now")
    assert {"Near us", "Far"} == set(peers(own_world))
    app.selectbox(key="cb-peers-set").set_value("Near us").run()
    app.text_input(key="cb-peers-0-Near us-1-why").set_value("It was closed")
    click(app, "cb-peers-0-Near us-1-away")
    assert 1 == len(peers(own_world))


def test_nobody_in_a_peer_set_is_said(open_app: OpenPage, own_world: SmallWorld) -> None:
    app = opened(open_app, own_world)
    app.multiselect(key="cb-peers-0-Near us-0-members").set_value([])
    assert "expected at least one peer" in text_of(click(app, "cb-peers-0-Near us-0-keep"))


def test_what_was_said_is_written_to_the_files_after_it_was_shown(
    open_app: OpenPage, own_world: SmallWorld
) -> None:
    app = opened(open_app, own_world)
    assert "say all that counts" in text_of(app)
    assert "+  - entity: Alder" in text_of(add(app))
    text = text_of(click(app, "cb-files-write"))
    assert "Wrote entities.yaml." in text
    assert "say all that counts" in text
    file = own_world.runtime.settings.workspace / "entities.yaml"
    assert "Alder GmbH" in file.read_text()


def test_a_file_that_somebody_changed_is_said_and_not_written(
    open_app: OpenPage, own_world: SmallWorld
) -> None:
    (own_world.runtime.settings.workspace / "entities.yaml").write_text(
        "entities:\n  - {entity: Elm, names: [Ulm], why: a typo}\n"
    )
    app = opened(open_app, own_world)
    assert "somebody changed it since Callboard read it" in text_of(app)
    assert "cb-files-write" not in [each.key for each in app.button]


def test_who_may_not_edit_names_reads_them(
    open_app: OpenPage, own_world: SmallWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = {"name": "Alder GmbH", "entity": "Alder", "why": "Annual report"}
    add_name(own_world.runtime, LOCAL_USER, **told)
    everyone = frozenset(Role)
    rights = access._ALLOWED | {Action.CHECK_FILE: everyone}
    monkeypatch.setattr(access, "_ALLOWED", rights)
    app = opened(open_app, own_world, READER)
    assert ">Alder GmbH</th>" in text_of(app)
    keys = [each.key or "" for each in app.button]
    assert not [key for key in keys if key.startswith(("cb-names", "cb-peers", "cb-files"))]
