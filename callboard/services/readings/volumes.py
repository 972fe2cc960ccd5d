"""The volume guard on many series: where a collapse suspends judgement, and how it is told."""

from dataclasses import replace
from typing import cast

import numpy as np

from callboard import figures
from callboard.services.defining.definitions import Definitions
from callboard.services.readings.series import OK, STATUSES, ReadingTable, Status
from metrics.limits import Floats
from metrics.model import Form, Grain, Metric, Stock
from metrics.volume import has_collapsed, usual_volumes

_COLLAPSED = STATUSES.index(Status.COLLAPSED)


def guard_volumes(table: ReadingTable, definitions: Definitions) -> ReadingTable:
    """The table with the usual volumes, and with what stands on too small a part of them marked.

    A count is its own volume, so it is judged as always.
    """
    volumes = volumes_of(table)
    is_count = [definitions.metrics[key.metric].form is Form.COUNT for key in table.keys]
    divided = ~np.array(is_count, dtype=bool).reshape(-1, 1)
    usual = usual_volumes(np.where(table.is_complete & divided, volumes, np.nan), table.grain)
    collapsed = has_collapsed(volumes, usual) & (table.status == OK)
    return replace(table, usual=usual, status=np.where(collapsed, _COLLAPSED, table.status))


def volumes_of(table: ReadingTable) -> Floats:
    """What the values stand on: the denominators; the cases of a percentile, which has none."""
    return cast(Floats, np.where(np.isnan(table.denominator), table.n, table.denominator))


def collapse_at(table: ReadingTable, metric: Metric, at: tuple[int, int]) -> str:
    """What collapsed in one period, `31 orders, usually 800`; empty where nothing did."""
    if table.status[at] != _COLLAPSED or table.usual is None:
        return ""
    of_days = float(table.days[at]) if metric.stock is Stock.MEAN else 1.0
    volume, usual = volumes_of(table)[at] / of_days, table.usual[at] / of_days
    counted = f"{figures.format_count(volume)} {metric.base or 'cases'}"
    return f"{counted}, usually {figures.format_count(usual)}"


def why_suspended(grain: Grain) -> str:
    """Why a period whose volume collapsed is not judged, in two sentences."""
    before = "the same weekday in the 5 weeks" if grain is Grain.DAY else f"the 12 {grain.value}s"
    return (
        f"Fewer than half as many cases were counted as is usual (the median of {before} before). "
        f"Rows may be missing, or this {grain.value} is not like the others."
    )


def tell_collapse(collapse: str) -> str:
    """The sentence that stands where the verdict would."""
    return f"Volume collapsed: {collapse}; the figure is shown but not judged"
