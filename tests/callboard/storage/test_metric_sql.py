"""For every metric and both engines: SQL equals plain arithmetic on random rows."""

import json
import random
from collections.abc import Mapping
from pathlib import Path

import pytest

from callboard.storage.feed_engine import open_feed, read_feed
from callboard.storage.feed_forms import find_odd
from callboard.storage.feed_question import FeedQuestion
from callboard.storage.feed_readings import readings
from callboard.storage.feed_table import find_table
from callboard.storage.feed_watch import years_of
from callboard.storage.readings import ReadingRow
from callboard.storage.scan_answer import ask
from callboard.storage.scan_plan import plan_days
from metrics.catalogue import load_catalogue
from tests.callboard.storage.feed_samples import (
    TOUCHPOINTS,
    ZONES,
    SampleFeed,
    library_contract,
    question,
    random_rows,
)
from tests.callboard.storage.plain_arithmetic import (
    Expected,
    Key,
    expected_readings,
)

LIBRARY = load_catalogue(Path("no workspace")).metrics
ONE_FEED = sorted(code for code, metric in LIBRARY.items() if len(metric.feeds) == 1)
TWO_FEEDS = sorted(code for code, metric in LIBRARY.items() if len(metric.feeds) == 2)


def scan(url: str, asked: FeedQuestion) -> list[ReadingRow]:
    with read_feed(open_feed(url), "sample") as conn:
        table = find_table(conn, asked.contract)
        assert table is not None
        plan = plan_days(table, asked, years_of(conn, table, asked), find_odd(conn, table))
        with ask(conn, plan, asked, lambda _: None) as answer:
            assert answer.rows_in == answer.rows_used
            return list(readings(plan, answer.sums.read()))


def as_expected(row: ReadingRow) -> tuple[Key, Expected]:
    sketch = None
    if row.sketch is not None:
        told = json.loads(row.sketch)
        sketch = told["b"] | ({"z": told["z"]} if told["z"] else {})
    key = Key(row.touchpoint, row.dimension, row.segment, row.day)
    return key, Expected(row.numerator, row.denominator, row.n, row.sumsq, sketch)


def assert_alike(expected: Mapping[Key, Expected], found: Mapping[Key, Expected]) -> None:
    assert expected.keys() == found.keys()
    for key, one in expected.items():
        other = found[key]
        assert (one.n, one.sketch) == (other.n, other.sketch), key
        numbers = (other.numerator, other.denominator, other.sumsq)
        for number, same in zip((one.numerator, one.denominator, one.sumsq), numbers, strict=True):
            assert number == (None if same is None else pytest.approx(same, rel=1e-9)), key


@pytest.fixture(scope="session")
def feed_urls() -> dict[tuple[str, str], str]:
    return {}


@pytest.mark.parametrize("code", ONE_FEED)
def test_a_library_metric_is_what_plain_arithmetic_says(code: str, database_url: str) -> None:
    metric = LIBRARY[code]
    contract = library_contract(metric.feed)
    rows = random_rows(contract, random.Random(code), 600)
    feed = SampleFeed(database_url, contract)
    feed.fill(rows)
    feed.close()
    found = dict(map(as_expected, scan(database_url, question(contract, [metric]))))
    assert_alike(expected_readings(metric, contract, rows, TOUCHPOINTS, ZONES), found)
