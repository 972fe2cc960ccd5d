"""Jumps in scale: a publisher's values a factor of 20 from what they were, as 0.93 from 93."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

import numpy as np
import pandas as pd
import pyarrow as pa

from callboard.services.comparing.comparability import convert
from metrics.model import Metric, Unit

FACTOR = 20.0  # as of the percentages that a file is judged by
_GROUP = ["metric", "source_name"]


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
    of_sources: dict[tuple[str, str], _Median]
    of_metrics: dict[str, _Median]


def _medians(rows: "pa.Table", metrics: Mapping[str, Metric]) -> _Medians:
    frame = pd.DataFrame(
        {name: rows[name].dictionary_encode().to_pandas() for name in (*_GROUP, "unit")}
    )
    frame["value"] = rows["value"].to_pandas() * _scales(frame, rows["per"].to_pandas(), metrics)
    frame = frame[frame["value"].notna()]
    by_source = _of(frame, _GROUP)
    return _Medians(
        of_sources={(str(key[0]), str(key[1])): each for key, each in by_source.items()},
        of_metrics={str(key[0]): each for key, each in _of(frame, _GROUP[:1]).items()},
    )


def _of(frame: pd.DataFrame, names: list[str]) -> dict[tuple[object, ...], _Median]:
    values = frame.groupby(names, observed=True, sort=False)["value"]
    told = values.agg(["median", "size"])
    keys = (key if isinstance(key, tuple) else (key,) for key in told.index)
    pairs = zip(told["median"], told["size"], strict=True)
    return {
        key: _Median(float(median), int(size))
        for key, (median, size) in zip(keys, pairs, strict=True)
    }


def _scales(
    frame: pd.DataFrame, per: "pd.Series[float]", metrics: Mapping[str, Metric]
) -> "pd.Series[float]":
    """What each value is multiplied by to be in its metric's unit; NaN where it cannot be."""
    kinds = pd.DataFrame({"metric": frame["metric"], "unit": frame["unit"], "per": per})
    groups = kinds.groupby(["metric", "unit", "per"], observed=True, sort=False, dropna=False)
    scales = np.full(len(frame), np.nan)
    for key, places in groups.indices.items():
        metric, unit, base = cast("tuple[str, str, float]", key)
        known = metrics.get(metric)
        own = None if math.isnan(base) else float(base)
        scale = known and convert(1.0, unit=unit, per=own, metric=known)
        scales[places] = np.nan if scale is None else scale
    return pd.Series(scales, index=frame.index)
