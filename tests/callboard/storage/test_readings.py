from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from itertools import count
from math import inf, nan

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, Engine, select

from callboard.storage.engine import snapshot, write
from callboard.storage.publications import PublicationKind, add_publication
from callboard.storage.readings import (
    ReadingRow,
    list_pairs,
    list_segments,
    read_restatements,
    read_series,
    replace_days,
)
from callboard.storage.tables import rollup, series
from metrics.calendar import calendar_for
from metrics.model import Grain
from metrics.sketch import merge_sketches, read_sketch, sketch_of

MONDAY = date(2026, 11, 2)
NOW = datetime(2026, 11, 22, tzinfo=UTC)


def day(number: int) -> date:
    return MONDAY + timedelta(days=number)


def row(
    at: date, numerator: float | None = 1.0, denominator: float | None = 2.0, **more
) -> ReadingRow:
    values = {"touchpoint": "desk", "metric": "csat", "dimension": "", "segment": "", "n": 2} | more
    return ReadingRow(day=at, numerator=numerator, denominator=denominator, **values)


def replace(store: Engine, days: Iterable[date], rows: Iterable[ReadingRow], **more) -> int:
    with write(store) as conn:
        return replace_days(conn, metrics=["csat"], days=list(days), rows=rows, **more)


def numerators(store: Engine, grain: Grain, dimension: str = "") -> dict[tuple[str, str], float]:
    """Σ numerator by start of period and segment."""
    with snapshot(store) as conn:
        table = read_series(
            conn,
            grain=grain,
            scope=frozenset({"desk"}),
            metrics=["csat"],
            start=date(2000, 1, 1),
            end=date(2100, 1, 1),
            dimension=dimension,
        )
    return {
        (str(start), key.segment): float(value)
        for key, found in table.items()
        for start, value in zip(found.start, found.numerator, strict=True)
    }


def test_the_days_are_there_with_their_week_and_month(store: Engine) -> None:
    assert 2 == replace(store, [day(0), day(1)], [row(day(0), 3), row(day(1), 4)])
    assert {("2026-11-02", ""): 3, ("2026-11-03", ""): 4} == numerators(store, Grain.DAY)
    assert {("2026-11-02", ""): 7} == numerators(store, Grain.WEEK)
    assert {("2026-11-01", ""): 7} == numerators(store, Grain.MONTH)


def test_a_week_over_the_new_year_is_one_week_and_two_months(store: Engine) -> None:
    days = [date(2025, 12, 29) + timedelta(days=number) for number in range(7)]
    replace(store, days, [row(each) for each in days])
    assert {("2025-12-29", ""): 7} == numerators(store, Grain.WEEK)
    assert {("2025-12-01", ""): 3, ("2026-01-01", ""): 4} == numerators(store, Grain.MONTH)


def test_replacing_one_day_leaves_the_others(store: Engine) -> None:
    replace(store, [day(0), day(1)], [row(day(0), 3), row(day(1), 4)])
    assert 1 == replace(store, [day(1)], [row(day(1), 5)])
    assert {("2026-11-02", ""): 8} == numerators(store, Grain.WEEK)


def test_what_is_not_given_again_is_gone_with_its_periods(store: Engine) -> None:
    replace(store, [day(0)], [row(day(0))])
    assert 1 == replace(store, [day(0)], [])
    for grain in Grain:
        assert {} == numerators(store, grain)
    with snapshot(store) as conn:
        assert frozenset() == list_pairs(conn)


def test_giving_the_same_again_changes_nothing(store: Engine) -> None:
    rows = [row(day(0), 0.1 + 0.2), row(day(1), None, None, sketch='{"z":1,"b":{}}')]
    replace(store, [day(0), day(1)], rows)
    assert 0 == replace(store, [day(0), day(1)], rows)


def test_the_last_bits_of_a_sum_are_not_a_change(store: Engine) -> None:
    replace(store, [day(0)], [row(day(0), 0.1 + 0.2 + 0.3)])
    assert 0 == replace(store, [day(0)], [row(day(0), 0.3 + 0.2 + 0.1)])
    assert 1 == replace(store, [day(0)], [row(day(0), 0.6000001)])


@pytest.mark.parametrize(
    "changed", [row(day(0), None), row(day(0), 1, 3), row(day(0), n=3), row(day(0), sumsq=1.0)]
)
def test_any_part_that_differs_is_a_change(store: Engine, changed: ReadingRow) -> None:
    replace(store, [day(0)], [row(day(0))])
    assert 1 == replace(store, [day(0)], [changed])


def test_segments_are_rolled_up_apart(store: Engine) -> None:
    rows = [
        row(at, number, dimension="channel", segment=segment)
        for at in (day(0), day(1))
        for segment, number in (("chat", 1), ("phone", 10))
    ]
    replace(store, [day(0), day(1)], rows)
    expected = {("2026-11-02", "chat"): 2, ("2026-11-02", "phone"): 20}
    assert expected == numerators(store, Grain.WEEK, "channel")
    assert {} == numerators(store, Grain.WEEK)
    with snapshot(store) as conn:
        found = list_segments(conn, metric="csat", touchpoint="desk")
        assert {"channel": ("chat", "phone")} == found
        assert {} == list_segments(conn, metric="csat", touchpoint="shop")


def test_a_stock_can_be_told_by_its_mean_and_by_its_last_day(store: Engine) -> None:
    rows = [row(day(0), 5, None), row(day(2), 9, None), row(day(1), 7, None)]
    replace(store, [day(0), day(1), day(2)], rows)
    with snapshot(store) as conn:
        week = conn.execute(select(rollup).where(rollup.c.grain == "week")).one()
    assert (21.0, 3, 9.0) == (week.numerator, week.days, week.last)


def test_a_day_without_any_part_is_not_a_day_of_the_roll_up(store: Engine) -> None:
    replace(store, [day(0), day(1)], [row(day(0), 5), row(day(1), None, None)])
    with snapshot(store) as conn:
        week = conn.execute(select(rollup).where(rollup.c.grain == "week")).one()
    assert (5.0, 1, 2) == (week.numerator, week.days, week.n)


def test_the_sketches_of_many_years_are_rolled_up_each_in_its_period(store: Engine) -> None:
    days = [day(number) for number in range(1_800)]
    rows = {
        (segment, at): _made("csat", segment, at, (None, None, 2, None, [at.day, 1.5**at.month]))
        for segment in ("chat", "form", "phone")
        for at in days
    }
    replace(store, days, rows.values())
    with snapshot(store) as conn:
        for grain in (Grain.WEEK, Grain.MONTH):
            assert _plain(rows, grain) == _stored(conn, "csat", grain)


def test_other_metrics_of_the_same_day_stay(store: Engine) -> None:
    with write(store) as conn:
        replace_days(conn, metrics=["nps"], days=[day(0)], rows=[row(day(0), metric="nps")])
    replace(store, [day(0)], [row(day(0))])
    replace(store, [day(0)], [])
    with snapshot(store) as conn:
        assert frozenset({("desk", "nps")}) == list_pairs(conn)


@pytest.mark.parametrize("wrong", [row(day(5)), row(day(0), metric="nps")])
def test_a_row_of_another_day_or_metric_is_refused(store: Engine, wrong: ReadingRow) -> None:
    with pytest.raises(ValueError, match="not being replaced"):
        replace(store, [day(0)], [wrong])


@pytest.mark.parametrize("number", [inf, -inf, nan])
def test_a_number_that_is_not_finite_is_refused(store: Engine, number: float) -> None:
    with pytest.raises(ValueError, match="not finite"):
        replace(store, [day(0)], [row(day(0), number)])


def test_days_with_gaps_leave_what_is_between(store: Engine) -> None:
    days = [day(number) for number in range(5)]
    replace(store, days, [row(each) for each in days])
    assert 2 == replace(store, [day(0), day(4)], [])
    assert 3 == len(numerators(store, Grain.DAY))


def test_a_settled_day_that_changes_is_kept_as_it_was(store: Engine) -> None:
    days = [day(number) for number in range(6)]
    replace(store, days, [row(each) for each in days])
    rows = [row(day(0), 9), *(row(each) for each in days[1:5]), row(days[5], 8)]
    with write(store) as conn:
        replace_days(conn, metrics=["csat"], days=days, rows=rows, reason="late rows")
        number = add_publication(
            conn, kind=PublicationKind.REFRESH, actor_id="refresh", note="", at=NOW
        )
    with snapshot(store) as conn:
        (found,) = read_restatements(conn, metric="csat", touchpoint="desk")
    assert (day(0), 1.0, 9.0) == (found.day, found.old_numerator, found.new_numerator)
    assert ("late rows", number) == (found.reason, found.publication)


def test_a_settled_day_that_vanishes_is_kept_without_new_parts(store: Engine) -> None:
    replace(store, [day(0)], [row(day(0))])
    replace(store, [day(0)], [], settled={"csat": day(1)})
    with snapshot(store) as conn:
        (found,) = read_restatements(conn, metric="csat", touchpoint="desk")
    assert (1.0, None, None) == (found.old_numerator, found.new_numerator, found.new_n)


def test_new_days_and_segments_are_no_restatements(store: Engine) -> None:
    replace(store, [day(0)], [row(day(0), dimension="channel", segment="chat")])
    changed = row(day(0), 7, dimension="channel", segment="chat")
    replace(store, [day(0)], [changed, row(day(0))], settled={"csat": day(9)})
    with snapshot(store) as conn:
        assert () == read_restatements(conn, metric="csat", touchpoint="desk")


numbers = st.one_of(st.none(), st.integers(0, 50).map(float), st.floats(-1e6, 1e6, width=32))
sketches = st.one_of(st.none(), st.lists(st.floats(0, 1e6), min_size=1, max_size=4))
parts = st.tuples(numbers, numbers, st.integers(0, 99), numbers, sketches)
places = st.tuples(st.sampled_from(["", "chat", "phone"]), st.integers(0, 20))
steps = st.lists(
    st.tuples(st.sets(st.integers(0, 20), min_size=1), st.dictionaries(places, parts, max_size=12)),
    min_size=1,
    max_size=4,
)
fresh = count(1)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=steps)
def test_roll_ups_equal_plain_arithmetic_whatever_is_replaced(store: Engine, steps) -> None:
    metric = f"metric_{next(fresh)}"
    model: dict[tuple[str, date], ReadingRow] = {}
    for numbers_of_days, given_parts in steps:
        days = [day(number) for number in numbers_of_days]
        rows = {
            (segment, day(number)): _made(metric, segment, day(number), found)
            for (segment, number), found in given_parts.items()
            if number in numbers_of_days
        }
        before = {place: found for place, found in model.items() if place[1] in days}
        with write(store) as conn:
            count_ = replace_days(conn, metrics=[metric], days=days, rows=rows.values())
        model = {place: found for place, found in model.items() if place[1] not in days} | rows
        changed = {place for place in before | rows if before.get(place) != rows.get(place)}
        assert len(changed) == count_
    with snapshot(store) as conn:
        for grain in (Grain.WEEK, Grain.MONTH):
            assert _plain(model, grain) == _stored(conn, metric, grain)


def _made(metric: str, segment: str, at: date, found) -> ReadingRow:
    numerator, denominator, n, sumsq, values = found
    sketch = sketch_of(values).to_json() if values else None
    dimension = "channel" if segment else ""
    return ReadingRow(
        "desk", metric, dimension, segment, at, numerator, denominator, n, sumsq, sketch
    )


def _plain(model: dict[tuple[str, date], ReadingRow], grain: Grain) -> dict[object, object]:
    groups = defaultdict(list)
    for (segment, at), found in sorted(model.items(), key=lambda each: each[0][1]):
        if found.numerator is not None or found.sketch is not None:
            groups[segment, calendar_for(grain).period_of(at).start].append(found)
    return {place: _summed(rows) for place, rows in groups.items()}


def _summed(rows: list[ReadingRow]) -> tuple[object, ...]:
    sketches = [read_sketch(each.sketch) for each in rows if each.sketch]
    return (
        *(_sum(getattr(each, name) for each in rows) for name in ("numerator", "denominator")),
        sum(each.n for each in rows),
        _sum(each.sumsq for each in rows),
        merge_sketches(sketches).to_json() if sketches else None,
        len(rows),
        rows[-1].numerator,
    )


def _sum(values: Iterable[float | None]) -> object:
    known = [value for value in values if value is not None]
    return pytest.approx(sum(known), rel=1e-9, abs=1e-9) if known else None


def _stored(conn: Connection, metric: str, grain: Grain) -> dict[object, object]:
    found = conn.execute(
        select(series.c.segment, rollup)
        .join(series, series.c.id == rollup.c.series)
        .where(series.c.metric == metric, rollup.c.grain == grain.value)
    )
    names = ("numerator", "denominator", "n", "sumsq", "sketch", "days", "last")
    return {
        (each.segment, each.start): tuple(getattr(each, name) for name in names) for each in found
    }
