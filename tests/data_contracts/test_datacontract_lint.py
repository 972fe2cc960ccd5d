"""The contracts of this repository are right in the eyes of `datacontract lint`, too."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from data_contracts.house import HOUSE_KEYS
from data_contracts.library_rules import OPERATORS
from data_contracts.model import Kind
from tests.data_contracts.contract_files import read
from tests.data_contracts.every_word import every_word

ROOT = Path(__file__).parents[2]
VENV = ROOT / ".venv-datacontract"
LINT = VENV / ("Scripts/datacontract.exe" if sys.platform == "win32" else "bin/datacontract")
FILES = sorted(
    path
    for folder in ("data_contracts", "examples", "tests/workspaces")
    for path in (ROOT / folder).rglob("*.odcs.yaml")
)


def _lint(path: Path) -> subprocess.CompletedProcess[str]:
    command = [str(LINT), "lint", str(path)]
    if shutil.which("unshare"):
        alone = ["unshare", "--map-root-user", "--net"]  # without a network
        if not subprocess.run([*alone, "true"], capture_output=True, check=False).returncode:
            command = [*alone, *command]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_the_contract_of_every_word_is_right_and_uses_every_word(tmp_path: Path) -> None:
    contract, problems = read(tmp_path, every_word())
    assert [] == problems
    assert contract is not None
    text = yaml.safe_dump(every_word())
    words = {*HOUSE_KEYS, *OPERATORS, *(f"kind: {kind}" for kind in Kind)}
    words -= {"kind: type", "kind: unique"}  # of columns, never of a rule
    assert set() == {word for word in words if not re.search(rf"\b{re.escape(word)}\b", text)}


@pytest.mark.full
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_contract_here_is_accepted(path: Path) -> None:
    answer = _lint(path)
    assert 0 == answer.returncode, answer.stdout
    assert "Data contract is valid." in answer.stdout


@pytest.mark.full
def test_a_contract_of_every_word_is_accepted_and_a_broken_one_is_not(tmp_path: Path) -> None:
    path = tmp_path / "visits.odcs.yaml"
    path.write_text(yaml.safe_dump(every_word(), sort_keys=False), encoding="utf-8")
    assert "Data contract is valid." in _lint(path).stdout
    path.write_text(yaml.safe_dump(every_word() | {"statuz": "x"}), encoding="utf-8")
    assert 0 != _lint(path).returncode
