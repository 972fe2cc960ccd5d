"""The page about contracts: its example is right, and it names every word there is."""

import re
from pathlib import Path

import pytest

from data_contracts.catalogue import read_contract
from data_contracts.house import HOUSE_KEYS
from data_contracts.model import Kind

_PAGE = (Path(__file__).parents[2] / "docs" / "contracts.md").read_text(encoding="utf-8")


def test_the_example_is_a_contract_without_problems(tmp_path: Path) -> None:
    example, *_ = re.findall(r"```yaml\n(.*?)```", _PAGE, re.DOTALL)
    path = tmp_path / "visits.odcs.yaml"
    path.write_text(example, encoding="utf-8")
    contract, problems = read_contract(path)
    assert [] == problems
    assert contract is not None
    assert "front_office.visit_log" == contract.table


@pytest.mark.parametrize("word", [*HOUSE_KEYS, *Kind])
def test_every_word_has_a_row(word: str) -> None:
    assert re.search(rf"^\|.*`{re.escape(word)}`", _PAGE, re.MULTILINE)
