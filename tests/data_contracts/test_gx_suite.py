"""A contract as a Great Expectations suite: nothing is left out without a word."""

import json
from datetime import UTC, datetime

import pytest

from data_contracts.catalogue import LIBRARY, read_contract
from data_contracts.gx_suite import suite_of

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
PATHS = sorted(LIBRARY.glob("*.odcs.yaml"))


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.name.split(".")[0])
def test_every_rule_is_in_the_suite_or_said_to_be_left_out(path) -> None:
    contract, _ = read_contract(path)
    assert contract is not None
    suite, untold = suite_of(contract, known={"touchpoints": {"desk"}}, now=NOW)
    told = [each["meta"]["rule"] for each in suite["expectations"]]
    assert sorted(each.rule_id for each in contract.checks) == sorted([*told, *untold])
    assert suite == json.loads(json.dumps(suite))
    assert all(untold.values())
