"""Held days stay as they are: whatever is read anew, beside a plain model of what should be."""

from datetime import date, timedelta
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, Engine, event, select

from callboard.storage.engine import snapshot, write
from callboard.storage.parts import PartRow, read_parts, replace_parts
from callboard.storage.readings import (
    HourRow,
    ReadingRow,
    read_restatements,
    replace_days,
    replace_hours,
)
from callboard.storage.tables import hourly, reading, rollup, series
from data_contracts.evidence import Held
from metrics.calendar import calendar_for
from metrics.model import Grain

MONDAY = date(2026, 11, 2)
PLACES, CODES, SEGMENTS = ("desk", "web"), ("csat", "aht"), ("", "chat")
Model = dict[tuple[str, str, str, date], float]  # touchpoint, metric, segment, day
fresh = count(1)


def day(number: int) -> date:
    return MONDAY + timedelta(days=number)


def hold(touchpoint: str, metric: str, number: int) -> Held:
    return Held(touchpoint=touchpoint, metric=metric, day=day(number), rule_id="slice.scale")


def is_held(held: list[Held], touchpoint: str, metric: str, at: date) -> bool:
    return any(
        each.day == at and each.touchpoint in ("", touchpoint) and each.metric in ("", metric)
        for each in held
    )


series_names = st.tuples(*map(st.sampled_from, (PLACES, CODES, SEGMENTS)))
held_days = st.lists(
    st.tuples(st.sampled_from(["", *PLACES]), st.sampled_from(["", *CODES]), st.integers(0, 9)),
    max_size=6,
)
figures = st.dictionaries(
    st.tuples(series_names, st.integers(0, 9)), st.integers(1, 99), max_size=16
)
steps = st.lists(
    st.tuples(st.sets(st.integers(0, 9), min_size=1), figures, held_days), min_size=1, max_size=5
)


@settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=steps)
def test_the_store_is_what_a_plain_model_says_whatever_is_held(store: Engine, steps) -> None:
    names = {code: f"{code}_{next(fresh)}" for code in CODES}
    model: Model = {}
    for numbers, given_figures, given_holds in steps:
        days = {day(number) for number in numbers}
        held = [hold(place, names.get(code, ""), at) for place, code, at in given_holds]
        new = {
            (place, names[code], segment, day(at)): float(value)
            for ((place, code, segment), at), value in given_figures.items()
            if day(at) in days
        }
        with write(store) as conn:
            changed = replace_days(
                conn, metrics=list(names.values()), days=sorted(days), rows=_rows(new), held=held
            )
        after = _after(model, new, days, held)
        assert sum(model.get(key) != after.get(key) for key in model | after) == changed
        model = after
    with snapshot(store) as conn:
        assert model == _readings(conn, list(names.values()))
        assert _rolled_up(model) == _rollups(conn, list(names.values()))


def _after(model: Model, new: Model, days: set[date], held: list[Held]) -> Model:
    """What stays of the old, and what comes of the new."""

    def is_replaced(key: tuple[str, str, str, date]) -> bool:
        place, code, _, at = key
        return at in days and not is_held(held, place, code, at)

    stays = {key: value for key, value in model.items() if not is_replaced(key)}
    return stays | {key: value for key, value in new.items() if is_replaced(key)}


def _rows(figures: Model) -> list[ReadingRow]:
    return [
        ReadingRow(place, code, "channel" if segment else "", segment, at, value, 1.0, 1)
        for (place, code, segment, at), value in figures.items()
    ]


def _rolled_up(model: Model) -> dict[tuple, float]:
    sums: dict[tuple, float] = {}
    for (place, code, segment, at), value in model.items():
        for grain in (Grain.WEEK, Grain.MONTH):
            key = (place, code, segment, grain.value, calendar_for(grain).period_of(at).start)
            sums[key] = sums.get(key, 0.0) + value
    return sums


_NAMES = (series.c.touchpoint, series.c.metric, series.c.segment)


def _readings(conn: Connection, metrics: list[str]) -> dict[tuple, float]:
    found = select(*_NAMES, reading.c.day, reading.c.numerator).join(
        series, series.c.id == reading.c.series
    )
    return {
        tuple(key): value for *key, value in conn.execute(found.where(series.c.metric.in_(metrics)))
    }


def _rollups(conn: Connection, metrics: list[str]) -> dict[tuple, float]:
    found = select(*_NAMES, rollup.c.grain, rollup.c.start, rollup.c.numerator).join(
        series, series.c.id == rollup.c.series
    )
    return {
        tuple(key): value for *key, value in conn.execute(found.where(series.c.metric.in_(metrics)))
    }


def test_a_held_day_is_no_restatement_and_the_day_beside_it_is(store: Engine) -> None:
    old = {("desk", "csat", "", day(number)): 1.0 for number in (0, 1)}
    new = dict.fromkeys(old, 60.0)
    for figures, held in ((old, []), (new, [hold("desk", "csat", 0)])):
        with write(store) as conn:
            replace_days(
                conn,
                metrics=["csat"],
                days=[day(0), day(1)],
                rows=_rows(figures),
                settled={"csat": day(9)},
                held=held,
            )
    with snapshot(store) as conn:
        restated = read_restatements(conn, metric="csat", touchpoint="desk")
        assert [day(1)] == [each.day for each in restated]


def test_a_held_day_without_readings_gets_none_and_no_series(store: Engine) -> None:
    with write(store) as conn:
        replace_days(
            conn,
            metrics=["csat"],
            days=[day(0)],
            rows=_rows({("desk", "csat", "chat", day(0)): 60.0}),
            held=[hold("desk", "", 0)],
        )
    with snapshot(store) as conn:
        assert {} == _readings(conn, ["csat"])
        assert [] == list(conn.execute(select(series)))


def test_once_it_is_not_held_any_more_a_day_is_replaced(store: Engine) -> None:
    for value, held in ((1.0, []), (60.0, [hold("desk", "", 0)]), (2.0, [])):
        figures = {("desk", "csat", "", day(0)): value}
        with write(store) as conn:
            replace_days(conn, metrics=["csat"], days=[day(0)], rows=_rows(figures), held=held)
        with snapshot(store) as conn:
            expected = 1.0 if held else value
            assert [expected] == list(_readings(conn, ["csat"]).values())


HOLDS = [
    # hold, parts at (desk, web) on day 0 and 1 afterwards; 1 is old, 2 is new
    ([], [2, 2, 2, 2]),
    ([hold("desk", "trir", 0)], [1, 2, 2, 2]),
    ([hold("desk", "", 1), hold("web", "trir", 0)], [2, 1, 1, 2]),
    ([hold("", "", 0)], [1, 1, 2, 2]),
    ([hold("", "trir", 1), hold("desk", "", 1)], [2, 2, 1, 1]),
    ([hold("desk", "ltifr", 0), hold("desk", "", 5)], [2, 2, 2, 2]),
]
CELLS = [(number, place) for number in (0, 1) for place in PLACES]


@pytest.mark.parametrize(("held", "expected"), HOLDS)
def test_the_held_side_of_a_metric_stays(store: Engine, held: list[Held], expected: list) -> None:
    for amount, holds in ((1.0, []), (2.0, held)):
        rows = [PartRow(place, "", "", day(number), amount, 1) for number, place in CELLS]
        with write(store) as conn:
            days = [day(0), day(1)]
            replace_parts(conn, metric="trir", part="numerator", days=days, rows=rows, held=holds)
    with snapshot(store) as conn:
        found = read_parts(conn, metric="trir", days=[day(0), day(1)])["numerator"]
    amounts = {(each.day, each.touchpoint): each.amount for each in found}
    assert expected == [amounts[day(number), place] for number, place in CELLS]


def _hours(conn: Connection) -> list[float]:
    found = select(hourly.c.numerator).join(series, series.c.id == hourly.c.series)
    return list(conn.execute(found.order_by(hourly.c.day, series.c.touchpoint)).scalars())


def test_held_hours_stay_until_they_are_forgotten(store: Engine) -> None:
    days = [day(0), day(1)]

    def replace(value: float, **more) -> list[float]:
        rows = [HourRow(place, "csat", day(number), 9, value, 1.0, 1) for number, place in CELLS]
        with write(store) as conn:
            replace_hours(conn, metrics=["csat"], days=days, rows=rows, **more)
        with snapshot(store) as conn:
            return _hours(conn)

    assert [1, 1, 1, 1] == replace(1.0)
    assert [1, 2, 2, 2] == replace(2.0, held=[hold("desk", "csat", 0)])
    assert [3, 3, 2, 2] == replace(3.0, held=[hold("", "", 1), hold("desk", "aht", 0)])
    assert [2, 2] == replace(4.0, held=[hold("", "", 0), hold("", "", 1)], keep_from=day(1))


def test_the_segments_of_a_held_series_are_not_named_where_hours_are_replaced(
    store: Engine,
) -> None:
    names = [("csat", "desk", "channel", f"{n}") for n in range(40)]
    keys = ("metric", "touchpoint", "dimension", "segment")
    rows = [dict(zip(keys, each, strict=True)) | {"id": n} for n, each in enumerate(names, 1)]
    told: list[int] = []
    with write(store) as conn:
        conn.execute(series.insert(), rows)
        event.listen(conn, "before_cursor_execute", lambda *args: told.append(len(args[3])))
        replace_hours(conn, metrics=["csat"], days=[MONDAY], rows=[], held=[hold("", "", 0)])
    assert max(told) < len(names)
