"""The overview on a small real store, expectations worked out by hand."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from callboard.access import LOCAL_USER, Actor
from callboard.errors import NotAllowed
from callboard.services.tiles.overview import read_overview
from callboard.views import Badge, Meaning, Movement, Tile
from metrics.limits import Footing
from metrics.model import Better, Grain
from metrics.signals import Rule, Signal
from metrics.verdict import Promise
from tests.callboard.services.small_world import (
    WEEK_46,
    SmallWorld,
    benchmark,
    day_rows,
    week_rows,
)

STEADY = [(90.0 + (-1) ** at, 100.0) for at in range(36)]


def _tiles(world: SmallWorld, **filters: object) -> dict[tuple[str, str], Tile]:
    grain = filters.pop("grain", Grain.WEEK)
    overview = read_overview(world.runtime, LOCAL_USER, grain=grain, period=None, **filters)
    return {(tile.touchpoint, tile.metric): tile for lane in overview.lanes for tile in lane.tiles}


def test_an_empty_store_gives_a_valid_view_that_says_what_to_do(world: SmallWorld) -> None:
    overview = read_overview(world.runtime, LOCAL_USER, grain=Grain.WEEK)
    assert ((), (), 0) == (overview.lanes, overview.changed, overview.tile_count)
    assert "callboard connect" in overview.headline
    assert "4 feeds unchecked" == overview.data_state


def test_filters_that_leave_nothing_say_so(world: SmallWorld) -> None:
    world.reach()
    world.add(week_rows("otd", "delivery", STEADY))
    overview = read_overview(world.runtime, LOCAL_USER, grain=Grain.WEEK, touchpoints=("desk",))
    assert "No readings for this choice yet" in overview.headline


def test_a_week_is_its_sums_not_the_mean_of_its_days(world: SmallWorld) -> None:
    world.reach()
    days = {WEEK_46: (1.0, 1.0), WEEK_46 + timedelta(days=1): (0.0, 99.0)}
    world.add(day_rows("otd", "delivery", days))
    assert 1.0 == pytest.approx(_tiles(world)["delivery", "otd"].value)


def test_the_running_week_is_not_told(world: SmallWorld) -> None:
    world.reach()
    running = {WEEK_46: (90.0, 100.0), WEEK_46 + timedelta(days=7): (10.0, 100.0)}
    world.add(day_rows("otd", "delivery", running))
    tile = _tiles(world)["delivery", "otd"]
    assert (90.0, "2026-11-09", "Week 46, 2026") == (tile.value, tile.period, tile.period_label)


def test_a_week_the_data_does_not_reach_is_not_whole(world: SmallWorld) -> None:
    world.reach(last_day=WEEK_46 + timedelta(days=5))
    world.add(week_rows("otd", "delivery", [(80.0, 100.0), (90.0, 100.0)]))
    assert "Week 45, 2026" == _tiles(world)["delivery", "otd"].period_label


def test_the_previous_week_and_the_year_before_are_compared_in_points(world: SmallWorld) -> None:
    world.reach()
    counts = {
        WEEK_46: (9300.0, 10000.0),
        date(2026, 11, 2): (9000.0, 10000.0),
        date(2025, 11, 10): (9500.0, 10000.0),  # Monday of ISO week 46 of 2025
    }
    world.add(day_rows("otd", "delivery", counts))
    before, year_ago = _tiles(world)["delivery", "otd"].chips[:2]
    assert ("Week 45", "+3.0 pts", Movement.UP, Meaning.GOOD, "better") == (
        before.label,
        before.text,
        before.movement,
        before.meaning,
        before.word,
    )
    assert ("Week 46, 2025", "−2.0 pts", Meaning.BAD) == (
        year_ago.label,
        year_ago.text,
        year_ago.meaning,
    )


def test_a_change_inside_sampling_error_is_neither_good_nor_bad(world: SmallWorld) -> None:
    world.reach()
    world.add(week_rows("otd", "delivery", [(90.0, 100.0), (93.0, 100.0)]))
    before = _tiles(world)["delivery", "otd"].chips[0]
    assert ("+3.0 pts", Movement.UP, Meaning.NEUTRAL, "no clear difference") == (
        before.text,
        before.movement,
        before.meaning,
        before.word,
    )


def test_a_missing_period_is_named(world: SmallWorld) -> None:
    world.reach()
    world.add(week_rows("otd", "delivery", [(93.0, 100.0)]))
    words = [chip.word for chip in _tiles(world)["delivery", "otd"].chips[:2]]
    assert ["no value for Week 45", "no value for Week 46, 2025"] == words


def test_the_target_in_force_in_the_period_counts(world: SmallWorld) -> None:
    world.reach()
    world.add(week_rows("otd", "delivery", [(93.0, 100.0), (93.0, 100.0)]))
    tile = _tiles(world)["delivery", "otd"]
    assert ("target 95.0 %", "−2.0 pts", "missed") == (
        tile.chips[2].label,
        tile.chips[2].text,
        tile.chips[2].word,
    )
    places = len(tile.sparkline.values)
    assert ((0, places - 3, 90.0), (places - 2, places - 1, 95.0)) == tile.sparkline.promised


def test_too_few_is_said_and_not_shown(world: SmallWorld) -> None:
    world.reach()
    world.add(week_rows("otd", "delivery", [(7.0, 7.0)]))
    tile = _tiles(world)["delivery", "otd"]
    assert (None, "–", "too few cases: 7 of at least 10", "suppressed") == (
        tile.value,
        tile.value_text,
        tile.n_text,
        tile.status,
    )


def test_no_activity_is_not_zero_percent(world: SmallWorld) -> None:
    world.reach()
    world.add(week_rows("otd", "delivery", [(0.0, 0.0)]))
    tile = _tiles(world)["delivery", "otd"]
    assert (None, "no activity") == (tile.value, tile.n_text)


def test_the_end_of_a_sparkline_says_what_the_tile_says(world: SmallWorld) -> None:
    """Where too many weeks lack a value nothing is concluded, in the picture neither."""
    world.reach()
    counts = {WEEK_46 - timedelta(weeks=at): STEADY[at] for at in range(36) if at % 3}
    world.add(day_rows("otd", "delivery", counts | {WEEK_46: (20.0, 100.0)}))
    tile = _tiles(world)["delivery", "otd"]
    assert (Footing.GAPS, Signal.NONE, Signal.NONE) == (
        tile.variation.footing,
        tile.variation.signal,
        tile.sparkline.signal_at_end,
    )


def test_a_blank_is_not_zero(world: SmallWorld) -> None:
    world.reach()
    days = {WEEK_46: (50.0, 100.0), WEEK_46 + timedelta(days=1): (None, None)}
    world.add(day_rows("otd", "delivery", days))
    assert 50.0 == _tiles(world)["delivery", "otd"].value


def test_a_far_point_is_a_concern_and_leads_the_headline(world: SmallWorld) -> None:
    world.reach()
    world.add(week_rows("otd", "delivery", [*STEADY[:-1], (60.0, 100.0)]))
    world.add(week_rows("abandon", "desk", STEADY))
    overview = read_overview(world.runtime, LOCAL_USER, grain=Grain.WEEK)
    assert (
        "1 promise at risk, 1 figure steady; data complete to Saturday. "
        "Worst: on-time delivery at Field delivery, far below usual since 9 Nov."
        == overview.headline
    )
    assert ["otd"] == [tile.metric for tile in overview.changed]
    assert 2 * 0.017 == overview.expected_false_signals


def test_what_is_unusual_without_being_good_or_bad_is_not_called_steady(world: SmallWorld) -> None:
    definitions = world.runtime.definitions
    neutral = definitions.metrics["otd"].model_copy(update={"better": Better.NEUTRAL})
    metrics = {**definitions.metrics, "otd": neutral}
    runtime = replace(world.runtime, definitions=replace(definitions, metrics=metrics))
    world.reach()
    world.add(week_rows("otd", "delivery", [*STEADY[:-1], (60.0, 100.0)]))
    headline = read_overview(runtime, LOCAL_USER, grain=Grain.WEEK).headline
    assert (
        "No promise at risk, 1 figure unusually high or low; data complete to Saturday." == headline
    )


def test_of_what_needs_a_look_equally_safety_is_cut_last(world: SmallWorld) -> None:
    definitions = world.runtime.definitions
    safe = definitions.metrics["returns"].model_copy(update={"key": "Safety"})
    metrics = {**definitions.metrics, "returns": safe}
    runtime = replace(world.runtime, definitions=replace(definitions, metrics=metrics))
    world.reach()
    world.add(week_rows("abandon", "desk", STEADY))
    world.add(week_rows("returns", "delivery", STEADY))
    overview = read_overview(runtime, LOCAL_USER, grain=Grain.WEEK, limit=1)
    assert ["Safety"] == [lane.title for lane in overview.lanes]


def test_a_signal_of_the_day_itself_is_on_that_day(world: SmallWorld) -> None:
    world.reach()
    days = {date(2026, 11, 21) - timedelta(days=at): STEADY[at] for at in range(36)}
    world.add(day_rows("otd", "delivery", days | {date(2026, 11, 21): (60.0, 100.0)}))
    overview = read_overview(world.runtime, LOCAL_USER, grain=Grain.DAY)
    assert overview.headline.endswith("far below usual on 21 Nov.")


def test_a_signal_is_dated_from_where_it_began(world: SmallWorld) -> None:
    world.reach()
    world.add(week_rows("otd", "delivery", [*STEADY[:-1], (60.0, 100.0)]))
    variation = _tiles(world)["delivery", "otd"].variation
    assert (Signal.CONCERN, Rule.OUTSIDE_BELOW, WEEK_46) == (
        variation.signal,
        variation.rule,
        variation.since,
    )


def test_good_news_is_told_like_bad_news(world: SmallWorld) -> None:
    world.reach()
    world.add(
        week_rows("otd", "delivery", [*STEADY[:-1], (100.0, 100.0)])
        + week_rows("otd", "desk", [*STEADY[:-1], (60.0, 100.0)])
    )
    overview = read_overview(world.runtime, LOCAL_USER, grain=Grain.WEEK)
    signals = {tile.touchpoint: tile.variation.signal for tile in overview.changed}
    assert {"delivery": Signal.IMPROVEMENT, "desk": Signal.CONCERN} == signals


def test_an_old_signal_is_not_news(world: SmallWorld) -> None:
    world.reach()
    low = [(60.0 + (-1) ** at, 100.0) for at in range(18)]
    world.add(week_rows("otd", "delivery", [*STEADY[:18], *low]))
    overview = read_overview(world.runtime, LOCAL_USER, grain=Grain.WEEK)
    assert Signal.CONCERN is overview.lanes[0].tiles[0].variation.signal
    assert () == overview.changed


def test_suppressed_periods_do_not_make_limits(world: SmallWorld) -> None:
    world.reach()
    few = [*STEADY[:-2], (0.0, 5.0), STEADY[-1]]
    world.add(week_rows("otd", "delivery", few))
    tile = _tiles(world)["delivery", "otd"]
    assert None is tile.sparkline.values[-2]
    assert 35 == tile.variation.points


@pytest.mark.parametrize(
    "counts",
    [
        pytest.param(STEADY[:7], id="seven weeks"),
        pytest.param([*STEADY[:8], *[(None, None)] * 4, *STEADY[:4]], id="too many gaps"),
    ],
)
def test_what_could_not_be_judged_is_not_counted_as_steady(
    world: SmallWorld, counts: list[tuple[float | None, float | None]]
) -> None:
    world.reach()
    world.add(week_rows("otd", "delivery", counts))
    headline = read_overview(world.runtime, LOCAL_USER, grain=Grain.WEEK).headline
    assert (
        "No promise at risk, 1 figure without enough data; data complete to Saturday." == headline
    )


def test_the_promise_is_judged_from_the_limits(world: SmallWorld) -> None:
    world.reach()
    world.add(week_rows("otd", "delivery", [(50.0 + (-1) ** at, 100.0) for at in range(36)]))
    assert Promise.NEVER is _tiles(world)["delivery", "otd"].assurance.promise


def test_lanes_are_keys_or_pillars_in_the_workspaces_order(world: SmallWorld) -> None:
    world.reach()
    world.add(
        week_rows("otd", "delivery", STEADY)
        + week_rows("abandon", "desk", STEADY)
        + week_rows("returns", "delivery", STEADY)
    )
    by_key = read_overview(world.runtime, LOCAL_USER, grain=Grain.WEEK).lanes
    by_pillar = read_overview(world.runtime, LOCAL_USER, grain=Grain.WEEK, lanes="pillar").lanes
    assert ["Courtesy", "Show", "Efficiency"] == [lane.title for lane in by_key]
    assert ["Quality", "Delivery"] == [lane.title for lane in by_pillar]


def test_what_is_over_the_limit_is_counted(world: SmallWorld) -> None:
    world.reach()
    world.add(week_rows("otd", "delivery", STEADY) + week_rows("abandon", "desk", STEADY))
    overview = read_overview(world.runtime, LOCAL_USER, grain=Grain.WEEK, limit=1)
    assert (2, 1, 1) == (
        overview.tile_count,
        overview.hidden_count,
        sum(len(lane.tiles) for lane in overview.lanes),
    )


def test_a_touchpoint_shows_only_the_metrics_it_lists(world: SmallWorld) -> None:
    world.reach()
    world.add(week_rows("otd", "depot", STEADY))
    assert {} == _tiles(world)


def test_the_rank_among_peers_is_of_the_same_days(world: SmallWorld) -> None:
    world.reach()
    october = {date(2026, 10, 1): (85.0, 100.0), date(2026, 10, 31): (95.0, 100.0)}
    world.add(day_rows("otd", "delivery", october | {WEEK_46: (50.0, 100.0)}))
    world.publish([benchmark("Alder", 95.0), benchmark("Birch", 80.0), benchmark("Cedar", 70.0)])
    chip = _tiles(world)["delivery", "otd"].chips[3]
    detail = "Ours over the same days 90.0 %; middle peer 80.0 %"
    assert ("peers, Oct 2026", "2 of 4", "behind 1 of 3", detail) == (
        chip.label,
        chip.text,
        chip.word,
        chip.detail,
    )


@pytest.mark.parametrize(("n", "meaning"), [(50, Meaning.NEUTRAL), (50_000, Meaning.BAD)])
def test_the_last_quartile_is_bad_only_beyond_sampling_error(
    world: SmallWorld, n: int, meaning: Meaning
) -> None:
    world.reach()
    october = dict.fromkeys((date(2026, 10, 1), date(2026, 10, 31)), (0.90 * n, float(n)))
    world.add(day_rows("otd", "delivery", october | {WEEK_46: (50.0, 100.0)}))
    peers = zip(("Alder", "Birch", "Cedar"), (91.0, 92.0, 93.0), strict=True)
    world.publish([benchmark(name, value, sample_size=n) for name, value in peers])
    chip = _tiles(world)["delivery", "otd"].chips[3]
    assert ("4 of 4", meaning) == (chip.text, chip.meaning)
    assert "achievable 93.0 %" in chip.detail


def _all_on_time_and_three_in_five(world: SmallWorld) -> None:
    """100 % at the delivery and 60 % at the desk, so 80 % taken together."""
    world.reach()
    days = [date(2026, 10, 1), date(2026, 10, 31), WEEK_46]
    rows = [
        day_rows("otd", touchpoint, dict.fromkeys(days, (met, 1000.0)))
        for touchpoint, met in (("delivery", 1000.0), ("desk", 600.0))
    ]
    world.add([row for each in rows for row in each])


def test_a_benchmark_of_companies_ranks_all_our_touchpoints_together(world: SmallWorld) -> None:
    _all_on_time_and_three_in_five(world)
    world.publish([benchmark("Alder", 90.0), benchmark("Birch", 70.0)])
    tile = _tiles(world)["delivery", "otd"]
    assert tile.standing is not None
    assert (2, 3, True) == (tile.standing.rank, tile.standing.peers, tile.standing.is_company)
    assert "company-wide 2nd of 3, with 2 peers (Oct 2026)" in tile.verdict


def test_who_reads_a_part_is_not_told_where_the_whole_stands(world: SmallWorld) -> None:
    _all_on_time_and_three_in_five(world)
    world.publish([benchmark("Alder", 90.0), benchmark("Birch", 70.0, touchpoint="desk")])
    actor = replace(LOCAL_USER, touchpoints=frozenset({"delivery", "desk"}))
    overview = read_overview(world.runtime, actor, grain=Grain.WEEK)
    assert {"delivery": None, "desk": (2, False)} == {
        tile.touchpoint: tile.standing and (tile.standing.rank, tile.standing.is_company)
        for lane in overview.lanes
        for tile in lane.tiles
    }


def test_a_benchmark_of_a_touchpoint_ranks_that_touchpoint_alone(world: SmallWorld) -> None:
    _all_on_time_and_three_in_five(world)
    world.publish([benchmark("Alder", 90.0, touchpoint="delivery")])
    tile = _tiles(world)["delivery", "otd"]
    assert tile.standing is not None
    assert (1, False) == (tile.standing.rank, tile.standing.is_company)


def test_an_older_period_can_be_chosen(world: SmallWorld) -> None:
    world.reach()
    world.add(week_rows("otd", "delivery", STEADY))
    overview = read_overview(world.runtime, LOCAL_USER, grain=Grain.WEEK, period="2026-10-26")
    assert "2026-10-26" == overview.period
    assert "Week 44, 2026" == overview.lanes[0].tiles[0].period_label


@pytest.mark.parametrize("period", ["2026-11-16", "2031-01-01", "soon", ""])
def test_a_period_that_is_not_complete_becomes_the_latest_that_is(
    world: SmallWorld, period: str
) -> None:
    world.reach()
    world.add(week_rows("otd", "delivery", STEADY))
    overview = read_overview(world.runtime, LOCAL_USER, grain=Grain.WEEK, period=period)
    assert "2026-11-09" == overview.period


def test_an_actor_sees_their_own_touchpoints_only(world: SmallWorld) -> None:
    world.reach()
    world.add(week_rows("otd", "delivery", STEADY) + week_rows("abandon", "desk", STEADY))
    actor = replace(LOCAL_USER, touchpoints=frozenset({"desk"}))
    overview = read_overview(world.runtime, actor, grain=Grain.WEEK)
    assert ["desk"] == [tile.touchpoint for lane in overview.lanes for tile in lane.tiles]


def test_an_empty_scope_gives_nothing(world: SmallWorld) -> None:
    world.reach()
    world.add(week_rows("otd", "delivery", STEADY))
    actor = replace(LOCAL_USER, touchpoints=frozenset())
    assert 0 == read_overview(world.runtime, actor, grain=Grain.WEEK).tile_count


@pytest.mark.parametrize("touchpoint", ["delivery", "no_such_place"])
def test_a_touchpoint_outside_the_scope_reads_like_a_missing_one(
    world: SmallWorld, touchpoint: str
) -> None:
    actor = replace(LOCAL_USER, touchpoints=frozenset({"desk"}))
    with pytest.raises(NotAllowed, match=f"There is no touchpoint '{touchpoint}'"):
        read_overview(world.runtime, actor, grain=Grain.WEEK, touchpoints=(touchpoint,))


def test_an_actor_without_a_role_may_read_nothing(world: SmallWorld) -> None:
    nobody = Actor(id="n", name="Nobody", roles=frozenset())
    with pytest.raises(NotAllowed):
        read_overview(world.runtime, nobody, grain=Grain.WEEK)


def test_a_stopped_feed_keeps_its_last_whole_week_and_says_so(world: SmallWorld) -> None:
    world.reach()
    world.reach(
        feeds=["deliveries"],
        last_day=date(2026, 10, 19),
        as_of=datetime(2026, 10, 19, 0, 30, tzinfo=UTC),
    )
    world.add(week_rows("otd", "delivery", STEADY, last=date(2026, 10, 12)))
    tile = _tiles(world)["delivery", "otd"]
    assert ("Week 42, 2026", Badge.STALE) == (tile.period_label, tile.trust.badge)
    assert 36 == tile.variation.points
    assert (
        "Deliveries is late: data as of Mon 19 Oct 2026, 01:30, due Tue 20 Oct 2026, 03:30."
        == tile.trust.sentence
    )
