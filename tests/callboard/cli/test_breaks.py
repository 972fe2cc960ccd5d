"""`callboard breaks` on the sample of a new workspace: looked for, approved, listed, withdrawn."""

import csv
import io
import json
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from callboard.cli.breaks import BREAK_COLUMNS, PROPOSAL_COLUMNS
from tests.callboard.cli.calling import Answer, call

DAY = (datetime.now(UTC) - timedelta(weeks=20)).date().isoformat()


@pytest.fixture
def board(filled: Path, tmp_path: Path) -> Path:
    """A refreshed workspace of a test's own."""
    return shutil.copytree(filled, tmp_path / "board")


def _breaks(board: Path, *arguments: str) -> Answer:
    return call("breaks", *arguments, "--workspace", board)


def _approve(board: Path, *more: str) -> Answer:
    return _breaks(
        board, "approve", "service_desk", "abandon", "--from", DAY, "--reason", "New rota", *more
    )


def _rows(answer: Answer) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(answer.data)))


def test_a_break_is_approved_listed_withdrawn_and_brought_back(board: Path) -> None:
    approved = _approve(board, "--format", "csv")
    assert 0 == approved.code, approved.talk
    assert ",".join(BREAK_COLUMNS) == approved.data.splitlines()[0]
    (row,) = _rows(approved)
    assert ("service_desk", "abandon", DAY, "New rota", "true") == tuple(
        row[name] for name in ("touchpoint", "metric", "day", "reason", "holds")
    )
    assert "Approved break 1. Limits start anew from" in approved.talk
    assert 0 == _breaks(board, "withdraw", "1", "--note", "a mistake").code
    (told,) = json.loads(_breaks(board, "list", "--format", "json").data)
    assert (False, "withdrawn by local: a mistake") == (told["holds"], told["withdrawn"])
    assert 0 == _breaks(board, "restore", "1").code
    (told,) = json.loads(_breaks(board, "list", "--format", "json").data)
    assert told["holds"] is True


def test_the_audit_trail_is_unbroken_afterwards(board: Path) -> None:
    _approve(board)
    _breaks(board, "withdraw", "1", "--note", "a mistake")
    status = call("status", "--workspace", board)
    assert 0 == status.code
    assert "unbroken" in status.talk


def test_a_dry_run_says_what_would_change_and_changes_nothing(board: Path) -> None:
    answer = _approve(board, "--dry-run")
    assert (0, "") == (answer.code, answer.data)
    for words in ("Limits start anew from", "Centre: ", "Verdict: ", " → "):
        assert words in answer.talk
    assert [] == _rows(_breaks(board, "list", "--format", "csv"))


def test_a_dry_run_of_what_cannot_be_says_why_and_exits_1(board: Path) -> None:
    asked = ("approve", "service_desk", "abandon", "--from", "2001-01-01", "--reason", "x")
    answer = _breaks(board, *asked, "--dry-run")
    assert 1 == answer.code
    assert "no reading" in answer.talk
    assert answer.talk.strip().removeprefix("callboard: ") in _breaks(board, *asked).talk


def test_what_is_refused_exits_1_with_a_sentence(board: Path) -> None:
    _approve(board)
    again = _approve(board)
    assert 1 == again.code
    assert "already" in again.talk
    missing = _breaks(board, "withdraw", "7", "--note", "x")
    assert (1, "callboard: There is no break 7.\n") == (missing.code, missing.talk)


def test_proposals_have_their_columns_and_silence_has_a_sentence(board: Path) -> None:
    answer = _breaks(board, "propose", "--touchpoint", "service_desk", "--format", "csv")
    assert 0 == answer.code
    assert ",".join(PROPOSAL_COLUMNS) == answer.data.splitlines()[0]
    days = _breaks(board, "propose", "--metric", "abandon", "--grain", "day", "--format", "json")
    assert json.loads(days.data) or "No step is found in the newest days." in days.talk
