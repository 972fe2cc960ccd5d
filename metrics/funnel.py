"""Units compared in a funnel: whether chance alone could carry each as far from all of them.

Spiegelhalter (Statistics in Medicine 24, 2005) for the limits and their overdispersion; the
formulae with all their sources stand in docs/method.md under "Touchpoints compared".
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import cast

import numpy as np
from numpy.typing import ArrayLike, NDArray

from metrics.funnel_exact import Kind, exact_limits, lower_tail, upper_tail
from metrics.model import Better
from metrics.signals import Signal

Floats = NDArray[np.float64]

NORMAL = {0.95: 1.959964, 0.998: 3.090232}
INNER, OUTER = 0.95, 0.998
LEAST_UNITS = 5
_ADJUSTED_FROM = 10
_TAIL = 0.1
_HOPELESS = 50.0
_FLAT = 25.0  # tau at least five times s: chance makes up 4 % of the variance or less


class Basis(StrEnum):
    """What the limits stand on; `auto` adjusts them where the units differ more than chance."""

    AUTO = "auto"
    EXACT = "exact"
    OVERDISPERSED = "overdispersed"


class Outside(StrEnum):
    """Which limit a unit lies beyond, the outer one where it is both."""

    NONE = "none"
    ABOVE_95 = "above_95"
    BELOW_95 = "below_95"
    ABOVE_998 = "above_998"
    BELOW_998 = "below_998"


@dataclass(frozen=True, slots=True, kw_only=True)
class Funnel:
    """Units and what they are compared with; values are numerator / denominator, unscaled.

    `phi` is the mean squared distance from the target in standard errors, 1 where chance alone is
    at work; `tau2` the variance between units on the scale the errors were measured on.
    `is_adjusted`: the limits allow for it.
    """

    kind: Kind
    numerator: Floats
    denominator: Floats
    target: float
    phi: float
    tau2: float
    is_adjusted: bool

    @property
    def values(self) -> Floats:
        """The value of each unit."""
        return self.numerator / self.denominator

    @property
    def spread(self) -> float:
        """The standard deviation between units in the value's own unit, by the delta method."""
        step = 2 * np.sqrt(self.target * (1 - self.target) if self.kind is Kind.PROPORTION else 1)
        scale = 1.0 if self.kind is Kind.PROPORTION else self.target
        return float(np.sqrt(self.tau2) * step * scale)

    @property
    def is_uninformative(self) -> bool:
        """Whether units differ so much that limits say nothing: chance hardly plays a part."""
        errors = _errors(self.kind, self.denominator, self.target)
        return self.phi > _HOPELESS or bool(np.all(self.tau2 >= _FLAT * errors**2) and self.tau2)

    def limits(self, share: float, denominator: ArrayLike | None = None) -> tuple[Floats, Floats]:
        """The lower and upper limit (`share` 0.95 or 0.998) for the units, or at denominators."""
        sizes = self.denominator if denominator is None else np.asarray(denominator, dtype=float)
        if not self.is_adjusted:
            return exact_limits(self.kind, sizes, self.target, share=share)
        half = NORMAL[share] * np.sqrt(_errors(self.kind, sizes, self.target) ** 2 + self.tau2)
        middle = _transformed(self.kind, self.target, self.target)
        return (
            _back(self.kind, middle - half, self.target),
            _back(self.kind, middle + half, self.target),
        )

    def outside(self) -> tuple[Outside, ...]:
        """Which limit each unit lies beyond.

        Without adjustment a unit is outside only where a count as far out as its own is that
        unlikely: the interpolated line lies up to one event inside of it, for counts are whole.
        """
        found = np.zeros(len(self.numerator), dtype=np.int64)
        for share, above, below in _LINES:
            high, low = self._beyond(share)
            found[high], found[low] = _OUTSIDE.index(above), _OUTSIDE.index(below)
        return tuple(_OUTSIDE[each] for each in found.tolist())

    def _beyond(self, share: float) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        if not self.is_adjusted:
            tail = (1 - share) / 2
            counted = (self.kind, self.numerator, self.denominator, self.target)
            return upper_tail(*counted) <= tail, lower_tail(*counted) <= tail
        lower, upper = self.limits(share)
        slack = 1e-12 * max(1.0, self.target)
        return self.values > upper + slack, self.values < lower - slack

    def scores(self) -> Floats:
        """How far each unit lies from the target, in standard deviations of what is usual."""
        errors = _errors(self.kind, self.denominator, self.target)
        usual = np.sqrt(errors**2 + (self.tau2 if self.is_adjusted else 0.0))
        middle = _transformed(self.kind, self.target, self.target)
        return (_transformed(self.kind, self.values, self.target) - middle) / usual

    def shrunken(self) -> tuple[Floats, Floats, Floats]:
        """The value of each unit drawn towards the target, and its 95 % interval.

        Drawn the more, the larger chance's part in its distance: parametric empirical Bayes
        (Morris, JASA 78, 1983), on the scale of the limits.
        """
        errors = _errors(self.kind, self.denominator, self.target)
        own = self.tau2 / (self.tau2 + errors**2)
        middle = _transformed(self.kind, self.target, self.target)
        distance = _transformed(self.kind, self.values, self.target) - middle
        estimate, half = middle + own * distance, NORMAL[INNER] * np.sqrt(own) * errors
        low, best, high = (
            _back(self.kind, each, self.target)
            for each in (estimate - half, estimate, estimate + half)
        )
        return best, low, high


_OUTSIDE = tuple(Outside)
_LINES = (
    (INNER, Outside.ABOVE_95, Outside.BELOW_95),
    (OUTER, Outside.ABOVE_998, Outside.BELOW_998),
)


def make_funnel(
    numerator: Sequence[float] | Floats,
    denominator: Sequence[float] | Floats,
    *,
    kind: Kind,
    basis: Basis = Basis.AUTO,
) -> Funnel:
    """Compare units by what they counted; the target is what all of them do together.

    ValueError without units, for a denominator that is not positive, a negative numerator, and a
    proportion whose numerator is larger than its denominator.
    """
    counted, sizes = np.asarray(numerator, dtype=float), np.asarray(denominator, dtype=float)
    _require_counts(counted, sizes, kind)
    target = float(counted.sum() / sizes.sum())
    errors = _errors(kind, sizes, target)
    scores = _scores(kind, counted / sizes, target, errors=errors)
    phi = float(np.mean(scores**2))
    adjusts = phi > 1 and len(sizes) >= _ADJUSTED_FROM
    return Funnel(
        kind=kind,
        numerator=counted,
        denominator=sizes,
        target=target,
        phi=phi,
        tau2=between_variance(phi, errors),
        is_adjusted=basis is Basis.OVERDISPERSED or (basis is Basis.AUTO and adjusts),
    )


def between_variance(phi: float, errors: Floats) -> float:
    """The variance between units that is left when chance's part is taken out, never below 0.

    DerSimonian and Laird's moment estimator (Controlled Clinical Trials 7, 1986).
    """
    weights, units = 1 / errors**2, len(errors)
    room = float(weights.sum() - (weights**2).sum() / weights.sum())
    return max(0.0, (units * phi - (units - 1)) / room) if room > 0 else 0.0


def signal_of(outside: Outside, better: Better) -> Signal:
    """What lying outside means; only beyond the outer limits it means anything."""
    if outside not in (Outside.ABOVE_998, Outside.BELOW_998):
        return Signal.NONE
    is_above = outside is Outside.ABOVE_998
    if better in (Better.NEUTRAL, Better.BAND):
        return Signal.HIGH if is_above else Signal.LOW
    return Signal.IMPROVEMENT if is_above is (better is Better.HIGHER) else Signal.CONCERN


def _require_counts(counted: Floats, sizes: Floats, kind: Kind) -> None:
    if counted.shape != sizes.shape or not len(sizes):
        raise ValueError("as many numerators as denominators, and at least one")
    if not (np.all(sizes > 0) and np.all(counted >= 0)):
        raise ValueError("denominators above zero and numerators not below it")
    if kind is Kind.PROPORTION and np.any(counted > sizes):
        raise ValueError("a proportion's numerator no larger than its denominator")


def _scores(kind: Kind, values: Floats, target: float, *, errors: Floats) -> Floats:
    """Distances from the target in standard errors, the outer tenths drawn in (winsorised)."""
    if target == 0:
        return np.zeros_like(values)
    distance = _transformed(kind, values, target) - _transformed(kind, target, target)
    scores = distance / errors
    low, high = np.quantile(scores, [_TAIL, 1 - _TAIL], method="linear")
    return np.clip(scores, low, high)


def _transformed(kind: Kind, values: Floats | float, target: float) -> Floats:
    """On a scale where the error hangs on the denominator alone: arcsine, or square root."""
    if kind is Kind.PROPORTION:
        return cast(Floats, np.arcsin(np.sqrt(values)))
    return cast(Floats, np.sqrt(np.asarray(values) / target if target else 0.0))


def _errors(kind: Kind, denominator: Floats, target: float) -> Floats:
    """The standard error on that scale; of a rate, of the events expected at the target."""
    expected = denominator if kind is Kind.PROPORTION else denominator * (target or 1.0)
    return 1 / (2 * np.sqrt(expected))


def _back(kind: Kind, level: Floats, target: float) -> Floats:
    if kind is Kind.PROPORTION:
        return cast(Floats, np.sin(np.clip(level, 0, np.pi / 2)) ** 2)
    return target * np.maximum(level, 0) ** 2
