import callboard
from callboard.cli.app import hoist_global_options
from tests.callboard.cli.calling import call


def test_the_version_is_data() -> None:
    answer = call("--version")
    assert (0, f"callboard {callboard.__version__}\n", "") == (
        answer.code,
        answer.data,
        answer.talk,
    )


def test_a_wrong_command_names_the_nearest_right_one() -> None:
    answer = call("chek")
    assert (2, "") == (answer.code, answer.data)
    assert "Did you mean 'check'?" in answer.talk


def test_an_unknown_setting_is_refused_in_one_sentence() -> None:
    answer = call("check", environment={"CALLBOARD_WORKSPCAE": "x"})
    assert (1, "") == (answer.code, answer.data)
    assert "found CALLBOARD_WORKSPCAE; expected one of" in answer.talk
    assert "Traceback" not in answer.talk


def test_global_options_may_stand_after_the_command() -> None:
    assert ["--workspace", "a", "--home=b", "check", "--schemas", "c"] == hoist_global_options(
        ["check", "--workspace", "a", "--schemas", "c", "--home=b"]
    )


def test_an_unexpected_error_gets_an_id_and_its_traceback_goes_to_the_log(tmp_path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (home / "store.db").mkdir()  # a folder where the store's file should be
    (tmp_path / "workspace.yaml").mkdir()
    answer = call("check", "--workspace", tmp_path, "--home", home)
    assert 1 == answer.code
    assert "Traceback" not in answer.talk + answer.data
