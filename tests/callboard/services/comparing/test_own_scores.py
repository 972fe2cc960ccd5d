"""Our own score over the days of a published one: from sums, where the whole composite is ours."""

from datetime import date

import pytest

from callboard.access import LOCAL_USER
from callboard.services.comparing.competitors import read_competitors
from callboard.services.runtime import Runtime
from callboard.views import CompetitorsPage
from tests.callboard.services.composite_world import index_of, with_index
from tests.callboard.services.small_world import SmallWorld, benchmark, day_rows

EARLY, LATE = date(2026, 10, 5), date(2026, 10, 20)
PEERS = {"Alder": 60.0, "Birch": 50.0, "Cedar": 40.0, "Dogwood": 30.0}


@pytest.fixture
def october(world: SmallWorld) -> SmallWorld:
    """Two days of October, of different size, at a touchpoint that has all components."""
    world.reach()
    on_time = day_rows("otd", "delivery", {EARLY: (90, 100), LATE: (700, 1000)})
    only_on_time = day_rows("otd", "desk", {EARLY: (10, 100)})
    world.add([*on_time, *only_on_time])
    world.add(day_rows("returns", "delivery", {EARLY: (2, 40), LATE: (20, 400)}))
    world.publish(
        [
            benchmark(name, score, metric="delivery_index", unit="points")
            for name, score in PEERS.items()
        ]
    )
    return world


def page_of(runtime: Runtime) -> CompetitorsPage:
    return read_competitors(runtime, LOCAL_USER, metric="delivery_index")


def test_our_score_is_of_the_sums_of_the_touchpoints_that_have_all_of_it(
    october: SmallWorld,
) -> None:
    (ours,) = [row for row in page_of(with_index(october.runtime)).league if row.is_us]
    assert pytest.approx(index_of(100 * 790 / 1100, 5)) == ours.value
    assert 3 == ours.rank
    assert (440, None, None) == (ours.n, ours.low, ours.high)


def test_a_gap_of_scores_is_told_without_an_interval(october: SmallWorld) -> None:
    league = page_of(with_index(october.runtime)).league
    gaps = {row.entity: row.gap for row in league if not row.is_us}
    ours = index_of(100 * 790 / 1100, 5)
    assert pytest.approx({name: ours - score for name, score in PEERS.items()}) == gaps


def test_a_hidden_component_leaves_us_without_a_score(october: SmallWorld) -> None:
    october.add(day_rows("returns", "delivery", {EARLY: (2, 4), LATE: (2, 4)}))
    league = page_of(with_index(october.runtime)).league
    assert not any(row.is_us for row in league)
    assert all("Returns we caused: too few cases: 8 of at least 10" in row.note for row in league)


def test_a_published_score_of_the_version_in_force_then_compares(october: SmallWorld) -> None:
    changes = [{"version": 2, "from": date(2026, 11, 1), "what": "other ranges"}]
    runtime = with_index(october.runtime, version=2, changes=changes)
    october.publish(
        [
            benchmark(
                name, 45.0, metric="delivery_index", unit="points", definition_version=version
            )
            for name, version in (("Alder", "1"), ("Birch", "2"))
        ]
    )
    notes = {row.entity: row.note for row in page_of(runtime).league if not row.comparable}
    assert {"Birch": "it follows version 2 of the definition, we 1"} == notes


def test_a_span_that_a_change_lies_in_has_no_score_of_ours(october: SmallWorld) -> None:
    changes = [{"version": 2, "from": date(2026, 10, 10), "what": "other ranges"}]
    runtime = with_index(october.runtime, version=2, changes=changes)
    assert all(
        "the definition changed on 10 Oct 2026" in row.note for row in page_of(runtime).league
    )
