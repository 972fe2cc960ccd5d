from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from callboard.access import LOCAL_USER, Actor, Role
from callboard.clock import Clock
from callboard.errors import CallboardError, FeedUnavailable, NotAllowed
from callboard.services.drilling.rows import read_rows
from callboard.services.taking.asking import asked_view
from callboard.services.taking.rows_section import rows_section
from callboard.views import RowsBehind
from tests.callboard.services.feed_world import FeedWorld, at, contact, delivery, on, several
from tests.conftest import on_both_engines


@pytest.fixture
def world(tmp_path: Path, database_url: str, store_url: str) -> FeedWorld:
    world = FeedWorld(tmp_path, feed_url=database_url, store_url=store_url, cap=2)
    world.feeds["contacts"].add(
        contact("c1", at(18), channel="phone"),
        contact("c2", at(18, 10), channel="mail", outcome="abandoned", wait_seconds=30.0),
        contact("c3", at(19), channel=None),
        contact("c4", at(19, 10), channel="fax", touchpoint="SD"),
        contact("c5", at(19, 11), touchpoint="web"),
        contact("bad", at(19), wait_seconds=-1.0),
        *several(contact, [12], 20, channel="phone"),
        *several(contact, [13], 10, channel="mail"),
    )
    world.refresh("contacts")
    return world


def rows(world: FeedWorld, **asked: Any) -> RowsBehind:
    given = {"metric": "asa", "touchpoint": "desk", "start": on(18), "end": on(19)}
    runtime = replace(world.runtime, clock=Clock(world.now))
    return read_rows(runtime, asked.pop("actor", LOCAL_USER), **given | asked)


def keys(found: RowsBehind) -> list[str]:
    place = found.columns.index("contact_id")
    return [row[place] for row in found.rows]


@on_both_engines
def test_the_rows_of_a_mean_are_those_it_is_taken_of_newest_first(world: FeedWorld) -> None:
    assert ["c4", "c3", "c1"] == keys(rows(world))


def test_the_rows_of_a_ratio_are_those_of_its_denominator(world: FeedWorld) -> None:
    assert ["c4", "c3", "c2", "c1"] == keys(rows(world, metric="abandon"))


def test_only_the_days_of_the_reading_count(world: FeedWorld) -> None:
    assert ["c1"] == keys(rows(world, end=on(18)))


@on_both_engines
def test_a_row_belongs_to_its_local_day(world: FeedWorld) -> None:
    world.feeds["contacts"].add(contact("late", at(20, 3), touchpoint="web"))
    assert ["late", "c5"] == keys(rows(world, touchpoint="web"))


@on_both_engines
def test_the_rows_of_a_segment_are_its_own(world: FeedWorld) -> None:
    assert ["c1"] == keys(rows(world, dimension="channel", segment="phone"))
    assert ["c3"] == keys(rows(world, dimension="channel", segment="unknown"))
    assert ["c4"] == keys(rows(world, dimension="channel", segment="other"))


def test_the_limit_is_said(world: FeedWorld) -> None:
    found = rows(world, limit=2)
    assert ["c4", "c3"] == keys(found)
    assert "The newest 2 rows, as they stand in Contacts now; there are more." == found.sentence


@on_both_engines
def test_older_rows_follow_page_by_page(world: FeedWorld) -> None:
    older = rows(world, limit=2, skip=2, metric="abandon")
    assert (["c2", "c1"], False) == (keys(older), older.has_more)
    assert "Rows 3 to 4 from the newest, as they stand in Contacts now; 4 in all." == older.sentence
    twins = [keys(rows(world, limit=4, skip=at, start=on(12), end=on(12))) for at in (0, 4, 8)]
    assert 12 == len({key for page in twins for key in page})


def test_all_rows_are_said_to_be_all(world: FeedWorld) -> None:
    assert "All 3 rows behind this reading, as they stand in Contacts now." == rows(world).sentence


def test_a_reading_without_rows_says_so(world: FeedWorld) -> None:
    found = rows(world, start=on(1), end=on(2))
    assert ((), "Contacts has no row behind this reading now.") == (found.rows, found.sentence)


@on_both_engines
def test_a_metric_of_two_feeds_shows_the_rows_of_its_numerator(world: FeedWorld) -> None:
    world.feeds["contacts"].change("c3", kind="complaint")
    world.feeds["deliveries"].add(delivery("d", at(19)))
    assert ["c3"] == keys(rows(world, metric="complaints"))


def test_personal_columns_are_masked(world: FeedWorld) -> None:
    row = {
        "incident_id": "secret-name",
        "touchpoint": "desk",
        "occurred_at": at(19),
        "updated_at": at(19),
        "kind": "recordable",
        "severity": "low",
        "region": None,
    }
    world.feeds["safety_incidents"].add(row)
    found = rows(world, metric="trir")
    assert "•••" == found.rows[0][found.columns.index("incident_id")]
    assert "secret-name" not in str(found)


def test_what_is_outside_the_scope_is_not_there(world: FeedWorld) -> None:
    analyst = Actor(
        id="a", name="A", roles=frozenset({Role.ANALYST}), touchpoints=frozenset({"web"})
    )
    with pytest.raises(NotAllowed, match="There is no touchpoint 'desk'"):
        rows(world, actor=analyst)


def test_rows_need_the_right_to_read_them(world: FeedWorld) -> None:
    executive = Actor(id="e", name="E", roles=frozenset({Role.EXECUTIVE}))
    with pytest.raises(NotAllowed):
        rows(world, actor=executive)


def test_an_unknown_dimension_is_refused(world: FeedWorld) -> None:
    with pytest.raises(CallboardError, match="Did you mean 'channel'"):
        rows(world, dimension="chanel", segment="phone")


def test_a_feed_that_is_away_is_said_plainly(world: FeedWorld) -> None:
    world.feeds["contacts"].run("DROP TABLE contacts")
    with pytest.raises(FeedUnavailable, match="the table contacts is not there"):
        rows(world)


def test_the_rows_leave_with_a_touchpoint_for_who_may_read_them(world: FeedWorld) -> None:
    query = {"touchpoint": "desk", "metric": "asa", "grain": "day", "period": on(18).isoformat()}
    runtime, asked = replace(world.runtime, clock=Clock(world.now)), asked_view("touchpoint", query)
    found = rows_section(runtime, LOCAL_USER, asked)
    assert found is not None
    (table,) = found.tables
    place = [each.title for each in table.columns].index("contact_id")
    assert ["c1"] == [row[place] for row in table.rows]
    nobody = replace(LOCAL_USER, roles=frozenset({Role.EMPLOYEE}))
    assert rows_section(runtime, nobody, asked) is None
