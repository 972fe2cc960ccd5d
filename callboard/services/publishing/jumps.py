"""Jumps in scale: a publisher's values a factor of 20 from what they were, as 0.93 from 93."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray

from callboard.services.comparing.comparability import convert
from callboard.services.publishing.columns import distinct
from metrics.model import Metric, Unit

FACTOR = 20.0  # as of the percentages that a file is judged by
_KIND = ("metric", "unit", "per")


@dataclass(frozen=True, slots=True, kw_only=True)
class Jump:
    """The median of a metric by a source, in the metric's unit, before and in the file.

    `key` is what a person confirms it by. `among` says whether the old median is the source's own,
    other sources', or of the same file.
    """

    key: str
    metric: str
    source: str
    old_median: float
    new_median: float
    among: str

    @property
    def factor(self) -> float:
        """How many times larger the larger median is."""
        old, new = abs(self.old_median), abs(self.new_median)
        return max(old, new) / min(old, new)


def find_jumps(
    rows: "pa.Table", current: "pa.Table", metrics: Mapping[str, Metric]
) -> tuple[Jump, ...]:
    """Return the sources of metrics whose values moved to another scale, by metric and source.

    They are held against the source's own history, else against what others publish of the metric,
    else against the rest of the file. What is counted may differ as much as companies do: a count
    is only held against its own history.
    """
    new, old = _medians(rows, metrics), _medians(current, metrics)
    found = []
    for (metric, source), own in new.of_sources.items():
        is_count = metrics[metric].unit is Unit.COUNT
        is_few = 2 * own.size <= new.of_metrics[metric].size
        if (metric, source) in old.of_sources:
            among, reference = "before", old.of_sources[metric, source]
        elif metric in old.of_metrics and not is_count:
            among, reference = "others", old.of_metrics[metric]
        elif is_few and not is_count:
            among, reference = "file", new.of_metrics[metric]
        else:
            continue
        if _is_far(own.median, reference.median):
            found.append(
                Jump(
                    key=f"scale:{metric}",
                    metric=metric,
                    source=source,
                    old_median=reference.median,
                    new_median=own.median,
                    among=among,
                )
            )
    return tuple(sorted(found, key=lambda jump: (jump.metric, jump.source)))


def _is_far(new: float, old: float) -> bool:
    small, large = sorted((abs(new), abs(old)))
    return small > 0 and large >= FACTOR * small


@dataclass(frozen=True, slots=True)
class _Median:
    median: float
    size: int


@dataclass(frozen=True, slots=True)
class _Medians:
    of_sources: dict[tuple[str, ...], _Median]
    of_metrics: dict[str, _Median]


def _medians(rows: "pa.Table", metrics: Mapping[str, Metric]) -> _Medians:
    if not rows.num_rows:
        return _Medians({}, {})
    values = _in_our_units(rows, metrics)
    return _Medians(
        of_sources=_of(rows, values, ("metric", "source_name")),
        of_metrics={metric: each for (metric,), each in _of(rows, values, ("metric",)).items()},
    )


def _in_our_units(rows: "pa.Table", metrics: Mapping[str, Metric]) -> NDArray[np.float64]:
    """The values in their metric's unit, NaN where they cannot be told in it."""
    kinds, first = distinct(rows, _KIND)
    each = rows.select(_KIND).take(pa.array(first)).to_pylist()
    scales = np.array([_scale(kind, metrics) for kind in each], dtype=np.float64)
    return np.asarray(rows["value"].to_numpy() * scales[kinds], dtype=np.float64)


def _scale(kind: Mapping[str, Any], metrics: Mapping[str, Metric]) -> float:
    """What a value is multiplied by to be in its metric's unit; NaN where it cannot be."""
    metric = metrics.get(kind["metric"])
    if metric is None:
        return math.nan
    scale = convert(1.0, unit=kind["unit"], per=kind["per"], metric=metric)
    return math.nan if scale is None else scale


def _of(
    rows: "pa.Table", values: NDArray[np.float64], names: tuple[str, ...]
) -> dict[tuple[str, ...], _Median]:
    """The median by what some columns say; values that are NaN do not count.

    All at once, for a file may name another source in every row.
    """
    groups, first = distinct(rows, names)
    grouped = pd.Series(values).groupby(groups, sort=True)
    medians, sizes = grouped.median().to_numpy(), grouped.count().to_numpy()
    filled = np.flatnonzero(sizes)
    said = rows.select(names).take(pa.array(first[filled])).to_pylist()
    found = zip(said, medians[filled].tolist(), sizes[filled].tolist(), strict=True)
    return {
        tuple(each[name] for name in names): _Median(median, size) for each, median, size in found
    }
