"""Every form of metric on random rows, and what is known to go wrong with each."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from callboard.storage.readings import ReadingRow
from data_contracts.model import Clock, Column, ColumnType, Contract
from metrics.model import Metric
from metrics.sketch import read_sketch
from tests.callboard.storage.feed_samples import (
    TOUCHPOINTS,
    ZONES,
    Row,
    SampleFeed,
    made_up_contract,
    question,
)
from tests.callboard.storage.feeds.test_metric_sql import as_expected, assert_alike, scan
from tests.callboard.storage.plain_arithmetic import expected_readings

TYPES = {
    "id": ColumnType.STRING,
    "touchpoint": ColumnType.STRING,
    "at": ColumnType.TIMESTAMP,
    "colour": ColumnType.STRING,
    "size": ColumnType.STRING,
    "amount": ColumnType.NUMBER,
    "units": ColumnType.INTEGER,
    "done": ColumnType.BOOLEAN,
    "began": ColumnType.TIMESTAMP,
    "ended": ColumnType.TIMESTAMP,
    "due": ColumnType.DATE,
}
VISITS = made_up_contract(
    "visits",
    [Column(name=each, physical_name=each, type=kind) for each, kind in TYPES.items()],
    dimensions=("colour", "size"),
)


def metric(form: str, **parts: Any) -> Metric:
    given = {
        "metric": "m",
        "name": "M",
        "question": "?",
        "pillar": "Quality",
        "key": "Show",
        "better": "higher",
        "unit": "per" if form == "rate" else "count",
        "form": form,
        "feed": "visits",
    }
    return Metric.model_validate(given | ({"per": 100} if form == "rate" else {}) | parts)


def condition(column: str, comparison: str, **parts: Any) -> dict[str, Any]:
    return {"column": column, "is": comparison, **parts}


WHERE = [condition("colour", "in", value=["red", "blue"])]
FORMS = {
    "ratio": metric(
        "ratio",
        numerator={"where": [condition("done", "equal", value=True)]},
        denominator={"where": [condition("done", "present")]},
    ),
    "ratio_of_all": metric(
        "ratio", numerator={"where": [condition("size", "missing")]}, denominator={}
    ),
    "rate": metric(
        "rate",
        numerator={"where": [condition("amount", "above", value=5)]},
        denominator={"sum": {"column": "units"}, "where": WHERE},
    ),
    "rate_of_sums": metric(
        "rate", numerator={"sum": {"column": "amount"}}, denominator={"sum": {"column": "units"}}
    ),
    "mean": metric("mean", value={"column": "amount"}, where=WHERE),
    "mean_span": metric("mean", value={"from": "began", "to": "ended", "unit": "hours"}),
    "percentile": metric("percentile", value={"column": "amount"}, percentile=90),
    "percentile_span": metric(
        "percentile",
        value={"from": "began", "to": "ended", "unit": "minutes"},
        percentile=50,
        where=[condition("ended", "present"), condition("units", "at_least", value=2)],
    ),
    "percentile_open": metric(
        "percentile",
        unit="hours",
        value={"from": "began", "to": "ended", "unit": "hours"},
        percentile=50,
        open=[condition("ended", "missing"), condition("colour", "not_equal", value="green")],
    ),
    "net_score": metric("net_score", value={"column": "units"}, promoters_from=9, detractors_to=6),
    "count": metric("count", numerator={"where": [condition("done", "not_equal", value=True)]}),
    "count_of_sums": metric(
        "count",
        numerator={
            "sum": {"column": "units"},
            "where": [
                condition("began", "at_most", other="ended"),
                condition("size", "not_in", value=["L"]),
                condition("at", "below", value="2026-06-01T00:00:00+00:00"),
                condition("due", "at_least", value="2026-03-01"),
                condition("amount", "at_most", value=40.5),
            ],
        },
    ),
}
SPAN = (datetime(2026, 3, 27), datetime(2026, 4, 2))  # noqa: DTZ001 - in UTC below
moments = st.datetimes(*SPAN).map(lambda moment: moment.replace(microsecond=0, tzinfo=UTC))
rows = st.lists(
    st.fixed_dictionaries(
        {
            "id": st.just("x"),
            "touchpoint": st.sampled_from(sorted(TOUCHPOINTS)),
            "at": moments,
            "colour": st.sampled_from(["red", "blue", "green", "unknown", "", None]),
            "size": st.sampled_from(["S", "L", None]),
            "amount": st.none() | st.floats(0, 100, width=16) | st.just(0.0),
            "units": st.none() | st.integers(0, 12),
            "done": st.none() | st.booleans(),
            "began": st.none() | moments,
            "ended": st.none() | moments,
            "due": st.none() | st.dates(date(2026, 2, 1), date(2026, 4, 1)),
        }
    ),
    max_size=40,
)


class Visits:
    """One table of visits that is filled and asked again and again."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._feed = SampleFeed(url, VISITS)

    def readings(
        self, rows: Sequence[Row], metrics: Sequence[Metric], contract: Contract = VISITS
    ) -> list[ReadingRow]:
        self._feed.fill(rows)
        return scan(self.url, question(contract, metrics))


@pytest.fixture(scope="module")
def sqlite_visits(tmp_path_factory: pytest.TempPathFactory) -> Visits:
    return Visits(f"sqlite:///{tmp_path_factory.mktemp('visits') / 'feed.db'}")


@pytest.fixture(scope="module")
def postgres_visits(new_postgres_database: Any) -> Visits:
    return Visits(new_postgres_database(""))


@pytest.fixture
def visits(engine_name: str, request: pytest.FixtureRequest) -> Visits:
    is_sqlite = engine_name == "sqlite"
    return request.getfixturevalue("sqlite_visits" if is_sqlite else "postgres_visits")


def assert_forms(visits: Visits, rows: Sequence[Row]) -> None:
    named = {name: each.model_copy(update={"code": name}) for name, each in FORMS.items()}
    found = visits.readings(rows, list(named.values()))
    for name, each in named.items():
        expected = expected_readings(each, VISITS, rows, TOUCHPOINTS, ZONES)
        assert_alike(expected, dict(as_expected(row) for row in found if row.metric == name))


@settings(max_examples=30)
@given(rows=rows)
def test_every_form_is_plain_arithmetic_on_sqlite(rows: list[Row], sqlite_visits: Visits) -> None:
    assert_forms(sqlite_visits, rows)


@pytest.mark.postgres
@settings(max_examples=30)
@given(rows=rows)
def test_every_form_is_plain_arithmetic_on_postgresql(
    rows: list[Row], postgres_visits: Visits
) -> None:
    assert_forms(postgres_visits, rows)


NOON = datetime(2026, 3, 28, 12, tzinfo=UTC)


def visit(**parts: Any) -> Row:
    return {"id": "x", "touchpoint": "desk", "at": NOON, "colour": "red", "size": "S"} | parts


def whole(found: Sequence[ReadingRow]) -> list[tuple[float | None, float | None, int]]:
    return [(row.numerator, row.denominator, row.n) for row in found if not row.dimension]


def test_no_rows_make_no_reading(visits: Visits) -> None:
    assert [] == visits.readings([], list(FORMS.values()))


def test_a_zero_denominator_keeps_its_numerator_for_the_week(visits: Visits) -> None:
    row = visit(units=0, amount=7.0)
    assert [(1, 0, 1)] == whole(visits.readings([row], [FORMS["rate"]]))


def test_a_missing_denominator_is_none_of_the_rows_it_counts(visits: Visits) -> None:
    row = visit(units=None, amount=7.0)
    assert [(1, 0, 0)] == whole(visits.readings([row], [FORMS["rate"]]))


def test_nothing_answered_is_no_mean(visits: Visits) -> None:
    assert [] == visits.readings([visit(amount=None)], [FORMS["mean"]])


def test_nothing_counted_is_a_count_of_zero_where_there_are_rows(visits: Visits) -> None:
    assert [(0, None, 0)] == whole(visits.readings([visit(done=True)], [FORMS["count"]]))


def test_a_day_whose_cases_are_all_open_has_a_reading_of_nothing(visits: Visits) -> None:
    found = visits.readings([visit(began=NOON, ended=None)] * 3, [FORMS["percentile_open"]])
    assert [(None, 3, 0)] == whole(found)
    assert 0 == read_sketch(found[0].sketch).count


def test_a_case_that_is_over_is_counted_once_among_those_that_began(visits: Visits) -> None:
    rows = [visit(began=NOON, ended=None), visit(began=NOON, ended=NOON + timedelta(hours=2))]
    assert [(None, 2, 1)] == whole(visits.readings(rows, [FORMS["percentile_open"]]))


def test_several_names_of_a_touchpoint_make_one_reading(visits: Visits) -> None:
    rows = [visit(touchpoint=name, done=False) for name in ("desk", "SD", "Service Desk")]
    found = visits.readings(rows, [FORMS["count"]])
    assert [(3, None, 3)] == whole(found)
    assert 1 == sum(row.segment == "red" for row in found)


def test_rows_are_counted_once_whatever_the_number_of_dimensions(visits: Visits) -> None:
    rows = [visit(colour=c, size=s, done=False) for c in ("red", "blue", None) for s in ("S", "L")]
    found = visits.readings(rows, [FORMS["count"]])
    total = dict.fromkeys(("", "colour", "size"), 0.0)
    for row in found:
        total[row.dimension] += row.numerator or 0
    assert {"": 6.0, "colour": 6.0, "size": 6.0} == total


def test_segments_beyond_those_kept_are_other(visits: Visits) -> None:
    rows = [visit(colour=each, done=False) for each in ("red", "blue", "green", "pink", None)]
    asked = question(VISITS, [FORMS["count"]], kept={"colour": ("blue", "red")})
    visits.readings(rows, [FORMS["count"]])
    found = scan(visits.url, asked)
    assert {"red": 1, "blue": 1, "other": 2, "unknown": 1} == {
        row.segment: row.numerator for row in found if row.dimension == "colour"
    }


def test_a_metric_is_told_apart_only_by_its_own_dimensions(visits: Visits) -> None:
    by_size = FORMS["count"].model_copy(update={"dimensions": ("size",)})
    found = visits.readings([visit(done=False)], [by_size, FORMS["mean"]])
    assert {"", "size"} == {row.dimension for row in found if row.metric == "m" and row.n == 1}


def test_a_single_dimension_needs_no_second_step(visits: Visits) -> None:
    contract = replace(VISITS, dimensions=("colour",))
    found = visits.readings([visit(done=False)], [FORMS["count"]], contract)
    assert {("", ""), ("colour", "red")} == {(row.dimension, row.segment) for row in found}


def test_wall_times_count_on_their_own_day(visits: Visits) -> None:
    contract = replace(VISITS, clock=Clock.LOCAL)
    rows = [visit(at=datetime(2026, 3, 28, 23, 59, 59, tzinfo=UTC), done=False)]
    types = {"at": "TIMESTAMP"} if visits.url.startswith("postgresql") else {}
    feed = SampleFeed(visits.url, contract, **types)
    feed.fill(rows)
    feed.close()
    found = scan(visits.url, question(contract, [FORMS["count"]]))
    assert {date(2026, 3, 28)} == {row.day for row in found}
    SampleFeed(visits.url, VISITS).close()


@pytest.mark.parametrize(
    ("touchpoint", "moment", "day"),
    [
        ("desk", "2026-03-29T00:30:00", date(2026, 3, 29)),  # London: an hour before the change
        ("desk", "2026-03-29T22:59:59", date(2026, 3, 29)),
        ("desk", "2026-03-29T23:00:00", date(2026, 3, 30)),  # and in summer time after it
        ("desk", "2026-10-24T22:59:59", date(2026, 10, 24)),
        ("desk", "2026-10-24T23:00:00", date(2026, 10, 25)),  # the day of 25 hours begins
        ("desk", "2026-10-25T23:30:00", date(2026, 10, 25)),  # and ends
        ("shop", "2026-11-01T03:59:59", date(2026, 10, 31)),  # New York, four hours behind
        ("shop", "2026-11-02T04:59:59", date(2026, 11, 1)),  # five hours behind
        ("web", "2026-10-03T13:29:59", date(2026, 10, 3)),  # Lord Howe, ten and a half ahead
        ("web", "2026-10-03T13:30:00", date(2026, 10, 4)),
        ("web", "2026-10-04T12:59:59", date(2026, 10, 4)),  # eleven ahead: half an hour less
        ("web", "2026-10-04T13:00:00", date(2026, 10, 5)),
    ],
)
def test_a_row_counts_on_the_local_day_of_its_touchpoint(
    touchpoint: str, moment: str, day: date, visits: Visits
) -> None:
    at = datetime.fromisoformat(moment).replace(tzinfo=UTC)
    rows = [visit(touchpoint=touchpoint, at=at, done=False)]
    found = visits.readings(rows, [FORMS["count"]])
    assert {day} == {row.day for row in found}


def test_a_quarter_of_an_hour_is_part_of_a_zone_too(visits: Visits) -> None:
    midnight = datetime(2026, 3, 28, 18, 15, tzinfo=UTC)  # Kathmandu is 5:45 ahead
    rows = [visit(at=at, done=False) for at in (midnight - timedelta(seconds=1), midnight)]
    visits.readings(rows, [FORMS["count"]])
    zones = dict.fromkeys(ZONES, "Asia/Kathmandu")
    found = scan(visits.url, question(VISITS, [FORMS["count"]], zones=zones))
    assert [date(2026, 3, 28), date(2026, 3, 29)] == sorted(
        row.day for row in found if not row.dimension
    )
