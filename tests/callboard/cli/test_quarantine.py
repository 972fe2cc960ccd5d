"""`callboard quarantine` on a new workspace some of whose rows are broken on purpose."""

import csv
import io
import json
import shutil
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from callboard.cli.quarantine import ROW_COLUMNS
from callboard.cli.waivers import WAIVER_COLUMNS
from tests.callboard.cli.calling import Answer, call

TOMORROW = (datetime.now(UTC) + timedelta(days=2)).date().isoformat()


@pytest.fixture(scope="module")
def broken(new_workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The new workspace, refreshed, with three waits below zero; not to be changed."""
    folder = shutil.copytree(new_workspace, tmp_path_factory.mktemp("quarantine") / "board")
    with sqlite3.connect(folder / "sample.db") as feed:
        feed.execute(
            "UPDATE contacts SET wait_seconds = -45 WHERE contact_id IN (SELECT contact_id FROM "
            "contacts WHERE touchpoint = 'service_desk' ORDER BY created_at DESC LIMIT 3)"
        )
    assert 0 == call("refresh", "--feed", "contacts", "--workspace", folder).code
    return folder


@pytest.fixture
def board(broken: Path, tmp_path: Path) -> Path:
    """A workspace of a test's own."""
    return shutil.copytree(broken, tmp_path / "board")


def ask(board: Path, *arguments: str | Path) -> Answer:
    return call("quarantine", *arguments, "--workspace", board)


def listed(board: Path, *more: str) -> list[dict[str, str]]:
    answer = ask(board, "list", "contacts", "--format", "csv", *more)
    assert 0 == answer.code, answer.talk
    return list(csv.DictReader(io.StringIO(answer.data)))


def test_rows_are_listed_and_filtered(board: Path) -> None:
    rows = listed(board, "--rule", "wait_seconds.range", "--touchpoint", "service_desk")
    assert list(ROW_COLUMNS) == list(rows[0])
    assert ({"open"}, {"service_desk"}) == (
        {row["status"] for row in rows},
        {row["touchpoint"] for row in rows},
    )
    assert "3 rows." in ask(board, "list", "contacts", "--rule", "wait_seconds.range").talk
    assert [] == listed(board, "--day", "2001-01-01")


def test_a_row_is_corrected_and_the_next_refresh_takes_it_in(board: Path) -> None:
    number = listed(board)[0]["id"]
    done = ask(board, "correct", number, "--set", "wait_seconds=45", "--why", "Asked the desk")
    assert (0, f"Corrected row {number}. The next refresh takes it in.\n") == (done.code, done.talk)
    assert 0 == call("refresh", "--feed", "contacts", "--workspace", board).code
    told = json.loads(ask(board, "show", number, "--format", "json").data)
    assert ("fixed", "local", "45.0") == (
        told["status"],
        told["resolved_by"],
        told["fields"]["wait_seconds"],
    )
    assert ["corrected (wait_seconds = 45.0): Asked the desk", "read again"] == [
        deed["what"] for deed in told["deeds"]
    ]
    assert number not in {row["id"] for row in listed(board)}


def test_a_correction_that_still_breaks_exits_1_and_a_wrong_call_2(board: Path) -> None:
    number = listed(board)[0]["id"]
    still = ask(board, "correct", number, "--set", "wait_seconds=-1", "--why", "x")
    assert (1, True) == (still.code, "Nothing was kept" in still.talk)
    assert 2 == ask(board, "correct", number, "--why", "x").code
    assert 2 == ask(board, "correct", number, "--set", "wait_seconds", "--why", "x").code
    assert 2 == ask(board, "correct", "--why", "x").code
    assert 1 == ask(board, "correct", "999", "--set", "wait_seconds=1", "--why", "x").code


def test_an_exported_file_is_corrected_and_given_back(board: Path, tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    assert 0 == ask(board, "export", "contacts", "--to", path, "--rule", "wait_seconds.range").code
    text = path.read_text()
    path.write_text(text.replace("'-45.0", "45", 2))
    given = ("--file", path, "--feed", "contacts", "--why", "Asked")
    answer = ask(board, "correct", *given)
    assert (0, "2 corrected, 1 unchanged, 0 not taken.\n") == (answer.code, answer.talk)
    path.write_text(text.replace("sha256:", "sha256:0", 1))
    refused = ask(board, "correct", *given, "--format", "json")
    assert (1, 2) == (refused.code, json.loads(refused.data)[0]["line"])
    path.write_text("a,b\n1,2\n")
    assert 2 == ask(board, "correct", *given).code
    with path.open("wb") as file:
        file.truncate(1 << 40)
    assert "larger than 10 MB" in ask(board, "correct", *given).talk
    path.unlink()
    assert 2 == ask(board, "correct", *given).code


def test_a_row_is_waived_reopened_and_read_again(board: Path) -> None:
    number = listed(board)[0]["id"]
    assert 1 == ask(board, "waive", number, "--why", " ").code
    assert 0 == ask(board, "waive", number, "--why", "A test call").code
    assert [number] == [row["id"] for row in listed(board, "--status", "waived")]
    again = ask(board, "reopen", number, "--why", "It was real")
    assert "waits again. Reopened: the next refresh reads it again." in again.talk
    day = listed(board)[0]["day"]
    assert day in ask(board, "replay", "contacts", "--row", number).talk


def test_a_rule_is_waived_listed_and_withdrawn(board: Path) -> None:
    assert "No rule is waived." in ask(board, "waivers").talk
    waived = ("waive-rule", "contacts", "slice.scale", "--until", TOMORROW)
    assert 0 == ask(board, *waived, "--where", "service_desk", "--why", "Minutes now").code
    assert 1 == ask(board, *waived, "--where", "nowhere", "--why", "x").code
    assert 0 == ask(board, "withdraw", "1", "--why", "mended").code
    rows = list(csv.DictReader(io.StringIO(ask(board, "waivers", "--format", "csv").data)))
    assert list(WAIVER_COLUMNS) == list(rows[0])
    assert [("slice.scale", "withdrawn by local")] == [(e["rule_id"], e["state"]) for e in rows]


def test_the_audit_trail_is_unbroken_afterwards(board: Path) -> None:
    ask(board, "waive", listed(board)[0]["id"], "--why", "A test call")
    assert "unbroken" in call("status", "--workspace", board).talk
