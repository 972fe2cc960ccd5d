"""What a run that was withheld leaves behind is over once its cause is."""

from dataclasses import replace
from pathlib import Path

import pytest

from callboard.services.runtime import Runtime
from callboard.storage.runs import RunVerdict
from data_contracts.model import Kind
from tests.callboard.services.feed_world import FeedWorld, contact, on, several


@pytest.fixture
def world(tmp_path: Path, database_url: str, store_url: str) -> FeedWorld:
    """Rows long before the newest ones, published."""
    found = FeedWorld(tmp_path, feed_url=database_url, store_url=store_url)
    found.feeds["contacts"].add(*several(contact, [2, 21], 10))
    found.refresh_one("contacts")
    return found


def tightened(runtime: Runtime) -> Runtime:
    """The contract lets nobody wait for longer than five seconds."""
    definitions = runtime.definitions
    contract = definitions.contracts["contacts"]
    checks = tuple(
        replace(each, high=5.0)
        if each.kind is Kind.RANGE and each.column == "wait_seconds"
        else each
        for each in contract.checks
    )
    own = {"contacts": replace(contract, checks=checks, sha256="tightened")}
    return replace(
        runtime, definitions=replace(definitions, contracts={**definitions.contracts, **own})
    )


def test_rows_kept_out_by_a_contract_taken_back_are_settled(world: FeedWorld) -> None:
    as_before = world.runtime
    world.runtime = tightened(world.runtime)
    assert RunVerdict.WITHHELD is world.refresh_one("contacts").verdict
    assert 20 == world.state().rows_quarantined_open
    world.runtime = as_before
    world.refresh_one("contacts")
    assert 0 == world.state().rows_quarantined_open
    assert (100.0, 10, 10) == world.readings("asa")[on(2)]
