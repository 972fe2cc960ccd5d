import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import callboard
from callboard.cli.app import hoist_global_options
from tests.callboard.cli.calling import ROOT, call, call_process


def test_the_version_is_data() -> None:
    answer = call_process("--version")
    assert (0, f"callboard {callboard.__version__}\n", "") == (
        answer.code,
        answer.data,
        answer.talk,
    )


def test_a_wrong_command_names_the_nearest_right_one() -> None:
    answer = call("chek")
    assert (2, "") == (answer.code, answer.data)
    assert "Did you mean 'check'?" in answer.talk


@pytest.mark.parametrize("group", [(), ("benchmarks",)])
def test_a_list_of_commands_says_of_each_the_whole_sentence(group: tuple[str, ...]) -> None:
    answer = call(*group, "--help")
    listed = answer.data.partition("Commands:\n")[2].splitlines()
    assert len(listed) > 5
    assert all(line.endswith(".") and not line.endswith("...") for line in listed), listed


def test_an_unknown_setting_is_refused_in_one_sentence() -> None:
    answer = call("check", environment={"CALLBOARD_WORKSPCAE": "x"})
    assert (1, "") == (answer.code, answer.data)
    assert answer.talk.startswith(
        "callboard: Environment: found CALLBOARD_WORKSPCAE; expected one of"
    )


def test_global_options_may_stand_after_the_command() -> None:
    assert ["--workspace", "a", "--home=b", "check", "--schemas", "c"] == hoist_global_options(
        ["check", "--workspace", "a", "--schemas", "c", "--home=b"]
    )


def test_an_unexpected_error_gets_an_id_and_its_traceback_goes_to_the_log(workspace: Path) -> None:
    code = "import callboard.services.defining.definitions as d, callboard.cli as c; del d.load_definitions; c.main()"
    done = subprocess.run(
        [sys.executable, "-c", code, "check", "--workspace", str(workspace)],
        cwd=ROOT,
        env=dict(os.environ),
        capture_output=True,
        text=True,
        check=False,
    )
    line = json.loads((workspace / ".callboard/logs/callboard.log").read_text(encoding="utf-8"))
    assert 1 == done.returncode
    assert f"(ImportError), error {line['error_id']}." in done.stderr
    assert "Traceback" not in done.stderr + done.stdout
    assert "Traceback" in line["traceback"]


def test_a_reader_that_goes_away_is_no_error(workspace: Path) -> None:
    program = f"{sys.executable} -m callboard benchmarks template"
    done = subprocess.run(
        ["bash", "-c", f"{program} | head -c 1"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "" == done.stderr
