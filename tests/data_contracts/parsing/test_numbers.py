"""Numbers are read as their column writes them; what fits two ways is left to a person."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_contracts.parsing.cells import distinct_words
from data_contracts.parsing.numbers import Numbers, read_numbers
from data_contracts.parsing.words import tidy_words


def _read(cells: list[str], delimiter: str = ",", **parts: bool) -> tuple[Numbers, dict[str, str]]:
    words = tidy_words(distinct_words("value", pd.Series(cells, dtype="str")))
    numbers = read_numbers(
        words, delimiter=delimiter, **{"is_whole": False, "is_required": True} | parts
    )
    reasons = {words.distinct[at]: each.reason.value for at, each in numbers.troubles.items()}
    return numbers, reasons


def _values(cells: list[str], delimiter: str = ",", **parts: bool) -> list[float | None]:
    numbers, _ = _read(cells, delimiter, **parts)
    return [None if np.isnan(each) else each for each in numbers.values]


@pytest.mark.parametrize(
    ("cells", "delimiter", "told"),
    [
        (["1234.5", "12", ".5", "-3", "+4", "1e3"], ",", [1234.5, 12, 0.5, -3, 4, 1000]),
        (["1,234.5", "1,234"], ",", [1234.5, 1234]),
        (["1,234"], ",", [None]),
        (["1,234"], ";", [None]),
        (["1.234"], ",", [1.234]),
        (["1.234", "2.000"], ",", [1.234, 2]),
        (["1.234", "1,234"], ",", [1.234, 1234]),
        (["2.000"], ",", [None]),
        (["1.234"], ";", [None]),
        (["0.934", "1.234"], ";", [0.934, 1.234]),
        (["1234.567", "1.234"], ";", [1234.567, 1.234]),
        (["87,5", "1.234"], ";", [87.5, 1234]),
        (["1.234,56", "1.234.567"], ";", [1234.56, 1234567]),
        (["1.234,56"], ",", [None]),
        (["87,5", "87.5"], ";", [None, 87.5]),
        (["1 234", "1\u202f234.5", "1'234", "1’234"], ",", [1234, 1234.5, 1234, 1234]),
        (["12 34", "1,23,456", "1.2.3", ".", "-", "+", "1e"], ",", [None] * 7),
    ],
)
def test_one_way_of_writing_per_column(
    cells: list[str], delimiter: str, told: list[float | None]
) -> None:
    assert told == _values(cells, delimiter)


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        (["1,200", "35"], [1200, 35]),
        (["1.234"], [1234]),
        (["1.000"], [None]),
        (["1200.0", "12.5"], [1200, 12.5]),
    ],
)
def test_whole_numbers_settle_what_three_digits_mean(
    cells: list[str], told: list[float | None]
) -> None:
    assert told == _values(cells, ";", is_whole=True)


def test_whole_numbers_have_no_decimals_whatever_the_delimiter() -> None:
    assert [1234, None] == _values(["1.234", "2.000"], ",", is_whole=True)


@pytest.mark.parametrize("last", ["NA", "1e-05", "1.234", "many"])
def test_many_shares_before_a_word_that_is_none_are_read_at_once(last: str) -> None:
    shares = [at / 1000 for at in range(1, 400)]
    assert shares == _values([*map(repr, shares), last])[:-1]


@pytest.mark.parametrize("word", ["9" * 400, "1e400"])
def test_a_number_beyond_all_numbers_is_refused(word: str) -> None:
    assert {word: "not_finite"} == _read([word, "1"])[1]


@pytest.mark.parametrize(("cell", "sign"), [("82%", "%"), ("82 %", "%"), ("$3", "$"), ("3€", "€")])
def test_the_sign_beside_a_number_is_told(cell: str, sign: str) -> None:
    assert sign == _read([cell])[0].signs[0]


@pytest.mark.parametrize("word", ["n/a", "NM", "-", "--", "null", "NaN", "*"])
def test_words_for_missing_are_a_trouble_only_where_a_number_is_required(word: str) -> None:
    assert {word: "missing"} == _read([word])[1]
    assert {} == _read([word], is_required=False)[1]


@pytest.mark.parametrize(
    ("word", "advice"),
    [("5.57*", "5.57"), ("91% (+2)", "91"), ("28 sec", "28"), ("0x1F", ""), ("80/20", "")],
)
def test_a_number_with_more_behind_it_is_named(word: str, advice: str) -> None:
    numbers, _ = _read([word])
    assert advice in numbers.troubles[0].suggestion
    assert bool(advice) == bool(numbers.troubles[0].suggestion)


@given(st.lists(st.floats(allow_nan=False, allow_infinity=False, width=32), min_size=1))
def test_a_plain_number_is_itself(numbers: list[float]) -> None:
    assert numbers == _values([repr(each) for each in numbers])


@given(st.lists(st.decimals(-9999, 9999, places=2), min_size=1))
def test_the_two_ways_of_writing_mean_the_same(numbers: list) -> None:
    english = [f"{each:,}" for each in numbers]
    german = [each.translate(str.maketrans(",.", ".,")) for each in english]
    assert _values(english, ";") == _values(german, ";") == [float(each) for each in numbers]


@given(st.lists(st.text(max_size=8)), st.sampled_from(",;\t|"), st.booleans())
def test_any_cell_is_a_number_a_trouble_or_empty(
    cells: list[str], delimiter: str, is_whole: bool
) -> None:
    numbers, _ = _read(cells, delimiter, is_whole=is_whole)
    words = tidy_words(distinct_words("value", pd.Series(cells, dtype="str")))
    for at, code in enumerate(words.codes):
        is_number = bool(np.isfinite(numbers.values[at]))
        assert 1 == is_number + (code in numbers.troubles) + (code == -1)
