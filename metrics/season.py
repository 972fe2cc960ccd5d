"""What the week or the year looks like: fixed effects, their strength, and values without them.

Estimated on whole cycles before the newest point's own, so that no point is adjusted by itself.
Arrays are series x points; a place is the weekday (0 Monday) or the month (0 January) of a point.
"""

import math
from dataclasses import dataclass, fields, replace
from typing import cast

import numpy as np
from numpy.typing import NDArray
from scipy import special

from metrics.limits import Floats, Ints
from metrics.model import Form, Grain, Metric
from metrics.stl import decompose, place_means

Mask = NDArray[np.bool_]
STRONG = 0.4
_SMALLEST_FACTOR = 0.25
_CHANCE = 0.001  # a page has many series, and adjusting one for nothing is worse than not


@dataclass(frozen=True, slots=True, kw_only=True)
class Cycle:
    """What repeats: `length` points, estimated on the `span` cycles before; `least` must be there.

    `is_whole`: the cycles begin at place 0, so that effects are made anew once in a cycle only.
    `is_robust`: outliers count less. Of two Decembers nobody can tell which is the odd one.
    """

    length: int
    span: int
    least: int
    is_whole: bool
    is_robust: bool

    @property
    def history(self) -> int:
        """How many points hold the baseline and the point to be judged, wherever in its cycle."""
        return self.span * self.length + (self.length if self.is_whole else 1)

    @property
    def widening(self) -> float:
        """How much wider limits of adjusted values are, because their effects are estimated.

        The effect of K cycles lies within sigma / sqrt(K) of the true one: its own points vary by
        sqrt(1 - 1/K) sigma around it, a new one by sqrt(1 + 1/K).
        """
        return math.sqrt((self.span + 1) / (self.span - 1))


WEEK_OF_DAYS = Cycle(length=7, span=12, least=8, is_whole=True, is_robust=True)
YEAR_OF_MONTHS = Cycle(length=12, span=2, least=2, is_whole=False, is_robust=False)
CYCLES = {Grain.DAY: WEEK_OF_DAYS, Grain.MONTH: YEAR_OF_MONTHS}


@dataclass(frozen=True, slots=True, kw_only=True)
class Seasons:
    """The fixed effects of many series (series x places), in the unit or, if relative, as shares.

    `strength` is the share of the variation around the trend that they explain, NaN where the
    history is too short. `is_clear`: more of it than chance makes of one series in a thousand
    without a season; `is_strong`: clear, and more than 0.4, so worth adjusting for. `first` and
    `last` are the baseline's columns, -1 for none; `widening` is the cycle's for strong series.
    """

    effects: Floats
    is_relative: Mask
    strength: Floats
    is_clear: Mask
    is_strong: Mask
    first: Ints
    last: Ints
    widening: Floats

    def adjusted(self, values: Floats, places: Ints) -> Floats:
        """The values of strong series less their season, the others as they are."""
        effects = self._at(places)
        relative = self.is_relative[:, None]
        return np.where(relative, values / (1.0 + effects), values - effects)

    def restored(self, values: Floats, places: Ints) -> Floats:
        """What was adjusted, or limits of it, as it is with its season."""
        effects = self._at(places)
        relative = self.is_relative[:, None]
        return np.where(relative, values * (1.0 + effects), values + effects)

    def unused(self) -> "Seasons":
        """The same seasons, of which none is adjusted for."""
        return replace(
            self, is_strong=np.zeros_like(self.is_strong), widening=np.ones_like(self.widening)
        )

    def of(self, rows: Ints) -> "Seasons":
        """Those of some series."""
        return Seasons(**{each.name: getattr(self, each.name)[rows] for each in fields(self)})

    def _at(self, places: Ints) -> Floats:
        effects = np.where(self.is_strong[:, None], self.effects, 0.0)
        return cast(Floats, np.take_along_axis(effects, places, axis=1))


def no_seasons(series: int) -> Seasons:
    """What nothing is adjusted by."""
    return Seasons(
        effects=np.zeros((series, 1)),
        is_relative=np.zeros(series, dtype=bool),
        strength=np.full(series, np.nan),
        is_clear=np.zeros(series, dtype=bool),
        is_strong=np.zeros(series, dtype=bool),
        first=np.full(series, -1),
        last=np.full(series, -1),
        widening=np.ones(series),
    )


def ordinary_days(effects: Floats, days: Ints) -> float:
    """How many ordinary days some weekdays are worth together, by their relative effects."""
    return float((1.0 + effects[days]).sum())


def goes_by_shares(metric: Metric) -> bool:
    """Whether a metric's season is told in percent of its level: amounts, rates and times.

    Shares, scores and what can be negative have theirs in points.
    """
    return metric.form in (Form.COUNT, Form.RATE, Form.MEAN, Form.PERCENTILE)


def find_seasons(
    values: Floats,
    places: Ints,
    *,
    cycle: Cycle,
    by_shares: Mask,
    sampling: Floats | None = None,
) -> Seasons:
    """The seasons of series whose last point is the one to be judged, NaN where no value is.

    `sampling` is the variance that sampling error alone gives each value, where it is known.
    """
    first, last = _baseline(places, cycle)
    columns = np.maximum(first, 0)[:, None] + np.arange(cycle.span * cycle.length)
    columns = np.minimum(columns, values.shape[1] - 1)
    base = np.take_along_axis(values, columns, axis=1)
    where = np.take_along_axis(places, columns, axis=1)
    used = _counts(base, where, cycle)
    rows = np.flatnonzero((first >= 0) & _has_enough(used, cycle))
    effects = np.zeros((len(values), cycle.length))
    relative, strength = np.zeros(len(values), dtype=bool), np.full(len(values), np.nan)
    effects[rows], relative[rows], strength[rows] = _estimate(
        base[rows], where[rows], cycle=cycle, by_shares=by_shares[rows]
    )
    is_clear = np.zeros(len(values), dtype=bool)
    is_clear[rows] = strength[rows] > _strength_of_chance(used[rows])
    if sampling is not None:
        noise = np.take_along_axis(sampling, columns, axis=1)
        level = np.where(relative, _means(base), 1.0)[:, None]
        is_clear &= _exceeds_sampling(effects * level, used, _means(noise))
    is_strong = is_clear & (np.nan_to_num(strength) > STRONG)
    has_baseline = ~np.isnan(strength)
    return Seasons(
        effects=effects,
        is_relative=relative,
        strength=strength,
        is_clear=is_clear,
        is_strong=is_strong,
        first=np.where(has_baseline, first, -1),
        last=np.where(has_baseline, last, -1),
        widening=np.where(is_strong, cycle.widening, 1.0),
    )


def _baseline(places: Ints, cycle: Cycle) -> tuple[Ints, Ints]:
    """The first and the last column of the cycles before the last point; below 0 where too few."""
    running = places[:, -1] + 1 if cycle.is_whole else np.ones(len(places), dtype=np.int64)
    last = places.shape[1] - 1 - running
    return last - cycle.span * cycle.length + 1, last


def _counts(base: Floats, places: Ints, cycle: Cycle) -> Floats:
    """How many values each place in the cycle has."""
    member = places[..., None] == np.arange(cycle.length)
    return cast(Floats, (member & ~np.isnan(base)[..., None]).sum(axis=1).astype(float))


def _has_enough(counts: Floats, cycle: Cycle) -> Mask:
    """Whether every place that is used (a shop may close on Sundays) was seen often enough.

    A year has all of its months.
    """
    seen = (counts == 0) & cycle.is_whole | (counts >= cycle.least)
    return cast(Mask, seen.all(axis=1) & ((counts > 0).sum(axis=1) > 1))


def _estimate(
    base: Floats, places: Ints, *, cycle: Cycle, by_shares: Mask
) -> tuple[Floats, Mask, Floats]:
    """Effects, whether they are shares of the level, and their strength."""
    length = cycle.length
    found = decompose(base, places, length=length, is_robust=cycle.is_robust)
    rest = base - found.trend
    member, known = places[..., None] == np.arange(length), ~np.isnan(base)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.where(known & (found.trend > 0), rest / found.trend, 0.0)
    of_level = place_means(share, found.weights, member, known)
    relative = by_shares & ((found.trend > 0) | ~known).all(axis=1)
    relative &= of_level.min(axis=1, initial=0.0) >= _SMALLEST_FACTOR - 1
    effects = np.where(relative[:, None], of_level, found.effects)
    around = np.where(known, np.where(relative[:, None], share, rest), np.nan)
    return effects, relative, _strength(around, np.take_along_axis(effects, places, axis=1))


def _strength(around: Floats, season: Floats) -> Floats:
    """1 - var(remainder) / var(season + remainder), not below 0 (Wang, Smith, Hyndman 2006)."""
    whole, left = _variance(around), _variance(around - season)
    left_over = np.divide(left, whole, out=np.ones_like(left), where=whole > 0)
    return cast(Floats, np.maximum(1 - left_over, 0.0))


def _variance(values: Floats) -> Floats:
    return _means((values - _means(values)[:, None]) ** 2)


def _exceeds_sampling(effects: Floats, counts: Floats, variance: Floats) -> Mask:
    """Whether effects are more than sampling error makes of one series in a thousand: chi squared.

    Two years can resemble each other by luck; then what is left over is less than samples allow.
    """
    freedom = np.maximum((counts > 0).sum(axis=1) - 1.0, 1.0)
    critical = special.chdtri(freedom, _CHANCE)
    return cast(Mask, (counts * effects**2).sum(axis=1) > critical * variance)


def _means(values: Floats) -> Floats:
    known = ~np.isnan(values)
    total = np.where(known, values, 0.0).sum(axis=1)
    return cast(Floats, total / np.maximum(known.sum(axis=1), 1))


def _strength_of_chance(counts: Floats) -> Floats:
    """The strength that one in a thousand series without a season reaches: an F test turned round.

    Two years of noise have a strength above 0.4 more often than not.
    """
    points, places = counts.sum(axis=1), (counts > 0).sum(axis=1)
    between, within = places - 1.0, points - places - points / places
    critical = special.fdtri(between, within, 1 - _CHANCE)
    return cast(Floats, between * critical / (between * critical + within))
