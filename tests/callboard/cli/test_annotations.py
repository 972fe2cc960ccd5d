"""`callboard annotations` on a new workspace: written, listed, withdrawn, refused."""

import json
import shutil
from pathlib import Path

from callboard.cli.annotations import ANNOTATION_COLUMNS
from tests.callboard.cli.calling import call


def test_one_is_written_listed_withdrawn_and_a_wrong_one_refused(
    new_workspace: Path, tmp_path: Path
) -> None:
    board = ("--workspace", shutil.copytree(new_workspace, tmp_path / "board"))
    day = ("--day", "2026-09-12")
    written = call("annotations", "add", "Strike", *day, "--to", "2026-09-14", *board)
    assert 0 == written.code, written.talk
    assert "Annotation 1 stands on: all metrics, every touchpoint." in written.talk
    refused = call("annotations", "add", "Strike", *day, "--tag", "party", *board)
    assert (1, True) == (refused.code, "Found the tag 'party'" in refused.talk)
    assert 0 == call("annotations", "withdraw", "1", "--note", "a mistake", *board).code
    (told,) = json.loads(call("annotations", "list", "--format", "json", *board).data)
    assert set(ANNOTATION_COLUMNS) == set(told)
    assert ("2026-09-14", False, "withdrawn by local: a mistake") == (
        told["last"],
        told["holds"],
        told["withdrawn"],
    )
