"""Limits and signals of many series together, and what the last period of each says."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import cast

import numpy as np

from metrics.chosen import Chosen
from metrics.laney import Fractions, prime_limits
from metrics.limits import (
    CHARTS,
    FOOTINGS,
    Baseline,
    Chart,
    Floats,
    Footing,
    Ints,
    LimitArrays,
    Limits,
    lay_baseline,
    process_limits,
)
from metrics.model import Better
from metrics.profiles import Method, Profile, method_of
from metrics.segments import Mask
from metrics.signals import RULES, SIGNALS, Rule, Signal, find_hits, signals_of, winning_rules
from metrics.verdict import Variation


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgements:
    """Many series judged: arrays series x points; `rules` indexes `RULES`, `signals` `SIGNALS`.

    `hits` (series x points x `RULES`) keeps every rule that caught a point.
    """

    values: Floats
    limits: LimitArrays
    hits: Mask
    rules: Ints
    signals: Ints

    @property
    def outside(self) -> Mask:
        """Which points are beyond a limit."""
        beyond = [RULES.index(Rule.OUTSIDE_ABOVE), RULES.index(Rule.OUTSIDE_BELOW)]
        return cast(Mask, self.hits[..., beyond].any(axis=-1))

    def without_limits(self, series: Mapping[int, Chart]) -> "Judgements":
        """The same, with some series as plain runs of values: rare events, judged by their gaps.

        What is a `run` even so is not judged at all: its limits stand on nothing.
        """
        rows = list(series)
        if not rows:
            return self
        lines = {name: getattr(self.limits, name).copy() for name in _LINES}
        for line in lines.values():
            line[rows] = np.nan
        charts, hits, rules = self.limits.charts.copy(), self.hits.copy(), self.rules.copy()
        charts[rows] = [CHARTS.index(chart) for chart in series.values()]
        runs = [row for row, chart in series.items() if chart is Chart.RUN]
        lines["footing"] = self.limits.footing.copy()
        lines["footing"][runs] = FOOTINGS.index(Footing.NONE)
        hits[rows], rules[rows] = False, 0
        is_known = np.zeros_like(rules, dtype=bool)
        is_known[rows] = self.signals[rows] != SIGNALS.index(Signal.NO_DATA)
        return replace(
            self,
            limits=replace(self.limits, charts=charts, **lines),
            hits=hits,
            rules=rules,
            signals=np.where(is_known, SIGNALS.index(Signal.NONE), self.signals),
        )

    def with_series(self, rows: Sequence[int], others: "Judgements") -> "Judgements":
        """The same with the last points of other judgements in the places of some series.

        Segments keep their numbers: those of the others are other series' numbers.
        """
        width, places = self.values.shape[1], list(rows)
        changed = {}
        for name in (each.name for each in fields(LimitArrays) if each.name != "groups"):
            changed[name] = getattr(self.limits, name).copy()
            theirs = getattr(others.limits, name)
            changed[name][places] = theirs if theirs.ndim == 1 else theirs[:, -width:]
        hits, rules, signals = self.hits.copy(), self.rules.copy(), self.signals.copy()
        hits[places], rules[places] = others.hits[:, -width:], others.rules[:, -width:]
        signals[places] = others.signals[:, -width:]
        limits = replace(self.limits, **changed)
        return replace(self, limits=limits, hits=hits, rules=rules, signals=signals)

    def variation(self, series: int, starts: Sequence[date]) -> Variation:
        """Whether a series is changing, told at its last period; `starts` are the first days."""
        return _variation(self, series, starts)

    def last_limits(self, series: int, starts: Sequence[date]) -> Limits:
        """The limits in force at a series' last period."""
        return self.limits.at(series, self.values.shape[1] - 1, starts=starts)


def judge_many(  # noqa: PLR0913 - each given by its name
    values: Floats,
    *,
    better: Better | Sequence[Better],
    profile: Profile = Profile.CALLBOARD,
    segments: Ints | None = None,
    fix_after: int | None = None,
    chosen: Chosen | None = None,
    fractions: Fractions | None = None,
    widening: Floats | None = None,
) -> Judgements:
    """Judge series x points of complete periods, oldest first, NaN where there is no value.

    `segments` counts up where a break begins a new segment; `fix_after` and `chosen` say which
    points make the limits (see `lay_baseline`). With `fractions` the series whose chart is p' or u'
    have limits that follow their denominators (`metrics.laney.choose_charts` says which those
    are); the others, and all without `fractions`, are XmR. `widening` (one per series) sets limits
    farther out, where values were adjusted by estimates (`metrics.adjusting`).
    """
    method = method_of(profile)
    baseline = lay_baseline(
        values, method=method, segments=segments, fix_after=fix_after, chosen=chosen
    )
    limits = process_limits(values, baseline, method=method)
    if fractions is not None:
        limits = _with_prime(values, limits, fractions, baseline=baseline, method=method)
    if widening is not None:
        limits = _widened(limits, widening)
    hits = find_hits(values, limits, method=method)
    rules = winning_rules(hits)
    return Judgements(
        values=values,
        limits=limits,
        hits=hits,
        rules=rules,
        signals=signals_of(values, rules, better, method=method),
    )


_LINES = (
    *("centre", "mean_range", "sigma", "sigma_z"),
    *("lower", "upper", "near_lower", "near_upper"),
)
_PRIME = [CHARTS.index(Chart.P_PRIME), CHARTS.index(Chart.U_PRIME)]
_SHARED = ("groups", "footing", "feeds", "points")  # the same on every kind of chart


def _with_prime(
    values: Floats,
    limits: LimitArrays,
    fractions: Fractions,
    *,
    baseline: Baseline,
    method: Method,
) -> LimitArrays:
    """The limits with those of the series on p' and u' charts in their places."""
    rows = np.isin(fractions.charts, _PRIME)
    if not rows.any():
        return limits
    prime = prime_limits(values[rows], fractions.of(rows), baseline.of(rows), method=method)
    changed = {}
    for name in (each.name for each in fields(LimitArrays) if each.name not in _SHARED):
        changed[name] = getattr(limits, name).copy()
        changed[name][rows] = getattr(prime, name)
    return replace(limits, **changed)


def _widened(limits: LimitArrays, times: Floats) -> LimitArrays:
    """Limits so many times as far out, and not cut off: adjusted values know no end of a scale."""
    factor, is_wider = times[:, None], (times > 1)[:, None]
    sigma, centre = limits.sigma * factor, limits.centre
    return replace(
        limits,
        sigma=sigma,
        lower=np.where(is_wider, centre - 3 * sigma, limits.lower),
        upper=np.where(is_wider, centre + 3 * sigma, limits.upper),
        near_lower=np.where(is_wider, centre - 2 * sigma, limits.near_lower),
        near_upper=np.where(is_wider, centre + 2 * sigma, limits.near_upper),
    )


def _variation(judged: Judgements, series: int, starts: Sequence[date]) -> Variation:
    known = np.flatnonzero(~np.isnan(judged.values[series]))
    last = len(starts) - 1
    footing = FOOTINGS[judged.limits.footing[series, last]]
    concludes = footing is not Footing.GAPS
    signal = SIGNALS[judged.signals[series, last]]
    if signal is not Signal.NO_DATA and not concludes:
        signal = Signal.NONE
    is_special = signal not in (Signal.NONE, Signal.NO_DATA)
    return Variation(
        signal=signal,
        rule=RULES[judged.rules[series, last]] if is_special else Rule.NONE,
        since=starts[_run_start(judged, series)] if is_special else None,
        footing=footing,
        points_since=_points_since(judged, series, known) if concludes else None,
        points=int(judged.limits.points[series, last]),
        as_of=starts[known[-1]] if len(known) else None,
        break_on=_break_start(judged, series, starts),
    )


def _run_start(judged: Judgements, series: int) -> int:
    """Where the unbroken run of the last point's signal began, within its segment."""
    signals, groups = judged.signals[series], judged.limits.groups[series]
    other = np.flatnonzero((signals != signals[-1]) | (groups != groups[-1]))
    return int(other[-1]) + 1 if len(other) else 0


def _break_start(judged: Judgements, series: int, starts: Sequence[date]) -> date | None:
    groups = judged.limits.groups[series]
    before = np.flatnonzero(groups != groups[-1])
    return starts[int(before[-1]) + 1] if len(before) else None


def _points_since(judged: Judgements, series: int, known: Ints) -> int | None:
    special = np.flatnonzero(judged.rules[series])
    return int(np.count_nonzero(known > special[-1])) if len(special) else None
