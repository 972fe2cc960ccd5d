"""Metrics in plain words, and how things stand."""

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from callboard.access import LOCAL_USER, Actor
from callboard.errors import NotAllowed
from callboard.services.catalogue_view import read_definitions
from callboard.services.defining.formulas import formula_in_words
from callboard.services.runtime import Runtime
from callboard.services.status import read_status
from metrics.catalogue import load_catalogue
from tests.callboard.services.composite_world import with_index
from tests.callboard.services.small_world import SmallWorld, benchmark, week_rows

LIBRARY = load_catalogue().metrics


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (
            "otd",
            "number of deliveries where delivered at is at most due at, divided by "
            "number of deliveries where delivered at is known, in percent",
        ),
        (
            "complaints",
            "number of contacts where kind is complaint, divided by number of deliveries, "
            "per 100,000",
        ),
        ("asa", "mean of wait seconds over contacts where outcome is answered"),
        (
            "ttr_p50",
            "median of resolve hours over contacts where is resolved is true; "
            "still open where outcome is answered and is resolved is false",
        ),
        (
            "oct_p50",
            "median of hours from ordered at to delivered at over deliveries where "
            "delivered at is known",
        ),
        ("lcp_p75", "percentile 75 of lcp seconds over web vitals"),
        (
            "nps",
            "share of score over survey answers where survey is nps at 9 or more, "
            "less the share at 6 or less, in points",
        ),
        (
            "backlog_open",
            "sum of open items over backlog in the daily snapshot, averaged over the days of "
            "the period",
        ),
        (
            "mishandled",
            "sum of mishandled units over deliveries, divided by sum of units over deliveries, "
            "per 1,000",
        ),
    ],
)
def test_a_formula_is_said_from_what_is_computed(code: str, expected: str) -> None:
    assert expected == formula_in_words(LIBRARY[code])


@pytest.mark.parametrize("code", sorted(LIBRARY))
def test_every_formula_of_the_library_can_be_said(code: str) -> None:
    assert formula_in_words(LIBRARY[code])


def test_definitions_name_the_touchpoints_that_measure_them(world: SmallWorld) -> None:
    world.add(week_rows("otd", "delivery", [(9.0, 10.0)]) + week_rows("otd", "desk", [(9.0, 10.0)]))
    found = {each.metric: each for each in read_definitions(world.runtime, LOCAL_USER)}
    assert {"abandon", "asa", "backlog_open", "complaints", "nps", "otd", "ttr_p50", "returns"} == (
        set(found)
    )
    assert ("Field delivery", "Service desk") == found["otd"].touchpoints
    assert ("channel", "region", "carrier") == found["otd"].dimensions
    assert () == found["complaints"].dimensions
    assert ("Contacts", "Deliveries") == found["complaints"].feeds


def test_the_sql_is_the_one_that_the_formula_becomes(world: SmallWorld) -> None:
    found = {each.metric: each.sql for each in read_definitions(world.runtime, LOCAL_USER)}
    assert "count(CASE WHEN (delivered_at <= due_at) THEN 1 END) AS numerator" in found["otd"]
    assert "FROM deliveries\nGROUP BY 1, 2" in found["otd"]
    assert ["FROM contacts", "FROM deliveries"] == [
        line for line in found["complaints"].splitlines() if line.startswith("FROM")
    ]


def test_the_sql_runs_and_gives_the_readings(tmp_path: Path, small_runtime: Runtime) -> None:
    sql = next(
        each.sql for each in read_definitions(small_runtime, LOCAL_USER) if each.metric == "otd"
    )
    feed = sqlite3.connect(tmp_path / "feed.db")
    feed.execute("CREATE TABLE deliveries (touchpoint, due_at, delivered_at)")
    rows = [
        ("delivery", "2026-07-01 22:59:59", "2026-07-01 22:00:00"),
        ("delivery", "2026-07-01 23:00:00", "2026-07-02 01:00:00"),
        ("delivery", "2026-07-02 12:00:00", None),
    ]
    feed.executemany("INSERT INTO deliveries VALUES (?, ?, ?)", rows)
    assert [("2026-07-01", "delivery", 1, 1, 1), ("2026-07-02", "delivery", 0, 1, 1)] == (
        feed.execute(sql).fetchall()
    )


def test_a_touchpoint_that_does_not_show_a_metric_is_not_named_in_its_definition(
    world: SmallWorld,
) -> None:
    world.add(
        week_rows("otd", "delivery", [(9.0, 10.0)]) + week_rows("otd", "depot", [(9.0, 10.0)])
    )
    found = {each.metric: each for each in read_definitions(world.runtime, LOCAL_USER)}
    assert ("Field delivery",) == found["otd"].touchpoints


def test_a_scoped_actor_sees_their_own_touchpoints_in_definitions(world: SmallWorld) -> None:
    world.add(week_rows("otd", "delivery", [(9.0, 10.0)]))
    actor = replace(LOCAL_USER, touchpoints=frozenset({"desk"}))
    found = {each.metric: each for each in read_definitions(world.runtime, actor)}
    assert () == found["otd"].touchpoints


def test_the_status_counts_what_there_is(world: SmallWorld) -> None:
    world.reach()
    world.add(week_rows("otd", "delivery", [(9.0, 10.0)]))
    world.publish([benchmark("Alder", 95.0), benchmark("Birch", 90.0)])
    status = read_status(world.runtime, LOCAL_USER)
    assert ("Small Stores", "sqlite", True, 2, 3, 8, 1, 2, "4 feeds verified") == (
        status.workspace,
        status.store,
        status.is_current,
        status.publication,
        status.touchpoints,
        status.metrics,
        status.series,
        status.benchmarks,
        status.summary,
    )
    assert ["backlog", "contacts", "deliveries", "survey_answers"] == [f.feed for f in status.feeds]


def test_nobody_without_a_role_reads_definitions_or_status(world: SmallWorld) -> None:
    nobody = Actor(id="n", name="Nobody", roles=frozenset())
    with pytest.raises(NotAllowed):
        read_definitions(world.runtime, nobody)
    with pytest.raises(NotAllowed):
        read_status(world.runtime, nobody)


def test_a_composite_tells_what_it_weighs_and_why(world: SmallWorld) -> None:
    world.add(week_rows("otd", "delivery", [(80, 100)]))
    world.add(week_rows("returns", "delivery", [(2, 40)]))
    runtime = with_index(world.runtime)
    (index,) = [each for each in read_definitions(runtime, LOCAL_USER) if each.components]
    assert "" == index.sql
    assert (
        "3 × On-time delivery (0 at 50, 100 at 100 %) + 1 × Returns we caused (0 at 10, 100 at 0 %); "
        "all of it divided by 4."
    ) == index.formula
    assert ("On-time delivery", "75 %", "0 at 50, 100 at 100 %") == index.components[0]
    assert "What customers said." == index.rationale
    assert "no score where a component has no value" == index.missing
    assert ("Field delivery",) == index.touchpoints
