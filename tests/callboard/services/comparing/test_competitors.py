"""Us among competitors, on a small real store."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from statsmodels.stats.proportion import confint_proportions_2indep

from callboard.access import LOCAL_USER
from callboard.errors import NotAllowed
from callboard.services.comparing.competitors import list_compared, read_competitors
from callboard.storage.benchmarks import BenchmarkRow
from callboard.storage.breaks import SeriesBreak, add_break
from callboard.storage.engine import write
from callboard.views import Competitor, CompetitorsPage, Meaning
from metrics.grades import Grade
from metrics.peer_gaps import Against
from tests.callboard.services.small_world import SmallWorld, benchmark, day_rows, sketch_row

OCTOBER = {date(2026, 10, 1): (850.0, 1000.0), date(2026, 10, 31): (950.0, 1000.0)}
SEPTEMBER = {"period_start": date(2026, 9, 1), "period_end": date(2026, 9, 30)}
OLD = {"period_start": date(2024, 10, 1), "period_end": date(2024, 10, 31)}


def _page(world: SmallWorld, metric: str = "otd") -> CompetitorsPage:
    return read_competitors(world.runtime, LOCAL_USER, metric=metric)


def _row(world: SmallWorld, entity: str) -> Competitor:
    return next(each for each in _page(world).league if each.entity == entity)


@pytest.fixture
def ours(world: SmallWorld) -> SmallWorld:
    """90 % of 2,000 in October, and days around it that must not count."""
    world.reach()
    around = {date(2026, 9, 30): (0.0, 1000.0), date(2026, 11, 1): (0.0, 1000.0)}
    world.add(day_rows("otd", "delivery", OCTOBER | around))
    return world


def test_an_empty_store_says_what_to_do(world: SmallWorld) -> None:
    page = _page(world)
    assert ((), "", {}) == (page.league, page.standing, page.trend.peers)
    assert "Publish a benchmark file" in page.headline


def test_our_value_is_of_exactly_the_days_of_the_benchmark(ours: SmallWorld) -> None:
    ours.publish([benchmark("Alder", 95.0), benchmark("Birch", 80.0)])
    us = _row(ours, "Small Stores")
    assert (90.0, 2000, 2, True) == (us.value, us.n, us.rank, us.is_us)


def test_days_that_are_no_whole_months_are_added_from_days(ours: SmallWorld) -> None:
    part = {"period_start": date(2026, 10, 1), "period_end": date(2026, 10, 15)}
    ours.publish([benchmark("Alder", 95.0, **part)])
    assert 85.0 == _row(ours, "Small Stores").value


def test_the_best_is_first_and_equals_share_a_rank(ours: SmallWorld) -> None:
    ours.publish(
        [benchmark("Alder", 80.0), benchmark("Birch", 95.0), benchmark("Cedar", 80.0)],
    )
    ranks = [(each.entity, each.rank) for each in _page(ours).league]
    assert [("Birch", 1), ("Small Stores", 2), ("Alder", 3), ("Cedar", 3)] == ranks


def test_the_headline_and_the_standing_are_worked_out_by_rules(ours: SmallWorld) -> None:
    ours.publish(
        [benchmark("Alder", 95.0), benchmark("Birch", 80.0), benchmark("Cedar", 70.0)],
    )
    page = _page(ours)
    assert (
        "On-time delivery: 2nd of 4 in Oct 2026, at 90.0 %, 5.0 pts behind the best, 95.0 %."
        == page.headline
    )
    assert (
        "Second quartile of 4; how far sampling alone could move the rank is not known from "
        "what is published; 10.0 pts ahead of the middle peer." == page.standing
    )


def _counted(entity: str, x: float, n: float, **changes: object) -> BenchmarkRow:
    return benchmark(entity, 100 * x / n, numerator=x, denominator=n, **changes)


def test_with_counts_the_headline_is_of_the_achievable(ours: SmallWorld) -> None:
    ours.publish([_counted("Alder", 9700, 10000), _counted("Birch", 10, 10)])
    page = _page(ours)
    assert (
        "On-time delivery: 3rd of 3 in Oct 2026, at 90.0 %, 7.0 pts behind the achievable 97.0 %."
        == page.headline
    )
    assert page.standing.startswith("Too few peers for quartiles: 3 of at least 4; ")
    assert "between 2nd and 3rd by sampling alone" in page.standing


def test_gaps_are_told_from_our_side_with_what_they_are_made_of(ours: SmallWorld) -> None:
    ours.publish([_counted("Alder", 970, 1000), _counted("Birch", 890, 1000)])
    interval = confint_proportions_2indep(1800, 2000, 970, 1000, method="newcomb")
    near, far = sorted(abs(100 * each) for each in interval)
    rows = {each.against: each for each in _page(ours).gaps}
    assert [Against.ACHIEVABLE, Against.BEST, Against.MEDIAN, Against.REST] == list(rows)
    assert (
        f"7.0 pts behind ({near:.1f} to {far:.1f})",
        Meaning.BAD,
        "Alder: the best, until they hold a tenth of all cases",
    ) == (
        rows[Against.ACHIEVABLE].text,
        rows[Against.ACHIEVABLE].meaning,
        rows[Against.ACHIEVABLE].made_of,
    )
    assert -7.0 == pytest.approx(rows[Against.BEST].gap)


def test_a_gap_to_the_rest_inside_sampling_error_is_neither_good_nor_bad(
    ours: SmallWorld,
) -> None:
    ours.publish([_counted("Alder", 91, 100), _counted("Birch", 88, 100)])
    rest = {each.against: each for each in _page(ours).gaps}[Against.REST]
    assert rest.text.startswith("no clear difference (")
    assert Meaning.NEUTRAL is rest.meaning


def test_where_n_is_unknown_the_rank_has_an_interval_among_the_others(ours: SmallWorld) -> None:
    ours.publish([_counted("Alder", 970, 1000), benchmark("Birch", 99.0)])
    assert (
        "among the 2 whose n is known, 2nd, which sampling alone would not move"
        in _page(ours).standing
    )
    assert (2, 2) == (_row(ours, "Small Stores").rank_low, _row(ours, "Small Stores").rank_high)
    assert None is _row(ours, "Birch").rank_low


def test_declared_peers_without_a_value_are_named_and_never_zero(ours: SmallWorld) -> None:
    ours.publish([benchmark("Alder", 80.0), benchmark("Birch", 85.0)])
    page = _page(ours)
    assert (
        "2 of 4 peers ranked (50 %); not published for Oct 2026, which is not zero: Cedar and "
        "Dogwood." == page.coverage
    )
    assert 3 == len(page.league)


def test_where_every_peer_is_ranked_no_share_is_told(ours: SmallWorld) -> None:
    peers = ("Alder", "Birch", "Cedar", "Dogwood")
    ours.publish([benchmark(name, 80.0 + at) for at, name in enumerate(peers)])
    assert "All 4 peers are ranked." == _page(ours).coverage


def test_our_own_cases_are_named_as_those_of_others_are(ours: SmallWorld) -> None:
    ours.publish([benchmark("Alder", 80.0)])
    assert _row(ours, "Small Stores").n_text.endswith(" delivered orders")


def test_the_same_peers_as_the_period_before_are_told(ours: SmallWorld) -> None:
    ours.publish([benchmark("Alder", 80.0), benchmark("Alder", 85.0, **SEPTEMBER)])
    assert "Ranked among the same 2 as in Sep 2026; we were 2nd then." == _page(ours).changes


def test_a_peer_that_is_new_is_told_and_left_out_of_the_fair_comparison(ours: SmallWorld) -> None:
    ours.publish(
        [
            *(benchmark(name, 95.0) for name in ("Alder", "Birch")),
            benchmark("Alder", 97.0, **SEPTEMBER),
            benchmark("Dogwood", 10.0, **SEPTEMBER),
        ]
    )
    assert (
        "Ranked among 3; 3 in Sep 2026: Birch is new and Dogwood is gone. "
        "Among the 2 of both periods we are still 2nd." == _page(ours).changes
    )


def test_a_peer_left_two_periods_behind_is_too_old_to_compare(ours: SmallWorld) -> None:
    july = {"period_start": date(2026, 7, 1), "period_end": date(2026, 7, 31)}
    august = {"period_start": date(2026, 8, 1), "period_end": date(2026, 8, 31)}
    ours.publish(
        [
            *(benchmark(name, 95.0) for name in ("Alder", "Dogwood")),
            benchmark("Birch", 97.0, **july),
            benchmark("Cedar", 97.0, **august),
        ]
    )
    birch, cedar = _row(ours, "Birch"), _row(ours, "Cedar")
    assert (True, "", None) == (birch.is_stale, birch.gap_text, birch.rank)
    assert "too old: more than two of its periods behind the others" == birch.note
    assert (False, None) == (cedar.is_stale, cedar.rank)


def test_a_gap_is_told_in_points_with_newcombes_interval(ours: SmallWorld) -> None:
    ours.publish([benchmark("Birch", 80.0, numerator=400.0, denominator=500.0)])
    interval = confint_proportions_2indep(1800, 2000, 400, 500, method="newcomb")
    low, high = (100 * each for each in interval)
    row = _row(ours, "Birch")
    assert (f"+10.0 pts (+{low:.1f} to +{high:.1f})", Meaning.GOOD) == (
        row.gap_text,
        row.gap_meaning,
    )


def test_a_gap_inside_sampling_error_is_no_clear_difference(ours: SmallWorld) -> None:
    ours.publish([benchmark("Birch", 89.0, sample_size=100)])
    row = _row(ours, "Birch")
    assert row.gap_text.startswith("no clear difference (")
    assert Meaning.NEUTRAL is row.gap_meaning


def test_a_gap_without_n_has_no_interval_and_says_so(ours: SmallWorld) -> None:
    ours.publish([benchmark("Birch", 80.0, method="system")])
    row = _row(ours, "Birch")
    assert ("unknown", "n unknown") == (row.n_text, row.note)
    assert "+10.0 pts, ahead; interval unknown" == row.gap_text
    assert Meaning.NONE is row.gap_meaning


@pytest.mark.parametrize(
    ("reason", "changes"),
    [
        ("it is a p75, ours is the value of all cases", {"statistic": "p75"}),
        ("it does not say which day its period begins", {"period_start": None}),
        ("it follows version 9 of the definition, we 1", {"definition_version": "9"}),
        ("it covers parcels only", {"segment": "parcels"}),
        ("not in our peer set", {"entity": "Elm"}),
    ],
)
def test_what_does_not_compare_has_no_gap_and_says_why(
    ours: SmallWorld, reason: str, changes: dict[str, object]
) -> None:
    row = benchmark("Birch", 80.0)
    ours.publish([benchmark("Alder", 95.0), replace(row, **changes)])
    found = _row(ours, str(changes.get("entity", "Birch")))
    assert (reason, "", None, False) == (
        found.note,
        found.gap_text,
        found.rank,
        found.comparable,
    )
    assert reason in _page(ours).not_comparable


def test_another_unit_is_listed_as_it_was_published_and_not_drawn(ours: SmallWorld) -> None:
    ours.publish([benchmark("Alder", 95.0), benchmark("Birch", 4.0, unit="hours")])
    assert "Birch (its unit is hours, ours is percent)" in _page(ours).not_comparable
    birch = _row(ours, "Birch")
    assert (Grade.D, None, "4 hours", False) == (
        birch.grade,
        birch.value,
        birch.value_text,
        birch.is_drawn,
    )


def test_an_old_benchmark_is_shown_but_not_ranked(ours: SmallWorld) -> None:
    ours.publish([benchmark("Alder", 95.0), benchmark("Birch", 99.0, **OLD)])
    birch = _row(ours, "Birch")
    assert (True, None, "older than 18 months", "") == (
        birch.is_stale,
        birch.rank,
        birch.note,
        birch.gap_text,
    )
    assert 1 == _row(ours, "Alder").rank


def test_an_old_value_beside_a_fresh_one_leaves_nobody_out(ours: SmallWorld) -> None:
    ours.publish([benchmark("Alder", 95.0), benchmark("Alder", 99.0, **OLD)])
    assert "" == _page(ours).not_comparable


def test_who_is_too_old_is_not_called_unpublished(ours: SmallWorld) -> None:
    ours.publish([benchmark("Alder", 95.0), benchmark("Birch", 99.0, **OLD)])
    page = _page(ours)
    assert "Not compared: Birch (too old)." == page.not_comparable
    assert page.coverage.endswith("which is not zero: Cedar and Dogwood.")


def test_an_industry_average_is_listed_and_never_ranked(ours: SmallWorld) -> None:
    ours.publish(
        [
            benchmark("Alder", 80.0),
            benchmark("Parcel industry", 99.0, entity_type="industry", statistic="mean"),
        ]
    )
    assert (1, None) == (
        _row(ours, "Small Stores").rank,
        _row(ours, "Parcel industry").rank,
    )
    assert "2 in Oct 2026" in _page(ours).headline


def test_a_median_of_companies_has_no_sampling_interval(ours: SmallWorld) -> None:
    panel = {"entity_type": "industry", "statistic": "median", "sample_unit": "companies"}
    ours.publish([benchmark("All members", 80.0, sample_size=6, **panel)])
    members = _row(ours, "All members")
    assert (None, None) == (members.low, members.high)


def test_we_never_rank_as_our_own_peer(ours: SmallWorld) -> None:
    ours.publish([benchmark("Alder", 80.0), benchmark("SMALL  stores ltd", 50.0)])
    published = _row(ours, "SMALL  stores ltd, as published")
    assert (True, None) == (published.is_us, published.rank)
    assert "1st of 2" in _page(ours).headline


def test_ranks_are_of_the_period_that_most_peers_share(ours: SmallWorld) -> None:
    ours.publish(
        [
            benchmark("Alder", 80.0),
            benchmark("Birch", 85.0),
            benchmark("Cedar", 99.0, **SEPTEMBER),
        ]
    )
    assert None is _row(ours, "Cedar").rank
    assert "1st of 3 in Oct 2026" in _page(ours).headline


def test_a_value_of_another_period_says_that_it_is_not_ranked(ours: SmallWorld) -> None:
    ours.publish([benchmark("Alder", 80.0), benchmark("Birch", 99.0, **SEPTEMBER)])
    ours.publish([benchmark("Birch", 85.0), benchmark("Birch", 70.0, source_name="Another")])
    notes = {(each.source, each.rank): each.note for each in _page(ours).league if not each.is_us}
    assert {
        ("Delivery Watch", 3): "n unknown",
        ("Delivery Watch", 2): "n unknown; 2 sources say 70.0 to 85.0 %; this one is preferred",
        ("Another", None): "not ranked: another value of this period is; n unknown",
    } == notes


def test_a_second_source_of_a_peer_is_no_second_peer(ours: SmallWorld) -> None:
    rows = [benchmark("Alder", 80.0), benchmark("Birch", 85.0)]
    ours.publish([*rows, benchmark("Birch", 99.0, source_name="Another")])
    page = _page(ours)
    assert "1st of 3 in Oct 2026" in page.headline
    assert [(80.0, 85.0, 2)] == [(band.low, band.high, band.peers) for band in page.trend.band]


def test_a_peer_who_published_another_period_only_is_told_why_it_has_no_rank(
    ours: SmallWorld,
) -> None:
    ours.publish(
        [benchmark("Alder", 80.0), benchmark("Birch", 85.0), benchmark("Cedar", 99.0, **SEPTEMBER)]
    )
    assert _row(ours, "Cedar").note.startswith("not ranked: the ranks are of Oct 2026")


def test_a_span_that_our_readings_do_not_cover_is_not_compared(ours: SmallWorld) -> None:
    ours.reach(first_day=date(2026, 10, 5))
    ours.publish([benchmark("Alder", 80.0)])
    page = _page(ours)
    assert (
        "On-time delivery: nothing to compare for Oct 2026: our readings do not cover all of "
        "these days." == page.headline
    )


def test_a_benchmark_of_a_touchpoint_is_compared_with_that_touchpoint(ours: SmallWorld) -> None:
    ours.add(
        day_rows("otd", "delivery", OCTOBER)
        + day_rows("otd", "desk", dict.fromkeys(OCTOBER, (500.0, 1000.0)))
    )
    ours.publish([benchmark("Alder", 80.0, touchpoint="desk", numerator=80.0, denominator=100.0)])
    assert 50.0 == _row(ours, "Small Stores").value


def test_hours_are_converted_to_the_metrics_unit(world: SmallWorld) -> None:
    world.reach()
    world.add([sketch_row("ttr_p50", "desk", day, [10.0] * 20) for day in OCTOBER])
    day = benchmark("Alder", 1.0, metric="ttr_p50", unit="days", statistic="median")
    world.publish([day])
    page = _page(world, "ttr_p50")
    assert {"Alder": 24.0} == {each.entity: each.value for each in page.league if not each.is_us}
    assert "1st of 2" in page.headline


def test_a_rate_is_converted_to_the_metrics_base(world: SmallWorld) -> None:
    world.reach()
    world.add(day_rows("complaints", "desk", dict.fromkeys(OCTOBER, (1.0, 50000.0))))
    world.publish([benchmark("Alder", 0.05, metric="complaints", unit="per", per=1000)])
    page = _page(world, "complaints")
    assert {"Alder": 5.0, "Small Stores": 2.0} == pytest.approx(
        {each.entity: each.value for each in page.league}
    )


def test_the_trend_is_of_the_peers_own_periods(ours: SmallWorld) -> None:
    ours.publish(
        [
            benchmark("Alder", 95.0),
            benchmark("Birch", 80.0),
            benchmark("Alder", 90.0, **SEPTEMBER),
        ]
    )
    trend = _page(ours).trend
    september, october = (
        (date(2026, 9, 1), date(2026, 9, 30)),
        (
            date(2026, 10, 1),
            date(2026, 10, 31),
        ),
    )
    assert ((*september, 0.0), (*october, 90.0)) == trend.ours
    assert [(90.0, 90.0, 1), (80.0, 95.0, 2)] == [(b.low, b.high, b.peers) for b in trend.band]
    assert {
        "Alder": ((*september, 90.0), (*october, 95.0)),
        "Birch": ((*october, 80.0),),
    } == trend.peers


def test_only_metrics_with_benchmarks_are_offered(ours: SmallWorld) -> None:
    assert () == list_compared(ours.runtime, LOCAL_USER)
    ours.publish([benchmark("Alder", 95.0)])
    assert (("otd", "On-time delivery"),) == list_compared(ours.runtime, LOCAL_USER)


def test_a_scoped_actor_is_compared_on_their_own_touchpoints_and_told_so(ours: SmallWorld) -> None:
    ours.publish([benchmark("Alder", 95.0)])
    actor = replace(LOCAL_USER, touchpoints=frozenset({"desk"}))
    page = read_competitors(ours.runtime, actor, metric="otd")
    assert "we have no readings in these days" in page.headline
    actor = replace(LOCAL_USER, touchpoints=frozenset({"delivery"}))
    page = read_competitors(ours.runtime, actor, metric="otd")
    notes = [each.note for each in page.league if each.is_us]
    assert ["of the touchpoints that you may see"] == notes


def test_a_metric_there_is_not_reads_like_a_missing_one(world: SmallWorld) -> None:
    with pytest.raises(NotAllowed, match="There is no metric 'fcr'"):
        _page(world, "fcr")


def _break(world: SmallWorld, touchpoint: str, day: date) -> None:
    new = SeriesBreak(
        id=0,
        touchpoint=touchpoint,
        metric="otd",
        day=day,
        reason="A new carrier",
        actor="ana",
        at=datetime(2026, 11, 22, tzinfo=UTC),
    )
    with write(world.runtime.store) as conn:
        add_break(conn, new)


def test_the_trend_marks_our_breaks_between_its_first_day_and_its_last(ours: SmallWorld) -> None:
    ours.publish([benchmark("Alder", 95.0), benchmark("Alder", 94.0, **SEPTEMBER)])
    _break(ours, "delivery", date(2026, 9, 21))
    _break(ours, "delivery", date(2020, 9, 21))
    trend = _page(ours).trend
    assert [(date(2026, 9, 21), "Field delivery, A new carrier")] == [
        (mark.day, mark.reason) for mark in trend.breaks
    ]
    assert "the break of 21 Sep (Field delivery, A new carrier)" in trend.alt


def test_where_one_touchpoint_is_compared_only_its_breaks_are_marked(ours: SmallWorld) -> None:
    here = {"touchpoint": "delivery"}
    ours.publish([benchmark("Alder", 95.0, **here), benchmark("Alder", 94.0, **SEPTEMBER, **here)])
    _break(ours, "delivery", date(2026, 9, 21))
    _break(ours, "desk", date(2026, 9, 22))
    assert ["A new carrier"] == [mark.reason for mark in _page(ours).trend.breaks]
