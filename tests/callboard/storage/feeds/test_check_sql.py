"""SQL predicates say of random rows what the vector masks say, on both engines."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from callboard.storage.feeds.engine import open_feed, read_feed
from callboard.storage.feeds.scan_answer import ask
from callboard.storage.feeds.scan_plan import plan_days
from callboard.storage.feeds.table import find_table
from data_contracts.model import Check, Kind, Severity, Tolerance
from tests.callboard.storage.check_samples import (
    CHECKS,
    COLUMNS,
    NAMES,
    NARROW,
    NARROWED,
    Asked,
    check,
    typed_rows,
    untyped_rows,
)
from tests.callboard.storage.feed_samples import Row, SampleFeed, made_up_contract, question
from tests.conftest import ENGINES

# A scan of so many checks takes long to compile, so that few but large examples look at as many rows.
large = settings(max_examples=25)


def assert_alike(asked: Asked, rows: list[Row]) -> None:
    answer, masks, broken, frame = asked.judge(rows)
    assert list(masks.evidence) == list(answer.evidence), frame.to_string()
    critical = {each.rule_id for each in asked.contract.checks if each.keeps_out}
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
def narrow_sqlite_feed(tmp_path_factory: pytest.TempPathFactory) -> Asked:
    return Asked(f"sqlite:///{tmp_path_factory.mktemp('feed') / 'feed.db'}", NARROW)


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


@pytest.fixture(scope="module")
def narrow_postgres_feed(new_postgres_database: Any) -> Asked:
    return Asked(new_postgres_database(""), NARROW)


PLAIN: Row = dict.fromkeys(NAMES) | {"key": "a", "word": "desk", "number": 50.0}


@pytest.mark.parametrize("engine", ENGINES)
def test_the_rows_behind_a_warning_are_those_that_its_mask_counts(
    engine: str, request: pytest.FixtureRequest
) -> None:
    feed = request.getfixturevalue(f"{engine.removesuffix('ql')}_feed")
    told = [{"number": None}, {"word": "x"}, {}, {"number": None, "word": "x"}]
    feed.judge([PLAIN | each for each in told])
    assert 2 == len(feed.breaking("number.required.warning"))
    assert ["x", "x"] == [row["word"] for row in feed.breaking("word.known.warning")]


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


@large
@given(rows=st.lists(untyped_rows, max_size=60))
def test_sqlite_says_it_of_some_rows_alone(rows: list[Row], narrow_sqlite_feed: Asked) -> None:
    assert_alike(narrow_sqlite_feed, rows)


@pytest.mark.postgres
@large
@given(rows=st.lists(typed_rows, max_size=60))
def test_postgresql_says_it_of_some_rows_alone(
    rows: list[Row], narrow_postgres_feed: Asked
) -> None:
    assert_alike(narrow_postgres_feed, rows)


@pytest.mark.parametrize("checks", [CHECKS, NARROWED])
def test_every_kind_of_check_is_compared(checks: tuple[Check, ...]) -> None:
    assert set(Kind) == {each.kind for each in checks}


SINGLE = made_up_contract(
    "single",
    COLUMNS,
    checks=[
        check(Kind.UNIQUE, "key", columns=("key",), severity=Severity.WARNING),
        check(Kind.UNIQUE, "word", columns=("word",)),
        check(Kind.OVERLAP, "day", other="last", columns=("key",), tolerance=Tolerance(high=0)),
    ],
)


def test_a_row_may_have_its_double_on_a_day_that_is_not_asked_for(database_url: str) -> None:
    feed = SampleFeed(database_url, SINGLE)
    told = dict.fromkeys(NAMES) | {"touchpoint": "desk", "word": "red", "key": "a"}
    told |= {"day": date(2026, 3, 1), "last": date(2026, 3, 9)}
    feed.fill([told | {"at": datetime(2026, 3, day, 12, tzinfo=UTC)} for day in (2, 20)])
    asked = question(SINGLE, days=frozenset({date(2026, 3, 2)}))
    with read_feed(open_feed(database_url), "Single") as conn:
        table = find_table(conn, SINGLE)
        assert table is not None
        plan = plan_days(table, asked, (2025, 2027), frozenset())
        with plan.empty_sums() as sums:
            answer = ask(conn, plan, asked, sums)
    assert [(1, 1)] * 3 == [(each.evaluated, each.failed) for each in answer.evidence]
    feed.close()
