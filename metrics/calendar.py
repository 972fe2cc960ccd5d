"""Reporting periods: which there are, which are complete, and what each is compared with.

Days are local days; what "today" is, and how far the data reaches, the caller says.
"""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from datetime import date, timedelta
from typing import cast

import numpy as np
from numpy.typing import NDArray

from metrics.model import Grain

Days = NDArray[np.datetime64]
DAY = timedelta(days=1)
_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Period:
    """A slot of the reporting calendar; `start` and `end` are its first and last day."""

    grain: Grain
    start: date
    end: date

    @property
    def days(self) -> int:
        """How many days the period has."""
        return (self.end - self.start).days + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class YearAgo:
    """What a period is compared with a year before, and its label, which says which it was.

    Two periods where none matches alone (ISO week 53): their values are averaged. Sums over a
    period of another length (a leap February) compare per day only.
    """

    periods: tuple[Period, ...]
    label: str


class ReportingCalendar(ABC):
    """One way to cut days into periods. A calendar from a table answers the same questions."""

    grain: Grain

    @abstractmethod
    def period_of(self, day: date) -> Period:
        """The period that `day` falls in."""

    @abstractmethod
    def label(self, period: Period, *, near: Period | None = None) -> str:
        """The period in words; the year is left out where it is that of the period `near`."""

    @abstractmethod
    def starts(self, days: Days) -> Days:
        """The first day of the period of each of `days`."""

    @abstractmethod
    def _matches_last_year(self, period: Period) -> tuple[Period, ...]:
        """The period or periods that stand for `period` a year before."""

    def previous(self, period: Period) -> Period:
        """The period that ends the day before `period` begins."""
        return self.period_of(period.start - DAY)

    def following(self, period: Period) -> Period:
        """The period that begins the day after `period` ends."""
        return self.period_of(period.end + DAY)

    def periods(self, start: date, end: date) -> tuple[Period, ...]:
        """Every period from the one of `start` to the one of `end`, oldest first."""
        found = [self.period_of(start)] if start <= end else []
        while found and found[-1].end < end:
            found.append(self.following(found[-1]))
        return tuple(found)

    def axis(self, first: date, last: date) -> Days:
        """The first days of `periods(first, last)` as a `datetime64[D]` array without gaps."""
        return np.array([each.start for each in self.periods(first, last)], dtype="datetime64[D]")

    def same_last_year(self, period: Period) -> YearAgo:
        """What `period` is compared with a year before."""
        matches = self._matches_last_year(period)
        return YearAgo(periods=matches, label=" and ".join(self.label(each) for each in matches))

    def last_complete(self, until: date) -> Period:
        """The newest period that ends no later than `until` (see `complete_to`)."""
        period = self.period_of(until)
        return period if period.end <= until else self.previous(period)


class _DayCalendar(ReportingCalendar):
    grain = Grain.DAY

    def period_of(self, day: date) -> Period:
        return Period(grain=self.grain, start=day, end=day)

    def label(self, period: Period, *, near: Period | None = None) -> str:
        day = period.start
        short = f"{_WEEKDAYS[day.weekday()]} {day.day} {_MONTHS[day.month - 1]}"
        return short if near and near.start.year == day.year else f"{short} {day.year}"

    def starts(self, days: Days) -> Days:
        return days.astype("datetime64[D]")

    def _matches_last_year(self, period: Period) -> tuple[Period, ...]:
        return (self.period_of(period.start - timedelta(weeks=52)),)


class _WeekCalendar(ReportingCalendar):
    """ISO 8601 weeks, Monday to Sunday."""

    grain = Grain.WEEK

    def period_of(self, day: date) -> Period:
        monday = day - timedelta(days=day.weekday())
        return Period(grain=self.grain, start=monday, end=monday + timedelta(days=6))

    def label(self, period: Period, *, near: Period | None = None) -> str:
        year, week, _ = period.start.isocalendar()
        if near and near.start.isocalendar().year == year:
            return f"week {week}"
        return f"Week {week}, {year}"

    def starts(self, days: Days) -> Days:
        whole = days.astype("datetime64[D]")
        after_monday = (whole.astype(np.int64) + 3) % 7  # day 0, 1 January 1970, was a Thursday
        return cast(Days, whole - after_monday.astype("timedelta64[D]"))

    def _matches_last_year(self, period: Period) -> tuple[Period, ...]:
        year, week, _ = period.start.isocalendar()
        last_week = date(year - 1, 12, 28).isocalendar().week
        match = self.period_of(date.fromisocalendar(year - 1, min(week, last_week), 1))
        return (match,) if week <= last_week else (match, self.following(match))


class _MonthCalendar(ReportingCalendar):
    grain = Grain.MONTH

    def period_of(self, day: date) -> Period:
        first = day.replace(day=1)
        next_first = (first + timedelta(days=31)).replace(day=1)
        return Period(grain=self.grain, start=first, end=next_first - DAY)

    def label(self, period: Period, *, near: Period | None = None) -> str:
        month = _MONTHS[period.start.month - 1]
        same_year = near is not None and near.start.year == period.start.year
        return month if same_year else f"{month} {period.start.year}"

    def starts(self, days: Days) -> Days:
        return days.astype("datetime64[M]").astype("datetime64[D]")

    def _matches_last_year(self, period: Period) -> tuple[Period, ...]:
        return (self.period_of(period.start.replace(year=period.start.year - 1)),)


_CALENDARS: dict[Grain, ReportingCalendar] = {
    Grain.DAY: _DayCalendar(),
    Grain.WEEK: _WeekCalendar(),
    Grain.MONTH: _MonthCalendar(),
}


def calendar_for(grain: Grain) -> ReportingCalendar:
    """The civil calendar of `grain`: days, ISO weeks or months."""
    return _CALENDARS[grain]


def complete_to(today: date, *, data_to: date, lag_days: int = 0) -> date:
    """The last day that is over, whose late rows are in, and that the data reaches."""
    return min(today - timedelta(days=1 + lag_days), data_to)


def same_weekday_before(day: date, *, weeks: int = 1) -> date:
    """The same weekday some weeks before: what a single day is fairly compared with."""
    return day - timedelta(weeks=weeks)
