"""A rule of a whole feed that is broken and waived is told beside its figures."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from callboard.storage.engine import write
from callboard.storage.runs import RunVerdict
from callboard.storage.waivers import Waiver, add_waiver
from data_contracts.model import Dimension, RowCount, Severity, Tolerance
from tests.callboard.services.feed_world import FeedWorld, contact, on, several
from tests.callboard.services.slice_world import DAY, slice_of

COUNT = RowCount(
    rule_id="contacts.rows",
    severity=Severity.CRITICAL,
    dimension=Dimension.COMPLETENESS,
    description="There are at least 1,000 rows.",
    tolerance=Tolerance(low=1_000),
)


@pytest.fixture
def world(tmp_path: Path, database_url: str, store_url: str) -> FeedWorld:
    """A feed of too few rows, which is known."""
    found = FeedWorld(tmp_path, feed_url=database_url, store_url=store_url)
    definitions = found.runtime.definitions
    own = {"contacts": replace(definitions.contracts["contacts"], row_counts=(COUNT,))}
    contracts = {**definitions.contracts, **own}
    found.runtime = replace(found.runtime, definitions=replace(definitions, contracts=contracts))
    found.feeds["contacts"].add(*several(contact, [20, 21], 5))
    waiver = Waiver(
        feed="contacts",
        rule_id=COUNT.rule_id,
        slice_key="",
        reason="It is known.",
        owner="Lead",
        until=on(23),
        actor="lead",
        at=found.now,
    )
    with write(found.runtime.store) as conn:
        add_waiver(conn, waiver)
    return found


def waived(world: FeedWorld) -> date | None:
    return slice_of(world, "").waived_until


def test_a_waived_rule_of_the_whole_feed_is_told_until_its_day(world: FeedWorld) -> None:
    assert RunVerdict.PUBLISHED is world.refresh_one("contacts").verdict
    assert on(23) == waived(world)
    world.feeds["contacts"].add(contact("new", world.now - DAY, updated_at=world.now))
    world.refresh_one("contacts")
    assert on(23) == waived(world)
    world.now += 2 * DAY
    world.feeds["contacts"].add(contact("newer", world.now - DAY, updated_at=world.now))
    world.refresh_one("contacts")
    assert waived(world) is None
