from datetime import date, timedelta
from math import isnan
from threading import Thread

import numpy as np
import pytest
from sqlalchemy import Engine

from callboard.storage.engine import open_store, snapshot, write
from callboard.storage.hours import HourRow, replace_hours
from callboard.storage.publications import latest_publication
from callboard.storage.readings import ReadingRow, replace_days
from callboard.storage.series_table import SeriesKey, SeriesTable, read_hours, read_series
from callboard.storage.sqlite_library import find_sqlite
from metrics.model import Grain
from tests.callboard.storage.test_kills import DAYS, METRICS, publish_at_once

MONDAY = date(2026, 11, 2)
BOTH = frozenset({"desk", "shop"})
SKETCH = '{"z":0,"b":{"10":2}}'


def fill(store: Engine) -> None:
    rows = [
        ReadingRow(
            touchpoint, metric, dimension, segment, MONDAY + timedelta(days=number), 1.5, *more
        )
        for touchpoint in ("shop", "desk")
        for metric, more in (
            ("csat", (2.0, 2)),
            ("backlog", (None, 1)),
            ("wait", (None, 2, None, SKETCH)),
        )
        for dimension, segment in (("", ""), ("channel", "phone"), ("channel", "chat"))
        for number in range(10)
    ]
    days = [MONDAY + timedelta(days=number) for number in range(10)]
    with write(store) as conn:
        replace_days(conn, metrics=["csat", "backlog", "wait"], days=days, rows=rows)


def read(store: Engine, **changed) -> SeriesTable:
    wanted = {
        "grain": Grain.DAY,
        "scope": BOTH,
        "metrics": ["csat"],
        "start": MONDAY,
        "end": MONDAY + timedelta(days=30),
    }
    with snapshot(store) as conn:
        return read_series(conn, **wanted | changed)


def test_series_come_in_order_and_their_readings_oldest_first(store: Engine) -> None:
    fill(store)
    found = read(store, metrics=["wait", "csat"])
    assert (
        tuple(SeriesKey(t, m, "") for t in ("desk", "shop") for m in ("csat", "wait")) == found.keys
    )
    days = np.arange("2026-11-02", "2026-11-12", dtype="datetime64[D]")
    for _, series in found.items():
        assert np.array_equal(days, series.start)


def test_a_part_that_is_not_there_is_nan_and_a_sketch_none(store: Engine) -> None:
    fill(store)
    found = read(store, metrics=["backlog"]).get("desk", "backlog")
    assert isnan(found.denominator[0])
    assert isnan(found.sumsq[0])
    assert (None,) * 10 == found.sketch


def test_of_a_day_the_last_reading_is_the_only_one(store: Engine) -> None:
    fill(store)
    found = read(store).get("desk", "csat")
    assert (1.0, 1.5) == (found.days[0], found.last[0])


def test_weeks_have_their_days_and_merged_sketches(store: Engine) -> None:
    fill(store)
    found = read(store, grain=Grain.WEEK, metrics=["wait"])[SeriesKey("shop", "wait", "")]
    assert [7.0, 3.0] == found.days.tolist()
    assert ('{"z":0,"b":{"10":14}}', '{"z":0,"b":{"10":6}}') == found.sketch


def test_only_what_is_in_scope_is_read(store: Engine) -> None:
    fill(store)
    assert {"desk"} == {key.touchpoint for key in read(store, scope=frozenset({"desk"})).keys}
    assert () == read(store, scope=frozenset()).keys


def test_an_unknown_metric_and_a_span_without_readings_are_empty(store: Engine) -> None:
    fill(store)
    assert () == read(store, metrics=["nps"]).keys
    empty = read(store, start=MONDAY - timedelta(days=9), end=MONDAY - timedelta(days=1))
    assert () == empty.keys
    assert 0 == len(empty.readings.start)
    assert empty.get("desk", "csat") is None


def test_first_and_last_day_of_the_span_belong_to_it(store: Engine) -> None:
    fill(store)
    found = read(store, start=MONDAY + timedelta(days=2), end=MONDAY + timedelta(days=4))
    assert 3 == len(found.get("desk", "csat").start)


def test_a_dimension_is_read_by_its_segments(store: Engine) -> None:
    fill(store)
    found = read(store, scope=frozenset({"desk"}), dimension="channel")
    assert (SeriesKey("desk", "csat", "chat"), SeriesKey("desk", "csat", "phone")) == found.keys


def test_every_number_comes_back_to_the_last_bit(store: Engine) -> None:
    if store.dialect.name == "sqlite" and find_sqlite().journal_mode != "WAL":
        pytest.skip("the JSON of an old SQLite has 15 digits")
    numbers = [0.1 + 0.2, 1e-300, 1.7976931348623157e308, -123456789.987654321, 5e-324, 2**53 - 1]
    days = [MONDAY + timedelta(days=place) for place in range(len(numbers))]
    rows = [
        ReadingRow("desk", "csat", "", "", *each, None, 1)
        for each in zip(days, numbers, strict=True)
    ]
    with write(store) as conn:
        replace_days(conn, metrics=["csat"], days=days[:2] + days[2:], rows=rows)
    assert numbers == read(store).get("desk", "csat").numerator.tolist()


def test_hours_are_read_as_moments_of_the_touchpoints_day(store: Engine) -> None:
    rows = [HourRow("desk", "csat", MONDAY, hour, float(hour), 2.0, 2) for hour in (9, 23, 0)]
    with write(store) as conn:
        replace_hours(conn, metrics=["csat"], days=[MONDAY], rows=rows)
    with snapshot(store) as conn:
        found = read_hours(conn, scope=BOTH, metrics=["csat"], days=[MONDAY]).get("desk", "csat")
    assert ["2026-11-02T00", "2026-11-02T09", "2026-11-02T23"] == [str(at) for at in found.start]
    assert [0.0, 9.0, 23.0] == found.numerator.tolist()


def test_hours_are_replaced_by_day_and_forgotten_when_old(store: Engine) -> None:
    tuesday, wednesday = MONDAY + timedelta(days=1), MONDAY + timedelta(days=2)
    with write(store) as conn:
        for at in (MONDAY, tuesday):
            replace_hours(
                conn,
                metrics=["csat"],
                days=[at],
                rows=[HourRow("desk", "csat", at, 9, 1.0, 2.0, 2)],
            )
        replace_hours(conn, metrics=["csat"], days=[tuesday, wednesday], rows=[], keep_from=tuesday)
    with snapshot(store) as conn:
        days = [MONDAY, tuesday, wednesday]
        assert () == read_hours(conn, scope=BOTH, metrics=["csat"], days=days).keys


def test_readers_see_one_publication_while_others_are_published(store_url: str) -> None:
    publish_at_once(store_url, 1)
    writer = Thread(target=lambda: [publish_at_once(store_url, number) for number in range(2, 12)])
    writer.start()
    store, seen = open_store(store_url), set()
    while writer.is_alive():
        with snapshot(store) as conn:
            number = latest_publication(conn)
            found = read_series(
                conn, grain=Grain.DAY, scope=BOTH, metrics=METRICS, start=DAYS[0], end=DAYS[-1]
            )
            assert {number} == {*found.readings.numerator}
            seen.add(number)
    writer.join()
    assert 1 < len(seen)
    store.dispose()
