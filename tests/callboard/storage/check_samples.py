"""Feeds of random rows with every kind of defect, asked by SQL and by the vector masks."""

import math
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pandas as pd
import sqlalchemy as sa
from hypothesis import strategies as st

from callboard.storage.feeds.engine import open_feed, read_feed
from callboard.storage.feeds.forms import find_odd, read_odd
from callboard.storage.feeds.question import FeedQuestion
from callboard.storage.feeds.rows import broken_rows, rows_breaking
from callboard.storage.feeds.scan_answer import Answer, ask
from callboard.storage.feeds.scan_plan import plan_days
from callboard.storage.feeds.table import find_table
from data_contracts.formats import PATTERNS
from data_contracts.masks import Judgement, judge_rows
from data_contracts.model import (
    Check,
    Column,
    ColumnType,
    Contract,
    Dimension,
    Kind,
    Severity,
    Tolerance,
)
from tests.callboard.storage.feed_samples import (
    NOW,
    TOUCHPOINTS,
    Row,
    SampleFeed,
    made_up_contract,
    question,
)

YEARS = (2025, 2027)
NAMES = {
    "key": ColumnType.STRING,
    "word": ColumnType.STRING,
    "form": ColumnType.STRING,
    "number": ColumnType.NUMBER,
    "step": ColumnType.NUMBER,
    "whole": ColumnType.INTEGER,
    "flag": ColumnType.BOOLEAN,
    "day": ColumnType.DATE,
    "last": ColumnType.DATE,
    "start": ColumnType.TIMESTAMP,
    "end": ColumnType.TIMESTAMP,
    "at": ColumnType.TIMESTAMP,
    "touchpoint": ColumnType.STRING,
}


def check(kind: Kind, column: str, **parts: Any) -> Check:
    severity = parts.pop("severity", Severity.CRITICAL)
    also = parts.pop("also", ".some" if "where" in parts else "")
    return Check(
        rule_id=f"{column}.{kind.value}.{severity.value}{also}",
        kind=kind,
        column=column,
        severity=severity,
        dimension=Dimension.ACCURACY,
        description="",
        column_type=NAMES[column],
        **parts,
    )


RED = ("word", ("red",))
CHECKS = (
    check(Kind.REQUIRED, "word"),
    check(Kind.REQUIRED, "number", severity=Severity.WARNING),
    check(Kind.REQUIRED, "day", where=RED),
    check(Kind.TYPE, "number"),
    check(Kind.TYPE, "step"),
    check(Kind.TYPE, "whole"),
    check(Kind.TYPE, "flag"),
    check(Kind.TYPE, "day"),
    check(Kind.TYPE, "last"),
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
    check(Kind.RANGE, "whole", low=-3_000_000_000, high=10**20, severity=Severity.WARNING),
    check(Kind.UNIQUE, "key", columns=("key", "whole"), severity=Severity.INFO),
    check(Kind.ONE_OF, "whole", values=("1", "2", "3")),
    check(Kind.MISSING, "whole", values=("0", "9"), severity=Severity.WARNING),
    check(Kind.MISSING, "word", values=("x", ""), counts_missing=True, tolerance=Tolerance(high=2)),
    check(Kind.MISSING, "step", values=("-1", "0.5")),
    check(Kind.MULTIPLE, "step", multiple=0.1),
    check(Kind.MULTIPLE, "whole", multiple=3, severity=Severity.INFO),
    check(Kind.RANGE, "step", low=0, high=3_000_000_000, is_low_open=True, is_high_open=True),
    check(Kind.RANGE, "day", earliest="2026-02-03", latest="2026-12-30", is_high_open=True),
    check(Kind.RANGE, "start", earliest="2026-03-04T05:06:07", is_low_open=True),
    check(Kind.RANGE, "end", latest="2026-10-04T00:00:00", severity=Severity.WARNING),
    check(Kind.OVERLAP, "start", other="end", columns=("key",)),
    check(Kind.UNIQUE, "word", columns=("word", "flag"), tolerance=Tolerance(low=1)),
    check(Kind.OVERLAP, "day", other="last", columns=("key", "whole"), severity=Severity.INFO),
    *(check(Kind.PATTERN, "form", pattern=PATTERNS[each], also=each) for each in PATTERNS),
)
# Every kind once more, of some rows alone. What a scan of all of them says is compiled for long.
NARROWED = tuple(
    replace(each, where=RED, rule_id=f"{each.rule_id}.red")
    for each in {each.kind: each for each in CHECKS}.values()
)

COLUMNS = [Column(name=name, physical_name=name, type=kind) for name, kind in NAMES.items()]
CONTRACT = made_up_contract("sample", COLUMNS, checks=CHECKS)
NARROW = made_up_contract("narrow", COLUMNS, checks=NARROWED)

YEAR = (datetime(2026, 1, 1), datetime(2026, 12, 31))  # noqa: DTZ001 - in UTC below
words = st.sampled_from(["red", "green", "blue", "desk", "x", "much too long", "", "Red1", None])
keys = st.sampled_from(["a", "b", "c", "d", "e", None])
moments = st.datetimes(*YEAR).map(lambda moment: moment.replace(microsecond=0, tzinfo=UTC))
days = st.dates(date(2026, 1, 1), date(2026, 12, 31))
_FORMS = "a@b.cd a@b a@b.cd\n 1.2.3.4 1.2.3.256 ::1 1::2:3 :: 1:2:3:4:5:6:7:8 ::ffff:1.2.3.4 http://a.b/?c=[d] "
forms = st.none() | st.sampled_from(
    [*_FORMS.split(" "), "a-b.c", "-a.b", "a" * 64, "5e1c1e1a-0000-4000-8000-0123456789AB", "x:%zz"]
)
steps = st.sampled_from([0.1, 0.3, 0.30000001, 0.35, -1.0, 0.0, 0.5, 7.7, 1e17, 3e9, 1e-300, None])
plain_numbers = st.floats(-200, 200, width=16) | st.integers(-20, 120).map(float)

typed_rows = st.fixed_dictionaries(
    {
        "key": keys,
        "word": words,
        "form": forms,
        "step": steps,
        "number": st.none() | plain_numbers | st.just(math.inf),
        "whole": st.none() | st.integers(-3, 9),
        "flag": st.none() | st.booleans(),
        "day": st.none() | days,
        "last": st.none() | days,
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
        "form": forms,
        "step": mixed(steps, _ODD_NUMBERS),
        "number": mixed(plain_numbers, _ODD_NUMBERS),
        "whole": mixed(st.integers(-3, 9), [*_ODD_NUMBERS, 1.5, 3.0]),
        "flag": mixed(st.booleans().map(int), _ODD_FLAGS),
        "day": mixed(days.map(date.isoformat), _ODD_DAYS),
        "last": mixed(days.map(date.isoformat), _ODD_DAYS),
        "start": mixed(moments.map("{:%Y-%m-%d %H:%M:%S}".format), _ODD_MOMENTS),
        "end": mixed(moments.map("{:%Y-%m-%d %H:%M:%S}".format), _ODD_MOMENTS),
    }
)


class Asked:
    """A feed that is filled and asked again and again."""

    def __init__(self, url: str, contract: Contract = CONTRACT, **types: str) -> None:
        self.contract = contract
        self._feed = SampleFeed(url, contract, **types)
        self._url = url
        self._engine = open_feed(url)

    def breaking(self, rule_id: str) -> list[dict[str, Any]]:
        """The rows behind one check, of those that were judged last."""
        with read_feed(self._engine, self.contract.name) as conn:
            _, odd = self._answer(conn, question(self.contract))
            table = find_table(conn, self.contract)
            assert table is not None
            read = read_odd(table, odd, None) if odd else table
            asked = question(self.contract)
            found = rows_breaking(conn, read, asked, YEARS, rule_id=rule_id, limit=1_000)
        assert {(rule_id,)} >= {tuple(check.rule_id for check in row.broken) for row in found}
        return [row.values for row in found]

    def judge(self, rows: Sequence[Row]) -> tuple[Answer, Judgement, list[set[str]], pd.DataFrame]:
        here = {"at": datetime(2026, 5, 1, 12, tzinfo=UTC), "touchpoint": "desk"}
        self._feed.fill([row | here for row in rows])
        asked = question(self.contract)
        with read_feed(self._engine, self.contract.name) as conn:
            frame = self._frame(conn)
            answer, odd = self._answer(conn, asked)
            table = find_table(conn, self.contract)
            assert table is not None
            read = read_odd(table, odd, None) if odd else table
            broken = broken_rows(conn, read, asked, YEARS, limit=1_000)
        masks = judge_rows(
            frame, self.contract.checks, known={"touchpoints": set(TOUCHPOINTS)}, now=NOW
        )
        return answer, masks, [{c.rule_id for c in row.broken} for row in broken], frame

    def _frame(self, conn: sa.Connection) -> pd.DataFrame:
        rows = conn.exec_driver_sql(f"SELECT * FROM {self.contract.table}").all()
        return pd.DataFrame([tuple(row) for row in rows], columns=list(NAMES), dtype=object)

    def _answer(self, conn: sa.Connection, asked: FeedQuestion) -> tuple[Answer, frozenset[str]]:
        table = find_table(conn, self.contract)
        assert table is not None
        odd = find_odd(conn, table)
        while True:
            plan = plan_days(table, asked, YEARS, odd)
            with plan.empty_sums() as sums:
                answer = ask(conn, plan, asked, sums)
            if not answer.unread:
                return answer, odd
            odd |= answer.unread
