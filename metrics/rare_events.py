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
_NOON = 0.5
_FEW = 5  # events in a period
_DENSE = 0.5  # events a day, from which on days are too coarse to tell what lies between them
_SHARE = 0.1  # of all cases, below which events are rare among them
_OF_EVENTS = {Better.LOWER: Better.HIGHER, Better.HIGHER: Better.LOWER}
_TURNED = {Signal.HIGH: Signal.LOW, Signal.LOW: Signal.HIGH}


@dataclass(frozen=True, slots=True, kw_only=True)
class Gaps:
    """What lies between events, oldest first: `lengths[i]` ends with the event of `ends[i]`.

    A length is None where it is not known; `first` is the day of the first event, with which the
    first gap begins. `running` is how long the gap since the last event is at least, for none came
    by the last day; None where there was no event, or days are unknown since.
    """

    lengths: tuple[float | None, ...] = ()
    ends: tuple[date, ...] = ()
    running: float | None = None
    first: date | None = None

    @property
    def starts(self) -> tuple[date, ...]:
        """The day of the event that each gap begins with, and at last that of the running one."""
        return (self.first, *self.ends) if self.first else ()


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


def are_rare(counts: Floats, *, days: float, cases: float | None = None) -> bool:
    """Whether fewer than 5 events happen in most periods, and few enough on a day to tell gaps.

    `counts` are of the periods, which have `days` days in all; of a share also fewer than one in
    ten of the `cases` are events.
    """
    known = counts[~np.isnan(counts)]
    if not len(known) or (known != np.floor(known)).any() or (known < 0).any():
        return False
    is_few = bool(np.median(known) < _FEW) and float(known.sum()) < _DENSE * days
    return is_few and (cases is None or float(known.sum()) < _SHARE * cases)


def days_between(days: Sequence[date], counts: Floats) -> Gaps:
    """The days between events from each day's count of them, NaN for a day that is not known.

    Events are known to the day only: they are taken to spread evenly over it, the only one of a day
    to happen at noon. Gaps of 0 would be signals of their own. A gap over a day that is not known
    is not known either, as the event before it may not have been the last.
    """
    gaps = _between(days, counts, np.ones(len(counts)))
    running = None if gaps.running is None else max(gaps.running - _NOON, 0.0)
    return replace(gaps, running=running)


def cases_between(days: Sequence[date], counts: Floats, cases: Floats) -> Gaps:
    """The cases without event between two with one, from each day's counts of both.

    The order within a day is not known: its events are taken to spread evenly over its cases.
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
    """Gaps as what was passed from one event to the next, each day's events spread evenly."""
    is_known = ~(np.isnan(counts) | np.isnan(steps))
    many = np.where(is_known, counts, 0).astype(np.int64)
    events = np.repeat(np.arange(len(counts)), many)
    if not len(events):
        return Gaps()
    step = np.where(is_known, steps, 0.0)
    nth = np.arange(len(events)) - (np.cumsum(many) - many)[events]
    passed = (np.cumsum(step) - step)[events] + step[events] * (nth + 0.5) / many[events]
    unknown = np.append(np.cumsum(~is_known)[events], np.count_nonzero(~is_known))
    lengths = np.where(np.diff(unknown) > 0, np.nan, np.diff(np.append(passed, step.sum())))
    told = [None if np.isnan(length) else float(length) for length in lengths]
    return Gaps(
        lengths=tuple(told[:-1]),
        ends=tuple(days[event] for event in events[1:]),
        running=told[-1],
        first=days[events[0]],
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
