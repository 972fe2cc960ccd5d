"""One series judged by the product's own way for many, with periods as days and words as rules."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

import numpy as np

from metrics.judgement import judge_many
from metrics.limits import Floats, Ints, Limits
from metrics.model import Better
from metrics.profiles import Profile
from metrics.signals import RULES, SIGNALS, Rule, Signal
from metrics.verdict import Variation


@dataclass(frozen=True, slots=True, kw_only=True)
class OneSeries:
    """One series judged. `limits` are those of the last segment, `segments` those of all, in order.

    `rules`, `hits` and `signals` have one entry per period, in the order of `starts`.
    """

    starts: tuple[date, ...]
    values: tuple[float | None, ...]
    limits: Limits
    segments: tuple[Limits, ...]
    rules: tuple[Rule, ...]
    hits: tuple[tuple[Rule, ...], ...]
    signals: tuple[Signal, ...]
    variation: Variation


def judge_series(
    points: Sequence[tuple[date, float | None]],
    *,
    better: Better,
    profile: Profile = Profile.CALLBOARD,
    breaks: Collection[date] = (),
    fix_after: int | None = None,
) -> OneSeries:
    """Judge one series of complete periods, given as first day and value in any order.

    `callboard` expects every period of the calendar, None where there is no value. A date in
    `breaks` begins a new segment. Raises ValueError for a day that stands twice, for a break that
    is not the first day of a period, and for an empty series.
    """
    starts, values = _in_order(points)
    segments = _segments(starts, breaks)
    judged = judge_many(
        values[None, :], better=better, profile=profile, segments=segments, fix_after=fix_after
    )
    firsts = np.flatnonzero(np.diff(segments, prepend=-1))
    return OneSeries(
        starts=tuple(starts),
        values=tuple(None if np.isnan(value) else float(value) for value in values),
        limits=judged.last_limits(0, starts),
        segments=tuple(judged.limits.at(0, int(first), starts=starts) for first in firsts),
        rules=tuple(RULES[rule] for rule in judged.rules[0]),
        hits=tuple(tuple(RULES[at] for at in np.flatnonzero(hit)) for hit in judged.hits[0]),
        signals=tuple(SIGNALS[signal] for signal in judged.signals[0]),
        variation=judged.variation(0, starts),
    )


def _in_order(points: Sequence[tuple[date, float | None]]) -> tuple[list[date], Floats]:
    if not points:
        raise ValueError("a series without periods")
    ordered = sorted(points, key=lambda point: point[0])
    starts = [start for start, _ in ordered]
    for earlier, later in pairwise(starts):
        if earlier == later:
            raise ValueError(f"{later} stands twice")
    return starts, np.array([np.nan if value is None else value for _, value in ordered])


def _segments(starts: Sequence[date], breaks: Collection[date]) -> Ints:
    for each in sorted(breaks):
        if each not in starts:
            raise ValueError(f"the break {each} is not the first day of a period")
    return np.cumsum([start in breaks and start != starts[0] for start in starts], dtype=np.int64)
