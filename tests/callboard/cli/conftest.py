import shutil
from pathlib import Path

import pytest

from tests.callboard.cli.calling import call


@pytest.fixture(scope="session")
def new_workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace as `callboard new` makes it; not to be changed."""
    folder = tmp_path_factory.mktemp("cli") / "board"
    answer = call("new", folder, "--name", 'Our "own": place', "--time-zone", "Europe/London")
    assert 0 == answer.code, answer.talk
    return folder


@pytest.fixture(scope="session")
def filled(new_workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The new workspace with its sample refreshed once; not to be changed."""
    folder = shutil.copytree(new_workspace, tmp_path_factory.mktemp("filled") / "board")
    answer = call("refresh", "--feed", "contacts", "--workspace", folder)
    assert 0 == answer.code, answer.talk
    return folder


@pytest.fixture
def workspace(new_workspace: Path, tmp_path: Path) -> Path:
    """A workspace of a test's own."""
    return shutil.copytree(new_workspace, tmp_path / "board")
