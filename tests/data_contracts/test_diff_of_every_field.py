"""No part of a contract can change without a word; of ranges, more allowed is never "stricter"."""

from collections.abc import Callable
from dataclasses import fields, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_contracts.diff import diff_contracts
from data_contracts.model import (
    Check,
    Column,
    ColumnType,
    Contract,
    Control,
    Dimension,
    Kind,
    RowCount,
    Severity,
    Support,
    Tolerance,
)

CHECK = Check(
    rule_id="a_rule",
    kind=Kind.RANGE,
    column="a",
    severity=Severity.WARNING,
    dimension=Dimension.ACCURACY,
    description="It is so.",
    low=1.0,
    high=9.0,
    values=("x",),
    where=("b", ("y",)),
    columns=("a",),
    multiple=2.0,
    tolerance=Tolerance(low=1, high=5),
)
COUNT = RowCount(
    rule_id="rows",
    severity=Severity.CRITICAL,
    dimension=Dimension.COMPLETENESS,
    description="Enough.",
    tolerance=Tolerance(low=10, high=20),
)
COLUMN = Column(name="a", physical_name="a", type=ColumnType.NUMBER, description="An a.")
CONTRACT = Contract(
    feed="f",
    name="F",
    version="1.0.0",
    status="active",
    sha256="0",
    source="f.odcs.yaml",
    server="main",
    table="t",
    columns=(COLUMN, Column(name="b", physical_name="b", type=ColumnType.STRING)),
    checks=(CHECK,),
    row_counts=(COUNT,),
    freshness=timedelta(hours=4),
    dimensions=("b",),
    control=Control(table="c", day="d", rows="n"),
    support=Support(owner="O", channel="C", url="U"),
    sunset=date(2027, 1, 1),
)
# What tells nothing, what is looked into field by field, and what only follows from the column.
UNTOLD = {
    Contract: {"version", "sha256", "source", "columns", "checks", "row_counts", "support"},
    Check: {"column_type"},
}


OTHERS: tuple[tuple[Any, Callable[[Any], Any]], ...] = (  # a value of the same kind
    (bool, lambda value: not value),
    (StrEnum, lambda value: next(each for each in type(value) if each is not value)),
    (str, lambda value: f"{value}2"),
    (int | float, lambda value: value + 0.5),
    (timedelta, lambda value: value + timedelta(hours=1)),
    (date, lambda value: value + timedelta(days=1)),
    (Control | Tolerance, lambda _: None),
    (tuple, lambda value: (*value, "2")),
    (object, lambda _: "2026-01-01"),
)


def _other(value: Any) -> Any:
    return next(change(value) for kind, change in OTHERS if isinstance(value, kind))


def _changed(part: Any) -> list[tuple[str, Any]]:
    names = [each.name for each in fields(part) if each.name not in UNTOLD.get(type(part), ())]
    return [(name, replace(part, **{name: _value(part, name)})) for name in names]


def _value(part: Any, name: str) -> Any:
    if isinstance(part, Check) and name == "where":
        return ("b", ("y", "z"))
    if name in ("earliest", "latest"):
        return "2026-01-01"
    if isinstance(part, RowCount) and name == "tolerance":
        return replace(part.tolerance, low=3)
    return _other(getattr(part, name))


def _contracts() -> list[tuple[str, Contract]]:
    second = CONTRACT.columns[1:]
    found = [(f"contract {name}", each) for name, each in _changed(CONTRACT)]
    for name, each in _changed(COLUMN):
        found.append((f"column {name}", replace(CONTRACT, columns=(each, *second))))
    for name, each in _changed(CHECK):
        found.append((f"check {name}", replace(CONTRACT, checks=(each,))))
    for name, each in _changed(COUNT):
        found.append((f"count {name}", replace(CONTRACT, row_counts=(each,))))
    for name, each in _changed(Support(owner="O", channel="C", url="U")):
        found.append((f"support {name}", replace(CONTRACT, support=each)))
    for name, each in _changed(CONTRACT.control):
        found.append((f"control {name}", replace(CONTRACT, control=each)))
    for name, each in _changed(CHECK.tolerance):
        check = replace(CHECK, tolerance=each)
        found.append((f"tolerance {name}", replace(CONTRACT, checks=(check,))))
    return found


CHANGED = dict(_contracts())


@pytest.mark.parametrize("name", CHANGED)
def test_no_part_of_a_contract_changes_without_a_word(name: str) -> None:
    assert () != diff_contracts(CONTRACT, CHANGED[name])
    assert () != diff_contracts(CHANGED[name], CONTRACT)


def test_all_parts_were_tried() -> None:
    assert 75 <= len(CHANGED)


NUMBERS = [each / 2 for each in range(-4, 26)]


@st.composite
def tolerances(draw: st.DrawFn) -> Tolerance:
    low, high = sorted(draw(st.lists(st.integers(0, 10), min_size=2, max_size=2, unique=True)))
    ends = st.booleans()
    return Tolerance(
        low=draw(st.sampled_from([low, None])),
        high=draw(st.sampled_from([high, None])),
        is_low_open=draw(ends),
        is_high_open=draw(ends),
    )


@given(old=tolerances(), new=tolerances(), is_outside=st.booleans())
def test_more_allowed_is_loosened_and_less_is_tightened(
    old: Tolerance, new: Tolerance, is_outside: bool
) -> None:
    one, other = (replace(each, is_outside=is_outside) for each in (old, new))
    is_looser = any(other.allows(n) and not one.allows(n) for n in NUMBERS)
    is_stricter = any(one.allows(n) and not other.allows(n) for n in NUMBERS)
    before, after = (
        replace(CONTRACT, checks=(replace(CHECK, tolerance=each),)) for each in (one, other)
    )
    weights = {each.weight.value for each in diff_contracts(before, after)}
    assert (is_looser, is_stricter) == ("loosened" in weights, "tightened" in weights)
