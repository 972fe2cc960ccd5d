"""`callboard annotations`: written, edited, withdrawn, brought back, listed, refused."""

import json
import shutil
from pathlib import Path

from callboard.cli.annotations import ANNOTATION_COLUMNS
from tests.callboard.cli.calling import call


def test_one_is_written_edited_withdrawn_and_brought_back_and_a_wrong_one_refused(
    new_workspace: Path, tmp_path: Path
) -> None:
    board = ("--workspace", shutil.copytree(new_workspace, tmp_path / "board"))
    day = ("--day", "2026-09-12")
    written = call("annotations", "add", "Strike", *day, "--to", "2026-09-14", *board)
    assert 0 == written.code, written.talk
    assert "Annotation 1 stands on: all metrics, every touchpoint." in written.talk
    refused = call("annotations", "add", "Strike", *day, "--tag", "party", *board)
    assert (1, True) == (refused.code, "Found the tag 'party'" in refused.talk)
    edited = call("annotations", "edit", "1", "--text", "Strike of drivers", *board)
    assert "Annotation 2 stands in place of 1" in edited.talk
    withdrawn = call("annotations", "withdraw", "2", "--note", "a mistake", *board)
    assert "Withdrew annotation 2 (Strike of drivers)." in withdrawn.talk
    assert "Annotation 2 stands again" in call("annotations", "restore", "2", *board).talk
    old, new = json.loads(call("annotations", "list", "--format", "json", *board).data)
    assert set(ANNOTATION_COLUMNS) == set(new)
    assert ("edited by local: now annotation 2", False) == (old["withdrawn"], old["holds"])
    assert ("2026-09-14", True) == (new["last"], new["holds"])
