"""`callboard journeys` on a new workspace: proposed, written to a file, read, listed, refused."""

import json
from pathlib import Path

from tests.callboard.cli.calling import Answer, call


def _journeys(board: Path, *arguments: str) -> Answer:
    return call("journeys", *arguments, "--workspace", board)


def test_a_journey_is_exported_changed_and_imported(new_workspace: Path, tmp_path: Path) -> None:
    home = ("--home", str(tmp_path / "home"))
    path = tmp_path / "customer.yaml"
    written = _journeys(new_workspace, "export", "--to", str(path), *home)
    assert f"Wrote {path}." in written.talk
    changed = path.read_text().replace("name: The customer's way", "name: In and out")
    path.write_text(changed)
    assert "Saved as a new version." in _journeys(new_workspace, "import", str(path), *home).talk
    assert changed == _journeys(new_workspace, "export", "customer", *home).data
    again = _journeys(new_workspace, "import", str(path), *home)
    assert (1, True) == (again.code, "nothing to save" in again.talk)
    (row,) = json.loads(_journeys(new_workspace, "list", "--format", "json", *home).data)
    assert ("drawn", 1, "In and out") == (row["origin"], row["version"], row["name"])


def test_a_journey_there_is_not_is_refused(new_workspace: Path, tmp_path: Path) -> None:
    answer = _journeys(new_workspace, "export", "visitor", "--home", str(tmp_path / "home"))
    assert (1, "") == (answer.code, answer.data)
    assert "There is no journey 'visitor'." in answer.talk
