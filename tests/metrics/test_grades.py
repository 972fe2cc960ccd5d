"""How far a published value compares: the published cases of what does not, and every aspect."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.catalogue import load_catalogue
from metrics.grades import Aspect, Claim, Grade, Graded, grade_claim
from metrics.model import Form, Metric, Unit

_ON_TIME = load_catalogue().metrics["otd"]


def metric_of(**changes: object) -> Metric:
    return _ON_TIME.model_copy(update=changes)


SAME = Claim(
    statistic="value",
    converts=True,
    unit_text="percent",
    base="",
    start=date(2019, 1, 1),
    end=date(2019, 12, 31),
    own_days=True,
    our_version=1,
    clock="calendar",
    method="system",
    n=1200,
)
SHARE = metric_of(unit=Unit.PERCENT)
BAGS = metric_of(unit=Unit.PER, per=1000, base="passengers")
REPLY = metric_of(unit=Unit.HOURS, form=Form.PERCENTILE, percentile=50)


def costly(graded: Graded) -> dict[Aspect, Grade]:
    return {each.aspect: each.grade for each in graded.against}


def test_what_is_as_ours_in_every_respect_is_an_a():
    graded = grade_claim(SAME, SHARE)
    assert (Grade.A, True, "as ours in every respect") == (
        graded.grade,
        graded.has_gap,
        graded.words,
    )


def test_bags_per_checked_bag_are_no_bags_per_passenger():
    # AQR 2019 and SITA 2017 both publish 5.57 per 1,000: of checked bags, and of passengers
    graded = grade_claim(replace(SAME, base="checked bags"), BAGS)
    assert (Grade.C, False) == (graded.grade, graded.has_gap)
    assert "it is per checked bags, ours per passengers" == graded.words


def test_complaints_per_thousand_and_per_hundred_thousand_convert():
    # Ofcom moved from one to the other: the same thing on another scale
    metric = metric_of(unit=Unit.PER, per=100_000, base="customers")
    assert Grade.A is grade_claim(replace(SAME, base="Customers"), metric).grade


def test_business_hours_are_no_calendar_hours():
    # Zendesk Benchmark counts calendar hours
    metric = metric_of(unit=Unit.HOURS, form=Form.PERCENTILE, percentile=50, clock="business")
    graded = grade_claim(replace(SAME, statistic="median"), metric)
    assert {Aspect.CLOCK: Grade.C} == costly(graded)


def test_a_survey_of_what_we_count_by_system_is_told_with_a_note():
    graded = grade_claim(replace(SAME, method="survey"), SHARE)
    assert (Grade.B, True) == (graded.grade, graded.has_gap)
    assert "measured by survey, ours by system" == graded.words


@pytest.mark.parametrize(
    ("metric", "changes", "found"),
    [
        (SHARE, {"converts": False}, {Aspect.UNIT: Grade.D}),
        (BAGS, {"base": ""}, {Aspect.BASE: Grade.B}),
        (SHARE, {"statistic": "median"}, {Aspect.STATISTIC: Grade.C}),
        (SHARE, {"statistic": "rank"}, {Aspect.STATISTIC: Grade.D}),
        (REPLY, {"statistic": "p90"}, {Aspect.STATISTIC: Grade.C}),
        (REPLY, {"statistic": "median"}, {}),
        (SHARE, {"version": "2"}, {Aspect.DEFINITION: Grade.C}),
        (SHARE, {"our_version": 2}, {Aspect.DEFINITION: Grade.B}),
        (SHARE, {"our_version": 2, "version": "2"}, {}),
        (SHARE, {"start": None}, {Aspect.PERIOD: Grade.C}),
        (SHARE, {"own_days": False}, {Aspect.PERIOD: Grade.C}),
        (REPLY, {"clock": ""}, {Aspect.CLOCK: Grade.B}),
        (SHARE, {"clock": ""}, {}),
        (SHARE, {"method": ""}, {Aspect.METHOD: Grade.B}),
        (SHARE, {"scope": "e-mail"}, {Aspect.SCOPE: Grade.C}),
        (SHARE, {"n": None}, {Aspect.SAMPLE: Grade.B}),
        (SHARE, {"age": "older than 18 months"}, {Aspect.AGE: Grade.C}),
        (SHARE, {"is_dated": False}, {Aspect.AGE: Grade.B}),
        (SHARE, {"region": "France"}, {Aspect.REGION: Grade.B}),
        (SHARE, {"region": "France", "our_regions": ("france",)}, {}),
        (BAGS, {"base": "Passenger"}, {}),
        (metric_of(population="households"), {}, {Aspect.POPULATION: Grade.B}),
        (metric_of(population="households"), {"population": "Households"}, {}),
        (metric_of(population="households"), {"population": "firms"}, {Aspect.POPULATION: Grade.B}),
    ],
)
def test_each_aspect_costs_what_the_table_of_the_method_says(metric, changes, found):
    assert found == costly(grade_claim(replace(SAME, **changes), metric))


texts = st.sampled_from(["", "system", "survey", "business", "calendar", "2"])
claims = st.builds(
    Claim,
    statistic=st.sampled_from(["value", "mean", "median", "p90", "rank"]),
    converts=st.booleans(),
    unit_text=texts,
    base=texts,
    start=st.none() | st.just(date(2019, 1, 1)),
    end=st.just(date(2019, 12, 31)),
    own_days=st.booleans(),
    our_version=st.integers(1, 2),
    version=texts,
    clock=texts,
    method=texts,
    population=texts,
    scope=texts,
    n=st.none() | st.integers(0, 10),
    age=texts,
)


@given(claims, st.sampled_from([SHARE, BAGS, REPLY]))
def test_the_grade_is_that_of_the_worst_aspect_and_every_cost_is_told(claim, metric):
    graded = grade_claim(claim, metric)
    assert max(each.grade for each in graded.reasons) == graded.grade
    assert all(each.words in graded.words for each in graded.against)
    assert len({each.aspect for each in graded.reasons}) == len(graded.reasons)
