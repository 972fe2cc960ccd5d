"""Composites as further rows of a table of readings: computed from their components when read.

They have no readings of their own in the store: nothing is refreshed, nothing can be out of step.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from callboard.services.defining.definitions import Definitions
from callboard.services.readings.table import CODES, OK, ROWS, ReadingTable, Status
from callboard.storage.series_table import SeriesKey
from metrics.composite import MOST_MISSING, reweights, score, weights_of
from metrics.limits import Floats, Ints
from metrics.model import Form, Metric

Flags = NDArray[np.bool_]


def expand(metrics: Mapping[str, Metric], codes: Iterable[str]) -> list[str]:
    """The metrics called `codes` with all that composites among them are made of."""
    found: dict[str, None] = {}
    for code in codes:
        found |= dict.fromkeys(expand(metrics, [p.code for p in metrics[code].component_metrics]))
        found[code] = None
    return list(found)


def with_composites(
    table: ReadingTable, definitions: Definitions, codes: Iterable[str]
) -> ReadingTable:
    """Return the table of the metrics called `codes`, with rows for the composites among them.

    `table` holds whatever they are made of. A composite has a row where all of its components
    have one, or enough of them where the others may stand in for the rest.
    """
    asked = list(codes)
    metrics = definitions.metrics
    for code in expand(metrics, asked):
        if metrics[code].is_composite:
            table = _added(table, definitions, metrics[code])
    wanted = frozenset(asked)
    kept = [row for row, key in enumerate(table.keys) if key.metric in wanted]
    return table if len(kept) == len(table.keys) else table.only(kept)


def _added(table: ReadingTable, definitions: Definitions, metric: Metric) -> ReadingTable:
    places, rows = _places(table, definitions, metric)
    if not places:
        return table
    is_there = rows[:, :, None] >= 0
    status = np.where(is_there, table.status[rows], CODES[Status.NO_DATA])
    is_shown = (status == OK) | (status == CODES[Status.PARTIAL])
    found = score(metric, np.where(is_shown, table.values[rows], np.nan))
    is_hidden = np.asarray((status == CODES[Status.SUPPRESSED]).any(axis=0))
    scores = np.where(is_hidden, np.nan, found.scores)
    is_complete = np.asarray((table.is_complete[rows] | ~is_there).all(axis=0))
    nothing = np.full(scores.shape, np.nan)
    return _stacked(
        table,
        tuple(SeriesKey(place, metric.code, "") for place in places),
        {
            **dict.fromkeys(("numerator", "denominator", "days", "sumsq"), nothing),
            "n": _smallest_n(metric, np.where(is_there, table.n[rows], np.nan)),
            "values": scores,
            "status": _status(status, scores, is_hidden=is_hidden, is_complete=is_complete),
            "is_complete": is_complete,
        },
        (found.left_out > 0) & ~np.isnan(scores),
    )


def _places(
    table: ReadingTable, definitions: Definitions, metric: Metric
) -> tuple[list[str], Ints]:
    """Where a composite is measured, and the rows of its components there; -1 for none."""
    codes = [part.code for part in metric.component_metrics]
    by_place: dict[str, list[int]] = {}
    for row, key in enumerate(table.keys):
        if key.metric in codes:
            by_place.setdefault(key.touchpoint, [-1] * len(codes))[codes.index(key.metric)] = row
    touchpoints = definitions.touchpoints
    shares = weights_of(metric) / weights_of(metric).sum()
    most = MOST_MISSING if reweights(metric) else 0.0
    places = [
        place
        for place, rows in sorted(by_place.items())
        if (listed := touchpoints[place].metrics) is None or metric.code in listed
        if shares[np.array(rows) < 0].sum() <= most
    ]
    rows = np.array([by_place[place] for place in places], dtype=np.int64)
    return places, rows.reshape(len(places), len(codes)).T


def _smallest_n(metric: Metric, n: Floats) -> Floats:
    """The fewest cases that any component stands on; counts divide by nothing, so need none."""
    divided = [part.form is not Form.COUNT for part in metric.component_metrics]
    found: Floats = np.fmin.reduce(n[divided] if any(divided) else n, axis=0)
    return found


def _status(status: Ints, scores: Floats, *, is_hidden: Flags, is_complete: Flags) -> Ints:
    is_idle = status == CODES[Status.NO_ACTIVITY]
    is_lacking = is_idle | (status == CODES[Status.NO_DATA])
    why_not = np.where(
        (is_idle == is_lacking).all(axis=0), CODES[Status.NO_ACTIVITY], CODES[Status.NO_DATA]
    )
    told = np.where(is_complete, OK, CODES[Status.PARTIAL])
    found: Ints = np.where(np.isnan(scores), why_not, told)
    return np.where(is_hidden, CODES[Status.SUPPRESSED], found)


def _stacked(
    table: ReadingTable,
    keys: tuple[SeriesKey, ...],
    rows: Mapping[str, NDArray[np.generic]],
    is_reweighted: Flags,
) -> ReadingTable:
    """The table with more rows at its end."""
    texts = table.sketches
    columns: dict[str, Any] = {
        name: np.concatenate([getattr(table, name), rows[name]]) for name in ROWS
    }
    none = np.full(is_reweighted.shape, None, dtype=object)
    return replace(
        table,
        keys=table.keys + keys,
        sketches=None if texts is None else np.concatenate([texts, none]),
        is_reweighted=np.concatenate([table.is_reweighted, is_reweighted]),
        **columns,
    )
