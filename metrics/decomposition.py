"""The change of a whole by its segments: how much is their own, and how much is their weight.

The decomposition of Kitagawa (JASA 50, 1955), Oaxaca and Blinder (1973), in the symmetric form of
Bennet (1920): each effect is taken at the mean of both periods, so that nothing is left over.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import NamedTuple

from metrics.model import Form, Metric
from metrics.value import Parts, value_of

_UNSPLIT = frozenset({Form.PERCENTILE, Form.COMPOSITE})


class Effect(NamedTuple):
    """What a segment did to the change of the whole, in the metric's unit: by itself, by weight.

    `gained` is how much of the denominator it has more than before (0-1).
    """

    rate: float
    mix: float
    gained: float = 0.0

    @property
    def total(self) -> float:
        """Both together."""
        return self.rate + self.mix


def adds_up_to_change(metric: Metric) -> bool:
    """Whether parts of a change add up to it: not those of a percentile, nor of a composite."""
    return metric.form not in _UNSPLIT


def has_mix(metric: Metric) -> bool:
    """Whether a segment's weight moves the whole apart from its own value: not in a sum."""
    return adds_up_to_change(metric) and metric.form is not Form.COUNT


def split_change(
    metric: Metric, now: Mapping[str, Parts], before: Mapping[str, Parts]
) -> dict[str, Effect]:
    """Return the effects of each segment; all of them together are the change of the whole.

    The whole stands under "", its segments add up to it. With w the share of the denominator, r the
    value and R that of the whole: mix = (w1 - w0) ((r0 + r1) / 2 - (R0 + R1) / 2), and the rate is
    the rest, (w0 + w1) / 2 (r1 - r0). A segment that appears or vanishes has no change of its own.
    A stock's mean is over the days of the whole, so a segment that was not there on some of them
    had none on those. Empty where a whole lacks and where parts of a change do not add up: also
    those of a stock whose segments were last counted on other days.
    """
    names = {name for each in (now, before) for name in each if name}
    if not adds_up_to_change(metric) or "" not in now or "" not in before:
        return {}
    if metric.form is Form.COUNT:
        return _split_counts(metric, names, now, before)
    wholes = (value_of(metric, before[""]), value_of(metric, now[""]))
    if wholes[0] is None or wholes[1] is None:
        return {}
    middle = (wholes[0] + wholes[1]) / 2
    return {
        name: _effect(
            _share(metric, before.get(name), before[""]),
            _share(metric, now.get(name), now[""]),
            middle,
        )
        for name in names
    }


def _split_counts(
    metric: Metric, names: Iterable[str], now: Mapping[str, Parts], before: Mapping[str, Parts]
) -> dict[str, Effect]:
    found = {
        name: Effect(_count(metric, now, name) - _count(metric, before, name), 0.0)
        for name in names
    }
    change = _count(metric, now, "") - _count(metric, before, "")
    size = max(1.0, *(abs(_count(metric, each, "")) for each in (now, before)))
    is_whole = math.isclose(sum(each.total for each in found.values()), change, abs_tol=1e-6 * size)
    return found if is_whole or metric.stock is None else {}


class _Share(NamedTuple):
    """A segment's weight in a whole, what it adds to its value, and its own value."""

    weight: float
    adds: float
    value: float | None


def _effect(old: _Share, new: _Share, middle: float) -> Effect:
    values = (
        old.value if old.value is not None else new.value,
        new.value if new.value is not None else old.value,
    )
    gained = new.weight - old.weight
    total = new.adds - old.adds - gained * middle
    if values[0] is None or values[1] is None:
        return Effect(total, 0.0, gained)
    mix = gained * ((values[0] + values[1]) / 2 - middle)
    return Effect(total - mix, mix, gained)


def _share(metric: Metric, part: Parts | None, whole: Parts) -> _Share:
    if part is None or part.numerator is None or part.denominator is None:
        return _Share(0.0, 0.0, None)
    size = whole.denominator or 1.0  # a whole without one has no value, and was left before
    return _Share(
        part.denominator / size,
        metric.scale * part.numerator / size,
        value_of(metric, part),
    )


def _count(metric: Metric, of: Mapping[str, Parts], name: str) -> float:
    """What a segment adds to the whole, over as many days as the whole."""
    if name not in of:
        return 0.0
    return value_of(metric, replace(of[name], days=of[""].days)) or 0.0
