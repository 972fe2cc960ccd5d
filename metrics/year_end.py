"""Where the year will end against the target, as a range, if the process stays as it is."""

import math
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import numpy as np

from metrics.calendar import Period, calendar_for
from metrics.limits import Floats
from metrics.model import Better, Grain
from metrics.spread import Spread, reach, spread_of

ENOUGH = 12
_BEST = 3.0  # sigma: the process limits


class Outcome(StrEnum):
    """What becomes of the year's target. Certain: even if all that is left were at its limit."""

    KEPT = "kept"
    LIKELY_KEPT = "likely_kept"
    OPEN = "open"
    LIKELY_MISSED = "likely_missed"
    MISSED = "missed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sums:
    """What some periods counted, and what it is divided by."""

    counted: float
    base: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """What is left of a year: so many periods, of so many days together."""

    periods: int
    days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Aim:
    """The target, which way is better, and how far the metric can go; all in the metric's unit."""

    target: float
    better: Better
    scale: float
    lowest: float | None
    highest: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class YearEnd:
    """The year's value so far, where it will end (95 %), and what its rest must average.

    All in the metric's unit. `usual` is what the segment averages, from `points` periods; `best`
    and `worst` is where the year ends if every period left is at its limit, or as it was lately,
    where that is beyond it: `lately` is that average, `as_lately` where the year ends by it.
    `required` is None where nothing is left.
    """

    so_far: float
    low: float
    high: float
    best: float
    worst: float
    usual: float
    required: float | None
    outcome: Outcome
    points: int
    left: int
    lately: float | None = None
    as_lately: float | None = None


def year_of(period: Period) -> tuple[Period, Period]:
    """The first and the last period of the year: of weeks the ISO year, else the calendar's."""
    calendar = calendar_for(period.grain)
    if period.grain is Grain.WEEK:
        year = period.start.isocalendar().year
        first, last = date.fromisocalendar(year, 1, 1), date(year, 12, 28)
    else:
        first, last = date(period.start.year, 1, 1), date(period.start.year, 12, 31)
    return calendar.period_of(first), calendar.period_of(last)


def year_end(  # noqa: PLR0913 - each given by its name
    counted: Floats,
    base: Floats,
    days: Floats,
    *,
    so_far: Sums,
    left: Left,
    aim: Aim,
    lately: float | None = None,
    follows_base: bool = False,
) -> YearEnd | None:
    """Where the year will end, from the points of the current segment (NaN for no value).

    `lately` is what it averages since a signal began, where there is one. `follows_base`: sigma
    falls with the root of the base, for a series on a p'- or u'-chart.

    What is left is expected to have the segment's base a day. Its mean lies around the segment's
    by the spread of both: of the periods still to come, and of the segment's own mean, which its
    points make by weight. None below 12 points.
    """
    known = ~np.isnan(counted) & (base > 0)
    spread = spread_of(aim.scale * counted, base, follows_base=follows_base)
    if known.sum() < ENOUGH or spread is None or so_far.base <= 0:
        return None
    usual = float(aim.scale * counted[known].sum() / base[known].sum())
    rest = float(base[known].sum() / days[known].sum()) * left.days
    year = _Year(so_far=so_far, rest=rest, aim=aim)
    ahead = np.full(left.periods, rest / max(left.periods, 1))
    half = _half(spread, ahead, base[known]) if left.periods else 0.0
    as_lately = [] if lately is None or not left.periods else [year.value(lately)]
    worst, best = year.extremes(usual, _farthest(spread, ahead), as_lately)
    low, high = year.value(usual - half), year.value(usual + half)
    return YearEnd(
        so_far=aim.scale * so_far.counted / so_far.base,
        low=low,
        high=high,
        best=best,
        worst=worst,
        usual=usual,
        required=year.required() if left.periods else None,
        outcome=_outcome(aim, [low, high, *as_lately], best=best, worst=worst),
        points=int(known.sum()),
        left=left.periods,
        lately=lately,
        as_lately=as_lately[0] if as_lately else None,
    )


def _half(spread: Spread, ahead: Floats, base: Floats) -> float:
    """How far the mean of the periods ahead may lie from that of the points with these bases."""
    return reach(len(base)) * math.hypot(spread.of_mean(ahead), spread.of_mean(base))


def _farthest(spread: Spread, ahead: Floats) -> float:
    """How far from the centre the limits of a single period ahead are; 0 where none is."""
    return _BEST * spread.of_mean(ahead[:1]) if len(ahead) else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Year:
    so_far: Sums
    rest: float
    aim: Aim

    def value(self, average: float) -> float:
        """Where the year ends if the rest averages so much, as far as the metric can go."""
        low = -math.inf if self.aim.lowest is None else self.aim.lowest
        high = math.inf if self.aim.highest is None else self.aim.highest
        rest = self.rest * min(max(average, low), high)
        return (self.aim.scale * self.so_far.counted + rest) / (self.so_far.base + self.rest)

    def extremes(self, usual: float, reach: float, others: list[float]) -> tuple[float, float]:
        """The worst and the best end, by so much around the usual average or by `others`."""
        ends = sorted([self.value(usual - reach), self.value(usual + reach), *others])
        is_up = self.aim.better is Better.HIGHER
        return (ends[0], ends[-1]) if is_up else (ends[-1], ends[0])

    def required(self) -> float:
        """What the rest must average for the year to end on its target."""
        whole = self.aim.target * (self.so_far.base + self.rest)
        return (whole - self.aim.scale * self.so_far.counted) / self.rest


def _outcome(aim: Aim, spanned: list[float], *, best: float, worst: float) -> Outcome:
    way = 1 if aim.better is Better.HIGHER else -1
    surplus = sorted(way * (each - aim.target) for each in spanned)
    if way * (worst - aim.target) >= 0:
        return Outcome.KEPT
    if way * (best - aim.target) < 0:
        return Outcome.MISSED
    if surplus[0] >= 0:
        return Outcome.LIKELY_KEPT
    return Outcome.LIKELY_MISSED if surplus[-1] < 0 else Outcome.OPEN
