import sqlite3
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import yaml

from tests.callboard.cli.calling import call

COLUMNS = (
    *("ticket_no", "desk", "opened_at", "changed_at", "channel", "type", "status", "wait_sec"),
    *("resolved", "reopened", "has_sla", "secret_note"),
)
ROWS = 400


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """A help desk's own table, called by names of its own."""
    path = tmp_path / "desk.db"
    start = datetime(2026, 1, 5, 8)  # noqa: DTZ001 - written as text, without a zone
    with sqlite3.connect(path) as shop:
        shop.execute(f"CREATE TABLE tickets ({', '.join(COLUMNS)})")
        shop.execute("CREATE TABLE holidays (day, called)")
        for number in range(ROWS):
            opened = start + timedelta(hours=5 * number)
            row = (
                *(f"T{number:05}", ("North desk", "South desk")[number % 2], f"{opened}"),
                *(f"{opened + timedelta(hours=2)}", ("phone", "email")[number % 3 == 0]),
                *(("question", "complaint")[number % 7 == 0],),
                *(("answered", "abandoned")[number % 11 == 0], number % 200),
                *(1, int(number % 13 == 0), 0, "a note"),
            )
            shop.execute(f"INSERT INTO tickets VALUES ({', '.join('?' * len(COLUMNS))})", row)
    return path


def _workspace(folder: Path) -> dict[str, object]:
    return yaml.safe_load((folder / "workspace.yaml").read_text(encoding="utf-8"))


def test_a_look_writes_nothing(database: Path, tmp_path: Path) -> None:
    board = tmp_path / "board"
    answer = call("connect", database, "--workspace", board, "--dry-run")
    assert 0 == answer.code, answer.talk
    assert "The table tickets fits contacts" in answer.talk
    assert "+++ b/data_contracts/contacts.odcs.yaml" in answer.data
    assert "Nothing was written: this was --dry-run." in answer.talk
    assert not board.exists()


def test_what_is_connected_checks_out_and_can_be_refreshed(database: Path, tmp_path: Path) -> None:
    board = tmp_path / "board"
    made = call("connect", database, "--workspace", board, "--yes", "--name", "Ours")
    assert 0 == made.code, made.talk
    assert str(board / "data_contracts/contacts.odcs.yaml") in made.data.splitlines()
    assert "Ours" == _workspace(board)["name"]
    assert 0 == call("check", "--workspace", board).code
    refreshed = call("refresh", "--workspace", board, "--format", "json")
    assert 0 == refreshed.code, refreshed.talk
    assert f'"rows_in": {ROWS}' in refreshed.data


def test_a_conversation_changes_what_was_proposed(database: Path, tmp_path: Path) -> None:
    board = tmp_path / "board"
    answers = ["Ours", "Europe/London", "c", "nonsense", "region", "channel", "a", "l", "", "y"]
    made = call("connect", database, "--workspace", board, answers="\n".join(answers) + "\n")
    assert 0 == made.code, made.talk
    contract = (board / "data_contracts/contacts.odcs.yaml").read_text(encoding="utf-8")
    document = yaml.safe_load(contract)
    named = {each["name"]: each["physicalName"] for each in document["schema"][0]["properties"]}
    own = {each["property"]: each["value"] for each in document["customProperties"]}
    assert ("channel", "local") == (named["region"], own["callboard.clock"])
    assert "Found 'nonsense'; expected one of" in made.talk


def test_a_no_leaves_everything_as_it_was(database: Path, tmp_path: Path) -> None:
    board = tmp_path / "board"
    answer = call("connect", database, "--workspace", board, answers="Ours\nUTC\ns\n\n")
    assert (1, "") == (answer.code, answer.data)
    assert "No table was taken, so nothing was written." in answer.talk
    assert not board.exists()


def test_nothing_typed_leads_out_of_every_question(database: Path, tmp_path: Path) -> None:
    board = tmp_path / "board"
    answers = ["Ours", "UTC", "c", "", "f", "", "s", ""]
    answer = call("connect", database, "--workspace", board, answers="\n".join(answers) + "\n")
    assert "No table was taken, so nothing was written." in answer.talk
    assert "; expected one of" not in answer.talk


def test_a_second_time_without_questions_replaces_nothing(database: Path, tmp_path: Path) -> None:
    board = tmp_path / "board"
    call("connect", database, "--workspace", board, "--yes")
    path = board / "data_contracts/contacts.odcs.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("3d", "5d"), encoding="utf-8")
    again = call("connect", database, "--workspace", board, "--yes")
    assert 1 == again.code
    assert "--replace takes it from here" in again.talk
    assert "5d" in path.read_text(encoding="utf-8")


def test_a_workspace_has_to_be_named(database: Path) -> None:
    answer = call("connect", database, "--yes")
    assert 1 == answer.code
    assert "Say which folder the workspace is" in answer.talk


def test_a_password_is_written_nowhere_and_told_nowhere(tmp_path: Path) -> None:
    url = "postgresql://reader:s3cret-w0rd@127.0.0.1:1/service"
    answer = call("connect", url, "--workspace", tmp_path / "board", "--yes")
    assert 1 == answer.code
    assert "s3cret-w0rd" not in answer.talk + answer.data
    logs = (tmp_path / "board").rglob("*.log")
    assert [] == [log for log in logs if "s3cret-w0rd" in log.read_text(encoding="utf-8")]


def test_another_kind_of_database_is_refused(tmp_path: Path) -> None:
    answer = call("connect", "mysql://x/y", "--workspace", tmp_path / "board", "--yes")
    assert 1 == answer.code
    assert "expected sqlite:///path/to/file.db or postgresql://user@host/database" in answer.talk
