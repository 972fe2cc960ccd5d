"""Which points of series a person lets make the limits; docs/method.md, baselines."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from metrics.segments import Ints, Mask, counts_of


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

    def in_force(self, known: Mask, groups: Ints, *, least: int) -> "Chosen":
        """The same, where `only` marks what makes limits: enough known points of a segment."""
        marked = self.only & known & ~self.aside
        only = marked & (counts_of(marked, groups) >= least)[groups]
        return Chosen(only=only, aside=self.aside)

    def last_ones(self, points: Ints) -> "Chosen":
        """The same, where of all but the last so many of each series only those of `only` count."""
        width = self.only.shape[1]
        early = np.arange(width) < width - points[:, None]
        return Chosen(only=self.only, aside=self.aside | (early & ~self.only))

    def before(self, points: int) -> "Chosen":
        """The same without the last points."""
        return Chosen(only=self.only[:, :-points], aside=self.aside[:, :-points])

    def of(self, rows: slice) -> "Chosen":
        """Those of some series."""
        return Chosen(only=self.only[rows], aside=self.aside[rows])
