"""Typed or text, a column is read as what its contract promises; the rest is wrong, not guessed."""

from datetime import UTC, date, datetime
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_contracts.columns import read_column
from data_contracts.model import ColumnType


def _read(values: list[object], kind: ColumnType, dtype: str = "object") -> str:
    """One letter a value: r right, w wrong, m missing."""
    typed = read_column(pd.Series(values, dtype=dtype), kind)
    letters = np.where(typed.is_right, "r", np.where(typed.is_wrong, "w", "m"))
    assert not (typed.is_right & typed.is_wrong).any()
    return "".join(letters)


@pytest.mark.parametrize(
    ("values", "kind", "told"),
    [
        ([1, 2.5, "3", ".5", "1e3", Decimal("1.5"), None], ColumnType.NUMBER, "rrrrrrm"),
        (["abc", "", "1_0", "٣", "inf", float("inf"), "nan"], ColumnType.NUMBER, "wwwwwww"),
        (["1", "2.0", "1e2", 3, "12.5", 0.1, None], ColumnType.INTEGER, "rrrrwwm"),
        ([0, 1, "0", "TRUE", False, 2, "yes", None], ColumnType.BOOLEAN, "rrrrrwwm"),
        (["2026-01-31", date(2026, 1, 31), "2026-01-31 00:00:00"], ColumnType.DATE, "rrr"),
        (["2026-02-30", "2026-01-31 10:00", "31/01/2026", "", None], ColumnType.DATE, "wwwwm"),
        (["2026-01-31 10:00:00", "2026-01-31T10:00:00.5+02:00"], ColumnType.TIMESTAMP, "rr"),
        ([datetime(2026, 1, 31, tzinfo=UTC), "2026-01-31", "10:00"], ColumnType.TIMESTAMP, "rrw"),
        (["a", "", None], ColumnType.STRING, "rrm"),
    ],
)
def test_values_are_right_wrong_or_missing(
    values: list[object], kind: ColumnType, told: str
) -> None:
    assert told == _read(values, kind)


@pytest.mark.parametrize(
    ("values", "dtype", "kind", "told"),
    [
        ([1.0, np.nan], "float64", ColumnType.NUMBER, "rm"),
        ([1, 2], "int64", ColumnType.INTEGER, "rr"),
        ([True, False], "bool", ColumnType.BOOLEAN, "rr"),
        ([1.0, np.nan, 2.0], "float64", ColumnType.BOOLEAN, "rmw"),
        (["2026-01-31", "2026-01-31 10:00"], "datetime64[us]", ColumnType.DATE, "rw"),
        (["2026-01-31", None], "datetime64[us]", ColumnType.TIMESTAMP, "rm"),
        (["1", None, "x"], "str", ColumnType.NUMBER, "rmw"),
    ],
)
def test_typed_columns_are_read_without_text(
    values: list[object], dtype: str, kind: ColumnType, told: str
) -> None:
    assert told == _read(values, kind, dtype)


def test_moments_are_told_in_utc() -> None:
    typed = read_column(pd.Series(["2026-01-01T01:00:00+02:00"]), ColumnType.TIMESTAMP)
    assert np.datetime64("2025-12-31T23:00:00") == typed.moments[0]


@given(st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=1, max_size=20))
def test_a_number_survives_being_text(numbers: list[float]) -> None:
    typed = read_column(pd.Series([repr(each) for each in numbers], dtype="str"), ColumnType.NUMBER)
    assert numbers == typed.numbers.tolist()
    assert typed.is_right.all()


@given(st.lists(st.text(max_size=5), max_size=20), st.sampled_from(list(ColumnType)))
def test_any_text_is_right_wrong_or_missing(words: list[str], kind: ColumnType) -> None:
    assert len(words) == len(_read(list(words), kind, "str"))
