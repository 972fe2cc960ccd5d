"""Which metrics a table would light up in a feed's place, and what the others lack."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from data_contracts.model import Contract
from metrics.model import Comparison, Condition, Metric

_NAMING = (Comparison.EQUAL, Comparison.IN)
Columns = Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """Metrics that read a feed: `lit` ones can be computed, the others say by code why not.

    `lacking` are columns of this feed, `waiting` other feeds, as a sentence's list.
    """

    lit: tuple[Metric, ...]
    lacking: Mapping[str, str]
    waiting: Mapping[str, str]

    @property
    def share(self) -> float:
        """The share of the metrics that nothing in this feed stands in the way of, 0 to 1."""
        free = len(self.lit) + len(self.waiting)
        return free / max(free + len(self.lacking), 1)


def reach(feed: str, metrics: Iterable[Metric], columns: Columns) -> Reach:
    """What the metrics that read `feed` make of `columns`, which holds every connected feed's."""
    lit: list[Metric] = []
    lacking: dict[str, str] = {}
    waiting: dict[str, str] = {}
    for metric in sorted(metrics, key=lambda each: each.code):
        if feed not in metric.feeds or metric.is_composite:
            continue
        missing = _missing(metric, feed, columns)
        others = [
            each for each in sorted(metric.feeds - {feed}) if _is_short(metric, each, columns)
        ]
        if missing:
            lacking[metric.code] = ", ".join(missing)
        elif others:
            waiting[metric.code] = ", ".join(others)
        else:
            lit.append(metric)
    return Reach(lit=tuple(lit), lacking=lacking, waiting=waiting)


def columns_of(contracts: Iterable[Contract]) -> dict[str, frozenset[str]]:
    """The columns that each feed's contract promises."""
    return {each.feed: frozenset(column.name for column in each.columns) for each in contracts}


def silent_metrics(reached: Reach, feed: str, rows: pd.DataFrame) -> frozenset[str]:
    """The lit metrics of whose words no row speaks: a survey that was never asked, for instance.

    `rows` have the contract's names. Only conditions that name the words of a column are looked at.
    """
    return frozenset(
        metric.code
        for metric in reached.lit
        if len(rows) and not _may_count(_conditions(metric, feed), rows)
    )


def _conditions(metric: Metric, feed: str) -> tuple[Condition, ...]:
    """What a row of `feed` has to be, to be counted at all."""
    if metric.denominator is not None and metric.denominator_feed == feed:
        return metric.denominator.where
    return metric.where if metric.feed == feed else ()


def _may_count(conditions: Iterable[Condition], rows: pd.DataFrame) -> bool:
    left = pd.Series(data=True, index=rows.index)
    for each in conditions:
        words = each.value if isinstance(each.value, tuple) else (each.value,)
        if each.comparison in _NAMING and all(isinstance(word, str) for word in words):
            left &= rows[each.column].astype("str").isin(list(words))
    return bool(left.any())


def _missing(metric: Metric, feed: str, columns: Columns) -> list[str]:
    return sorted(metric.columns(feed) - columns.get(feed, frozenset()))


def _is_short(metric: Metric, feed: str, columns: Columns) -> bool:
    return feed not in columns or bool(_missing(metric, feed, columns))
