"""Series of readings as one table of periods, and what is asked for when one is read."""

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from callboard.storage.baselines import Baselines
from callboard.storage.breaks import Breaks
from callboard.storage.series_table import SeriesKey
from callboard.storage.targets import ApprovedTargets
from metrics.calendar import Days
from metrics.limits import Floats, Ints
from metrics.model import Grain

Texts = NDArray[np.object_]


class Status(StrEnum):
    """Whether a period has a value to show. `partial`: running, or begun before the feed did.

    `collapsed`: shown but not judged, because so little of the usual volume is behind it.
    """

    OK = "ok"
    NO_DATA = "no_data"
    NO_ACTIVITY = "no_activity"
    SUPPRESSED = "suppressed"
    PARTIAL = "partial"
    COLLAPSED = "collapsed"


STATUSES = tuple(Status)
CODES = {status: code for code, status in enumerate(STATUSES)}
OK = CODES[Status.OK]
ROWS = ("numerator", "denominator", "n", "days", "sumsq", "values", "status", "is_complete")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingTable:
    """Many series over the same periods: arrays are series x periods, NaN where there is nothing.

    `axis` holds the periods' first days. `values` are in each metric's unit and are there for
    suppressed and partial periods too; `status` indexes `STATUSES`. `sketches` is None unless one
    of the metrics is a percentile, `usual` (volume) unless the volumes were guarded.
    `is_reweighted` marks composites to which a component lacks. `older` has the series whose
    baseline lies before these periods, from it on.
    """

    grain: Grain
    keys: tuple[SeriesKey, ...]
    axis: Days
    numerator: Floats
    denominator: Floats
    n: Floats
    days: Floats
    sumsq: Floats
    sketches: Texts | None
    values: Floats
    status: Ints
    is_complete: NDArray[np.bool_]
    is_reweighted: NDArray[np.bool_]
    breaks: Breaks
    baselines: Baselines = field(default_factory=dict)
    targets: ApprovedTargets = field(default_factory=dict)
    usual: Floats | None = None
    older: "ReadingTable | None" = None

    def sound(self) -> Floats:
        """The values that may be judged: of complete periods with enough behind them, else NaN."""
        return cast(Floats, np.where(self.status == OK, self.values, np.nan))

    def starts(self) -> list[date]:
        """The periods' first days as dates."""
        return cast(list[date], self.axis.astype(object).tolist())

    def only(self, rows: list[int]) -> "ReadingTable":
        """The table with some of its rows alone."""
        columns: dict[str, Any] = {name: getattr(self, name)[rows] for name in ROWS}
        return replace(
            self,
            keys=tuple(self.keys[row] for row in rows),
            sketches=None if self.sketches is None else self.sketches[rows],
            is_reweighted=self.is_reweighted[rows],
            usual=None if self.usual is None else self.usual[rows],
            older=None,
            **columns,
        )

    def find(self, key: SeriesKey) -> int | None:
        """The row of a series, None where it has no readings."""
        return self.keys.index(key) if key in self.keys else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which series to read: touchpoints (a resolved scope, or part of it), metrics, periods.

    Readings that no target is asked of may leave them unread.
    """

    touchpoints: frozenset[str]
    metrics: Collection[str]
    grain: Grain
    first: date
    last: date
    dimension: str = ""
    with_targets: bool = True
