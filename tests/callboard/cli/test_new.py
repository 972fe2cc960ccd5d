from pathlib import Path

from tests.callboard.cli.calling import call


def test_a_new_workspace_checks_out(tmp_path: Path) -> None:
    folder = tmp_path / "board"
    made = call("new", folder, "--name", 'Our "own": place', "--time-zone", "Europe/London")
    assert 0 == made.code
    assert str(folder / "workspace.yaml") in made.data.splitlines()
    checked = call("check", "--workspace", folder)
    assert 0 == checked.code
    assert checked.talk.startswith('Our "own": place: ')


def test_a_folder_with_files_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    answer = call("new", tmp_path)
    assert 1 == answer.code
    assert "expected a folder that is new or empty" in answer.talk
    assert ["mine.txt"] == [path.name for path in tmp_path.iterdir()]


def test_an_unknown_time_zone_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    answer = call("new", tmp_path / "board", "--time-zone", "Europe/Lodnon")
    assert 1 == answer.code
    assert "found 'Europe/Lodnon'; expected an IANA name" in answer.talk
    assert not (tmp_path / "board").exists()
