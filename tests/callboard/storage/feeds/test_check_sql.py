"""SQL predicates say of random rows what the vector masks say, on both engines."""

import math
from datetime import UTC, date, datetime
from typing import Any

import pandas as pd
import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from callboard.storage.feeds.engine import open_feed, read_feed
from callboard.storage.feeds.forms import find_odd, read_odd
from callboard.storage.feeds.question import FeedQuestion
from callboard.storage.feeds.rows import broken_rows, rows_breaking
from callboard.storage.feeds.scan_answer import Answer, ask
from callboard.storage.feeds.scan_plan import plan_days
from callboard.storage.feeds.table import find_table
from data_contracts.masks import Judgement, judge_rows
from data_contracts.model import Check, Column, ColumnType, Dimension, Kind, Severity, Tolerance
from tests.callboard.storage.feed_samples import (
    NOW,
    TOUCHPOINTS,
    Row,
    SampleFeed,
    made_up_contract,
    question,
)
from tests.conftest import ENGINES

YEARS = (2025, 2027)
NAMES = {
    "key": ColumnType.STRING,
    "word": ColumnType.STRING,
    "number": ColumnType.NUMBER,
    "whole": ColumnType.INTEGER,
    "flag": ColumnType.BOOLEAN,
    "day": ColumnType.DATE,
    "start": ColumnType.TIMESTAMP,
    "end": ColumnType.TIMESTAMP,
    "at": ColumnType.TIMESTAMP,
    "touchpoint": ColumnType.STRING,
}


def check(kind: Kind, column: str, **parts: Any) -> Check:
    severity = parts.pop("severity", Severity.CRITICAL)
    return Check(
        rule_id=f"{column}.{kind.value}.{severity.value}.{bool(parts.get('where'))}",
        kind=kind,
        column=column,
        severity=severity,
        dimension=Dimension.ACCURACY,
        description="",
        column_type=NAMES[column],
        **parts,
    )


# A scan of so many checks takes long to compile, so that few but large examples look at as many rows.
large = settings(max_examples=25)
RED = ("word", ("red",))
CHECKS = (
    check(Kind.REQUIRED, "word"),
    check(Kind.REQUIRED, "number", severity=Severity.WARNING),
    check(Kind.REQUIRED, "day", where=RED),
    check(Kind.TYPE, "number"),
    check(Kind.TYPE, "whole"),
    check(Kind.TYPE, "flag"),
    check(Kind.TYPE, "day"),
    check(Kind.TYPE, "start"),
    check(Kind.TYPE, "end", severity=Severity.WARNING),
    check(Kind.RANGE, "number", low=0, high=100),
    check(Kind.RANGE, "number", low=10, severity=Severity.INFO),
    check(Kind.RANGE, "whole", high=5),
    check(Kind.RANGE, "number", high=50, where=RED),
    check(Kind.ONE_OF, "word", values=("red", "green", "blue")),
    check(Kind.ONE_OF, "word", values=("a", "b", "c", "d", "e", "f", "red"), where=RED),
    check(Kind.KNOWN, "word", reference="touchpoints", severity=Severity.WARNING),
    check(Kind.PATTERN, "word", pattern="^[a-z]+$"),
    check(Kind.LENGTH, "word", low=2, high=5),
    check(Kind.NOT_BEFORE, "end", other="start"),
    check(Kind.NOT_FUTURE, "start"),
    check(Kind.NOT_FUTURE, "day"),
    check(Kind.UNIQUE, "key", columns=("key",)),
    check(Kind.ONE_OF, "key", values=("a", "b"), tolerance=Tolerance(high=5)),
)
CONTRACT = made_up_contract(
    "sample",
    [Column(name=name, physical_name=name, type=NAMES[name]) for name in NAMES],
    checks=CHECKS,
)

YEAR = (datetime(2026, 1, 1), datetime(2026, 12, 31))  # noqa: DTZ001 - in UTC below
words = st.sampled_from(["red", "green", "blue", "desk", "x", "much too long", "", "Red1", None])
keys = st.sampled_from(["a", "b", "c", "d", "e", None])
moments = st.datetimes(*YEAR).map(lambda moment: moment.replace(microsecond=0, tzinfo=UTC))
days = st.dates(date(2026, 1, 1), date(2026, 12, 31))
plain_numbers = st.floats(-200, 200, width=16) | st.integers(-20, 120).map(float)

typed_rows = st.fixed_dictionaries(
    {
        "key": keys,
        "word": words,
        "number": st.none() | plain_numbers | st.just(math.inf),
        "whole": st.none() | st.integers(-3, 9),
        "flag": st.none() | st.booleans(),
        "day": st.none() | days,
        "start": st.none() | moments,
        "end": st.none() | moments,
    }
)

_ODD_NUMBERS = ["12.5", "1e1", " 7", "abc", "", "12,5", "-.5", "5.", "nan", "inf", "0x1F", math.inf]
_ODD_FLAGS = ["true", "False", "yes", "2", 2, 0.5, "", "1"]
_ODD_DAYS = ["2026-02-31", "2026-03-04 00:00:00", "2026-03-04 10:00", "20260304", "soon", ""]
_ODD_MOMENTS = [
    "2026-03-04",
    "2026-03-04T05:06:07Z",
    "2026-03-04 05:06",
    "2026-03-04 05:06:07.250",
    "2026-03-04T05:06:07+02:00",
    "2026-02-30 10:00:00",
    "2026-03-04 25:00:00",
    "now",
    "",
    20260304,
]


def mixed(plain: st.SearchStrategy[Any], odd: list[Any]) -> st.SearchStrategy[Any]:
    return st.none() | plain | plain | st.sampled_from(odd)


untyped_rows = st.fixed_dictionaries(
    {
        "key": keys,
        "word": words,
        "number": mixed(plain_numbers, _ODD_NUMBERS),
        "whole": mixed(st.integers(-3, 9), [*_ODD_NUMBERS, 1.5, 3.0]),
        "flag": mixed(st.booleans().map(int), _ODD_FLAGS),
        "day": mixed(days.map(date.isoformat), _ODD_DAYS),
        "start": mixed(moments.map("{:%Y-%m-%d %H:%M:%S}".format), _ODD_MOMENTS),
        "end": mixed(moments.map("{:%Y-%m-%d %H:%M:%S}".format), _ODD_MOMENTS),
    }
)


class Asked:
    """A feed that is filled and asked again and again."""

    def __init__(self, url: str, **types: str) -> None:
        self._feed = SampleFeed(url, CONTRACT, **types)
        self._url = url
        self._engine = open_feed(url)

    def breaking(self, rule_id: str) -> list[dict[str, Any]]:
        """The rows behind one check, of those that were judged last."""
        with read_feed(self._engine, "sample") as conn:
            _, odd = self._answer(conn, question(CONTRACT))
            table = find_table(conn, CONTRACT)
            assert table is not None
            read = read_odd(table, odd, None) if odd else table
            asked = question(CONTRACT)
            found = rows_breaking(conn, read, asked, YEARS, rule_id=rule_id, limit=1_000)
        assert {(rule_id,)} >= {tuple(check.rule_id for check in row.broken) for row in found}
        return [row.values for row in found]

    def judge(self, rows: list[Row]) -> tuple[Answer, Judgement, list[set[str]], pd.DataFrame]:
        here = {"at": datetime(2026, 5, 1, 12, tzinfo=UTC), "touchpoint": "desk"}
        self._feed.fill([row | here for row in rows])
        asked = question(CONTRACT)
        with read_feed(self._engine, "sample") as conn:
            frame = self._frame(conn)
            answer, odd = self._answer(conn, asked)
            table = find_table(conn, CONTRACT)
            assert table is not None
            read = read_odd(table, odd, None) if odd else table
            broken = broken_rows(conn, read, asked, YEARS, limit=1_000)
        masks = judge_rows(frame, CHECKS, known={"touchpoints": set(TOUCHPOINTS)}, now=NOW)
        return answer, masks, [{c.rule_id for c in row.broken} for row in broken], frame

    def _frame(self, conn: sa.Connection) -> pd.DataFrame:
        rows = conn.exec_driver_sql("SELECT * FROM sample").all()
        return pd.DataFrame([tuple(row) for row in rows], columns=list(NAMES), dtype=object)

    def _answer(self, conn: sa.Connection, asked: FeedQuestion) -> tuple[Answer, frozenset[str]]:
        table = find_table(conn, CONTRACT)
        assert table is not None
        odd = find_odd(conn, table)
        while True:
            plan = plan_days(table, asked, YEARS, odd)
            with plan.empty_sums() as sums:
                answer = ask(conn, plan, asked, sums)
            if not answer.unread:
                return answer, odd
            odd |= answer.unread


def assert_alike(asked: Asked, rows: list[Row]) -> None:
    answer, masks, broken, frame = asked.judge(rows)
    assert list(masks.evidence) == list(answer.evidence), frame.to_string()
    critical = {each.rule_id for each in CHECKS if each.keeps_out}
    expected = [
        {each.rule_id for each in masks.broken_by(i)} & critical
        for i in range(len(frame))
        if masks.quarantined[i]
    ]
    assert sorted(map(sorted, expected)) == sorted(map(sorted, broken))
    assert len(frame) - int(masks.quarantined.sum()) == answer.rows_used


@pytest.fixture(scope="module")
def sqlite_feed(tmp_path_factory: pytest.TempPathFactory) -> Asked:
    return Asked(f"sqlite:///{tmp_path_factory.mktemp('feed') / 'feed.db'}")


@pytest.fixture(scope="module")
def untyped_feed(tmp_path_factory: pytest.TempPathFactory) -> Asked:
    types = dict.fromkeys(NAMES, "")
    return Asked(f"sqlite:///{tmp_path_factory.mktemp('feed') / 'feed.db'}", **types)


@pytest.fixture(scope="module")
def text_feed(tmp_path_factory: pytest.TempPathFactory) -> Asked:
    types = dict.fromkeys(NAMES, "TEXT")
    return Asked(f"sqlite:///{tmp_path_factory.mktemp('feed') / 'feed.db'}", **types)


@pytest.fixture(scope="module")
def postgres_feed(new_postgres_database: Any) -> Asked:
    return Asked(new_postgres_database(""))


PLAIN: Row = dict.fromkeys(NAMES) | {"key": "a", "word": "desk", "number": 50.0}


@pytest.mark.parametrize("engine", ENGINES)
def test_the_rows_behind_a_warning_are_those_that_its_mask_counts(
    engine: str, request: pytest.FixtureRequest
) -> None:
    feed = request.getfixturevalue(f"{engine.removesuffix('ql')}_feed")
    told = [{"number": None}, {"word": "x"}, {}, {"number": None, "word": "x"}]
    feed.judge([PLAIN | each for each in told])
    assert 2 == len(feed.breaking("number.required.warning.False"))
    assert ["x", "x"] == [row["word"] for row in feed.breaking("word.known.warning.False")]


def test_the_rows_behind_an_unknown_check_are_not_none(sqlite_feed: Asked) -> None:
    sqlite_feed.judge([])
    with pytest.raises(KeyError, match="made_up"):
        sqlite_feed.breaking("made_up")


@large
@given(rows=st.lists(untyped_rows, max_size=60))
def test_sqlite_says_what_the_masks_say(rows: list[Row], sqlite_feed: Asked) -> None:
    assert_alike(sqlite_feed, rows)


@large
@given(rows=st.lists(untyped_rows, max_size=60))
def test_columns_without_a_type_are_read_alike(rows: list[Row], untyped_feed: Asked) -> None:
    assert_alike(untyped_feed, rows)


@large
@given(rows=st.lists(untyped_rows, max_size=60))
def test_columns_of_text_are_read_alike(rows: list[Row], text_feed: Asked) -> None:
    assert_alike(text_feed, rows)


@pytest.mark.postgres
@large
@given(rows=st.lists(typed_rows, max_size=60))
def test_postgresql_says_what_the_masks_say(rows: list[Row], postgres_feed: Asked) -> None:
    assert_alike(postgres_feed, rows)
