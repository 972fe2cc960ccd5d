import ast
import sys
from pathlib import Path

import pytest

import dev

ROOT = Path(__file__).parents[1]


@pytest.fixture
def stamp(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(dev, "STAMP", tmp_path / "installed.json")
    return tmp_path / "installed.json"


def test_work_that_was_done_is_not_done_again(stamp: Path) -> None:
    done: list[str] = []
    for _ in range(3):
        dev.remember({"requirements.lock": "abc"}, lambda: done.append("abc"))
    dev.remember({"requirements.lock": "def"}, lambda: done.append("def"))
    assert ["abc", "def"] == done


def test_work_that_failed_is_done_again(stamp: Path) -> None:
    with pytest.raises(ZeroDivisionError):
        dev.remember({"a": "1"}, lambda: 1 / 0)
    assert not stamp.exists()


def test_a_stamp_that_cannot_be_read_counts_for_nothing(stamp: Path) -> None:
    stamp.write_text("{broken", encoding="utf-8")
    done: list[str] = []
    dev.remember({"a": "1"}, lambda: done.append("1"))
    assert ["1"] == done


def test_the_tests_do_not_see_the_settings_of_a_person(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CALLBOARD_HOME", "mine")
    monkeypatch.setenv("CALLBOARD_TEST_FULL", "1")
    environment = dev.clean_environment()
    assert "CALLBOARD_HOME" not in environment
    assert "1" == environment["CALLBOARD_TEST_FULL"]


def test_it_stands_on_the_standard_library_alone() -> None:
    tree = ast.parse((ROOT / "dev.py").read_text(encoding="utf-8"))
    names = {
        each.name for node in ast.walk(tree) if isinstance(node, ast.Import) for each in node.names
    }
    names |= {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name.split(".")[0] for name in names} <= set(sys.stdlib_module_names)


def test_an_older_python_can_read_it_and_say_that_it_is_too_old() -> None:
    text = (ROOT / "dev.py").read_text(encoding="utf-8")
    assert ast.parse(text, feature_version=(3, 7))


def test_a_machine_without_venv_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev.importlib.util, "find_spec", lambda _: None)
    with pytest.raises(dev.Missing, match="apt install python3-venv"):
        dev.make_venv()


def test_a_folder_that_cannot_be_written_to_is_told_before_anything_is_made(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(dev.os, "access", lambda *_: False)
    with pytest.raises(dev.Missing, match="cannot be written to"):
        dev.make_venv()


def test_nothing_is_installed_by_apt_for_a_person_who_is_not_root(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(dev.os, "geteuid", lambda: 1000, raising=False)
    assert not dev.may_use_apt("chromium")


def test_a_stand_in_with_no_python_behind_it_is_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, code in (("python3.13", 127), ("python3.12", 0)):
        (tmp_path / name).write_text(f"#!/bin/sh\nexit {code}\n", encoding="utf-8")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert str(tmp_path / "python3.12") == dev.newer_python()
