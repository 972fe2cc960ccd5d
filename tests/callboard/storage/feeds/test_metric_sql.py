"""For every metric and both engines: SQL equals plain arithmetic on random rows."""

import json
import random
from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from callboard.storage.engine import Connection
from callboard.storage.feeds.engine import open_feed, read_feed
from callboard.storage.feeds.forms import find_odd
from callboard.storage.feeds.question import FeedQuestion
from callboard.storage.feeds.readings import readings, sides
from callboard.storage.feeds.scan_answer import ask
from callboard.storage.feeds.scan_plan import Plan, plan_days
from callboard.storage.feeds.scan_sums import KeptSums
from callboard.storage.feeds.table import find_table
from callboard.storage.feeds.watch import years_of
from callboard.storage.readings import ReadingRow
from data_contracts.model import Contract
from metrics.catalogue import load_catalogue
from tests.callboard.storage.feed_samples import (
    TOUCHPOINTS,
    ZONES,
    Row,
    SampleFeed,
    library_contract,
    question,
    random_rows,
)
from tests.callboard.storage.plain_arithmetic import (
    Expected,
    Key,
    expected_readings,
    local_day,
    part_of,
)

LIBRARY = load_catalogue(Path("no workspace")).metrics
ONE_FEED = sorted(code for code, metric in LIBRARY.items() if len(metric.feeds) == 1)
TWO_FEEDS = sorted(code for code, metric in LIBRARY.items() if len(metric.feeds) == 2)


def answer_of(conn: Connection, asked: FeedQuestion) -> tuple[Plan, KeptSums]:
    table = find_table(conn, asked.contract)
    assert table is not None
    plan = plan_days(table, asked, years_of(conn, table, asked), find_odd(conn, table))
    sums = plan.empty_sums()
    answer = ask(conn, plan, asked, sums)
    assert answer.rows_in == answer.rows_used
    return plan, sums


def scan(url: str, asked: FeedQuestion) -> list[ReadingRow]:
    with read_feed(open_feed(url), "sample") as conn:
        plan, sums = answer_of(conn, asked)
        with sums:
            return list(readings(plan, sums.read()))


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


@pytest.mark.parametrize("code", TWO_FEEDS)
def test_each_side_of_a_two_feed_metric_is_what_plain_arithmetic_says(
    code: str, database_url: str
) -> None:
    metric = LIBRARY[code]
    for part, name, source in (
        (metric.numerator, "numerator", metric.numerator_feed),
        (metric.denominator, "denominator", metric.denominator_feed),
    ):
        assert part is not None
        contract = library_contract(source)
        rows = random_rows(contract, random.Random(code), 400)
        feed = SampleFeed(database_url, contract)
        feed.fill(rows)
        feed.close()
        expected = {
            (code, day): part_of(part, group)
            for (code, day), group in groups_of(rows, contract).items()
        }
        assert expected == scan_side(database_url, question(contract, [metric]), name)


def groups_of(rows: list[Row], contract: Contract) -> dict[tuple[str, date], list[Row]]:
    groups: dict[tuple[str, date], list[Row]] = defaultdict(list)
    for row in rows:
        code = TOUCHPOINTS[row[contract.touchpoint]]
        groups[code, local_day(row[contract.time], contract, ZONES[code])].append(row)
    return groups


def scan_side(
    url: str, asked: FeedQuestion, part: str
) -> dict[tuple[str, date], tuple[object, int]]:
    with read_feed(open_feed(url), "sample") as conn:
        plan, sums = answer_of(conn, asked)
        with sums:
            share = next(each for each in plan.shares if each.part == part)
            found = sides(plan, share, sums.wholes())
            return {(r.touchpoint, r.day): (pytest.approx(r.amount), r.n) for r in found}
