"""What speaks for a table's column being a contract's: its name, its values, what they keep."""

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

import pandas as pd

from callboard.services.connecting.name_likeness import (
    NO_UNIT,
    Name,
    best_likeness,
    read_name,
    unit_fit,
)
from callboard.services.connecting.table_facts import TableFacts
from callboard.storage.feeds.table_inspection import SeenColumn
from data_contracts.masks import judge_rows
from data_contracts.model import Check, Column, Contract, Kind

SYNONYM, MANY_PLACES = 0.95, 200
WORTH_A_LOOK = 0.3  # below it, the values are not judged
_UNTRIED, _EMPTY = 0.7, 0.6  # without a row to look at, or without a value in this column
_HINTED_FROM = 0.65
_KEPT = 0.9  # from here on, the values are no obstacle
_ALONE = frozenset({Kind.REQUIRED, Kind.TYPE, Kind.RANGE, Kind.ONE_OF, Kind.PATTERN, Kind.LENGTH})
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)  # the kinds that one column is judged by need no time


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A confidence, the reason for it in words, and what stands against it ("" for nothing)."""

    confidence: float
    likeness: float
    reason: str = ""
    obstacle: str = ""


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """A column that a contract promises, with what a table's column is compared with."""

    contract: Contract
    column: Column

    @cached_property
    def names(self) -> tuple[tuple[Name, float], ...]:
        """Its name and synonyms, each with its weight."""
        own = (read_name(self.column.name), 1.0)
        return (own, *((read_name(each), SYNONYM) for each in self.column.synonyms))

    @cached_property
    def checks(self) -> tuple[Check, ...]:
        """The critical checks that its own values keep or break."""
        return tuple(
            each
            for each in self.contract.checks
            if each.column == self.column.name and each.where is None and each.kind in _ALONE
            if each.keeps_out
        )

    @cached_property
    def words(self) -> frozenset[str]:
        """The only words it may hold; none where any may stand."""
        return frozenset(w for each in self.checks if each.kind is Kind.ONE_OF for w in each.values)


def weigh(
    wanted: Wanted, found: SeenColumn, facts: TableFacts, *, places: frozenset[str] = frozenset()
) -> Evidence:
    """How likely it is that `found` is what the contract calls `wanted`."""
    name, kind = found.name, wanted.column.type
    alike = best_likeness(facts.names[name], wanted.names)
    unit, wanted_unit = read_name(name).unit, wanted.names[0][0].unit
    if name in facts.personal:
        return _against(alike, f"{name} is about a person and left alone")
    if not facts.can_be_read_as(found, kind):
        return _against(alike, f"{name} is alike, but its type is not {kind.value}")
    if (units := unit_fit(unit, wanted_unit)) == 0.0:
        return _against(alike, f"{name} is in {unit}, not in {wanted_unit}")
    content = _content(wanted, name, facts, places)
    believed = 1 - (1 - alike * units) * (1 - content)
    if believed < WORTH_A_LOOK:
        return Evidence(confidence=round(believed, 4), likeness=alike)
    fit, obstacle = _fit(wanted, facts.values(name))
    return Evidence(
        confidence=round(believed * fit, 4),
        likeness=alike,
        reason=_reason(alike, content, units=units, fit=fit),
        obstacle=f"{name} {obstacle}" if alike >= _HINTED_FROM and fit < _KEPT else "",
    )


def weigh_choice(wanted: Wanted, found: SeenColumn, facts: TableFacts) -> Evidence:
    """A column that a person chose: nothing but its values can speak against it."""
    fit, obstacle = _fit(wanted, facts.values(found.name))
    is_told = fit < _KEPT and found.name not in facts.personal  # values may stand in the obstacle
    told = f"chosen by you; it {obstacle}" if is_told else "chosen by you"
    return Evidence(confidence=round(fit, 4), likeness=1.0, reason=told)


def _against(alike: float, obstacle: str) -> Evidence:
    told = obstacle if alike >= _HINTED_FROM else ""
    return Evidence(confidence=0.0, likeness=alike, obstacle=told)


def _content(wanted: Wanted, name: str, facts: TableFacts, places: frozenset[str]) -> float:
    """What the values say without the name, 0 to 0.85."""
    contract, column = wanted.contract, wanted.column.name
    if wanted.words:
        counts = facts.counts(name)
        shared = sum(each in counts for each in wanted.words)
        return _share(counts, wanted.words) * (0.85 if shared > 1 else 0.4)
    if contract.key == (column,):
        return _uniqueness(facts, name)
    if column == contract.time:
        return 0.45 if facts.times == {name} else 0.0
    if column == contract.touchpoint:
        counts = facts.counts(name)
        is_grouping = 1 < len(counts) <= min(60, counts.total() / 5)
        return max(_share(counts, places) * 0.85, 0.15 if is_grouping else 0.0)
    return 0.0


def _share(counts: Counter[str], words: frozenset[str]) -> float:
    """The share of the values that are among `words`."""
    return sum(counts[each] for each in words) / max(counts.total(), 1)


def _uniqueness(facts: TableFacts, name: str) -> float:
    if frozenset({name}) in facts.table.unique:
        return 0.6 if facts.table.key == (name,) else 0.5
    values = facts.values(name)
    return 0.25 if len(values) >= 20 and values.notna().all() and values.is_unique else 0.0


def _fit(wanted: Wanted, values: "pd.Series[Any]") -> tuple[float, str]:
    """The share of rows that keep the column's own rules, and what the others break, in words."""
    if values.empty:
        return _UNTRIED, ""
    if values.isna().all():
        return (0.0 if wanted.column.required else _EMPTY), "is empty"
    frame = pd.DataFrame({wanted.column.name: values})
    judged = judge_rows(frame, wanted.checks, known={}, now=_LONG_AGO)
    share = 1 - float(judged.quarantined.mean())
    obstacle = f"has {values.nunique():,} different values"
    worst = max(judged.evidence, key=lambda each: each.failed, default=None)
    if worst is not None and worst.failed:
        broken = judged.failed[worst.rule_id]
        told = next(each.description for each in wanted.checks if each.rule_id == worst.rule_id)
        broken_share = f"{100 * broken.mean():.0f} % of rows"
        obstacle = f"has {broken_share} that break “{told}”{_examples(values, broken)}"
    return share * _spread(wanted, values), obstacle


def _spread(wanted: Wanted, values: "pd.Series[Any]") -> float:
    """What readings are split by has few words; a key has as many as there are rows."""
    contract, column, different = wanted.contract, wanted.column.name, values.nunique()
    if column == contract.touchpoint and different > MANY_PLACES:
        return 0.2
    if column in contract.dimensions and different > max(20, len(values) / 4):
        return 0.3
    if contract.key == (column,) and different < values.notna().sum():
        return 0.2
    return 1.0


def _examples(values: "pd.Series[Any]", broken: Any) -> str:
    """A few of the values, where they are words of a list rather than anybody's own."""
    counted = values[broken].dropna().astype("str").value_counts()
    if counted.empty or len(counted) > 10:
        return ""
    return f": {', '.join(str(each)[:30] for each in counted.index[:3])}"


def _reason(alike: float, content: float, *, units: float, fit: float) -> str:
    parts = (
        (alike == 1.0, "the same name"),
        (0.9 <= alike < 1.0, "another name for it"),
        (0 < alike < 0.9, "a similar name"),
        (content >= 0.4, "its values say so"),
        (0 < content < 0.4, "its values allow it"),
        (units == NO_UNIT, "the unit is not said"),
        (fit < 0.995, f"{100 * fit:.0f} % fits"),
    )
    return ", ".join(told for is_so, told in parts if is_so)
