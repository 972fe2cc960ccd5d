"""Which points of series a person lets make the limits; docs/method.md, baselines."""

from dataclasses import dataclass
from enum import StrEnum

from metrics.segments import Mask


class BaselineUse(StrEnum):
    """What a span means to limits: `only` its periods make them, or those `aside` make none."""

    ONLY = "only"
    ASIDE = "aside"


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """Which points a person lets make the limits, series x points.

    Where `only` marks enough points of a segment, no others make its limits; what is `aside` makes
    none.
    """

    only: Mask
    aside: Mask

    def before(self, points: int) -> "Chosen":
        """The same without the last points."""
        return Chosen(only=self.only[:, :-points], aside=self.aside[:, :-points])

    def of(self, rows: slice) -> "Chosen":
        """Those of some series."""
        return Chosen(only=self.only[rows], aside=self.aside[rows])
