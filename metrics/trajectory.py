"""How long it takes to reach a target or the peers at the pace of the last periods (6.8)."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import cast

import numpy as np

from metrics.limits import Floats
from metrics.model import Better
from metrics.slope import Slope, theil_sen

POINTS, ENOUGH = 12, 8
HORIZON = 36
_LATEST = 3
_NARROW = (0.1, 0.9)
_COUNTLESS = 1e9  # cases behind a value that is taken as it is


class Pace(StrEnum):
    """What becomes of the gap at the present pace."""

    MET = "met"
    CLOSING = "closing"
    BEYOND = "beyond"
    FLAT = "flat"
    GROWING = "growing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """What is to be reached, in the metric's unit, and which way that is.

    `whole` is what all of a share would be (100), None for what is no share. `past` are a
    benchmark's own values and their places on the axis of the periods, for how fast it moves.
    """

    value: float
    better: Better
    whole: float | None = None
    past: tuple[tuple[float, float], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Trajectory:
    """The gap and when it closes, in periods; None where it does not within the horizon.

    `gap` is positive where the goal is not reached, `now` the mean of the last three points, and
    `slope` that of the last `points`, all in the metric's unit. `is_logit`: times were worked out
    on the logit scale, because a share near its end cannot go on in a straight line.
    """

    pace: Pace
    gap: float
    now: float
    slope: Slope
    points: int
    is_logit: bool
    periods: float | None = None
    soonest: float | None = None
    latest: float | None = None

    @property
    def required(self) -> float:
        """What must be gained each period to get there within the horizon."""
        return self.gap / HORIZON


def trajectory(values: Floats, trials: Floats, goal: Goal) -> Trajectory | None:
    """How the gap to `goal` develops, from a segment's points (NaN for no value), oldest first.

    `trials` is what each value stands on; it keeps shares of all or nothing finite on the logit
    scale. None below 8 points, and where neither way is better.
    """
    known = np.flatnonzero(~np.isnan(values))[-POINTS:]
    if len(known) < ENOUGH or goal.better not in _WAYS:
        return None
    way, recent = _WAYS[goal.better], values[known]
    now = float(recent[-_LATEST:].mean())
    is_logit = _is_narrow(now, goal)
    scale = _Scale(whole=goal.whole if is_logit else None)
    found = Trajectory(
        pace=Pace.MET,
        gap=way * (goal.value - now),
        now=now,
        slope=theil_sen(recent, known.astype(float)),
        points=len(known),
        is_logit=is_logit,
    )
    if found.gap <= 0:
        return found
    steps = theil_sen(scale.of(recent, trials[known]), known.astype(float))
    drift = way * _drift(goal, scale)
    speeds = sorted((way * steps.low - drift, way * steps.high - drift))
    cases = np.array([np.nansum(trials[known[-_LATEST:]]), _COUNTLESS])
    here, there = scale.of(np.array([now, goal.value]), cases).tolist()
    return _timed(found, way * (there - here), way * steps.value - drift, speeds)


def _timed(found: Trajectory, gap: float, speed: float, speeds: list[float]) -> Trajectory:
    slow, fast = speeds
    if slow <= 0:
        return replace(found, pace=Pace.GROWING if fast < 0 else Pace.FLAT)
    periods = gap / speed
    return replace(
        found,
        pace=Pace.BEYOND if periods > HORIZON else Pace.CLOSING,
        periods=_within(periods),
        soonest=_within(gap / fast),
        latest=_within(gap / slow),
    )


def _within(periods: float) -> float | None:
    return periods if periods <= HORIZON else None


_WAYS = {Better.HIGHER: 1, Better.LOWER: -1}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Scale:
    """The scale that times are worked out on: logit where `whole` is given, else plain."""

    whole: float | None

    def of(self, values: Floats, trials: Floats) -> Floats:
        if self.whole is None:
            return values
        half_a_case = 0.5 / np.maximum(np.nan_to_num(trials, nan=1.0), 1.0)
        share = np.clip(values / self.whole, half_a_case, 1 - half_a_case)
        return cast(Floats, np.log(share / (1 - share)))


def _is_narrow(now: float, goal: Goal) -> bool:
    if goal.whole is None or not 0 < goal.value < goal.whole:
        return False
    low, high = (edge * goal.whole for edge in _NARROW)
    return not all(low <= each <= high for each in (now, goal.value))


def _drift(goal: Goal, scale: _Scale) -> float:
    """How fast the goal itself moves a period; nothing is known of that below 8 values."""
    if len(goal.past) < ENOUGH:
        return 0.0
    at, values = (np.array(each) for each in zip(*goal.past, strict=True))
    return theil_sen(scale.of(values, np.full(values.shape, _COUNTLESS)), at).value
