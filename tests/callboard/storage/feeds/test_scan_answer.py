"""What a scan says of each touchpoint and day is what counting random rows one by one says."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callboard.storage.feeds.engine import open_feed, read_feed
from callboard.storage.feeds.scan_answer import Answer, SliceCount, ask
from callboard.storage.feeds.scan_plan import plan_days
from callboard.storage.feeds.table import find_table
from data_contracts.evidence import Evidence
from data_contracts.model import Check, Clock, Column, ColumnType, Dimension, Kind, Severity
from tests.callboard.storage.feed_samples import (
    NOW,
    TOUCHPOINTS,
    ZONES,
    Row,
    SampleFeed,
    made_up_contract,
    question,
)
from tests.callboard.storage.feeds.test_metric_forms import metric
from tests.callboard.storage.plain_arithmetic import local_day

YEARS = (2025, 2027)
TYPES = {
    "id": ColumnType.STRING,
    "touchpoint": ColumnType.STRING,
    "at": ColumnType.TIMESTAMP,
    "written": ColumnType.TIMESTAMP,
    "colour": ColumnType.STRING,
    "size": ColumnType.STRING,
    "amount": ColumnType.NUMBER,
}


def check(kind: Kind, column: str, severity: Severity, **parts: Any) -> Check:
    return Check(
        rule_id=f"{column}.{kind.value}.{severity.value}",
        kind=kind,
        column=column,
        severity=severity,
        dimension=Dimension.ACCURACY,
        description="",
        column_type=TYPES[column],
        **parts,
    )


CHECKS = (
    check(Kind.REQUIRED, "at", Severity.CRITICAL),
    check(Kind.KNOWN, "touchpoint", Severity.CRITICAL, reference="touchpoints"),
    check(Kind.UNIQUE, "id", Severity.CRITICAL, columns=("id",)),
    check(Kind.REQUIRED, "colour", Severity.WARNING),
    check(Kind.RANGE, "amount", Severity.CRITICAL, low=0, high=100),
    check(Kind.RANGE, "amount", Severity.INFO, high=50),
    check(Kind.LENGTH, "colour", Severity.CRITICAL, high=3),
    check(Kind.LENGTH, "size", Severity.INFO, high=0),
)
FEED = made_up_contract(
    "sample", [Column(name=n, physical_name=n, type=t) for n, t in TYPES.items()], checks=CHECKS
)
CLOCKS = {
    clock: replace(
        FEED,
        clock=clock,
        watermark="written",
        dimensions=("colour", "size"),
        columns=tuple(
            replace(each, type=ColumnType.DATE)
            if each.name == "at" and clock is Clock.DATE
            else each
            for each in FEED.columns
        ),
    )
    for clock in Clock
}
AMOUNTS = metric("mean", feed="sample", value={"column": "amount"})
METRICS = {
    "no dimension": [AMOUNTS.model_copy(update={"dimensions": ()})],
    "one dimension": [AMOUNTS.model_copy(update={"dimensions": ("size",)})],
    "two dimensions": [AMOUNTS],
    "two dimensions, few segments": [AMOUNTS],
}
KEPT = {"two dimensions, few segments": {"size": ("L",)}}

# Two nights in which a clock changes, so that days differ by zone; the last moment is yet to come.
_MOMENTS = [(2026, 3, 28), (2026, 3, 29), (2026, 10, 25), (2026, 11, 20), (2026, 11, 23)]
moments = st.builds(
    lambda day, hour: datetime(*day, hour, 30, tzinfo=UTC),
    st.sampled_from(_MOMENTS),
    st.integers(0, 23),
)
rows = st.fixed_dictionaries(
    {
        "id": st.none() | st.integers(0, 40).map(str),
        "touchpoint": st.none() | st.sampled_from([*TOUCHPOINTS, "nowhere"]),
        "at": st.none() | moments,
        "written": st.none() | moments,
        "colour": st.none() | st.sampled_from(["red", "blue"]),
        "size": st.none() | st.sampled_from(["L", "S", ""]),
        "amount": st.none() | st.integers(-10, 120).map(float),
    }
)


class Asked:
    """A feed of each clock that is filled and asked again and again."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._is_sqlite = url.startswith("sqlite")

    def ask(
        self, clock: Clock, dimensions: str, rows: list[Row], days: frozenset[date] | None
    ) -> Answer:
        local = {} if self._is_sqlite or clock is not Clock.LOCAL else {"at": "TIMESTAMP"}
        feed = SampleFeed(self._url, CLOCKS[clock], **local)
        feed.fill([row | {"at": self._stored(clock, row["at"])} for row in rows])
        feed.close()
        asked = question(
            CLOCKS[clock], METRICS[dimensions], days=days, kept=KEPT.get(dimensions, {})
        )
        with read_feed(open_feed(self._url), "Sample") as conn:
            table = find_table(conn, asked.contract)
            assert table is not None
            plan = plan_days(table, asked, YEARS, frozenset())
            with plan.empty_sums() as sums:
                return ask(conn, plan, asked, sums)

    def _stored(self, clock: Clock, moment: datetime | None) -> Any:
        if moment is None or clock is Clock.UTC:
            return moment
        if clock is Clock.DATE:
            return moment.date()
        return moment if self._is_sqlite else moment.replace(tzinfo=None)


@pytest.fixture(scope="module", params=["sqlite", pytest.param("pg", marks=pytest.mark.postgres)])
def feed(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Asked:
    if request.param == "sqlite":
        return Asked(f"sqlite:///{tmp_path_factory.mktemp('feed') / 'feed.db'}")
    return Asked(request.getfixturevalue("new_postgres_database")(""))


def day_of(row: Row, clock: Clock) -> date | None:
    if row["at"] is None:
        return None
    zone = ZONES[TOUCHPOINTS.get(row["touchpoint"], "desk")]
    return row["at"].date() if clock is Clock.DATE else local_day(row["at"], CLOCKS[clock], zone)


Judge = Callable[[Row], bool | None]


def judges(rows: Iterable[Row]) -> list[Judge]:
    """For each check, whether a row breaks it; None where it says nothing of the row."""
    ids = Counter(row["id"] for row in rows)

    def told(column: str, breaks: Callable[[Any], bool]) -> Judge:
        return lambda row: None if row[column] is None else breaks(row[column])

    return [
        lambda row: row["at"] is None,
        told("touchpoint", lambda name: name not in TOUCHPOINTS),
        told("id", lambda name: ids[name] > 1),
        lambda row: row["colour"] is None,
        told("amount", lambda amount: not 0 <= amount <= 100),
        told("amount", lambda amount: amount > 50),
        told("colour", lambda colour: len(colour) > 3),
        told("size", lambda size: len(size) > 0),
    ]


def counted(rows: list[Row], judging: list[Judge], touchpoint: str = "") -> tuple[Evidence, ...]:
    said = [[judge(row) for row in rows] for judge in judging]
    return tuple(
        Evidence(
            rule_id=each.rule_id,
            evaluated=sum(one is not None for one in answers),
            failed=answers.count(True),
            slice_key=touchpoint,
        )
        for each, answers in zip(CHECKS, said, strict=True)
    )


def newest(rows: list[Row], clock: Clock) -> datetime | None:
    """The wall time of no place is further ahead than by 14 hours."""
    latest = NOW + timedelta(hours=14 if clock is Clock.LOCAL else 0)
    moments = (row["written"] for row in rows if row["written"] is not None)
    return max((each for each in moments if each <= latest), default=None)


def told_apart(rows: list[Row]) -> Mapping[str, list[Row]]:
    codes = sorted({TOUCHPOINTS[row["touchpoint"]] for row in rows if is_known(row)})
    return {
        code: [row for row in rows if TOUCHPOINTS.get(row["touchpoint"]) == code] for code in codes
    }


def is_known(row: Row) -> bool:
    return row["touchpoint"] in TOUCHPOINTS


def is_broken(row: Row, judging: list[Judge]) -> bool:
    return any(judge(row) for judge, each in zip(judging, CHECKS, strict=True) if each.keeps_out)


def broken_on(rows: list[Row], judging: list[Judge], clock: Clock) -> Mapping[date | None, int]:
    return Counter(day_of(row, clock) for row in rows if is_broken(row, judging))


def slices(rows: list[Row], judging: list[Judge], clock: Clock) -> Mapping[Any, SliceCount]:
    found: dict[Any, list[int]] = {}
    for row in rows:
        if is_known(row) and (day := day_of(row, clock)) is not None:
            known = found.setdefault((TOUCHPOINTS[row["touchpoint"]], day), [0, 0])
            known[0] += 1
            known[1] += not is_broken(row, judging)
    return {key: SliceCount(rows_in=n, rows_used=used) for key, (n, used) in found.items()}


@given(
    rows=st.lists(rows, max_size=60),
    clock=st.sampled_from(Clock),
    dimensions=st.sampled_from(sorted(METRICS)),
    days=st.none() | st.frozensets(st.sampled_from([date(*each) for each in _MOMENTS]), min_size=1),
)
def test_each_touchpoint_and_day_is_counted_as_row_by_row(
    rows: list[Row], clock: Clock, dimensions: str, days: frozenset[date] | None, feed: Asked
) -> None:
    answer = feed.ask(clock, dimensions, rows, days)
    judging = judges(rows)
    asked = [row for row in rows if days is None or day_of(row, clock) in days]
    by_touchpoint = told_apart(asked)
    assert slices(asked, judging, clock) == answer.slices
    assert counted(asked, judging) == answer.evidence
    assert broken_on(asked, judging, clock) == answer.broken_on
    assert {
        code: counted(some, judging, code) for code, some in by_touchpoint.items()
    } == answer.by_touchpoint
    moments = {code: newest(some, clock) for code, some in by_touchpoint.items()}
    assert {code: each for code, each in moments.items() if each} == answer.newest_by
    assert (len(asked), newest(asked, clock)) == (answer.rows_in, answer.newest)
