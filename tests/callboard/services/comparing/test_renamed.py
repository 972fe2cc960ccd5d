"""A name that stands for another is one competitor everywhere, from its day on."""

from datetime import date

import pytest

from callboard.access import LOCAL_USER
from callboard.services.comparing.competitors import read_competitors
from callboard.services.comparing.panorama import read_panorama, read_profile
from callboard.services.naming.names import add_name, withdraw_name
from callboard.services.naming.peers import edit_peer_set
from callboard.services.publishing.benchmarks import check_file, publish
from callboard.services.publishing.export import export_current
from callboard.services.publishing.values import list_values
from callboard.views import CompetitorsPage
from tests.callboard.services.benchmark_file_text import file_of
from tests.callboard.services.small_world import SmallWorld, benchmark, day_rows
from tests.conftest import on_both_engines

SEPTEMBER = {"period_start": date(2026, 9, 1), "period_end": date(2026, 9, 30)}
MERGED = "2026-10-01"  # between what was published of September and of October


def merge(world: SmallWorld, name: str = "Birch", entity: str = "Alder", day: str = MERGED) -> None:
    kind = "merger" if day else "alias"
    add_name(
        world.runtime, LOCAL_USER, entity=entity, name=name, kind=kind, from_day=day, why="One firm"
    )


def page_of(world: SmallWorld) -> CompetitorsPage:
    return read_competitors(world.runtime, LOCAL_USER, metric="otd")


@pytest.fixture
def two_months(world: SmallWorld) -> SmallWorld:
    """Two peers in September and October, two more in October, and us at 90 % in October."""
    world.reach()
    world.add(day_rows("otd", "delivery", {date(2026, 10, 1): (1800.0, 2000.0)}))
    september = [benchmark("Alder", 93.0, **SEPTEMBER), benchmark("Birch", 83.0, **SEPTEMBER)]
    october = {"Alder": 94.0, "Birch": 84.0, "Cedar": 70.0, "Dogwood": 75.0}
    world.publish([*september, *(benchmark(name, value) for name, value in october.items())])
    return world


def test_a_merged_competitor_has_one_line_from_the_day_on(two_months: SmallWorld) -> None:
    merge(two_months)
    rows = {each.entity: each for each in page_of(two_months).league}
    assert {"Alder", "Birch", "Cedar", "Dogwood", "Small Stores"} == set(
        rows
    )  # Birch as it was in September
    assert (94.0, "Oct 2026") == (rows["Alder"].value, rows["Alder"].period_label)
    assert (83.0, "Sep 2026", None) == (
        rows["Birch"].value,
        rows["Birch"].period_label,
        rows["Birch"].rank,
    )


def test_the_peer_trend_counts_a_merged_competitor_once(two_months: SmallWorld) -> None:
    merge(two_months)
    peers = page_of(two_months).trend.peers
    assert ["Alder", "Birch", "Cedar", "Dogwood"] == sorted(peers)
    assert [93.0, 94.0] == [value for _, _, value in peers["Alder"]]
    assert [83.0] == [value for _, _, value in peers["Birch"]]


def test_a_value_under_the_old_name_alone_is_told_of_the_new_one(two_months: SmallWorld) -> None:
    merge(two_months, name="Birch", entity="Rowan", day="")
    page = page_of(two_months)
    row = next(each for each in page.league if each.entity == "Rowan")
    assert (84.0, 3) == (row.value, row.rank)
    assert "Birch" == page.passports[row.passport].published_of
    assert "Birch" not in {each.entity for each in page.league}


def test_a_withdrawn_name_gives_its_line_back(two_months: SmallWorld) -> None:
    before = page_of(two_months).league
    merge(two_months)
    withdraw_name(two_months.runtime, LOCAL_USER, number=1, note="Not yet")
    assert before == page_of(two_months).league


def test_a_peer_set_holds_for_what_its_members_became(two_months: SmallWorld) -> None:
    merge(two_months, name="Birch", entity="Rowan", day="")  # Rowan is in no peer set
    page = page_of(two_months)
    rowan = next(each for each in page.league if each.entity == "Rowan")
    assert (3, "n unknown") == (rowan.rank, rowan.note)
    assert "Birch" not in page.coverage


def test_quadrant_profile_and_values_speak_of_the_same_competitors(two_months: SmallWorld) -> None:
    merge(two_months, day="")
    assert ("Alder", "Cedar", "Dogwood") == read_panorama(two_months.runtime, LOCAL_USER).entities
    assert 1 == len(read_profile(two_months.runtime, LOCAL_USER, entity="Alder").rows)
    told = [(each.entity, each.value) for each in list_values(two_months.runtime, LOCAL_USER)]
    assert [("Alder", 93.0), ("Alder", 94.0), ("Cedar", 70.0), ("Dogwood", 75.0)] == told


def test_what_is_not_known_follows_the_peer_sets_that_count_now(two_months: SmallWorld) -> None:
    assert "otd" not in {
        each.metric for each in read_panorama(two_months.runtime, LOCAL_USER).unknowns
    }
    edit_peer_set(two_months.runtime, LOCAL_USER, name="Near us", entities=["Elm"], why="New towns")
    unknowns = {
        each.metric: each for each in read_panorama(two_months.runtime, LOCAL_USER).unknowns
    }
    assert "not in our peer set" == unknowns["otd"].why


def test_an_export_after_a_merger_still_changes_nothing(own_world: SmallWorld) -> None:
    rows = ({}, {"competitor": "Birch", "value": "7"}, {"competitor": "Cedar"})
    publish(own_world.runtime, LOCAL_USER, name="q3.csv", content=file_of(*rows))
    merge(own_world, day="")
    merge(own_world, name="Cedar", entity="Elm", day="")
    content = export_current(own_world.runtime, LOCAL_USER)
    preview = check_file(own_world.runtime, LOCAL_USER, name="all.csv", content=content)
    assert "Adds 0, changes 0, leaves 2, rejects 0." == preview.sentence
    assert publish(own_world.runtime, LOCAL_USER, name="all.csv", content=content).is_repeat
    assert content == export_current(own_world.runtime, LOCAL_USER)


@on_both_engines
def test_a_newer_value_replaces_that_of_the_old_name(own_world: SmallWorld) -> None:
    old = file_of({"competitor": "Birch", "value": "7"})
    publish(own_world.runtime, LOCAL_USER, name="old.csv", content=old)
    merge(own_world, day="")
    new = file_of({"competitor": "Birch", "value": "7.5"})
    preview = check_file(own_world.runtime, LOCAL_USER, name="new.csv", content=new)
    assert {"add": 0, "change": 1, "leave": 0, "remove": 0} == preview.change_counts
    publish(own_world.runtime, LOCAL_USER, name="new.csv", content=new)
    told = [(each.entity, each.value) for each in list_values(own_world.runtime, LOCAL_USER)]
    assert [("Alder", 7.5)] == told
