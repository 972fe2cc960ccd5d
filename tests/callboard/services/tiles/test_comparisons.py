"""What one number says against another."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callboard.services.comparing.comparability import convert
from callboard.services.readings.meaning import meaning_of
from callboard.services.readings.series import Status
from callboard.services.tiles.comparisons import (
    NOTHING,
    TOO_FEW,
    UNCLEAR,
    Reading,
    compare,
    compare_with_target,
)
from callboard.views import Meaning, Movement
from metrics.catalogue import load_catalogue
from metrics.model import Better, Metric
from metrics.sketch import sketch_of
from metrics.value import Parts

LIBRARY = load_catalogue().metrics
OTD, ABANDON, ASA, AHT, LCP = (
    LIBRARY[code] for code in ("otd", "abandon", "asa", "aht", "lcp_p75")
)
COUNT = Metric.model_validate(
    {
        "metric": "calls",
        "name": "Calls",
        "question": "How many?",
        "pillar": "Delivery",
        "key": "Efficiency",
        "better": "lower",
        "unit": "count",
        "decimals": 0,
        "form": "count",
        "feed": "contacts",
        "numerator": {},
    }
)
BANDED = OTD.model_copy(update={"better": Better.BAND, "band": (80.0, 90.0)})


def _reading(value: float | None, **changes: object) -> Reading:
    return Reading(value=value, status=Status.OK, n=100, **changes)


@pytest.mark.parametrize(
    ("expected", "metric", "now", "before"),
    [
        (Meaning.GOOD, OTD, 92.0, 90.0),
        (Meaning.BAD, OTD, 88.0, 90.0),
        (Meaning.GOOD, ABANDON, 3.0, 5.0),
        (Meaning.BAD, ABANDON, 5.0, 3.0),
        (Meaning.NEUTRAL, AHT, 300.0, 200.0),
        (Meaning.NONE, OTD, 90.001, 90.0),
        (Meaning.GOOD, BANDED, 91.0, 95.0),
        (Meaning.BAD, BANDED, 75.0, 85.0),
        (Meaning.NEUTRAL, BANDED, 82.0, 88.0),
    ],
)
def test_what_a_difference_means_follows_the_metric(
    expected: Meaning, metric: Metric, now: float, before: float
) -> None:
    assert expected is meaning_of(metric, now, before)


@given(st.floats(0, 100), st.floats(0, 100))
def test_the_other_direction_turns_good_into_bad(now: float, before: float) -> None:
    turned = OTD.model_copy(update={"better": Better.LOWER})
    opposite = {
        Meaning.GOOD: Meaning.BAD,
        Meaning.BAD: Meaning.GOOD,
        Meaning.NONE: Meaning.NONE,
    }
    assert opposite[meaning_of(OTD, now, before)] is meaning_of(turned, now, before)


def test_the_arrow_follows_the_number_and_the_word_its_meaning() -> None:
    now, before = (Parts(numerator=share, denominator=10_000.0, n=10_000) for share in (500, 300))
    chip = compare(ABANDON, _reading(5.0, sums=now), _reading(3.0, sums=before), label="week 45")
    assert (Movement.UP, Meaning.BAD, "worse", "+2.0 pts") == (
        chip.movement,
        chip.meaning,
        chip.word,
        chip.text,
    )


def test_a_difference_that_cannot_be_tested_is_neither_good_nor_bad() -> None:
    chip = compare(ABANDON, _reading(5.0), _reading(3.0), label="week 45")
    assert (Movement.UP, Meaning.NEUTRAL, "higher") == (chip.movement, chip.meaning, chip.word)


def test_counts_of_months_of_different_lengths_are_compared_per_day() -> None:
    chip = compare(COUNT, _reading(310.0, days=31), _reading(300.0, days=30), label="Apr")
    assert (Movement.LEVEL, "±0.0 %") == (chip.movement, chip.text)
    assert "Apr: 300, 30 days against 31: compared per day" == chip.detail


def _counted(events: float, days: int) -> Reading:
    return _reading(events, days=days, sums=Parts(numerator=events, n=events))


@pytest.mark.parametrize(("word", "now"), [(UNCLEAR, 110.0), ("worse", 150.0)])
def test_a_count_differs_where_chance_alone_would_not_make_it(word: str, now: float) -> None:
    chip = compare(COUNT, _counted(now, 31), _counted(100.0, 30), label="Apr")
    assert word == chip.word


def test_a_closer_look_tells_the_interval_of_the_difference() -> None:
    # Byar: 100 (81.4 to 121.6), 150 (127.0 to 176.0), and square-and-add
    chip = compare(COUNT, _counted(150.0, 30), _counted(100.0, 30), label="Apr")
    assert "Apr: 100; difference +18 to +82" == chip.detail


def test_ratios_are_compared_as_they_are_whatever_the_lengths() -> None:
    chip = compare(OTD, _reading(90.0, days=31), _reading(80.0, days=28), label="Feb")
    assert "+10.0 pts" == chip.text


@pytest.mark.parametrize(
    ("word", "before"),
    [
        ("no value for week 45", NOTHING),
        ("no activity for week 45", Reading(value=None, status=Status.NO_ACTIVITY)),
        (
            "too few cases for week 45: 7 of at least 10",
            Reading(value=90.0, status=Status.SUPPRESSED, n=7),
        ),
        ("week 45 is not whole", Reading(value=90.0, status=Status.PARTIAL, n=70)),
    ],
)
def test_a_period_that_cannot_be_compared_is_named_with_its_reason(
    word: str, before: Reading
) -> None:
    chip = compare(OTD, _reading(90.0), before, label="week 45")
    assert (word, Movement.UNKNOWN, Meaning.NONE) == (chip.word, chip.movement, chip.meaning)


@pytest.mark.parametrize(
    ("word", "metric", "value"),
    [
        ("met", OTD, 90.0),
        ("missed", OTD, 89.9),
        ("met", ABANDON, 90.0),
        ("missed", ABANDON, 90.1),
    ],
)
def test_a_target_is_met_when_it_is_reached(word: str, metric: Metric, value: float) -> None:
    chip = compare_with_target(metric, _reading(value), 90.0)
    assert chip is not None
    assert word == chip.word


@pytest.mark.parametrize(
    ("word", "said", "metric", "value"),
    [
        ("met", "just over", OTD, 90.004),
        ("missed", "just under", OTD, 89.996),
        ("missed", "just over", ABANDON, 90.004),
        ("met", "±0.0 pts", OTD, 90.0),
    ],
)
def test_a_target_missed_by_a_hair_is_not_told_as_no_difference(
    word: str, said: str, metric: Metric, value: float
) -> None:
    chip = compare_with_target(metric, _reading(value), 90.0)
    assert chip is not None
    assert (word, said) == (chip.word, chip.text)


@pytest.mark.parametrize(
    ("word", "values", "before"),
    [
        ("worse", range(200, 400), range(100, 300)),
        (UNCLEAR, range(110, 310), range(100, 300)),
        (TOO_FEW, range(200, 240), range(100, 140)),
    ],
)
def test_percentiles_differ_where_their_ranks_do(word: str, values: range, before: range) -> None:
    chip = compare(LCP, _sketched(values), _sketched(before), label="Week 45")
    assert word == chip.word


def _sketched(values: range) -> Reading:
    sketch = sketch_of(values)
    parts = Parts(n=len(values), sketch=sketch)
    return Reading(value=sketch.quantile(0.75), status=Status.OK, n=len(values), sums=parts)


def test_a_neutral_metric_has_no_target() -> None:
    assert None is compare_with_target(AHT, _reading(300.0), 200.0)


@pytest.mark.parametrize(
    ("expected", "unit", "per", "metric"),
    [
        (7200.0, "hours", None, ASA),
        (2.0, "seconds", None, ASA),
        (0.002, "milliseconds", None, ASA),
        (2.0, "percent", None, OTD),
        (None, "points", None, OTD),
        (None, "hours", None, OTD),
        (None, "percent", None, ASA),
        (None, "furlongs", None, ASA),
        (200.0, "per", 1000, LIBRARY["complaints"]),
        (None, "per", None, LIBRARY["complaints"]),
    ],
)
def test_a_published_two_in_the_metrics_unit(
    expected: float | None, unit: str, per: float | None, metric: Metric
) -> None:
    found = convert(2.0, unit=unit, per=per, metric=metric)
    assert pytest.approx(expected) == found if expected is not None else found is None
