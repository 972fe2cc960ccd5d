"""All metrics at once: the quadrant, one competitor, what is not known, and the way to close."""

from datetime import date, timedelta
from itertools import groupby

import pytest

from callboard.access import LOCAL_USER
from callboard.errors import NotAllowed
from callboard.services.comparing.panorama import read_panorama, read_profile
from callboard.services.drilling.closing import read_ways
from callboard.views import Meaning, Panorama
from metrics.peer_direction import Moving
from tests.callboard.services.small_world import SmallWorld, benchmark, day_rows

MONTHS = [date(2026, month, 1) for month in range(1, 11)]


_SCORE = "a competitor's value in points, over all cases, with its period"


def month_of(start: date) -> dict[str, date]:
    following = date(start.year, start.month + 1, 1)
    return {"period_start": start, "period_end": following - timedelta(days=1)}


@pytest.fixture
def improving(world: SmallWorld) -> SmallWorld:
    """We rise from 81 to 90 % in ten months beside two peers that stand still."""
    world.reach()
    days = {start: (1000 * (0.81 + 0.01 * at), 1000.0) for at, start in enumerate(MONTHS)}
    world.add(day_rows("otd", "delivery", days))
    world.publish(
        [
            benchmark(name, value, numerator=10 * value, denominator=1000.0, **month_of(start))
            for start in MONTHS
            for name, value in (("Alder", 95.0), ("Birch", 85.0))
        ]
    )
    return world


def panorama(world: SmallWorld) -> Panorama:
    return read_panorama(world.runtime, LOCAL_USER)


def test_a_metric_with_peers_is_a_dot_of_level_and_direction(improving: SmallWorld) -> None:
    (dot,) = panorama(improving).quadrant.dots
    assert ("otd", "2 of 3", 50.0, Moving.GAINING) == (
        dot.metric,
        dot.rank_text,
        dot.place,
        dot.direction.moving,
    )
    # a point a month, of peers ten points apart: 1.2 spreads a year
    assert pytest.approx(1.2, rel=0.02) == dot.direction.slope.value


def test_the_quadrant_says_who_moves_and_why_others_are_not_in_it(improving: SmallWorld) -> None:
    improving.publish([benchmark("Alder", 30.0, metric="nps", unit="points")])
    view = panorama(improving).quadrant
    assert "Ahead of the middle peer in 0 of 1 metric; On-time delivery gains ground." == (
        view.sentence
    )
    assert [("Net promoter score", "we have no readings in these days")] == list(view.left_out)


def test_a_competitor_is_shown_over_all_metrics_beside_us(improving: SmallWorld) -> None:
    improving.publish([benchmark("Alder", 30.0, metric="nps", unit="points")])
    view = read_profile(improving.runtime, LOCAL_USER, entity="ALDER")
    rows = {row.metric: row for row in view.rows}
    assert {"otd", "nps"} == set(rows)
    assert ("90.0 %", Meaning.BAD, "1 of 3") == (
        rows["otd"].ours_text,
        rows["otd"].meaning,
        rows["otd"].rank_text,
    )
    assert ("no gap told", None) == (rows["nps"].gap_text, rows["nps"].gap)
    assert set(view.passports) == {row.passport for row in view.rows}


def test_a_gap_inside_sampling_error_is_no_clear_difference(improving: SmallWorld) -> None:
    improving.publish([benchmark("Cedar", 89.9, numerator=899.0, denominator=1000.0)])
    view = read_profile(improving.runtime, LOCAL_USER, entity="Cedar")
    assert view.rows[0].gap_text.startswith("no clear difference")
    assert "Against Cedar we are not clearly apart in 1 of 1 value that compares." == view.sentence


def test_a_gap_without_an_interval_counts_neither_as_ahead_nor_as_behind(
    improving: SmallWorld,
) -> None:
    improving.publish([benchmark("Cedar", 80.0, method="system")])
    assert (
        "Against Cedar we cannot say where we are in any of 1 value that compares. "
        "In 1 the interval of the gap is unknown."
        == read_profile(improving.runtime, LOCAL_USER, entity="Cedar").sentence
    )


def test_a_competitor_that_nobody_wrote_about_is_not_there(improving: SmallWorld) -> None:
    with pytest.raises(NotAllowed, match="There is no competitor 'Nobody'"):
        read_profile(improving.runtime, LOCAL_USER, entity="Nobody")


def test_what_we_do_not_know_says_why_and_what_it_would_take(improving: SmallWorld) -> None:
    improving.publish([benchmark("Alder", 9.0, metric="abandon", segment="chat", sample_size=9)])
    view = panorama(improving)
    unknowns = {each.metric: each for each in view.unknowns}
    assert "otd" not in unknowns
    assert ("it covers chat only", "values of the whole, not of a part", True) == (
        unknowns["abandon"].why,
        unknowns["abandon"].needed,
        unknowns["abandon"].has_any,
    )
    assert ("nobody has published a value that is known here", _SCORE) == (
        unknowns["nps"].why,
        unknowns["nps"].needed,
    )
    causes = [key for key, _ in groupby(each.why for each in view.unknowns)]
    assert sorted(set(causes)) == sorted(causes)
    assert view.unknown_sentence.startswith(f"For {len(unknowns)} of ")


def test_the_gap_to_the_best_closes_at_a_point_a_month(improving: SmallWorld) -> None:
    ways = read_ways(improving.runtime, LOCAL_USER, metric="otd")
    best = next(each for each in ways.items if each.topic == "Best peer")
    assert "the best peer (95.0 %, Oct 2026) is reached in about" in best.sentence
    assert ("Mean of the last 3 months", "89.0 %") in best.numbers


def test_with_too_few_periods_no_pace_is_told(improving: SmallWorld) -> None:
    improving.reach(first_day=date(2026, 6, 1))
    ways = read_ways(improving.runtime, LOCAL_USER, metric="otd")
    assert () == ways.items
    assert "we have 5 of at least 8 periods" in ways.why


def test_without_anybody_ahead_there_is_nothing_to_close(world: SmallWorld) -> None:
    world.reach()
    world.add(day_rows("otd", "delivery", {date(2026, 10, 1): (900.0, 1000.0)}))
    world.publish([benchmark("Alder", 80.0, numerator=800.0, denominator=1000.0)])
    ways = read_ways(world.runtime, LOCAL_USER, metric="otd")
    assert ((), "Nothing to close: no peer's benchmark is clearly ahead of us.") == (
        ways.items,
        ways.why,
    )


def test_an_empty_store_knows_nothing_and_says_so(world: SmallWorld) -> None:
    view = panorama(world)
    assert ((), ()) == (view.quadrant.dots, view.entities)
    assert {False} == {each.has_any for each in view.unknowns}
    assert ((), "") == (
        read_ways(world.runtime, LOCAL_USER, metric="otd").items,
        read_ways(world.runtime, LOCAL_USER, metric="otd").why,
    )
