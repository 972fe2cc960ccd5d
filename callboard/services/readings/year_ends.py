"""Where the year of a judged series will end, against the target in force at its end."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from callboard.services.readings.process_parts import ProcessParts, YearSoFar, signal_began
from callboard.services.readings.signal_words import natural_bounds
from metrics.calendar import Period, calendar_for
from metrics.model import Better, Form, Grain, Metric, Stock
from metrics.year_end import Aim, YearEnd, year_end, year_of

_MOST_OF_IT = 0.8  # the share of a year's periods so far that must have a value
_SOME = 2  # periods since a signal began, from which on one may ask what if it stays
_SUMMED = (Form.RATIO, Form.RATE, Form.MEAN, Form.NET_SCORE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Year:
    """A year seen from the period `told`: its ends, and the first of its periods that is known."""

    first: Period
    first_known: Period
    told: Period
    last: Period

    @property
    def noun(self) -> str:
        """What the year is made of: week."""
        return self.told.grain.value

    @property
    def name(self) -> str:
        """`2026`; `2026 (weeks 2 to 53)`, which are not its days; `2026 (from Mar)`."""
        number, calendar = self.last.start.year, calendar_for(self.told.grain)
        if self.told.grain is Grain.WEEK:
            weeks = (each.start.isocalendar().week for each in (self.first_known, self.last))
            return f"{number} (weeks {next(weeks)} to {next(weeks)})"
        if self.first_known == self.first:
            return str(number)
        return f"{number} (from {calendar.label(self.first_known, near=self.last)})"


class FoundYearEnd(NamedTuple):
    """Where a year ends, against what, and which year it is."""

    end: YearEnd
    aim: Aim
    year: Year


def find_year_end(
    parts: ProcessParts, target: float | None, so_far: YearSoFar
) -> FoundYearEnd | None:
    """Where the year ends; None without a target, for what has no sums, and of a year with gaps."""
    metric = parts.metric
    if target is None or not has_year_end(metric):
        return None
    first, last = year_of(parts.period)
    low, high = natural_bounds(metric)
    aim = Aim(target=target, better=metric.better, scale=metric.scale, lowest=low, highest=high)
    found = year_end(
        parts.counted,
        parts.base,
        parts.days,
        so_far=so_far.sums,
        left=parts.left(last),
        aim=aim,
        lately=_lately(parts),
        follows_base=parts.follows_base,
    )
    if found is None or so_far.share < _MOST_OF_IT:
        return None
    year = Year(first=first, first_known=so_far.first_known, told=parts.period, last=last)
    return FoundYearEnd(found, aim, year)


def has_year_end(metric: Metric) -> bool:
    """Whether a year of this metric adds up and can be good or bad."""
    is_summed = metric.form in _SUMMED or metric.stock is Stock.MEAN
    return is_summed and metric.better in (Better.HIGHER, Better.LOWER)


def _lately(parts: ProcessParts) -> float | None:
    """What the metric averages since its signal began; None without one, and of one period."""
    since = signal_began(parts)
    if since is None:
        return None
    began = parts.place_of(since)
    counted, base = parts.counted[began:], parts.base[began:]
    if np.count_nonzero(base > 0) < _SOME:
        return None
    return parts.metric.scale * float(np.nansum(counted)) / float(np.nansum(base))
