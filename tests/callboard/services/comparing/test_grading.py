"""How far published values compare, through the services: the published cases, and what obeys."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callboard.access import LOCAL_USER
from callboard.services.comparing.comparability import Published, judge_benchmark, peers_among
from callboard.services.comparing.competitors import read_competitors
from callboard.services.defining.definitions import Definitions
from callboard.services.drilling.trend import read_control_chart
from callboard.services.tiles.overview import read_overview
from callboard.storage.benchmarks import BenchmarkRow
from callboard.workspace import Workspace
from metrics.catalogue import load_catalogue
from metrics.grades import Aspect, Grade
from metrics.model import Grain, Metric
from tests.callboard.services.small_world import SmallWorld, benchmark, day_rows

TODAY = date(2026, 11, 22)
LIBRARY = load_catalogue().metrics
PEERS = ("Alder", "Birch", "Cedar")
FEWER = {"sample_size": 1000, "clock": "calendar"}


def definitions_of(*metrics: Metric, **workspace: object) -> Definitions:
    given = {"name": "We", "time_zone": "Europe/London", "ourselves": {"name": "We"}}
    return Definitions(
        workspace=Workspace.model_validate(given | workspace),
        metrics={metric.code: metric for metric in metrics},
        touchpoints={},
        contracts={},
        databases={},
        files={},
    )


def judged(metric: Metric, value: float, **row: object) -> Published:
    told = benchmark("Alder", value, metric=metric.code, **(FEWER | row))
    return judge_benchmark(told, definitions_of(metric), today=TODAY)


BAGS = LIBRARY["mishandled"].model_copy(update={"base": "passengers"})
RATE = {"unit": "per", "per": 1000.0}


@pytest.mark.parametrize(
    ("metric", "value", "row", "grade", "costs"),
    [
        # SITA 2017: 5.57 per 1,000 passengers. AQR 2019: 5.57 per 1,000 checked bags.
        (BAGS, 5.57, RATE | {"base": "passengers"}, Grade.A, set()),
        (BAGS, 5.57, RATE | {"base": "checked bags"}, Grade.C, {Aspect.BASE}),
        (BAGS, 5.57, RATE, Grade.B, {Aspect.BASE}),
        (BAGS, 5.57, {"unit": "per", "base": "passengers"}, Grade.D, {Aspect.UNIT}),
        # Zendesk Benchmark counts calendar hours; here the desk counts business hours.
        (
            LIBRARY["frt_p50"].model_copy(update={"clock": "business"}),
            6.3,
            {"unit": "hours", "statistic": "median"},
            Grade.C,
            {Aspect.CLOCK},
        ),
        # First contact resolution by a survey of callers, ours by what the system closed.
        (LIBRARY["fcr"], 70.0, {"method": "survey"}, Grade.B, {Aspect.METHOD}),
        (LIBRARY["fcr"], 70.0, {"statistic": "median"}, Grade.C, {Aspect.STATISTIC}),
        (LIBRARY["fcr"], 70.0, {"published_on": date(2023, 5, 1)}, Grade.A, set()),
        (
            LIBRARY["fcr"],
            70.0,
            {"period_start": date(2023, 1, 1), "period_end": date(2023, 1, 31)},
            Grade.C,
            {Aspect.AGE},
        ),
    ],
)
def test_published_values_are_graded_as_the_method_says(metric, value, row, grade, costs):
    found = judged(metric, value, **row)
    assert (grade, costs) == (found.graded.grade, {each.aspect for each in found.graded.against})
    assert (grade in (Grade.A, Grade.B)) is found.is_fair


def test_ofcoms_two_bases_are_the_same_once_they_are_converted():
    metric = LIBRARY["complaints"].model_copy(update={"base": "customers"})
    old = judged(metric, 0.34, unit="per", per=1000.0, base="customers")
    new = judged(metric, 34.0, unit="per", per=100_000.0, base="customers")
    assert (Grade.A, Grade.A) == (old.graded.grade, new.graded.grade)
    assert pytest.approx(34.0) == old.value == pytest.approx(new.value)


def test_a_region_costs_nothing_where_we_say_that_we_work_there():
    row = benchmark("Alder", 70.0, metric="fcr", region="France", **FEWER)
    for regions, grade in (((), Grade.B), (("FRANCE",), Grade.A), (("Spain",), Grade.B)):
        ours = {"ourselves": {"name": "We", "regions": list(regions)}}
        found = judge_benchmark(row, definitions_of(LIBRARY["fcr"], **ours), today=TODAY)
        assert grade is found.graded.grade


def test_of_two_sources_the_better_grade_then_the_declared_one_is_ranked():
    first = benchmark("Alder", 70.0, metric="fcr", source_name="One", **FEWER)
    second = replace(first, source_name="Two", value=75.0)
    surveyed = replace(first, source_name="Three", value=80.0, method="survey")
    for declared, value in (([], 70.0), (["Two"], 75.0), (["Three"], 70.0)):
        known = definitions_of(LIBRARY["fcr"], preferred_sources=declared)
        rows = [judge_benchmark(row, known, today=TODAY) for row in (first, second, surveyed)]
        assert [value] == [peer.value for peer in peers_among(rows)]


poor = st.sampled_from(
    [
        {"statistic": "median"},
        {"statistic": "best"},
        {"segment": "e-mail"},
        {"period_start": None},
        {"unit": "hours"},
        {"definition_version": "9"},
        {"base": "callers"},
    ]
)


@given(
    st.lists(st.tuples(st.sampled_from(PEERS), st.floats(0, 100), st.booleans(), poor), max_size=8)
)
def test_what_is_of_grade_c_or_d_is_never_among_the_peers(rows):
    known = definitions_of(LIBRARY["fcr"])
    published = [
        judge_benchmark(
            benchmark(entity, value, metric="fcr", **(FEWER | (changes if is_poor else {}))),
            known,
            today=TODAY,
        )
        for entity, value, is_poor, changes in rows
    ]
    fair = [each for each in published if each.graded.has_gap]
    assert peers_among(fair) == peers_among(published)
    assert len(fair) == sum(not is_poor for _, _, is_poor, _ in rows)


def _poor_rows() -> list[BenchmarkRow]:
    """One of every way not to compare, each with a value that would turn everything over."""
    changes: list[dict[str, object]] = [
        {"statistic": "median"},
        {"segment": "parcels"},
        {"period_start": None},
        {"unit": "hours"},
        {"definition_version": "9"},
        {"base": "parcels"},
        {"period_start": date(2024, 10, 1), "period_end": date(2024, 10, 31)},
        {"entity": "Elm"},
        {"entity": "All shops", "entity_type": "industry"},
    ]
    same = benchmark("Dogwood", 99.9, sample_size=9999)
    return [
        replace(same, source_name=f"Source {number}", **change)  # type: ignore[arg-type]  # test
        for number, change in enumerate(changes)
    ]


@pytest.fixture
def ranked(world: SmallWorld) -> SmallWorld:
    """90 % in October beside three peers."""
    world.reach()
    days = {date(2026, 10, 1): (850.0, 1000.0), date(2026, 10, 31): (950.0, 1000.0)}
    world.add(day_rows("otd", "delivery", days))
    world.publish(
        [
            benchmark(name, value, numerator=10 * value, denominator=1000.0)
            for name, value in zip(PEERS, (95.0, 89.0, 85.0), strict=True)
        ]
    )
    return world


def _told(world: SmallWorld) -> tuple[object, ...]:
    """Everything that a reader takes from the comparison."""
    page = read_competitors(world.runtime, LOCAL_USER, metric="otd")
    board = read_overview(world.runtime, LOCAL_USER, grain=Grain.WEEK)
    chart = read_control_chart(
        world.runtime, LOCAL_USER, metric="otd", touchpoint="delivery", grain=Grain.WEEK
    )
    ranks = sorted((each.entity, each.rank, each.gap_text) for each in page.league if each.rank)
    band = [each for each in page.trend.band if each.start >= date(2026, 1, 1)]
    tiles = [
        (tile.metric, tile.verdict, tile.standing) for lane in board.lanes for tile in lane.tiles
    ]
    return page.headline, page.standing, page.gaps, ranks, band, tiles, chart.verdict


def test_a_value_that_does_not_compare_changes_no_rank_gap_band_standing_or_verdict(
    ranked: SmallWorld,
) -> None:
    before = _told(ranked)
    ranked.publish(_poor_rows())
    assert before == _told(ranked)
    page = read_competitors(ranked.runtime, LOCAL_USER, metric="otd")
    poor = [each for each in page.league if each.source.startswith("Source ")]
    assert len(_poor_rows()) == len(poor)
    assert {None} == {each.rank for each in poor}
    assert "" == "".join(each.gap_text for each in poor if each.entity != "All shops")


def test_the_verdict_would_have_changed_had_the_value_compared(ranked: SmallWorld) -> None:
    before = _told(ranked)
    ranked.publish([benchmark("Dogwood", 99.9, sample_size=9999)])
    assert before[:3] != _told(ranked)[:3]
