"""`callboard targets` and `callboard comments` on the sample of a new workspace."""

import csv
import io
import json
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.callboard.cli.calling import Answer, call

DAY = (datetime.now(UTC) + timedelta(weeks=8)).date().isoformat()
PAST = (datetime.now(UTC) - timedelta(weeks=20)).date().isoformat()


@pytest.fixture
def board(filled: Path, tmp_path: Path) -> Path:
    """A refreshed workspace of a test's own."""
    return shutil.copytree(filled, tmp_path / "board")


def _call(board: Path, *arguments: str) -> Answer:
    return call(*arguments, "--workspace", board)


def _set(board: Path, *more: str, day: str = DAY) -> Answer:
    asked = ("service_desk", "abandon", "--value", "4", "--from", day, "--reason", "New rota")
    return _call(board, "targets", "set", *asked, *more)


def _rows(answer: Answer) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(answer.data)))


def test_a_target_is_set_listed_withdrawn_and_brought_back(board: Path) -> None:
    done = _set(board, "--format", "csv")
    assert 0 == done.code, done.talk
    (row,) = _rows(done)
    assert ("abandon", "4.0", DAY, "New rota", "true") == tuple(
        row[name] for name in ("metric", "value", "day", "reason", "holds")
    )
    assert "Set target 1. 4.0 % in place of" in done.talk
    promised = _rows(_call(board, "targets", "list", "--format", "csv"))
    assert {"abandon"} == {r["metric"] for r in promised if r["next_text"].startswith("4.0 % from")}
    assert 0 == _call(board, "targets", "withdraw", "1", "--note", "a mistake").code
    listed = _call(board, "targets", "list", "--history", "--format", "json")
    (told,) = json.loads(listed.data)
    assert (False, "withdrawn by local: a mistake") == (told["holds"], told["withdrawn"])
    assert 0 == _call(board, "targets", "restore", "1").code
    assert "unbroken" in _call(board, "status").talk


def test_a_dry_run_says_what_would_become_of_it_and_changes_nothing(board: Path) -> None:
    answer = _set(board, "--dry-run", day=PAST)
    assert (0, "") == (answer.code, answer.data)
    for words in ("Target: ", "Met: ", "Verdict: ", "are judged anew", "--anew"):
        assert words in answer.talk
    refused = _set(board, day=PAST)
    assert (1, "") == (refused.code, refused.data)
    assert [] == _rows(_call(board, "targets", "list", "--history", "--format", "csv"))
    assert 0 == _set(board, "--anew", day=PAST).code


def test_either_a_value_or_none_is_promised(board: Path) -> None:
    assert 2 == _set(board, "--none").code


def test_a_file_is_looked_at_and_taken_in_whole(board: Path, tmp_path: Path) -> None:
    file = tmp_path / "targets.csv"
    header = "touchpoint,metric,value,from,until,reason\n"
    good = f"service_desk,abandon,4,{DAY},,New rota\n"
    file.write_text(f"{header}{good}service_desk,abandon,-1,2030-01-01,,x\n")
    wrong = _call(board, "targets", "import", str(file), "--format", "csv")
    assert 1 == wrong.code
    assert "1 wrong. Nothing was changed." in wrong.talk
    assert ["false", "true"] == [row["is_refused"] for row in _rows(wrong)]
    file.write_text(header + good)
    looked = _call(board, "targets", "import", str(file), "--dry-run")
    assert (0, True) == (looked.code, "1 would be set" in looked.talk)
    assert "1 target set from the file." in _call(board, "targets", "import", str(file)).talk


def test_a_comment_is_written_edited_listed_and_taken_back(board: Path) -> None:
    place = ("service_desk", "abandon")
    first = _call(board, "comments", "write", *place, "Two were ill", "--on", PAST)
    assert (0, True) == (first.code, "Comment 1 stands on Week" in first.talk), first.talk
    more = ("--on", PAST, "--replaces", "1")
    assert 0 == _call(board, "comments", "write", *place, "One was ill", *more).code
    (row,) = _rows(_call(board, "comments", "list", "--format", "csv"))
    assert ("One was ill", "1", "week") == (row["text"], row["edits"], row["grain"])
    assert 0 == _call(board, "comments", "take-back", "2", "--note", "no").code
    assert "Nobody has said anything" in _call(board, "comments", "list").talk
