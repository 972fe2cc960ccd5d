"""Numbers as people read them."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callboard import figures
from metrics.model import Grain, Metric


def _metric(**changes: object) -> Metric:
    definition = {
        "metric": "late",
        "name": "Late",
        "question": "How many are late?",
        "pillar": "Delivery",
        "key": "Efficiency",
        "better": "lower",
        "unit": "percent",
        "form": "ratio",
        "feed": "orders",
        "numerator": {},
        "denominator": {},
        **changes,
    }
    return Metric.model_validate(definition)


PERCENT = _metric()
PER_THOUSAND = _metric(form="rate", unit="per", per=1000, base="orders")
HOURS = _metric(form="mean", unit="hours", value={"column": "h"}, numerator=None, denominator=None)
COUNT = _metric(form="count", unit="count", base="requests", decimals=0, denominator=None)
SCORE = _metric(unit="score", decimals=2)


@pytest.mark.parametrize(
    ("expected", "metric", "value"),
    [
        ("94.2 %", PERCENT, 94.23),
        ("0.0 %", PERCENT, -0.01),
        ("−3.1 %", PERCENT, -3.14),
        ("6.9 per 1,000 orders", PER_THOUSAND, 6.88),
        ("12,345 requests", COUNT, 12345.0),
        ("38.4 h", HOURS, 38.4),
        ("–", PERCENT, None),
        ("–", PERCENT, float("nan")),
    ],
)
def test_a_value_is_written_with_its_unit(
    expected: str, metric: Metric, value: float | None
) -> None:
    assert expected == figures.format_value(metric, value)


@pytest.mark.parametrize(
    ("expected", "metric", "value"),
    [
        (("94.2", "%"), PERCENT, 94.23),
        (("5.6", "%"), PERCENT, 5.567),
        (("100", "%"), PERCENT, 100.0),
        (("12.3 K", "requests"), COUNT, 12345.0),
        (("2.35 M", "requests"), COUNT, 2_345_678.0),
        (("999", "requests"), COUNT, 999.4),
        (("1.00 K", "requests"), COUNT, 999.9),
        (("30.0", "min"), HOURS, 0.5),
        (("41.7", "days"), HOURS, 1000.0),
        (("38.4", "h"), HOURS, 38.4),
        (("0.0", "h"), HOURS, 0.0),
        (("–", ""), HOURS, None),
    ],
)
def test_a_tile_shows_three_digits_in_the_unit_people_speak(
    expected: tuple[str, str], metric: Metric, value: float | None
) -> None:
    assert expected == figures.format_tile(metric, value)


@given(st.floats(min_value=0.001, max_value=1e8, allow_nan=False))
def test_a_tile_never_has_more_than_three_digits(value: float) -> None:
    number, _ = figures.format_tile(COUNT, value)
    assert sum(letter.isdigit() for letter in number) <= 3


def test_a_rate_is_not_written_in_thousands_per_so_many() -> None:
    rate = _metric(form="rate", unit="per", per=100_000, base="orders", decimals=0)
    assert ("5,658", "per 100,000 orders") == figures.format_tile(rate, 5658.3)


def test_a_score_in_whole_points_changes_in_whole_points() -> None:
    nps = _metric(unit="points", decimals=0)
    assert "+15 pts" == figures.format_change(nps, 24.4, 9.7)
    assert "−3 to +32 pts" == figures.format_gap_interval(nps, -3.2, 32.4)
    assert ("−1 pt", "+1 pt") == (figures.format_change(nps, 8, 9), figures.format_gap(nps, 1.2))


def test_percentages_change_in_points() -> None:
    assert "+25.0 pts" == figures.format_change(PERCENT, 50.0, 25.0)


def test_amounts_change_in_percent() -> None:
    assert "−20.0 %" == figures.format_change(COUNT, 80.0, 100.0)


@pytest.mark.parametrize(("now", "before"), [(-19.5, 5.2), (5.2, -19.5), (-19.5, -44.2)])
def test_what_can_be_negative_changes_in_its_unit(now: float, before: float) -> None:
    mean = {"value": {"column": "delay"}, "numerator": None, "denominator": None}
    minutes = _metric(form="mean", unit="minutes", decimals=1, **mean)
    expected = "−24.7 min" if now < before else "+24.7 min"
    assert expected == figures.format_change(minutes, now, before)


def test_a_rate_from_zero_changes_in_its_unit() -> None:
    assert "+0.4 per 1,000 orders" == figures.format_change(PER_THOUSAND, 0.4, 0.0)


def test_a_score_changes_in_its_unit() -> None:
    assert "−0.25 score" == figures.format_change(SCORE, 4.0, 4.25)


def test_no_change_has_no_direction() -> None:
    assert "±0.0 pts" == figures.format_change(PERCENT, 25.001, 25.0)


def test_a_change_without_a_value_before_says_so() -> None:
    assert "no value" == figures.format_change(PERCENT, 50.0, None)


def test_the_full_value_keeps_ten_digits() -> None:
    assert "77.49472154 %" == figures.format_full(PERCENT, 100 * 44778 / 57782)


def test_a_gap_is_in_points_for_percentages() -> None:
    assert "+2.0 pts" == figures.format_gap(PERCENT, 1.96)


def test_an_interval_has_one_unit() -> None:
    assert "92.1 to 94.0 %" == figures.format_interval(PERCENT, 92.1, 94.0)


@pytest.mark.parametrize(
    ("expected", "start", "end"),
    [
        ("9 to 15 Nov 2026", date(2026, 11, 9), date(2026, 11, 15)),
        ("28 Dec 2026 to 3 Jan 2027", date(2026, 12, 28), date(2027, 1, 3)),
        ("28 Sep to 4 Oct 2026", date(2026, 9, 28), date(2026, 10, 4)),
        ("Feb 2024", date(2024, 2, 1), date(2024, 2, 29)),
        ("Jul to Sep 2026", date(2026, 7, 1), date(2026, 9, 30)),
        ("Dec 2025 to Feb 2026", date(2025, 12, 1), date(2026, 2, 28)),
        ("3 Oct 2026", date(2026, 10, 3), date(2026, 10, 3)),
    ],
)
def test_a_span_of_days_is_written_once(expected: str, start: date, end: date) -> None:
    assert expected == figures.format_span(start, end)


def test_a_moment_is_told_in_the_wall_time_of_its_zone() -> None:
    moment = datetime(2026, 7, 1, 22, 30, tzinfo=UTC)
    assert "Thu 2 Jul 2026, 00:30" == figures.format_moment(moment, "Europe/Berlin")


def test_a_period_near_another_leaves_the_year_out() -> None:
    labels = [
        figures.period_label(Grain.WEEK, date(2026, 11, 9)),
        figures.period_label(Grain.WEEK, date(2026, 11, 2), near=date(2026, 11, 9)),
    ]
    assert ["Week 46, 2026", "week 45"] == labels
