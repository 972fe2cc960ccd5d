"""Step one, second half: what stands across the columns of a wide file, and turning it into rows.

What is found here is proposed, shown and confirmed; nothing is turned by itself.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from data_contracts.importing.answers import LayoutAnswer, Unpivot, UnpivotKind
from data_contracts.importing.header_words import (
    is_foreign_percentile,
    is_no_measure,
    is_period,
    is_sample_size,
    is_statistic,
    lower_of,
    upper_of,
)
from data_contracts.importing.unpivot import lay_out
from data_contracts.parsing.headers import plain
from data_contracts.parsing.table import TextTable

__all__ = ["Layout", "lay_out", "propose_layout"]
_LOOKED_AT = 200
_NUMBER = re.compile(r"[-+(<>]?\s*[$€£¥]?\s*[0-9]")
_MEASURE_WORDS = re.compile(r"metric|measure|kpi|indicator|question|field", re.IGNORECASE)
_GROUP_WORDS = re.compile(r"industr|sector|\b(all|cross|total)\b", re.IGNORECASE)
_TIME_WORDS = frozenset(("year", "month", "quarter", "period", "date", "week"))
_LABELS = frozenset(("entity", "metric", "industry", "region", "segment", "touchpoint"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """What of a file stands across its columns, how sure that is (0 to 1), and why."""

    unpivot: tuple[Unpivot, ...] = ()
    confidence: float = 1.0
    why: str = ""

    @property
    def answer(self) -> LayoutAnswer:
        """The answer that takes the proposal."""
        return LayoutAnswer(unpivot=self.unpivot)


def propose_layout(
    table: TextTable, names: Mapping[str, str], *, metrics: Collection[str] = ()
) -> Layout:
    """Return what seems to stand across the columns; `names` are the contract's, by plain header.

    `metrics` are plain names of known metrics, which make a header surely one.
    """
    if any(names.get(plain(header)) == "value" for header in table.headers):
        return Layout(why="The file has a column of values: one row for each.")
    wide = _Wide(table, names, metrics)
    for propose in (_blocks, _periods, _statistics, _others):
        layout = propose(wide)
        if layout is not None:
            return layout
    return Layout(confidence=0.5, why="No columns of the file seem to belong in rows.")


class _Wide:
    """A file's headers with what its cells say of each: whether it holds numbers."""

    def __init__(
        self, table: TextTable, names: Mapping[str, str], metrics: Collection[str]
    ) -> None:
        self.headers = table.headers
        self.names = names
        self.metrics = frozenset(metrics)
        self.numeric = [_share(table, at) >= 0.5 for at in range(len(table.headers))]

    def those(self, headers: Sequence[str]) -> tuple[str, ...]:
        """The headers among the given ones whose columns hold numbers, or nothing at all."""
        at = {header: i for i, header in enumerate(self.headers)}
        return tuple(header for header in headers if self.numeric[at[header]])

    def field(self, header: str) -> str:
        """The contract column that a header names, "" for none."""
        return self.names.get(plain(header), "")


def _share(table: TextTable, at: int) -> float:
    cells = [cell.strip() for cell in table.cells[at].iloc[:_LOOKED_AT]]
    filled = [cell for cell in cells if any(letter.isalnum() for letter in cell)]
    return sum(bool(_NUMBER.match(cell)) for cell in filled) / len(filled) if filled else 0.5


def _blocks(wide: _Wide) -> Layout | None:
    """Groups of columns under an upper header that repeat the same lower ones."""
    groups: dict[str, list[str]] = defaultdict(list)
    for header in wide.headers:
        if upper_of(header):
            groups[upper_of(header)].append(lower_of(header))
    if not groups or len(next(iter(groups.values()))) < 2:
        return None
    columns = tuple(header for header in wide.headers if upper_of(header))
    lowers = tuple(dict.fromkeys(lower for group in groups.values() for lower in group))
    outer = _outer_kind(tuple(groups), columns, wide)
    inner = _inner_kind(lowers, wide)
    same = sum(set(group) == set(lowers) for group in groups.values()) / len(groups)
    what = f"{len(groups)} upper headers, each over {', '.join(lowers[:4])}"
    unpivot = (outer, inner) if inner is not None else (outer,)
    return Layout(unpivot=unpivot, confidence=round(0.6 + 0.3 * same, 2), why=f"{what}.")


def _outer_kind(uppers: Sequence[str], columns: tuple[str, ...], wide: _Wide) -> Unpivot:
    """Periods, or else peers; peer groups where they say so or the peers have a column already."""
    if all(map(is_period, uppers)):
        return Unpivot(kind=UnpivotKind.BLOCKS, columns=columns, into="period")
    has_entity = any(wide.field(header) == "entity" for header in wide.headers)
    is_group = has_entity or any(map(_GROUP_WORDS.search, uppers))
    into = "industry" if is_group else "entity"
    return Unpivot(kind=UnpivotKind.BLOCKS, columns=columns, into=into, block_of=into)


def _inner_kind(lowers: Sequence[str], wide: _Wide) -> Unpivot | None:
    """What the lower headers are: statistics, periods, or else metrics."""
    values = [each for each in lowers if not (is_sample_size(each) or is_no_measure(each))]
    values = [each for each in values if not wide.field(each)]
    for test, kind, into in (
        (is_statistic, UnpivotKind.STATISTICS, "statistic"),
        (is_period, UnpivotKind.PERIODS, "period"),
    ):
        found = tuple(each for each in values if test(each))
        if len(found) > len(values) / 2:
            return Unpivot(kind=kind, columns=found, into=into)
    if not values:
        return None
    return Unpivot(kind=UnpivotKind.METRICS, columns=tuple(values), into="metric")


def _periods(wide: _Wide) -> Layout | None:
    found = wide.those([header for header in wide.headers if is_period(header)])
    if len(found) < 2:
        return None
    kind = Unpivot(kind=UnpivotKind.PERIODS, columns=found, into="period")
    confidence = 0.95 if len(found) > 2 else 0.8
    why = f"{len(found)} headers are periods, from {found[0]} to {found[-1]}."
    return Layout(unpivot=(kind,), confidence=confidence, why=why)


def _statistics(wide: _Wide) -> Layout | None:
    found = wide.those([header for header in wide.headers if is_statistic(header)])
    found = tuple(header for header in found if not is_foreign_percentile(header))
    if len(found) < 2:
        return None
    kind = Unpivot(kind=UnpivotKind.STATISTICS, columns=found, into="statistic")
    why = f"{len(found)} headers are statistics: {_some(found)}."
    return Layout(unpivot=(kind,), confidence=0.9 if len(found) > 2 else 0.8, why=why)


def _others(wide: _Wide) -> Layout | None:
    """Metrics or entities across: columns of numbers that no column of the contract is."""
    found = wide.those([header for header in wide.headers if _may_be_turned(header, wide)])
    labels = [header for header in wide.headers if header.strip() and header not in found]
    if len(found) < 2 or not labels:
        return None
    known = sum(_is_metric(header, wide) for header in found)
    fields = {wide.field(header) for header in labels}
    if "metric" in fields or any(map(_MEASURE_WORDS.search, labels)):
        kind = Unpivot(kind=UnpivotKind.ENTITIES, columns=found, into="entity")
        return _other(kind, 0.7, f"a column names the metric, so {_some(found)} seem to be peers")
    if not known and not fields & _LABELS and any(plain(each) in _TIME_WORDS for each in labels):
        kind = Unpivot(kind=UnpivotKind.ENTITIES, columns=found, into="entity")
        return _other(kind, 0.5, f"only periods stand in front, so {_some(found)} seem to be peers")
    kind = Unpivot(kind=UnpivotKind.METRICS, columns=found, into="metric")
    sure = 0.6 + 0.3 * known / len(found)
    return _other(kind, sure, f"{len(found)} columns of numbers: {_some(found)} seem to be metrics")


def _other(kind: Unpivot, confidence: float, why: str) -> Layout:
    return Layout(
        unpivot=(kind,), confidence=round(confidence, 2), why=f"{why[0].upper()}{why[1:]}."
    )


def _may_be_turned(header: str, wide: _Wide) -> bool:
    if not header.strip() or wide.field(header) or plain(header) in _TIME_WORDS:
        return False
    return not (is_sample_size(header) or is_no_measure(header))


def _is_metric(header: str, wide: _Wide) -> bool:
    """A unit or a base in the header says that it names a metric, and so does a known name."""
    words = re.split(r"[(/%]", plain(header).replace("_", " "))[0].strip()
    name = "_".join(words.split())
    has_unit = bool(re.search(r"%|/\s?[0-9]|per [0-9]|\((h|hours|s|sec|min|minutes)\)", header))
    return has_unit or name in wide.metrics or plain(header) in wide.metrics


def _some(headers: Sequence[str]) -> str:
    return ", ".join(headers[:3]) + (" …" if len(headers) > 3 else "")
