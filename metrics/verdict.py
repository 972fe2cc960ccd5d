"""History, target and peers put together: a verdict as data and as one sentence."""

import math
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from metrics.calendar import Period, calendar_for
from metrics.limits import Footing, Limits
from metrics.model import Better, Grain
from metrics.rare_words import Between, tell_between
from metrics.signals import Rule, Signal
from metrics.standing import Standing, tell_standing


class Promise(StrEnum):
    """Whether the process, as it is, keeps the target."""

    ALWAYS = "always"
    SOMETIMES = "sometimes"
    NEVER = "never"
    NONE = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Variation:
    """Is it changing? The signal at the last complete period, its rule and when it began.

    `points_since` counts the points since the last special cause (0: the last one is), `points`
    those that made the limits; `as_of` is the last period that has a value, `break_on` the first
    day of the last segment, where a break began one. `is_suspended`: there is a value, but so
    little of the usual volume is behind it that nothing is concluded. `between` is there where rare
    events are judged by what lies between them: then `rule` and `points` are of gaps, and `since`
    and `as_of` are days.
    """

    signal: Signal
    rule: Rule
    since: date | None
    footing: Footing
    points_since: int | None
    points: int = 0
    as_of: date | None = None
    break_on: date | None = None
    is_suspended: bool = False
    between: Between | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Assurance:
    """Will the promise be kept? Judged from the process limits, never from past passes.

    `distance` is how far the centre is on the good side of the target, in sigma of the process;
    negative on the bad side, None without a target, limits or variation. `met` is how many periods
    of how many met today's target since limits last began: it says how often "sometimes" is, which
    the limits of a skewed process do not.
    """

    promise: Promise
    target: float | None
    is_trial: bool
    distance: float | None = None
    met: tuple[int, int] | None = None
    met_since: tuple[int, int] | None = None


_ENOUGH = 8  # points for limits; none in spite of them where the events of a segment are rare
_FEW = 3  # periods since a signal began: before that, they say nothing of how often
HALF = (0.4, 0.6)  # of the periods; between them neither side is called most
_UNJUDGED = frozenset({Footing.NONE, Footing.GAPS})


def assure(
    limits: Limits,
    *,
    better: Better,
    target: float | None = None,
    band: tuple[float, float] | None = None,
    met: tuple[int, int] | None = None,
    met_since: tuple[int, int] | None = None,
) -> Assurance:
    """Whether the process, as it is, keeps `target`, or stays inside the band of a band metric.

    A target exactly on a limit is met sometimes (statistics.md 1.5), but always by a process
    without variation. Always and never need four fifths of the periods in `met` to bear them out.
    None without limits or target, and for neutral metrics.
    """
    good = good_range(better, target=target, band=band)
    if good is None or limits.lower is None or limits.upper is None or limits.footing in _UNJUDGED:
        return Assurance(promise=Promise.NONE, target=target, is_trial=False)
    return Assurance(
        promise=_borne_out(_promise(good, lower=limits.lower, upper=limits.upper), met),
        target=target,
        is_trial=limits.footing is Footing.TRIAL,
        distance=_distance(good, limits),
        met=met,
        met_since=met_since,
    )


def good_range(
    better: Better, *, target: float | None, band: tuple[float, float] | None
) -> tuple[float, float] | None:
    """From which value to which the promise is kept; None without one."""
    if better is Better.BAND:
        return band
    if target is None or better is Better.NEUTRAL:
        return None
    return (target, math.inf) if better is Better.HIGHER else (-math.inf, target)


def verdict_sentence(
    variation: Variation,
    *,
    assurance: Assurance,
    standing: Standing | None,
    period: Period,
    target_text: str = "",
    is_running: bool = False,
) -> str:
    """History, target and peers in one plain sentence about `period`, the last one judged.

    `target_text` is the target or band with its unit ("80 %"). Says so when the period is still
    running, has no data, or when there is too little history to tell.
    """
    label = calendar_for(period.grain).label(period)
    if is_running:
        return f"{label} is still running; it is judged when it is complete"
    parts = [_history(variation, period)]
    if target_text and variation.signal is not Signal.NO_DATA:
        target = f"{target_text} {'on' if period.grain is Grain.DAY else 'in'}"
        noun = period.grain.value
        since = _since(variation.signal, assurance, target, noun)
        parts.append(since or _outlook(variation.signal, assurance, target, noun))
    if standing is not None:
        parts.append(tell_standing(standing))
    return "; ".join(part for part in parts if part)


def _promise(good: tuple[float, float], *, lower: float, upper: float) -> Promise:
    low, high = good
    if (low < lower and upper < high) or (lower == upper and low <= lower <= high):
        return Promise.ALWAYS
    return Promise.NEVER if upper < low or high < lower else Promise.SOMETIMES


def _borne_out(promise: Promise, met: tuple[int, int] | None) -> Promise:
    """Limits around a mean that few periods come near say never of what most of them keep."""
    if met is None or not met[1]:
        return promise
    share = met[0] / met[1]
    agrees = {Promise.ALWAYS: share >= 0.8, Promise.NEVER: share <= 0.2}
    return promise if agrees.get(promise, True) else Promise.SOMETIMES


def _distance(good: tuple[float, float], limits: Limits) -> float | None:
    sigma = limits.sigma
    if limits.centre is None or not sigma:
        return None
    return min(limits.centre - good[0], good[1] - limits.centre) / sigma


def _history(variation: Variation, period: Period) -> str:
    calendar, noun = calendar_for(period.grain), period.grain.value
    if variation.signal is Signal.NO_DATA:
        as_of = variation.as_of and calendar.label(calendar.period_of(variation.as_of))
        return f"No data for {calendar.label(period)}" + (f"; last value: {as_of}" if as_of else "")
    after = _after_break(variation, period)
    if variation.between is not None:
        noun = "event"
    if variation.footing is Footing.NONE and variation.points >= _ENOUGH:
        return f"Too few events in each {noun}{after} to judge"
    if variation.footing is Footing.NONE:
        return f"Too few {noun}s{after} to judge ({variation.points} of 8)"
    if variation.footing is Footing.GAPS:
        return f"Too many {noun}s{after} without enough data to judge"
    trial = f" (trial: {variation.points} {noun}s of history)"
    return _change(variation, period) + (trial if variation.footing is Footing.TRIAL else "")


def _after_break(variation: Variation, period: Period) -> str:
    """What is judged began with a break: its limits tell nothing of what was before."""
    if variation.break_on is None:
        return ""
    calendar = calendar_for(period.grain)
    began = calendar.label(calendar.period_of(variation.break_on), near=period)
    return f" since the break in {began}" if period.days > 1 else f" since the break on {began}"


def _change(variation: Variation, period: Period) -> str:
    if variation.between is not None:
        return tell_between(
            variation.between,
            signal=variation.signal,
            rule=variation.rule,
            began=_day_of(variation.since, period),
        )
    if variation.since is None:
        return f"Steady{_after_break(variation, period)}"
    if variation.since == variation.break_on:
        return f"{_CHANGES[variation.signal][False]}{_after_break(variation, period)}"
    calendar = calendar_for(period.grain)
    since = calendar.period_of(variation.since)
    when = f"since {calendar.label(since, near=period)}"
    if since == period:
        when = f"in {calendar.label(period)}" if period.days > 1 else f"on {calendar.label(period)}"
    is_trend = variation.rule in (Rule.TREND_UP, Rule.TREND_DOWN)
    return f"{_CHANGES[variation.signal][is_trend]} {when}"


def _day_of(day: date | None, period: Period) -> str:
    calendar = calendar_for(Grain.DAY)
    near = calendar.period_of(period.end)
    return calendar.label(calendar.period_of(day), near=near) if day else ""


_CHANGES = {
    Signal.IMPROVEMENT: ("Better than usual", "Improving"),
    Signal.CONCERN: ("Worse than usual", "Worsening"),
    Signal.HIGH: ("Higher than usual", "Rising"),
    Signal.LOW: ("Lower than usual", "Falling"),
}


def _outlook(signal: Signal, assurance: Assurance, target: str, noun: str) -> str:
    misses = "will still miss" if signal is Signal.IMPROVEMENT else "will miss"
    meets = "will still meet" if signal is Signal.CONCERN else "will meet"
    share = share_met(assurance)
    match assurance.promise:
        case Promise.ALWAYS:
            return f"{meets} {target} nearly every {noun}"
        case Promise.NEVER:
            return f"{misses} {target} nearly every {noun}"
        case Promise.SOMETIMES if HALF[0] <= share <= HALF[1]:
            return f"{meets} {target} about half of all {noun}s"
        case Promise.SOMETIMES if share < HALF[0]:
            return f"{misses} {target} most {noun}s"
        case Promise.SOMETIMES:
            return f"{meets} {target} most {noun}s, not all"
        case _:
            return ""


def _since(signal: Signal, assurance: Assurance, target: str, noun: str) -> str:
    """What the periods since a signal began say, where all of them together say the opposite.

    Limits of a process that has just changed tell little of the promise it will keep.
    """
    if assurance.promise is Promise.NONE or assurance.met_since is None:
        return ""
    share = share_met(assurance)
    met, known = assurance.met_since
    if known < _FEW or signal not in (Signal.IMPROVEMENT, Signal.CONCERN):
        return ""
    is_better, is_worse = signal is Signal.IMPROVEMENT, signal is Signal.CONCERN
    if is_better and share < HALF[1] and met > known / 2:
        how_often, verb = met, "has met"
    elif is_worse and share > HALF[0] and met < known / 2:
        how_often, verb = known - met, "has missed"
    else:
        return ""
    counted = f"all {known}" if how_often == known else f"{how_often} of {known}"
    return f"{verb} {target} {counted} {noun}s since"


def share_met(assurance: Assurance) -> float:
    """Of how many periods the target was met; of a normal process where that was not counted."""
    if assurance.met is not None and assurance.met[1]:
        return assurance.met[0] / assurance.met[1]
    return 0.5 * math.erfc(-(assurance.distance or 0.0) / math.sqrt(2))
