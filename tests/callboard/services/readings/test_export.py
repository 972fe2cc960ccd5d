"""Readings for other programs: the columns of the command line, in full precision."""

from dataclasses import astuple, fields, replace
from datetime import date

import pytest

from callboard.access import LOCAL_USER
from callboard.errors import CallboardError, NotAllowed
from callboard.services.readings.export import ReadingRecord, export_readings
from metrics.model import Grain
from tests.callboard.services.small_world import SmallWorld, day_rows, sketch_row

COLUMNS = (
    "metric,touchpoint,period_start,period_end,dimension,segment,value,unit,"
    "numerator,denominator,n,complete,break_on,collapsed"
)


def test_the_columns_are_those_of_the_command() -> None:
    assert COLUMNS == ",".join(each.name for each in fields(ReadingRecord))


def test_a_month_is_its_sums_in_full_precision(world: SmallWorld) -> None:
    world.reach()
    days = {date(2026, 10, 1): (44000.0, 57000.0), date(2026, 10, 31): (778.0, 782.0)}
    world.add(day_rows("otd", "delivery", days))
    (record,) = export_readings(world.runtime, LOCAL_USER, metric="otd", grain=Grain.MONTH)
    value = 100 * 44778 / 57782
    assert (
        "otd",
        "delivery",
        date(2026, 10, 1),
        date(2026, 10, 31),
        "",
        "",
        pytest.approx(value, rel=1e-15),
        "percent",
        44778.0,
        57782.0,
        57782,
        True,
        None,
        False,
    ) == astuple(record)


def test_the_running_month_says_that_it_is_not_complete(world: SmallWorld) -> None:
    world.reach()
    world.add(day_rows("otd", "delivery", {date(2026, 11, 9): (90.0, 100.0)}))
    (record,) = export_readings(world.runtime, LOCAL_USER, metric="otd", grain=Grain.MONTH)
    assert (90.0, False) == (record.value, record.complete)


def test_days_limit_what_is_read(world: SmallWorld) -> None:
    world.reach()
    days = {date(2026, 10, day): (90.0, 100.0) for day in (1, 2, 3, 4)}
    world.add(day_rows("otd", "delivery", days))
    records = export_readings(
        world.runtime,
        LOCAL_USER,
        metric="otd",
        grain=Grain.DAY,
        since=date(2026, 10, 2),
        until=date(2026, 10, 3),
    )
    assert [date(2026, 10, 2), date(2026, 10, 3)] == [each.period_start for each in records]


def test_a_dimension_gives_its_segments(world: SmallWorld) -> None:
    world.reach()
    day = date(2026, 10, 1)
    world.add(
        day_rows("otd", "delivery", {day: (9.0, 10.0)}, dimension="region", segment="north")
        + day_rows("otd", "delivery", {day: (9.0, 20.0)}, dimension="region", segment="south")
        + day_rows("otd", "delivery", {day: (18.0, 30.0)})
    )
    records = export_readings(
        world.runtime, LOCAL_USER, metric="otd", grain=Grain.DAY, dimension="region"
    )
    assert [("region", "north", 90.0), ("region", "south", 45.0)] == [
        (each.dimension, each.segment, each.value) for each in records
    ]


def test_nothing_and_too_few_are_empty_not_zero(world: SmallWorld) -> None:
    world.reach()
    days = {date(2026, 10, 1): (0.0, 0.0), date(2026, 10, 2): (2.0, 3.0)}
    world.add(day_rows("otd", "delivery", days))
    records = export_readings(world.runtime, LOCAL_USER, metric="otd", grain=Grain.DAY)
    assert [(None, 0), (None, 3)] == [(each.value, each.n) for each in records]


def test_the_parts_of_whole_days_with_few_cases_stay_so_that_days_add_up(world: SmallWorld) -> None:
    world.reach()
    days = {date(2026, 10, 1): (2.0, 3.0), date(2026, 10, 2): (90.0, 100.0)}
    world.add(day_rows("otd", "delivery", days))
    records = export_readings(world.runtime, LOCAL_USER, metric="otd", grain=Grain.DAY)
    assert 92.0 == sum(each.numerator or 0 for each in records)


def test_the_numerator_of_a_segment_with_few_cases_is_not_written(world: SmallWorld) -> None:
    world.reach()
    day = date(2026, 10, 1)
    world.add(
        [
            *day_rows("otd", "delivery", {day: (92.0, 103.0)}),
            *day_rows("otd", "delivery", {day: (2.0, 3.0)}, dimension="region", segment="a"),
            *day_rows("otd", "delivery", {day: (90.0, 100.0)}, dimension="region", segment="b"),
        ]
    )
    records = export_readings(
        world.runtime, LOCAL_USER, metric="otd", grain=Grain.DAY, dimension="region"
    )
    assert (None, None) == (records[0].value, records[0].numerator)


def test_a_rate_carries_its_base_and_a_median_has_no_parts(world: SmallWorld) -> None:
    world.reach()
    day = date(2026, 10, 1)
    world.add(
        [
            *day_rows("complaints", "desk", {day: (1.0, 50000.0)}),
            sketch_row("ttr_p50", "desk", day, [10.0] * 20),
        ]
    )
    records = export_readings(world.runtime, LOCAL_USER, grain=Grain.DAY)
    assert [("complaints", "per 100000"), ("ttr_p50", "hours")] == [
        (each.metric, each.unit) for each in records
    ]
    assert (None, None, 20) == (records[1].numerator, records[1].denominator, records[1].n)


def test_a_scope_limits_what_leaves(world: SmallWorld) -> None:
    world.reach()
    world.add(day_rows("otd", "delivery", {date(2026, 10, 1): (90.0, 100.0)}))
    actor = replace(LOCAL_USER, touchpoints=frozenset({"desk"}))
    assert [] == export_readings(world.runtime, actor, metric="otd")
    with pytest.raises(NotAllowed):
        export_readings(world.runtime, actor, metric="otd", touchpoint="delivery")


def test_days_the_wrong_way_round_are_refused(world: SmallWorld) -> None:
    with pytest.raises(CallboardError, match="--since"):
        export_readings(world.runtime, LOCAL_USER, since=date(2026, 2, 1), until=date(2026, 1, 1))


def test_a_dimension_there_is_not_is_refused_with_the_nearest(world: SmallWorld) -> None:
    with pytest.raises(CallboardError, match=r"no dimension 'carier'.*Did you mean 'carrier'\?"):
        export_readings(world.runtime, LOCAL_USER, metric="otd", dimension="carier")


def test_a_misspelt_metric_names_the_nearest(world: SmallWorld) -> None:
    with pytest.raises(NotAllowed, match=r"There is no metric 'otdd'\. Did you mean 'otd'\?"):
        export_readings(world.runtime, LOCAL_USER, metric="otdd")
