"""Has the process changed for good? Proposes where limits could start anew; a person decides.

The idea is the stable-shift algorithm of the R package autospc: a run of eight or more on one side
of what was usual, which stays where it is when limits are made from it. See docs/method.md.
"""

import math
from dataclasses import dataclass

import numpy as np

from metrics.judgement import judge_many
from metrics.limits import Floats, Ints
from metrics.model import Better
from metrics.profiles import Profile, method_of

LEAST = 8  # points that make a level: with fewer before or after, a break is provisional
_APART = 3.0  # standard errors between the level before and the level after
_REACH = 4 / 3 * 3.145  # four sigma in median moving ranges (Wheeler, *Making Sense of Data*)
_RISING = 1.96  # of Kendall's score: from here on the new level is itself rising or falling
_TOLERANCE = method_of(Profile.CALLBOARD).tolerance


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Two levels of a series, parted before the point `at`, the first of the new level.

    `before` and `after` count the points with a value on each side, within the segment the step
    lies in; `centre_before` and `centre_after` are their means.
    """

    at: int
    before: int
    after: int
    centre_before: float
    centre_after: float

    @property
    def is_provisional(self) -> bool:
        """Whether a level stands on too few points to be sure of it."""
        return min(self.before, self.after) < LEAST


def part_at(values: Floats, at: int, *, segments: Ints | None = None) -> Step | None:
    """The levels on both sides of a point somebody has chosen; None where a side is empty."""
    mine = np.ones(len(values), dtype=bool) if segments is None else segments == segments[at]
    known = mine & ~np.isnan(values)
    before, after = values[:at][known[:at]], values[at:][known[at:]]
    return _step(at, before, after) if len(before) and len(after) else None


def find_step(values: Floats, *, segments: Ints | None = None) -> Step | None:
    """The step that a series, oldest first, has taken in its last segment; None for none.

    NaN stands where there is no value. A step is proposed when all of this holds:

    1. A shift of eight points or more is still running: every value from the step on lies on one
       side of the mean before it, and none of the last eight periods lacks its value.
    2. It is a step: two levels leave less variation than a straight line, and lie three standard
       errors apart.
    3. The latest points re-centre: against limits made from the new level alone, none of the last
       eight is a special cause, and the level is itself neither rising nor falling.
    4. The new level is one: none of its values lies four sigma, of what is usual in both levels,
       from its mean. A few points far off make a mean, but not a level, of their own.

    Of several such points it is the one that leaves the least variation, and eight points or more
    must lie before that one.
    """
    mine = np.ones(len(values), dtype=bool) if segments is None else segments == segments[-1]
    told = np.flatnonzero(mine & ~np.isnan(values))
    if len(told) < 2 * LEAST or np.isnan(values[-LEAST:]).any():
        return None
    known = values[told]
    at = _running_shift(known)
    if at is None or at < LEAST or not _is_step(known, at):
        return None
    if not _re_centres(known[at:]) or not _is_one_level(known, at):
        return None
    return _step(int(told[at]), known[:at], known[at:])


def _step(at: int, before: Floats, after: Floats) -> Step:
    return Step(
        at=at,
        before=len(before),
        after=len(after),
        centre_before=float(before.mean()),
        centre_after=float(after.mean()),
    )


def _running_shift(known: Floats) -> int | None:
    """Where the shift that still runs began: of all such points the one of least variation."""
    slack = _TOLERANCE * max(1.0, float(np.abs(known).max()))
    cuts = [
        at
        for at in range(1, len(known) - LEAST + 1)
        if (np.abs(known[at:] - (usual := known[:at].mean())) > slack).all()
        and (known[at:].min() > usual or known[at:].max() < usual)
    ]
    return min(cuts, key=lambda at: _variation(known, at), default=None)


def _variation(known: Floats, at: int) -> float:
    """The sum of squares about the two means."""
    return float(np.var(known[:at]) * at + np.var(known[at:]) * (len(known) - at))


def _is_step(known: Floats, at: int) -> bool:
    places = np.arange(len(known)) - (len(known) - 1) / 2
    slope = float(places @ known) / float(places @ places)
    by_a_line = float(np.var(known) * len(known)) - slope**2 * float(places @ places)
    error = _ranges(known, at).mean() / 1.128 * math.sqrt(1 / at + 1 / (len(known) - at))
    gap = abs(known[at:].mean() - known[:at].mean())
    return _variation(known, at) < by_a_line and bool(gap > _APART * error)


def _re_centres(level: Floats) -> bool:
    judged = judge_many(level[None, :], better=Better.HIGHER, profile=Profile.CALLBOARD)
    return not judged.rules[:, -LEAST:].any() and abs(_kendall(level)) <= _RISING


def _is_one_level(known: Floats, at: int) -> bool:
    """The median moving range, unlike the mean one, is not made by the points far off."""
    usual = float(np.median(_ranges(known, at)))
    level = known[at:]
    slack = _TOLERANCE * max(1.0, float(np.abs(known).max()))
    return bool(np.abs(level - level.mean()).max() <= _REACH * usual + slack) or usual <= slack


def _ranges(known: Floats, at: int) -> Floats:
    """The moving ranges within the two levels."""
    ranges: Floats = np.abs(np.concatenate([np.diff(known[:at]), np.diff(known[at:])]))
    return ranges


def _kendall(level: Floats) -> float:
    """Kendall's score of the values against time, in standard errors (Mann 1945)."""
    count = len(level)
    score = sum(float(np.sign(level[at + 1 :] - level[at]).sum()) for at in range(count - 1))
    return score / math.sqrt(count * (count - 1) * (2 * count + 5) / 18)
