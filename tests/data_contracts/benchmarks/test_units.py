"""Units go by many words; values compare where the unit is the same or both are times."""

import pytest

from data_contracts.benchmarks.units import DURATIONS, UNITS, base_of, is_convertible, read_unit


@pytest.mark.parametrize(
    ("word", "unit", "base"),
    [
        ("%", "percent", None),
        ("Per cent", "percent", None),
        ("pct", "percent", None),
        ("sec", "seconds", None),
        ("H", "hours", None),
        ("pts", "points", None),
        ("per 1,000 orders", "per", 1000),
        ("per 100000", "per", 100_000),
        ("/100", "per", 100),
        ("rate per 1 000", "per", 1000),
        ("‰", "per", 1000),
        ("per", "per", None),
        ("per 0", "", None),
        ("furlongs", "", None),
        ("", "", None),
    ],
)
def test_a_word_means_a_unit(word: str, unit: str, base: float | None) -> None:
    assert (unit, base) == read_unit(word)


def test_every_unit_means_itself() -> None:
    assert [(unit, None) for unit in UNITS] == [read_unit(unit) for unit in UNITS]


@pytest.mark.parametrize("into", UNITS)
def test_only_times_are_told_in_each_other(into: str) -> None:
    others = {unit for unit in UNITS if is_convertible(unit, into)}
    assert (DURATIONS if into in DURATIONS else {into}) == others


@pytest.mark.parametrize(
    ("word", "base"),
    [
        ("per 1,000 checked bags", "checked bags"),
        ("/100000  customers", "customers"),
        ("per 1000", ""),
        ("%", ""),
        ("hours", ""),
    ],
)
def test_a_unit_says_what_a_rate_is_per(word, base):
    assert base == base_of(word)
