"""No row that breaks a check is left out by the test that is made first."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from callboard.storage.feeds.check_sql import CheckSql
from callboard.storage.feeds.engine import open_feed, read_feed
from callboard.storage.feeds.suspicion import may_break_any
from callboard.storage.feeds.table import find_table
from data_contracts.model import Kind, Severity
from tests.callboard.storage.check_samples import CONTRACT, NAMES, check, untyped_rows
from tests.callboard.storage.feed_samples import Row, SampleFeed, question

CHECKS = (
    *(check(Kind.TYPE, name) for name in ("number", "whole", "flag", "day", "start", "end")),
    check(Kind.RANGE, "number", low=0, high=100),
    check(Kind.RANGE, "whole", low=1),
    check(Kind.RANGE, "number", low=0, is_low_open=True, severity=Severity.WARNING),
    check(Kind.ONE_OF, "word", values=("red", "green", "blue")),
    check(Kind.LENGTH, "word", high=5),
    check(Kind.NOT_FUTURE, "start"),
    check(Kind.NOT_FUTURE, "day"),
    check(Kind.NOT_BEFORE, "end", other="start"),
)
REQUIRED = tuple(check(Kind.REQUIRED, name) for name in NAMES if name not in ("key", "at"))
GOOD: Row = {
    "key": "a",
    "word": "red",
    "form": "x",
    "step": 1.0,
    "number": 5.0,
    "whole": 3,
    "flag": 1,
    "day": "2026-03-04",
    "last": "2026-03-04",
    "start": "2026-03-04 05:06:07",
    "end": "2026-03-04 05:06:07",
    "touchpoint": "desk",
}


class Asked:
    """A SQLite feed, whose rows are asked whether they look and are broken."""

    def __init__(self, url: str, **types: str) -> None:
        self._feed = SampleFeed(url, CONTRACT, **types)
        self._engine = open_feed(url)

    def judge(self, rows: list[Row], *, is_required: bool) -> list[tuple[bool, bool]]:
        self._feed.fill([row | {"at": datetime(2026, 5, 1, tzinfo=UTC)} for row in rows])
        checks = (*CHECKS, *(REQUIRED if is_required else ()))
        asked = question(replace(CONTRACT, checks=checks))
        with read_feed(self._engine, "sample") as conn:
            table = find_table(conn, asked.contract)
            assert table is not None
            sql = CheckSql(table, asked.known, asked.latest)
            looks = may_break_any(sql, checks, table=table, question=asked)
            broken = sa.or_(*(sql.breaks(each) for each in checks))
            columns = (sa.case((each, True), else_=False) for each in (looks, broken))
            found = conn.execute(sa.select(*columns).select_from(table.source))
            return [(bool(looks), bool(broken)) for looks, broken in found]


@pytest.fixture(scope="module", params=["typed", "untyped"])
def feed(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Asked:
    types: dict[str, Any] = {} if request.param == "typed" else dict.fromkeys(NAMES, "")
    return Asked(f"sqlite:///{tmp_path_factory.mktemp('feed') / 'feed.db'}", **types)


@given(rows=st.lists(untyped_rows, max_size=40), is_required=st.booleans())
def test_a_row_that_breaks_a_check_looks_like_it(
    rows: list[Row], is_required: bool, feed: Asked
) -> None:
    judged = feed.judge([row | {"touchpoint": "desk"} for row in rows], is_required=is_required)
    assert len(rows) == len(judged)
    assert [] == [
        row for row, (looks, is_broken) in zip(rows, judged, strict=True) if is_broken and not looks
    ]


def test_a_good_row_does_not_look_broken(feed: Asked) -> None:
    nothing = dict.fromkeys(GOOD) | {"touchpoint": "desk"}
    assert [(False, False)] * 2 == feed.judge([GOOD, nothing], is_required=False)
    assert [(False, False), (True, True)] == feed.judge([GOOD, nothing], is_required=True)
