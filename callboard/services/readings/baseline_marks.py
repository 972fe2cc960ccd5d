"""Baselines on a chart: those that make its limits, also from before it, and what is set aside."""

from collections.abc import Sequence

import numpy as np

from callboard import figures
from callboard.services.readings.baselines import baselines_of, covers
from callboard.services.readings.judging import Judged
from callboard.storage.baselines import SeriesBaseline
from callboard.views import BaselineMark
from metrics.chosen import BaselineUse


def mark_baselines(judged: Judged, row: int) -> tuple[BaselineMark, ...]:
    """The baselines of a series that change its limits, oldest first, as they stand on a chart.

    One with too few whole periods at this length changes nothing, and is not among them.
    """
    if row in judged.rare or judged.ends[row] < 0:
        return ()
    laid = baselines_of(judged.table, judged.table.keys[row])
    marks = (_mark(judged, row, each) for each in laid)
    return tuple(mark for mark in marks if mark is not None)


def _mark(judged: Judged, row: int, laid: SeriesBaseline) -> BaselineMark | None:
    is_only = laid.use is BaselineUse.ONLY
    older = judged.table.older if is_only else None
    table = older or judged.table
    covered = np.flatnonzero(covers(table, laid))
    newest = int(judged.ends[row]) + len(table.axis) - len(judged.table.axis)
    if not len(covered) or (is_only and not judged.history.follows(row, newest - covered)):
        return None
    starts = table.starts()
    return BaselineMark(
        use=laid.use,
        start=starts[int(covered[0])],
        end=starts[int(covered[-1])],
        text=figures.format_span(laid.first, laid.last),
        reason=laid.reason,
    )


def tell_baselines(marks: Sequence[BaselineMark]) -> str:
    """The baselines of a chart as a sentence after its own; nothing where there are none."""
    only = [f"{mark.text} ({mark.reason})" for mark in marks if mark.use is BaselineUse.ONLY]
    aside = [f"{mark.text} ({mark.reason})" for mark in marks if mark.use is BaselineUse.ASIDE]
    told = f" The baseline is {' and '.join(only)}." if only else ""
    return told + (f" Set aside from the limits: {' and '.join(aside)}." if aside else "")
