"""Case mix: what each entity would have counted, had its own cases gone as those of all do.

Indirect standardisation with all entities together as the standard (Breslow and Day, *Statistical
Methods in Cancer Research* II, IARC 1987, 2.3).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from metrics.intervals import poisson
from metrics.peer_ranking import Contender
from metrics.value import Numbers


@dataclass(frozen=True, slots=True, kw_only=True)
class Stratum:
    """What an entity counted among cases of one kind."""

    entity: str
    stratum: str
    numerator: float
    denominator: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Standardised:
    """Observed and expected of one entity. `equivalent` is E / the overall rate: E in cases."""

    entity: str
    observed: float
    expected: float
    equivalent: float

    @property
    def ratio(self) -> float:
        """O / E: above 1 is more than its cases explain."""
        return self.observed / self.expected

    def as_contender(self, scale: float) -> Contender:
        """O / E × the overall rate, as the ranks take it: O is a count of events (Poisson)."""
        low, high = poisson(self.observed, self.equivalent)
        return Contender(
            entity=self.entity,
            value=scale * self.observed / self.equivalent,
            numerator=self.observed,
            denominator=self.equivalent,
            interval=(scale * low, scale * high),
        )


def standardise(strata: Sequence[Stratum]) -> tuple[Standardised, ...]:
    """Return each entity with what is expected of its cases at the rates of all, in their order.

    ValueError where nothing was counted at all, or an entity has only cases of kinds that nobody
    counted anything of.
    """
    entities = list(dict.fromkeys(each.entity for each in strata))
    kinds = {name: at for at, name in enumerate(dict.fromkeys(each.stratum for each in strata))}
    x, n = (np.zeros((len(entities), len(kinds))) for _ in range(2))
    for each in strata:
        place = entities.index(each.entity), kinds[each.stratum]
        x[place] += each.numerator
        n[place] += each.denominator
    expected = _expected(x, n)
    if not (expected > 0).all():
        raise ValueError(f"nothing is expected of {entities[int(np.argmin(expected))]}")
    overall = x.sum() / n.sum()
    return tuple(
        Standardised(
            entity=entity,
            observed=float(x[at].sum()),
            expected=float(expected[at]),
            equivalent=float(expected[at] / overall),
        )
        for at, entity in enumerate(entities)
    )


def _expected(x: Numbers, n: Numbers) -> Numbers:
    total, counted = n.sum(axis=0), x.sum(axis=0)
    rates = np.divide(counted, total, out=np.zeros_like(total), where=total > 0)
    expected: Numbers = n @ rates
    return expected
