"""Readings by a dimension, with no small segment shown or to be had by subtraction."""

from dataclasses import dataclass, replace

import numpy as np

from callboard.services.readings.coverage import Coverages
from callboard.services.readings.series import STATUSES, ReadingTable, Status, Wanted, read_table
from callboard.services.runtime import Runtime
from callboard.storage.engine import Connection
from callboard.storage.series_table import SeriesKey
from metrics.limits import Ints
from metrics.model import Form, Metric
from metrics.suppression import hide_derivable

_SUPPRESSED = STATUSES.index(Status.SUPPRESSED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Segmented:
    """The readings of a dimension's segments, and those of the wholes they are parts of."""

    segments: ReadingTable
    wholes: ReadingTable


def read_segments(
    runtime: Runtime, connection: Connection, wanted: Wanted, coverages: Coverages
) -> Segmented:
    """Return the readings of the segments of `wanted.dimension`, and of the wholes."""
    segments = read_table(runtime, connection, wanted, coverages)
    wholes = read_table(runtime, connection, replace(wanted, dimension=""), coverages)
    metrics = runtime.definitions.metrics
    status = segments.status.copy()
    for place, rows in _rows_by_whole(segments).items():
        whole = wholes.find(SeriesKey(*place, ""))
        _hide(segments, status, rows, metric=metrics[place[1]], wholes=wholes, whole=whole)
    return Segmented(segments=replace(segments, status=status), wholes=wholes)


def _rows_by_whole(table: ReadingTable) -> dict[tuple[str, str], list[int]]:
    rows: dict[tuple[str, str], list[int]] = {}
    for row, key in enumerate(table.keys):
        rows.setdefault((key.touchpoint, key.metric), []).append(row)
    return rows


def _hide(
    segments: ReadingTable,
    status: Ints,
    rows: list[int],
    *,
    metric: Metric,
    wholes: ReadingTable,
    whole: int | None,
) -> None:
    """Mark in `status` what the small segments, and the rest that none holds, need hidden too."""
    n = np.nan_to_num(segments.n[rows])
    of_whole = np.nan_to_num(wholes.n[whole]) if whole is not None else n.sum(axis=0)
    cases = np.vstack([n, np.maximum(of_whole - n.sum(axis=0), 0.0)])
    too_few = (cases > 0) & (cases < metric.min_n)
    too_few[:-1] &= status[rows] == _SUPPRESSED
    too_few[-1] &= metric.form is not Form.COUNT
    for column in np.flatnonzero(too_few.any(axis=0)).tolist():
        hidden = hide_derivable(cases[:, column], too_few[:, column], least=metric.min_n)
        status[np.array(rows)[hidden[:-1]], column] = _SUPPRESSED
