from pathlib import Path

import pytest
import yaml

from callboard.errors import CallboardError, DefinitionError
from callboard.services.connecting.contract_writing import Copy, write_contract
from callboard.services.connecting.database_address import DatabaseAddress, read_address
from callboard.services.connecting.place_names import Place
from callboard.services.connecting.workspace_ground import Ground, open_ground
from callboard.services.connecting.workspace_writing import (
    Change,
    diff_of,
    plan_changes,
    try_out,
    write_changes,
)
from callboard.settings import load_settings

COLUMNS = {"contact_id": "id", "touchpoint": "desk", "created_at": "opened", "outcome": "ended"}
PLACE = Place(code="north", name="North", aliases=("North Desk",), rows=7)
OURS = """\
name: Ours  # as on the door
time_zone: Europe/London
ourselves: {name: Ours}
databases:
  main: "sqlite:///main.db"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "board"


@pytest.fixture
def ours(folder: Path) -> Path:
    """A workspace that somebody has written."""
    (folder / "touchpoints").mkdir(parents=True)
    (folder / "workspace.yaml").write_text(OURS, encoding="utf-8")
    north = "touchpoint: north  # the first\nname: North\nstage: front\n"
    (folder / "touchpoints/north.yaml").write_text(north, encoding="utf-8")
    return folder


def _ground(folder: Path) -> Ground:
    return open_ground(load_settings({}, workspace=folder), name='Our "own"', time_zone="UTC")


def _address(ground: Ground) -> DatabaseAddress:
    return read_address("postgresql://u:s3cret@h/shop", ground.settings, ground.databases)


def _plan(ground: Ground, *places: Place, table: str = "tickets") -> tuple[Change, ...]:
    copy = Copy(feed="contacts", server="shop", table=table, columns=COLUMNS)
    return plan_changes(ground, _address(ground), {"contacts": write_contract(copy)}, places)


def _texts(folder: Path) -> dict[str, str]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in files}


def test_a_new_workspace_checks_out_and_holds_no_password(folder: Path) -> None:
    ground = _ground(folder)
    changes = _plan(ground, PLACE)
    definitions = try_out(ground, _address(ground), changes)
    write_changes(ground, changes)
    assert (['Our "own"'], ["contacts"], ["north"]) == (
        *([definitions.workspace.name], list(definitions.contracts), list(definitions.touchpoints)),
    )
    assert {
        *("workspace.yaml", "data_contracts/contacts.odcs.yaml", "touchpoints/north.yaml"),
        ".gitignore",
    } == set(_texts(folder))
    assert "s3cret" not in "".join(_texts(folder).values())


def test_an_existing_workspace_keeps_every_line(ours: Path) -> None:
    before = _texts(ours)
    known = Place(code="north", name="North", aliases=("ND",), rows=1, is_new=False)
    write_changes(_ground(ours), _plan(_ground(ours), known))
    after = _texts(ours)
    assert before["workspace.yaml"].splitlines() == after["workspace.yaml"].splitlines()[:5]
    assert before["touchpoints/north.yaml"] + 'aliases: ["ND"]\n' == after["touchpoints/north.yaml"]
    assert {"main", "shop"} == set(yaml.safe_load(after["workspace.yaml"])["databases"])


def test_what_is_there_already_is_no_change(folder: Path) -> None:
    write_changes(_ground(folder), _plan(_ground(folder), PLACE))
    assert () == _changed(folder, table="tickets")


def test_a_contract_that_is_there_is_a_replacement_and_shown_line_by_line(folder: Path) -> None:
    write_changes(_ground(folder), _plan(_ground(folder)))
    changed = [each for each in _changed(folder, table="calls") if each.is_replacement]
    assert ["data_contracts/contacts.odcs.yaml"] == [each.path for each in changed]
    assert {"-    physicalName: tickets", "+    physicalName: calls"} <= set(
        diff_of(changed).splitlines()
    )


def _changed(folder: Path, *, table: str) -> tuple[Change, ...]:
    """What a second connection of the same database changes."""
    ground = open_ground(load_settings({"SHOP_DB_PASSWORD": "s3cret"}, workspace=folder))
    return _plan(ground, table=table)


def test_changes_that_would_not_check_out_are_refused_with_every_problem(ours: Path) -> None:
    metrics = ours / "metrics"
    metrics.mkdir()
    (metrics / "talks.yaml").write_text(
        "metric: talks\nname: T\nquestion: T?\npillar: Listening\nkey: Courtesy\nbetter: lower\n"
        "unit: seconds\nform: mean\nfeed: contacts\nvalue: {column: handle_seconds}\n",
        encoding="utf-8",
    )
    ground = _ground(ours)
    with pytest.raises(DefinitionError, match="handle_seconds"):
        try_out(ground, _address(ground), _plan(ground, PLACE))
    assert "data_contracts/contacts.odcs.yaml" not in _texts(ours)


def test_a_file_that_changed_meanwhile_stops_everything(ours: Path) -> None:
    ground = _ground(ours)
    changes = _plan(ground, PLACE)
    with (ours / "workspace.yaml").open("a", encoding="utf-8") as file:
        file.write("# mine\n")
    with pytest.raises(CallboardError, match=r"workspace\.yaml: somebody changed it meanwhile"):
        write_changes(ground, changes)
    assert "data_contracts/contacts.odcs.yaml" not in _texts(ours)


def test_a_file_that_cannot_be_written_leaves_the_others_as_they_were(ours: Path) -> None:
    ground = _ground(ours)
    before = _texts(ours)
    changes = _plan(ground, Place(code="south", name="South", aliases=(), rows=1))
    (ours / "touchpoints/.south.yaml.new").mkdir()  # in the way of the new file
    with pytest.raises(CallboardError, match=r"south\.yaml.*: Is a directory"):
        write_changes(ground, changes)
    assert before == _texts(ours)


def test_a_workspace_with_problems_is_not_added_to(ours: Path) -> None:
    (ours / "touchpoints/south.yaml").write_text("touchpoint: west\n", encoding="utf-8")
    with pytest.raises(DefinitionError, match=r"touchpoints/south\.yaml"):
        _ground(ours)


def test_an_unknown_time_zone_is_refused_with_the_nearest(folder: Path) -> None:
    with pytest.raises(CallboardError, match="Did you mean 'Europe/London'"):
        open_ground(load_settings({}, workspace=folder), time_zone="Europe/Lodnon")
