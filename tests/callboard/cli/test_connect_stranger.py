"""`callboard connect` over a database nobody made for it, on both engines."""

import re
import shutil
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import make_url

from tests.callboard.cli.calling import Answer, call
from tests.callboard.services.stranger import HOSTILE, HOSTILE_SITES, NOW, create_stranger
from tests.conftest import ENGINES

TODAY = {"CALLBOARD_TODAY": f"{NOW}"}
CONTACTS = "data_contracts/contacts.odcs.yaml"


@pytest.fixture(scope="module", params=ENGINES)
def url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The stranger's database, on each engine in turn; PostgreSQL's address has a password."""
    if request.param == "postgresql":
        given: str = request.getfixturevalue("new_postgres_database")("")
        create_stranger(given)
        parsed = make_url(given)
        parsed = parsed.set(password=parsed.password or "s3cret-w0rd")  # where the server trusts us
        return parsed.render_as_string(hide_password=False)
    given = f"sqlite:///{tmp_path_factory.mktemp('stranger') / 'shop.db'}"
    create_stranger(given)
    return given


@pytest.fixture(scope="module")
def stranger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The stranger's database as a SQLite file."""
    path = tmp_path_factory.mktemp("stranger") / "shop.db"
    create_stranger(f"sqlite:///{path}")
    return path


def _connect(database: object, *options: object, answers: str = "") -> Answer:
    return call("connect", str(database), *map(str, options), environment=TODAY, answers=answers)


def _files(folder: Path) -> dict[str, str]:
    found = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in found}


def test_what_was_connected_without_a_question_passes_the_check(url: str, tmp_path: Path) -> None:
    board = tmp_path / "board"
    made = _connect(url, "--into", board, "--yes", "--name", "Ours", "--time-zone", "Europe/Berlin")
    assert 0 == made.code, made.talk
    environment = TODAY | dict.fromkeys(_variables(board), str(make_url(url).password))
    checked = call("check", "--workspace", board, environment=environment)
    assert (0, "") == (checked.code, checked.data)
    assert "Ours: 20 metrics, 7 touchpoints, 4 feeds" in checked.talk


def _variables(board: Path) -> list[str]:
    text = (board / "workspace.yaml").read_text("utf-8")
    return re.findall(r"\$\{(\w+_DB_PASSWORD)\}", text)


def test_no_password_and_nobodys_data_leave_the_database(url: str, tmp_path: Path) -> None:
    board = tmp_path / "board"
    made = _connect(url, "--into", board, "--yes")
    told = made.talk + made.data + "".join(_files(board).values())
    personal = ("@example.org", "Someone", "High Street", "Person 1", "About order")
    secrets = (*personal, make_url(url).password or "@example.org")
    assert [] == [word for word in secrets if word in told]
    assert "About people: requester_email, requester_name, subject." in made.talk


def test_hostile_names_are_written_and_told_as_they_are(url: str, tmp_path: Path) -> None:
    board = tmp_path / "board"
    made = _connect(url, "--into", board, "--yes")
    files = _files(board)
    assert f"physicalName: {HOSTILE}" in files["data_contracts/web_vitals.odcs.yaml"]
    assert f'aliases: ["{HOSTILE_SITES[1]}"]' in files["touchpoints/script_alert_1_script.yaml"]
    assert f"The table {HOSTILE} fits web_vitals" in made.talk


def test_no_name_moves_the_cursor_of_a_terminal(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "odd.db") as odd:
        odd.execute('CREATE TABLE "\x1b[2Jtickets" ("\x1b]0;owned\x07id")')
    made = _connect(tmp_path / "odd.db", "--into", tmp_path / "board", "--yes")
    assert (1, False) == (made.code, "\x1b" in made.talk + made.data)


@pytest.fixture(scope="module")
def first_board(stranger: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with the stranger's database; not to be changed."""
    board = tmp_path_factory.mktemp("connected") / "board"
    made = _connect(stranger, "--into", board, "--yes")
    assert 0 == made.code, made.talk
    return board


@pytest.fixture
def board(first_board: Path, tmp_path: Path) -> Path:
    """A workspace of a test's own, its contract of contacts changed by hand."""
    board = shutil.copytree(first_board, tmp_path / "board")
    text = (board / CONTACTS).read_text("utf-8")
    (board / CONTACTS).write_text(text.replace("value: 3d", "value: 9d"), "utf-8")
    return board


def test_a_second_look_changes_nothing(stranger: Path, first_board: Path) -> None:
    before = _files(first_board)
    again = _connect(stranger, "--into", first_board, "--yes")
    assert (0, "") == (again.code, again.data)
    assert "says all of this already" in again.talk
    assert before == _files(first_board)


def test_a_dry_run_shows_what_would_be_replaced(stranger: Path, board: Path) -> None:
    before = _files(board)
    looked = _connect(stranger, "--into", board, "--dry-run")
    assert {
        "-  - {property: callboard.late, value: 9d}",
        "+  - {property: callboard.late, value: 3d}",
    } <= set(looked.data.splitlines())
    assert "To replace a contract takes --replace" in looked.talk
    assert before == _files(board)


def test_a_contract_is_replaced_where_that_is_said(stranger: Path, board: Path) -> None:
    made = _connect(stranger, "--into", board, "--yes", "--replace")
    assert (0, [str(board / CONTACTS)]) == (made.code, made.data.splitlines())
    assert "value: 3d" in (board / CONTACTS).read_text("utf-8")


def test_a_sample_workspace_takes_a_table_of_ones_own(stranger: Path, workspace: Path) -> None:
    made = _connect(stranger, "--workspace", workspace, "--yes", "--replace")
    assert 0 == made.code, made.talk
    assert "workspace.yaml names contacts under feeds" in made.talk
    assert "The screen goes on saying “Sample data, made up." in made.talk
    assert 0 == call("check", "--workspace", workspace).code


def test_a_hopeless_table_can_be_tried_and_says_what_it_lacks(
    stranger: Path, tmp_path: Path
) -> None:
    skipped = "s\n" * 4
    answers = f"Ours\nUTC\n{skipped}app_log\ncontacts\ns\n\n"
    made = _connect(stranger, "--into", tmp_path / "board", answers=answers)
    assert (1, "") == (made.code, made.data)
    assert "app_log lacks what contacts cannot be without" in made.talk


def test_another_feed_and_a_missing_column_can_be_chosen(stranger: Path, tmp_path: Path) -> None:
    skipped = "s\n" * 3
    chosen = "f\ninternal_requests\nc\ntouchpoint\nbrand\na\nu\n"
    board = tmp_path / "board"
    made = _connect(stranger, "--into", board, answers=f"Ours\nUTC\n{skipped}{chosen}\ny\n")
    assert 0 == made.code, made.talk
    text = (board / "data_contracts/internal_requests.odcs.yaml").read_text("utf-8")
    assert "physicalName: zendesk_export" in text
    assert "stage: back" in (board / "touchpoints/north_desk.yaml").read_text("utf-8")


def test_where_nobody_answers_nothing_is_written(stranger: Path, tmp_path: Path) -> None:
    made = _connect(stranger, "--into", tmp_path / "board", answers="Ours\n")
    assert (1, "") == (made.code, made.data)
    assert "Where nobody can answer, add --yes or --dry-run." in made.talk
    assert not (tmp_path / "board").exists()


def test_sqlite_has_no_schema_to_choose(stranger: Path, tmp_path: Path) -> None:
    made = _connect(stranger, "--into", tmp_path / "board", "--yes", "--schema", "crm")
    assert 1 == made.code
    assert "Schema: found 'crm'; expected none: SQLite has no schemas." in made.talk
