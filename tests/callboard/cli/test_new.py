from pathlib import Path

from tests.callboard.cli.calling import call


def test_a_new_workspace_checks_out(new_workspace: Path) -> None:
    checked = call("check", "--workspace", new_workspace)
    assert 0 == checked.code
    assert checked.talk.startswith('Our "own": place: ')


def test_a_new_workspace_keeps_store_and_sample_out_of_git(new_workspace: Path) -> None:
    lines = (new_workspace / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert [".callboard/", "sample.db*"] == lines


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


def test_a_place_that_cannot_be_written_to_is_named_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    answer = call("new", tmp_path / "file" / "board", "--home", tmp_path / "file" / "home")
    assert (1, "") == (answer.code, answer.data)
    assert answer.talk.endswith(f"callboard: {tmp_path / 'file' / 'board'}: Not a directory.\n")
    assert "Traceback" not in answer.talk
