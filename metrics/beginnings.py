"""Where the signals of a series began and ended: each unbroken run of one kind is one of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

import numpy as np

from metrics.dependence import NOTICEABLE, STRONG
from metrics.judgement import Judgements
from metrics.limits import FOOTINGS, Floats, Footing
from metrics.signals import RULES, SIGNALS, Rule, Signal

# A process that does not change, judged over 36 points: signals that come up a point, whether they
# begin there or were begun before and are seen from there on (simulated, 20,000 series).
BEGINNINGS = 0.0085
_TIMES_NOTICEABLE, _TIMES_STRONG = 5.0, 8.0
_QUIET = (Signal.NONE, Signal.NO_DATA)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Points `first` to `last` with one signal; `rules` are those that caught them, each once."""

    first: int
    last: int
    signal: Signal
    rules: tuple[Rule, ...]


def stretches_of(found: Judgements, series: int) -> tuple[Stretch, ...]:
    """The signals of one series, oldest first; a gap and the end of a segment end a signal.

    None where more than a fifth of the points that made the limits have no value.
    """
    return tuple(
        Stretch(
            first=first,
            last=last,
            signal=SIGNALS[found.signals[series, last]],
            rules=_rules(found, series, first, last),
        )
        for first, last in _runs(found, series)
        if SIGNALS[found.signals[series, last]] not in _QUIET
        and FOOTINGS[found.limits.footing[series, last]] is not Footing.GAPS
    )


def expected_false_beginnings(correlations: Floats, points: int) -> float:
    """How many signals chance alone makes come up over the last points of some judged series.

    Five times as many from a lag-1 correlation of 0.3 on, eight times from 0.6 on: simulated for
    AR(1) processes over 4, 12 and 26 points of 36. NaN counts as independent.
    """
    known = np.nan_to_num(correlations)
    times = np.where(
        known >= STRONG, _TIMES_STRONG, np.where(known >= NOTICEABLE, _TIMES_NOTICEABLE, 1.0)
    )
    return float(BEGINNINGS * points * times.sum())


def _runs(found: Judgements, series: int) -> Iterator[tuple[int, int]]:
    signals, groups = found.signals[series], found.limits.groups[series]
    changes = np.flatnonzero((signals[1:] != signals[:-1]) | (groups[1:] != groups[:-1]))
    firsts = [0, *(changes + 1).tolist()]
    return zip(firsts, [*changes.tolist(), len(signals) - 1], strict=True)


def _rules(found: Judgements, series: int, first: int, last: int) -> tuple[Rule, ...]:
    caught = cast(list[int], np.unique(found.rules[series, first : last + 1]).tolist())
    return tuple(RULES[rule] for rule in caught if RULES[rule] is not Rule.NONE)
