"""The rows that break a rule now are asked of the feed itself, warnings among them."""

from dataclasses import replace
from pathlib import Path

import pytest

from callboard.access import LOCAL_USER, Actor, Role
from callboard.errors import NotAllowed
from callboard.services.runtime import Runtime
from callboard.services.trusting.rule_rows import read_rule_rows
from data_contracts.model import Severity
from tests.callboard.services.feed_world import FeedWorld, at, contact, several
from tests.conftest import on_both_engines

RULE = "wait_seconds.range"


@pytest.fixture
def world(tmp_path: Path, database_url: str, store_url: str) -> FeedWorld:
    """Contacts of which three break a rule, one of them long ago."""
    world = FeedWorld(tmp_path, feed_url=database_url, store_url=store_url)
    world.feeds["contacts"].add(*several(contact, [20], 60))
    world.feeds["contacts"].add(
        contact("one", at(20), wait_seconds=-1.0),
        contact("two", at(19), wait_seconds=-2.0, touchpoint="web"),
        contact("old", at(20, month=6), wait_seconds=-3.0),
    )
    return world


def as_warning(world: FeedWorld, *, hidden: str = "") -> Runtime:
    """The world where the rule is but a warning, and a column may be personal."""
    definitions = world.runtime.definitions
    contract = definitions.contracts["contacts"]
    checks = tuple(
        replace(each, severity=Severity.WARNING) if each.rule_id == RULE else each
        for each in contract.checks
    )
    columns = tuple(
        replace(each, classification="restricted") if each.name == hidden else each
        for each in contract.columns
    )
    contracts = {"contacts": replace(contract, checks=checks, columns=columns)}
    changed = replace(definitions, contracts={**definitions.contracts, **contracts})
    return replace(world.runtime, definitions=changed)


@on_both_engines
def test_rows_of_a_warning_are_shown_as_they_stand(world: FeedWorld) -> None:
    world.refresh_one("contacts", full=True)
    found = read_rule_rows(as_warning(world), LOCAL_USER, feed="contacts", rule=RULE)
    keys = [row[found.columns.index("contact_id")] for row in found.rows]
    assert ["one", "two"] == sorted(keys)
    assert "All 2 rows of Contacts of the last 31 days that break it now." == found.sentence


def test_more_rows_than_wanted_are_said_to_be_more(world: FeedWorld) -> None:
    world.refresh_one("contacts", full=True)
    found = read_rule_rows(world.runtime, LOCAL_USER, feed="contacts", rule=RULE, limit=1)
    assert (1, True) == (len(found.rows), found.sentence.endswith("there are more."))


def test_rows_are_masked_and_of_ones_own_touchpoints(world: FeedWorld) -> None:
    world.refresh_one("contacts", full=True)
    actor = replace(LOCAL_USER, touchpoints=frozenset({"web"}))
    runtime = as_warning(world, hidden="wait_seconds")
    found = read_rule_rows(runtime, actor, feed="contacts", rule=RULE)
    (row,) = found.rows
    told = dict(zip(found.columns, row, strict=True))
    assert ("two", "•••") == (told["contact_id"], told["wait_seconds"])


@pytest.mark.parametrize("name", ["desk", "SD"])
@on_both_engines
def test_rows_of_others_leave_room_for_ones_own(world: FeedWorld, name: str) -> None:
    own = contact("mine", at(18), wait_seconds=-1.0, touchpoint=name)
    others = (contact(f"z{n}", at(20), wait_seconds=-1.0, touchpoint="web") for n in range(5))
    world.feeds["contacts"].run("DELETE FROM contacts")
    world.feeds["contacts"].add(*others, own)
    world.refresh_one("contacts", full=True)
    actor = replace(LOCAL_USER, touchpoints=frozenset({"desk"}))
    found = read_rule_rows(world.runtime, actor, feed="contacts", rule=RULE, limit=1)
    assert ["mine"] == [row[found.columns.index("contact_id")] for row in found.rows]
    assert "The only row of Contacts of the last 31 days that break it now." == found.sentence


def test_rows_are_for_those_who_may_read_them_and_of_rules_there_are(world: FeedWorld) -> None:
    executive = Actor(id="e", name="Eve", roles=frozenset({Role.EXECUTIVE}))
    with pytest.raises(NotAllowed, match="Eve may not read rows"):
        read_rule_rows(world.runtime, executive, feed="contacts", rule=RULE)
    with pytest.raises(NotAllowed, match=r"Contacts has no rule 'slice\.scale' about rows"):
        read_rule_rows(world.runtime, LOCAL_USER, feed="contacts", rule="slice.scale")
