import json
from pathlib import Path

import pytest

from tests.callboard.cli.calling import call


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    text = "name: Test\ntime_zone: Europe/London\nourselves: {name: Test}\n"
    (tmp_path / "workspace.yaml").write_text(text, encoding="utf-8")
    return tmp_path


def test_a_right_workspace_passes_and_leaves_no_trace(workspace: Path) -> None:
    answer = call("check", "--workspace", workspace)
    assert (0, "") == (answer.code, answer.data)
    assert "no problem found" in answer.talk
    assert ["workspace.yaml"] == [path.name for path in workspace.iterdir()]


def test_every_problem_of_every_file_is_printed(workspace: Path) -> None:
    folder = workspace / "touchpoints"
    folder.mkdir()
    for name in ("desk", "shop"):
        (folder / f"{name}.yaml").write_text(
            f"touchpoint: {name}\nname: A place\nstage: frnt\n", encoding="utf-8"
        )
    answer = call("check", "--workspace", workspace)
    assert 1 == answer.code
    assert 2 == len(answer.data.splitlines())
    assert "touchpoints/desk.yaml: stage: found 'frnt'; expected one of" in answer.data
    assert "Did you mean 'front'?" in answer.data
    assert "2 problems" in answer.talk


def test_a_folder_without_a_workspace_is_a_problem(tmp_path: Path) -> None:
    answer = call("check", "--workspace", tmp_path / "nowhere")
    assert 1 == answer.code
    assert (
        f"workspace.yaml: file: found none in {tmp_path / 'nowhere'}; expected a workspace's "
        "folder. `callboard new DIR` makes one.\n"
    ) == answer.data


def test_schemas_are_written_where_asked(workspace: Path, tmp_path: Path) -> None:
    call("check", "--workspace", workspace, "--schemas", tmp_path / "schemas")
    names = {path.name for path in (tmp_path / "schemas").iterdir()}
    assert {
        f"{each}.schema.json"
        for each in ("workspace", "metric", "touchpoint", "contract", "entities", "journey")
    } == (names)
    metric = json.loads((tmp_path / "schemas/metric.schema.json").read_text(encoding="utf-8"))
    assert "metric" in metric["required"]
