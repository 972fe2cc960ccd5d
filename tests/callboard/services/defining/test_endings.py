"""What is read of deprecated columns and contracts is told before it is gone."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from callboard.services.defining.definitions import Definitions, load_definitions
from callboard.services.defining.endings import read_endings
from callboard.settings import load_settings

DEMO = Path(__file__).parents[4] / "examples" / "demo"


def _demo() -> Definitions:
    definitions, problems = load_definitions(load_settings({"CALLBOARD_WORKSPACE": str(DEMO)}))
    assert not problems
    assert definitions is not None
    return definitions


def _with_contract(definitions: Definitions, feed: str, **changed: object) -> Definitions:
    contract = replace(definitions.contracts[feed], **changed)
    return replace(definitions, contracts={**definitions.contracts, feed: contract})


def test_nothing_in_use_is_going_to_end() -> None:
    assert () == read_endings(_demo())


def test_a_metric_that_reads_a_deprecated_column_is_told() -> None:
    definitions = _demo()
    columns = definitions.contracts["contacts"].columns
    ending = tuple(replace(each, is_deprecated=each.name == "handle_seconds") for each in columns)
    told = read_endings(_with_contract(definitions, "contacts", columns=ending))
    assert any("'handle_seconds' of contacts, which is deprecated" in each for each in told)
    readers = [m for m in definitions.metrics.values() if "handle_seconds" in m.columns("contacts")]
    assert 1 <= len(readers) == len(told)


def test_a_deprecated_contract_in_use_is_told_with_its_last_day() -> None:
    told = read_endings(_with_contract(_demo(), "backlog", sunset=date(2027, 3, 31)))
    assert 1 == len(told)
    assert told[0].endswith("the contract is deprecated and ends with 2027-03-31.")
