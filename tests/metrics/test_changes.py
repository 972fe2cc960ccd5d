"""Definitions that changed on a day: what compares with what."""

from datetime import date

import pytest

from metrics.calendar import Period, calendar_for
from metrics.changes import change_between, changes_of, version_on
from metrics.model import Grain, Metric
from tests.metrics.composites import COMPONENT, component, composite

NEW_YEAR = date(2019, 1, 1)
CHANGE = {"version": 2, "from": NEW_YEAR, "what": "per checked bag"}
MONTHS = calendar_for(Grain.MONTH)
DECEMBER, JANUARY, FEBRUARY = (
    MONTHS.period_of(day) for day in (date(2018, 12, 1), NEW_YEAR, date(2019, 2, 1))
)
WEEK_OF_THE_CHANGE = calendar_for(Grain.WEEK).period_of(NEW_YEAR)


def changed(**more: object) -> Metric:
    plain = {"metric": "bags", "name": "Bags", "better": "lower", **COMPONENT}
    return Metric.model_validate({**plain, "version": 2, "changes": [CHANGE], **more})


@pytest.mark.parametrize(
    ("before", "now", "is_refused"),
    [
        (DECEMBER, JANUARY, True),
        (DECEMBER, FEBRUARY, True),
        (JANUARY, FEBRUARY, False),
        (WEEK_OF_THE_CHANGE, FEBRUARY, True),
        (MONTHS.previous(DECEMBER), DECEMBER, False),
        (calendar_for(Grain.WEEK).previous(WEEK_OF_THE_CHANGE), WEEK_OF_THE_CHANGE, True),
    ],
)
def test_periods_on_both_sides_of_a_change_do_not_compare(
    before: Period, now: Period, is_refused: bool
) -> None:
    assert is_refused == (change_between(changed(), before, now) is not None)


def test_a_composite_changes_with_its_components() -> None:
    index = composite([component(1), component(1, better="lower")])
    whole = index.made_of([index.component_metrics[0], changed()])
    assert [("Bags", NEW_YEAR)] == [(each.metric, each.day) for each in changes_of(whole)]
    assert () == changes_of(index)


def test_the_version_in_force_is_that_of_the_day() -> None:
    assert (1, 2) == (version_on(changed(), date(2018, 12, 31)), version_on(changed(), NEW_YEAR))
