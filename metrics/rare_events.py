"""Rare events: charts of what lies between them, where counts per period are mostly 0, 1 or 2.

The t-chart is of the days from one event to the next (L. S. Nelson, "A control chart for parts-per-
million nonconforming items", *Journal of Quality Technology* 26, 1994), the g-chart of the cases
(or days) between them (J. C. Benneyan, "Number-between g-type statistical quality control charts",
*Health Care Management Science* 4, 2001). A long gap means fewer events.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from metrics.limits import (
    CHARTS,
    NO_LIMITS,
    Chart,
    LimitArrays,
    Limits,
    lay_baseline,
    process_limits,
)
from metrics.model import Better
from metrics.profiles import Method, Profile, method_of
from metrics.segments import Floats, Ints
from metrics.signals import RULES, SIGNALS, Rule, Signal, find_hits, signals_of, winning_rules

_POWER = 3.6  # makes exponential times near enough to normal
_OF_EVENTS = {Better.LOWER: Better.HIGHER, Better.HIGHER: Better.LOWER}
_TURNED = {Signal.HIGH: Signal.LOW, Signal.LOW: Signal.HIGH}


@dataclass(frozen=True, slots=True, kw_only=True)
class Gaps:
    """What lies between events, oldest first: `lengths[i]` ends with the event of `ends[i]`.

    A length is None where it is not known. `running` is how long the gap since the last event is at
    least, for none came by the last day; None where there was no event, or days are unknown since.
    """

    lengths: tuple[float | None, ...] = ()
    ends: tuple[date, ...] = ()
    running: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RareEvents:
    """Gaps judged: lines in days or cases, one rule and signal for each gap.

    `signals` speak of the events: a long gap is few of them. `running_is_long`: the gap since the
    last event exceeds the upper limit already, a signal of fewer events before the next one came.
    """

    gaps: Gaps
    limits: Limits
    rules: tuple[Rule, ...]
    signals: tuple[Signal, ...]
    running_is_long: bool


def days_between(days: Sequence[date], counts: Floats) -> Gaps:
    """The days between events from each day's count of them, NaN for a day that is not known.

    Events are known to the day only: several on one day have gaps of 0 between them. A gap over a
    day that is not known is not known either, as the event before it may not have been the last.
    """
    return _between(days, counts, np.ones(len(counts)))


def cases_between(days: Sequence[date], counts: Floats, cases: Floats) -> Gaps:
    """The cases without event between two with one, from each day's counts of both.

    The order within a day is not known: its cases without event are taken to follow its last event,
    and several events of a day to follow each other at once.
    """
    return _between(days, counts, cases - counts)


def judge_days(gaps: Gaps, *, better: Better, profile: Profile = Profile.CALLBOARD) -> RareEvents:
    """The t-chart: gaps to the power of 1/3.6 on an XmR chart, and its lines turned back.

    `better` is said of the events (lower, where they are complaints). All rules hold on the turned
    scale; a lower limit that is below zero there is none.
    """
    method = method_of(profile)
    turned = _row(gaps) ** (1 / _POWER)
    limits = process_limits(turned, lay_baseline(turned, method=method), method=method)
    rules = winning_rules(find_hits(turned, limits, method=method))
    limits = replace(
        limits,
        centre=_turned_back(limits.centre),
        lower=_turned_back(limits.lower),
        upper=_turned_back(limits.upper),
        near_lower=_turned_back(limits.near_lower),
        near_upper=_turned_back(limits.near_upper),
        sigma=np.full_like(turned, np.nan),
        charts=np.full(1, CHARTS.index(Chart.T)),
    )
    return _judged(gaps, limits, rules, better=better, method=method)


def judge_cases(gaps: Gaps, *, better: Better, profile: Profile = Profile.CALLBOARD) -> RareEvents:
    """The g-chart: centre m, the mean gap, and an upper limit of m + 3 √(m (m + 1)).

    There is no lower limit, and no rule but a gap beyond the upper one: the others suppose as many
    points above the centre as below, and of a geometric series nearly two in three lie below.
    """
    method = method_of(profile)
    lengths = _row(gaps)
    baseline = lay_baseline(lengths, method=method)
    limits = process_limits(lengths, baseline, method=method)
    sigma = np.sqrt(limits.centre * (limits.centre + 1))
    limits = replace(
        limits,
        mean_range=sigma,
        sigma=sigma,
        lower=np.full_like(sigma, np.nan),
        near_lower=np.full_like(sigma, np.nan),
        upper=limits.centre + 3 * sigma,
        near_upper=limits.centre + 2 * sigma,
        charts=np.full(1, CHARTS.index(Chart.G)),
    )
    rules = np.where(lengths > limits.upper, RULES.index(Rule.OUTSIDE_ABOVE), 0)
    return _judged(gaps, limits, rules, better=better, method=method)


def _between(days: Sequence[date], counts: Floats, steps: Floats) -> Gaps:
    """Gaps as the sum of the steps from the day of one event to the day before the next."""
    is_known = ~(np.isnan(counts) | np.isnan(steps))
    events = np.repeat(np.arange(len(counts)), np.where(is_known, counts, 0).astype(np.int64))
    if not len(events):
        return Gaps()
    passed = np.concatenate(([0.0], np.cumsum(np.where(is_known, steps, 0.0))))
    unknown = np.concatenate(([0], np.cumsum(~is_known)))
    firsts, ends = events, np.append(events[1:], len(counts))
    lengths = [
        None if unknown[end] > unknown[first] else float(passed[end] - passed[first])
        for first, end in zip(firsts, ends, strict=True)
    ]
    return Gaps(
        lengths=tuple(lengths[:-1]),
        ends=tuple(days[event] for event in events[1:]),
        running=lengths[-1],
    )


def _row(gaps: Gaps) -> Floats:
    return np.array([[np.nan if each is None else each for each in gaps.lengths]], dtype=float)


def _turned_back(line: Floats) -> Floats:
    return np.where(line >= 0, np.abs(line) ** _POWER, np.nan)


def _judged(
    gaps: Gaps, limits: LimitArrays, rules: Ints, *, better: Better, method: Method
) -> RareEvents:
    told = signals_of(_row(gaps), rules, _OF_EVENTS.get(better, better), method=method)
    found = [SIGNALS[each] for each in told[0]]
    last = limits.at(0, len(gaps.lengths) - 1) if gaps.lengths else NO_LIMITS
    return RareEvents(
        gaps=gaps,
        limits=last,
        rules=tuple(RULES[rule] for rule in rules[0]),
        signals=tuple(_TURNED.get(each, each) for each in found),
        running_is_long=_is_over(gaps.running, last.upper),
    )


def _is_over(running: float | None, upper: float | None) -> bool:
    return running is not None and upper is not None and running > upper
