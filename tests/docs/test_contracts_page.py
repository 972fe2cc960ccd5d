"""The page about contracts: its example is right, and it names every word there is."""

import re
from pathlib import Path

import pytest
import typer

from callboard.cli.app import app
from callboard.services.defining.definitions import load_definitions
from callboard.settings import load_settings
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


def test_every_command_about_contracts_is_told() -> None:
    group = typer.main.get_command(app).commands["contracts"]  # type: ignore[attr-defined]
    names = [name for name, each in group.commands.items() if not each.hidden]
    assert {"list", "history", "docs", "gx", "diff", "replay"} == set(names)
    assert [] == [name for name in names if not re.search(rf"callboard contracts {name}\b", _PAGE)]


def test_the_feed_of_the_pass_rate_is_connected_as_the_page_says(tmp_path: Path) -> None:
    connected = next(
        block for block in re.findall(r"```yaml\n(.*?)```", _PAGE, re.DOTALL) if "store" in block
    )
    text = "name: Here\ntime_zone: UTC\nourselves: {name: Us}\n"
    (tmp_path / "workspace.yaml").write_text(text + connected, encoding="utf-8")
    definitions, problems = load_definitions(load_settings({}, workspace=tmp_path))
    assert [] == problems
    assert definitions is not None
    assert "contract_pass_rate" in definitions.metrics
