"""`callboard handover` on a new workspace: a note is written, read back and refused in words."""

import json
from pathlib import Path

from callboard.cli.handover import COLUMNS
from tests.callboard.cli.calling import Answer, call


def _handover(board: Path, *arguments: str) -> Answer:
    return call("handover", *arguments, "--workspace", board)


def test_a_note_is_written_and_listed(workspace: Path) -> None:
    silent = _handover(workspace, "list")
    assert (0, True) == (silent.code, "No note was handed over yet" in silent.talk)
    told = _handover(workspace, "write", "service_desk", "--note", "Line 2 is down")
    assert (0, "Handed over note 1 at ") == (told.code, told.talk[:22])
    (note,) = json.loads(_handover(workspace, "list", "service_desk", "--json").data)
    assert list(COLUMNS) == list(note)
    assert ("service_desk", "Line 2 is down", "Local user", "", None) == tuple(
        note[name] for name in ("touchpoint", "note", "author", "seen_by", "seen_at")
    )


def test_a_note_that_is_refused_exits_1_and_keeps_nothing(workspace: Path) -> None:
    for note, place, said in (
        ("x" * 1001, "service_desk", "at most 1,000 characters; found 1,001"),
        ("x", "service_dsk", "There is no touchpoint 'service_dsk'. Did you mean"),
    ):
        answer = _handover(workspace, "write", place, "--note", note)
        assert (1, "") == (answer.code, answer.data)
        assert said in answer.talk
    assert [] == json.loads(_handover(workspace, "list", "--json").data)
