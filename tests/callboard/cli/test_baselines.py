"""`callboard baselines` on the sample of a new workspace: looked for, laid, listed, withdrawn."""

import csv
import io
import json
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from callboard.cli.baselines import BASELINE_COLUMNS, PROPOSAL_COLUMNS
from tests.callboard.cli.calling import Answer, call

TODAY = datetime.now(UTC).date()
FIRST, LAST = (TODAY - timedelta(weeks=back) for back in (20, 9))
SPAN = ("--from", FIRST.isoformat(), "--to", LAST.isoformat())


@pytest.fixture
def board(filled: Path, tmp_path: Path) -> Path:
    """A refreshed workspace of a test's own."""
    return shutil.copytree(filled, tmp_path / "board")


def _baselines(board: Path, *arguments: str) -> Answer:
    return call("baselines", *arguments, "--workspace", board)


def _lay(board: Path, *more: str, use: str = "only") -> Answer:
    asked = ("lay", "service_desk", "abandon", "--use", use, *SPAN, "--reason", "New rota")
    return _baselines(board, *asked, *more)


def _rows(answer: Answer) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(answer.data)))


def test_a_baseline_is_laid_listed_withdrawn_and_brought_back(board: Path) -> None:
    laid = _lay(board, "--format", "csv")
    assert 0 == laid.code, laid.talk
    assert ",".join(BASELINE_COLUMNS) == laid.data.splitlines()[0]
    (row,) = _rows(laid)
    told = tuple(row[name] for name in ("metric", "use", "first", "last", "reason", "holds"))
    assert ("abandon", "only", FIRST.isoformat(), LAST.isoformat(), "New rota", "true") == told
    assert "Laid down baseline 1. Limits stand on" in laid.talk
    assert 0 == _baselines(board, "withdraw", "1", "--note", "a mistake").code
    (told,) = json.loads(_baselines(board, "list", "--format", "json").data)
    assert (False, "withdrawn by local: a mistake") == (told["holds"], told["withdrawn"])
    assert 0 == _baselines(board, "restore", "1").code
    (told,) = json.loads(_baselines(board, "list", "--format", "json").data)
    assert told["holds"] is True


def test_days_are_set_aside(board: Path) -> None:
    answer = _lay(board, "--format", "json", use="aside")
    assert 0 == answer.code, answer.talk
    (row,) = json.loads(answer.data)
    assert "aside" == row["use"]
    assert "make no limits" in answer.talk


def test_a_dry_run_says_what_would_change_and_changes_nothing(board: Path) -> None:
    answer = _lay(board, "--dry-run")
    assert (0, "") == (answer.code, answer.data)
    for words in ("Limits stand on", "Centre: ", "Verdict: ", " → "):
        assert words in answer.talk
    assert [] == _rows(_baselines(board, "list", "--format", "csv"))


def test_a_dry_run_of_what_cannot_be_says_why_and_exits_1(board: Path) -> None:
    day = ("--from", LAST.isoformat(), "--to", FIRST.isoformat())
    asked = ("lay", "service_desk", "abandon", "--use", "only", *day, "--reason", "x")
    answer = _baselines(board, *asked, "--dry-run")
    assert 1 == answer.code
    assert "comes before the first" in answer.talk
    assert answer.talk.strip().removeprefix("callboard: ") in _baselines(board, *asked).talk


def test_what_is_refused_exits_1_with_a_sentence(board: Path) -> None:
    _lay(board)
    again = _lay(board)
    assert 1 == again.code
    assert "laid down already" in again.talk
    missing = _baselines(board, "withdraw", "7", "--note", "x")
    assert (1, "callboard: There is no baseline 7.\n") == (missing.code, missing.talk)


def test_proposals_have_their_columns_and_silence_has_a_sentence(board: Path) -> None:
    answer = _baselines(board, "propose", "--touchpoint", "service_desk", "--format", "csv")
    assert 0 == answer.code
    assert ",".join(PROPOSAL_COLUMNS) == answer.data.splitlines()[0]
    days = _baselines(board, "propose", "--metric", "abandon", "--grain", "day", "--format", "json")
    assert json.loads(days.data) or "No days lie far enough off" in days.talk
    assert "No baseline is laid down" in _baselines(board, "list").talk
