"""Reporting periods: their bounds, their comparisons, when they are complete."""

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.calendar import (
    Period,
    calendar_for,
    complete_to,
    same_weekday_before,
)
from metrics.model import Grain

days = st.dates(date(1971, 1, 1), date(2100, 12, 31))
grains = st.sampled_from(Grain)


def period(grain, day):
    return calendar_for(grain).period_of(day)


@pytest.mark.parametrize(
    ("grain", "day", "start", "end"),
    [
        (Grain.DAY, date(2026, 11, 22), date(2026, 11, 22), date(2026, 11, 22)),
        (Grain.WEEK, date(2026, 11, 22), date(2026, 11, 16), date(2026, 11, 22)),
        (Grain.WEEK, date(2027, 1, 1), date(2026, 12, 28), date(2027, 1, 3)),
        (Grain.MONTH, date(2024, 2, 29), date(2024, 2, 1), date(2024, 2, 29)),
        (Grain.MONTH, date(2026, 12, 31), date(2026, 12, 1), date(2026, 12, 31)),
    ],
)
def test_a_day_falls_in_its_period(grain, day, start, end):
    assert Period(grain=grain, start=start, end=end) == period(grain, day)


@pytest.mark.parametrize(
    ("grain", "label", "short"),
    [
        (Grain.DAY, "Sun 22 Nov 2026", "Sun 22 Nov"),
        (Grain.WEEK, "Week 47, 2026", "week 47"),
        (Grain.MONTH, "Nov 2026", "Nov"),
    ],
)
def test_a_period_has_a_label_that_leaves_out_the_year_beside_its_own(grain, label, short):
    found = period(grain, date(2026, 11, 22))
    calendar = calendar_for(grain)
    assert label == calendar.label(found)
    assert short == calendar.label(found, near=calendar.previous(found))
    assert label == calendar.label(found, near=period(grain, date(2025, 6, 1)))


def test_the_first_days_of_january_carry_the_year_of_their_iso_week():
    weeks = calendar_for(Grain.WEEK)
    assert "Week 53, 2026" == weeks.label(period(Grain.WEEK, date(2027, 1, 2)))


@pytest.mark.parametrize(
    ("grain", "day", "label"),
    [
        (Grain.DAY, date(2026, 11, 22), "Sun 23 Nov 2025"),
        (Grain.WEEK, date(2026, 11, 16), "Week 47, 2025"),
        (Grain.WEEK, date(2020, 12, 28), "Week 52, 2019 and Week 1, 2020"),
        (Grain.WEEK, date(2021, 12, 27), "Week 52, 2020"),
        (Grain.MONTH, date(2026, 10, 1), "Oct 2025"),
        (Grain.MONTH, date(2024, 2, 1), "Feb 2023"),
    ],
)
def test_the_comparison_with_last_year_says_which_period_it_used(grain, day, label):
    found = calendar_for(grain).same_last_year(period(grain, day))
    assert label == found.label


@given(days)
def test_a_day_compares_with_the_same_weekday_of_last_year(day):
    (match,) = calendar_for(Grain.DAY).same_last_year(period(Grain.DAY, day)).periods
    assert day.weekday() == match.start.weekday()
    assert 364 == (day - match.start).days


def test_a_single_day_compares_with_the_same_weekday_of_the_week_before():
    assert date(2026, 11, 15) == same_weekday_before(date(2026, 11, 22))


@given(grains, days)
def test_periods_follow_one_another_without_gap_or_overlap(grain, day):
    calendar = calendar_for(grain)
    found = calendar.period_of(day)
    assert found.start <= day <= found.end
    assert found == calendar.previous(calendar.following(found))
    assert found.start - timedelta(days=1) == calendar.previous(found).end


@given(grains, days, st.integers(0, 500))
def test_the_axis_holds_every_period_that_a_span_touches(grain, first, length):
    last = first + timedelta(days=length)
    calendar = calendar_for(grain)
    spanned = {calendar.period_of(first + timedelta(days=at)).start for at in range(length + 1)}
    assert sorted(spanned) == calendar.axis(first, last).tolist()
    assert length + 1 <= sum(each.days for each in calendar.periods(first, last))


def test_a_span_that_ends_before_it_begins_has_no_period():
    assert () == calendar_for(Grain.WEEK).periods(date(2026, 2, 1), date(2026, 1, 1))


@given(grains, st.lists(days, min_size=1, max_size=20))
def test_the_starts_of_a_column_are_those_of_each_day(grain, column):
    calendar = calendar_for(grain)
    starts = calendar.starts(np.array(column, dtype="datetime64[D]"))
    assert [calendar.period_of(day).start for day in column] == starts.tolist()


@pytest.mark.parametrize(
    ("today", "data_to", "lag", "until"),
    [
        (date(2026, 11, 23), date(2026, 11, 23), 0, date(2026, 11, 22)),
        (date(2026, 11, 23), date(2026, 11, 23), 3, date(2026, 11, 19)),
        (date(2026, 11, 23), date(2026, 11, 10), 3, date(2026, 11, 10)),
    ],
)
def test_days_are_complete_when_over_and_late_rows_in_and_the_data_reaches(
    today, data_to, lag, until
):
    assert until == complete_to(today, data_to=data_to, lag_days=lag)


def test_a_week_is_complete_on_its_last_day_and_not_before():
    week = period(Grain.WEEK, date(2026, 11, 18))
    weeks = calendar_for(Grain.WEEK)
    assert weeks.previous(week) == weeks.last_complete(date(2026, 11, 21))
    assert week == weeks.last_complete(date(2026, 11, 22))


@given(grains, days)
def test_the_last_complete_period_is_complete_and_the_one_after_it_is_not(grain, until):
    calendar = calendar_for(grain)
    last = calendar.last_complete(until)
    assert last.end <= until < calendar.following(last).end


@pytest.mark.parametrize(
    ("day", "label"),
    [
        (date(2025, 12, 22), "Week 52, 2024"),  # 2024 has 52 weeks, 2020 and 2026 have 53
        (date(2021, 12, 27), "Week 52, 2020"),
        (date(2027, 12, 27), "Week 52, 2026"),
        (date(2026, 12, 28), "Week 52, 2025 and Week 1, 2026"),
    ],
)
def test_a_week_is_compared_with_its_number_a_year_before(day, label):
    weeks = calendar_for(Grain.WEEK)
    assert label == weeks.same_last_year(weeks.period_of(day)).label
